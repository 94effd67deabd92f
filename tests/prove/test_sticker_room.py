"""A full room places stickers: 300 phones behind one address each score 12 ideas. How long it takes is printed."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client

from polls.rounds.models.rounds import StickerRound
from polls.rounds.models.stickers import Scorer, Sticker
from tests.helpers import factories
from tests.helpers.races import until_let_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.alone]

PHONES, IDEAS = 300, 12
AT_ONCE = 16
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


def score(round, ideas, number: int) -> list[int]:
    """One phone, from the page of the round to the summary: the statuses of its answers. It begins as a stranger."""
    phone = Client(REMOTE_ADDR="192.0.2.1", raise_request_exception=False)
    path = f"/stickerrondes/{round.slug}/plakken/"
    try:
        statuses = [until_let_in(lambda: phone.get(path)).status_code]
        for place, idea in enumerate(ideas):
            data = {"idea": idea.pk, "colour": (number + place) % 3 + 1}
            answer = until_let_in(lambda: phone.post(f"{path}sticker/", data, headers=HTMX))  # noqa: B023, called at once
            statuses.append(answer.status_code)
        assert "Klaar, dank je wel!" in answer.text
        return statuses
    finally:
        connection.close()


def test_300_phones_behind_one_address_place_12_stickers_each():
    round = factories.sticker_round(groups=3, ideas=IDEAS // 3, slug="zaal")
    ideas = [shown.id for shown in StickerRound.objects.board("zaal").ideas]
    ideas = sorted(round.ideas.all(), key=lambda idea: ideas.index(idea.pk))
    start = time.monotonic()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(lambda number: score(round, ideas, number), range(PHONES)))
    print(f"{PHONES * IDEAS} stickers in {time.monotonic() - start:.0f} s")
    assert {status for statuses in answers for status in statuses} == {200}
    assert Sticker.objects.count() == PHONES * IDEAS
    board = StickerRound.objects.board("zaal")
    assert [(idea.green, idea.blue, idea.red) for idea in board.ideas] == [(PHONES / 3,) * 3] * IDEAS
    assert board.scorers == Scorer.objects.count() == PHONES
    assert board.stickers == PHONES * IDEAS
