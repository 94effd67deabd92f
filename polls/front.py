"""What the landing page shows of this app: the poll to vote in, and the newest wensbeelden."""

from polls.cards import newest
from polls.models import Poll
from polls.panel import FRONT, Panel


def front(request, site) -> dict:
    """The context of `polls/front.html`: two queries, whoever asks."""
    poll = Poll.objects.on_front(request.visitor_id)
    return {"panel": poll and Panel(poll, place=FRONT), "wensbeelden": newest()}
