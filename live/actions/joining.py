"""Taking a seat: at a table, alone in the room, or online. And being put out of the room by who leads."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from live.models import LiveCafe, Seat, SeatKind
from live.models.cafes import COUNTS, WAITS
from live.models.seats import MOST_PEOPLE
from werkplaats.models import Visitor

NO_TABLE = "Kies je tafel."
HOW_MANY = f"Vul in met hoeveel mensen jullie zijn: 1 tot en met {MOST_PEOPLE}."


def sit(live: LiveCafe, visitor: Visitor, kind: str, *, table: int | None = None, people: int = 1) -> Seat:
    """Gives this browser a seat, or another one. Raises ValidationError by field when there is no such seat, and
    Ended when what its page showed is over.
    """
    is_table = kind == SeatKind.TABLE
    if kind not in SeatKind.values or is_table and not (table and 1 <= table <= live.tables):
        raise ValidationError({"kind": NO_TABLE})
    if is_table and not 1 <= people <= MOST_PEOPLE:
        raise ValidationError({"people": HOW_MANY})
    taken = {
        "kind": kind,
        "table": table if is_table else None,
        "people": people if is_table else 1,
        "taken_at": timezone.now(),
    }
    with transaction.atomic():
        live.stays()
        seat, _ = Seat.objects.update_or_create(live=live, visitor=visitor, defaults=taken)
        live.tell(COUNTS)
    return seat


def put_out(live: LiveCafe, seats: Iterable[int]) -> int:
    """Of these phones nothing counts or comes any more, wherever they sit by now. Returns how many of them are out.

    Raises Ended, as the next two do.
    """
    return _move(live, seats, timezone.now())


def put_out_since(live: LiveCafe, since: datetime) -> int:
    """Puts out all phones that sit at no table and came from then on. Returns how many."""
    came = Seat.objects.inside().filter(live=live, table=None, taken_at__gte=since)
    return put_out(live, list(came.values_list("pk", flat=True)))


def let_in(live: LiveCafe, seats: Iterable[int]) -> int:
    """They take part again, with what they counted and wrote. Returns how many of them do."""
    return _move(live, seats, None)


def _move(live: LiveCafe, seats: Iterable[int], put_out_at: datetime | None) -> int:
    """Twice is once: who is out already stays so from when they were."""
    meant = Seat.objects.filter(live=live, pk__in=seats)
    with transaction.atomic():
        live.stays()
        found = list(meant.select_for_update().order_by("pk"))
        if meant.filter(put_out_at__isnull=put_out_at is not None).update(put_out_at=put_out_at):
            live.tell(WAITS)
            live.raise_version()
    return len(found)
