"""Codes cannot be tried at speed; and a room full of people behind one address is never refused.

Wrong codes are counted by the address that asks. Beyond the limit it gets no answer to codes that it never had right:
a room that is on goes on, however many of its people mistype, and who guesses learns nothing from a hit either.
"""

import time
from collections import OrderedDict, deque

from django.conf import settings

from live.stream.rooms import Room

[(MOST, PERIOD)] = settings.WRITE_RATE_LIMITS["guess_code"]
ADDRESSES = 10_000  # that are remembered; the one that asked longest ago goes first


class Guesses:
    def __init__(self) -> None:
        self.wrong: OrderedDict[str, deque[float]] = OrderedDict()
        self.right: OrderedDict[str, set[int]] = OrderedDict()

    def is_refused(self, address: str, room: Room | None, *, had: bool = False) -> bool:
        """Counts a wrong code: of no `room`, that none `had`. Whether who asks is refused, whatever they asked."""
        if room and room.pk in self.right.get(address, ()):
            return False
        moments = self.wrong.get(address, deque())
        while moments and moments[0] < time.monotonic() - PERIOD.total_seconds():
            moments.popleft()
        if len(moments) >= MOST:
            return True
        if room:
            self._keep(self.right, address, self.right.get(address, set()) | {room.pk})
        elif not had:
            moments.append(time.monotonic())
            self._keep(self.wrong, address, moments)
        return False

    @staticmethod
    def _keep[T](known: OrderedDict[str, T], address: str, value: T) -> None:
        known[address] = value
        known.move_to_end(address)
        if len(known) > ADDRESSES:
            known.popitem(last=False)
