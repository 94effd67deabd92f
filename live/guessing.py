"""Codes cannot be tried one after the other: an address that typed too many wrong ones is refused, and so is a code.

Never a room: whoever sits there shares one address with hundreds of others, some of whom type a code wrongly. A code
that somebody at that address opened before is never refused, however many wrong ones came from there.
"""

from collections import OrderedDict

from django.http import Http404, HttpRequest

from live.models import LiveCafe
from live.networks import asker
from werkplaats.web import limits

MOST_KEPT = 20_000
# Which address opened which code, for as long as this process lives: what every phone asks costs no query for it.
OPENED: "OrderedDict[tuple[str, str], None]" = OrderedDict()


class TooOften(Http404):
    """From this address came more wrong codes than people type. Where nobody says so, that page is not there."""


def address_of(request: HttpRequest) -> str:
    return asker(request.headers.get("X-Forwarded-For", ""), request.META.get("REMOTE_ADDR", ""))


def room_of(typed: str, address: str) -> LiveCafe | None:
    """The open room of a code; None when no room has it, which is counted if none ever had. Raises TooOften, also for
    right ones.
    """
    live = LiveCafe.objects.of_code(typed)
    if live is None:
        if not LiveCafe.objects.had(typed) and limits.beyond({"guess_code": address}):
            raise TooOften
        return None
    if not opens(live.shown_code, address):
        raise TooOften
    return live


def opens(code: str, address: str) -> bool:
    """Whether a code that a room has is opened from here: not for the first time by who tried many that are none."""
    if (address, code) in OPENED:
        return True
    here = f"{address} {code}"
    used_up = limits.are_used_up({"guess_code": address, "open_code": here})
    if "open_code" not in used_up:
        if "guess_code" in used_up:
            return False
        limits.beyond({"open_code": here})
    OPENED[address, code] = None
    if len(OPENED) > MOST_KEPT:
        OPENED.popitem(last=False)
    return True
