"""Placing stickers in a test, and what a round counts."""

from polls.rounds.models.rounds import StickerRound

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
DESK = "/stickerrondes/sop/plakken/"
GREEN, BLUE, RED = 1, 2, 3


def place(client, idea, colour, headers=None):
    data = {"idea": getattr(idea, "pk", idea), "colour": colour}
    return client.post(f"{DESK}sticker/", data, headers=headers)


def counts(round) -> list[tuple[int, int, int]]:
    board = StickerRound.objects.board(round.slug)
    return [(idea.green, idea.blue, idea.red) for idea in board.ideas]
