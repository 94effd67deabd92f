"""Taking a seat: at a table, alone in the room, or online. And being put out of the room by who leads."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

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


def put_out(live: LiveCafe, seen: Iterable[str]) -> int:
    """Nothing of these phones counts or comes on the screen any more: each as it was seen (`Seat.seen`).

    One that sits elsewhere by now is another one than was meant. Returns how many; twice is once.
    """
    return _move(live, seen, {"put_out_at": None}, timezone.now())


def let_in(live: LiveCafe, seen: Iterable[str]) -> int:
    """They take part again, with what they counted and wrote. Returns how many; twice is once."""
    return _move(live, seen, {"put_out_at__isnull": False}, None)


def _move(live: LiveCafe, seen: Iterable[str], now: dict[str, Any], put_out_at: datetime | None) -> int:
    wanted = {*seen}
    with transaction.atomic():
        seats = Seat.objects.filter(live=live, **now).select_for_update().order_by("pk")
        found = [seat.pk for seat in seats if seat.seen in wanted]
        Seat.objects.filter(pk__in=found).update(put_out_at=put_out_at)
        if found:
            live.tell(COUNTS)
            live.tell(WAITS)
    return len(found)
