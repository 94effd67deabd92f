"""The part of polls on the landing page: the poll to vote in, open sticker rounds, the newest wensbeelden."""

from polls.models import Poll, StickerRound
from polls.voting.panel import FRONT, Panel
from polls.wensbeelden.cards import newest
from werkplaats.models import Site


def read(request, site: Site) -> dict:
    """The context of `polls/landing.html`: three queries, whoever asks."""
    poll = Poll.objects.on_front(request.visitor_id)
    return {
        "panel": poll and Panel(poll, place=FRONT),
        "wensbeelden": newest(site),
        "rounds": StickerRound.objects.announced(),
    }
