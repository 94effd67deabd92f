"""The room of the demo's next café, prepared as a coordinator would: from its agenda, with a poll and stickers."""

import datetime

from events.models import Cafe
from live.actions import preparing
from polls.models import Poll, StickerRound


def load(now: datetime.datetime) -> None:
    """Twice is once. Nothing where no café is ahead."""
    ahead = Cafe.objects.public().filter(starts_at__gt=now, called_off_at=None, room_capacity__gt=0)
    if cafe := ahead.order_by("starts_at").first():
        poll = Poll.objects.filter(on_landing_page=True).first()
        theirs = StickerRound.objects.filter(cycle__cafes=cafe).first()  # made for this evening
        preparing.prepare(cafe, poll, theirs)
