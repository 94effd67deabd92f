"""Who takes part, as who leads may see it: phones without names, and whether each counted or voted. Never what."""

import itertools
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from live.models import Kind, LiveCafe, Scene, Seat, SeatKind
from live.reading import results

MOST = 500  # phones of a group on the page
MANY, MOST_MINUTES = 8, 20  # phones from which one press for many is offered, and how far back


@dataclass
class Phone:
    """`hands` are how many people of its table this phone counted in the poll that is on, if it is the count that is
    taken; `voted` says that who sits at no table chose something there.
    """

    seat: Seat
    hands: int | None = None
    voted: bool = False
    is_other: bool = False  # not the last that sat down at its table


@dataclass
class Attending:
    """`tables` by number, `singles` and `out` the newest first; `more` are not on the page."""

    tables: list[Phone]
    singles: list[Phone]
    out: list[Phone]
    more: int = 0

    @property
    def minutes(self) -> list[datetime]:
        """When who sits at no table came, to the minute: the newest first, of the last that came."""
        came = {phone.seat.taken_at.replace(second=0, microsecond=0) for phone in self.singles}
        return sorted(came, reverse=True)[:MOST_MINUTES] if len(self.singles) >= MANY else []


def attending(live: LiveCafe) -> Attending:
    """Three queries at most."""
    seats = list(Seat.objects.filter(live=live).order_by("table", "-taken_at", "pk"))
    scene = live.scene if live.scene and live.scene.kind == Kind.POLL and live.begun_at else None
    counted = {each.by: sum(each.hands.values()) for each in results.hands_of(scene).values()} if scene else {}
    voted = voters(live, scene) if scene else set()
    phones = [Phone(seat, counted.get(seat.pk), seat.visitor_id in voted) for seat in seats]
    inside = [phone for phone in phones if not phone.seat.put_out_at]
    tables = [phone for phone in inside if phone.seat.is_table]
    for before, phone in itertools.pairwise(tables):
        phone.is_other = before.seat.table == phone.seat.table
    singles = sorted((phone for phone in inside if not phone.seat.is_table), key=_since, reverse=True)
    out = sorted((phone for phone in phones if phone.seat.put_out_at), key=_since, reverse=True)
    more = max(0, len(tables) - MOST) + max(0, len(singles) - MOST)
    return Attending(tables[:MOST], singles[:MOST], out[:MOST], more)


def _since(phone: Phone) -> datetime:
    return phone.seat.put_out_at or phone.seat.taken_at


def voters(live: LiveCafe, scene: Scene) -> set[UUID]:
    """The visitors who voted, and sit at no table."""
    if live.rehearses:
        counted = scene.headcounts.filter(choice__isnull=False, seat__isnull=False, people__gt=0)
        return set(counted.values_list("seat__visitor", flat=True))
    seated = Seat.objects.filter(live=live).exclude(kind=SeatKind.TABLE).values("visitor")
    return set(scene.its_poll.ballots.filter(number=1, visitor__in=seated).values_list("visitor", flat=True))
