"""What the landing page shows of this app: the poll to vote in, and the newest wensbeelden."""

from polls.voting.models import Poll
from polls.voting.shown import FRONT, Panel
from polls.wensbeelden.cards import newest


def front(request, site) -> dict:
    """The context of `polls/front.html`: two queries, whoever asks."""
    poll = Poll.objects.on_front(request.visitor_id)
    return {"panel": poll and Panel(poll, place=FRONT), "wensbeelden": newest(site)}
