"""Writing down what is said in a room, one thought a line."""

import datetime
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from events.models import Cafe
from plan.models import Harvest, Note, Notes
from werkplaats.models import User


@dataclass(frozen=True)
class Line:
    """A line as it was typed, pasted or imported; `key` is the device's own, the same when it is sent again."""

    key: uuid.UUID
    text: str
    table: int | None = None
    role_id: int | None = None
    times: int = 1
    on_behalf: str = ""


@dataclass(frozen=True)
class Written:
    """`kept` are the keys of all lines that are there now, `new` how many of them came by this."""

    kept: list[uuid.UUID]
    new: int


def open_cafe(cafe_id: int, by: User) -> Notes:
    """The notes of a café, begun when there are none; twice is once. Raises Cafe.DoesNotExist."""
    with transaction.atomic():
        cafe = Cafe.objects.select_for_update(no_key=True).get(pk=cafe_id)
        known = Notes.objects.filter(cafe=cafe).first()
        return known or Notes.objects.create(cafe=cafe, harvest=Harvest.objects.of_cafe(cafe), by=by)


def open_meeting(harvest_id: int, meeting: str, held_on: datetime.date, by: User) -> Notes:
    """The notes of a meeting with this name on this day, begun for this harvest when there are none; twice is once."""
    begun = {"harvest_id": harvest_id, "by": by}
    return Notes.objects.get_or_create(meeting=meeting, held_on=held_on, defaults=begun)[0]


def write(notes_id: int, lines: list[Line], by: User) -> Written:
    """Puts lines under those that are there, in their order; one whose key is there already is kept once.

    Two who type at once wait for each other, so numbers have no gaps. Raises Notes.DoesNotExist, IntegrityError for
    what the page should have refused, and changes nothing then.
    """
    with transaction.atomic():
        notes = Notes.objects.select_for_update(no_key=True).get(pk=notes_id)
        known = set(Note.objects.filter(key__in=[line.key for line in lines]).values_list("key", flat=True))
        last = notes.lines.aggregate(last=Max("number"))["last"] or 0
        fresh = list({line.key: line for line in lines if line.key not in known}.values())
        Note.objects.bulk_create(
            Note(notes=notes, number=number, by=by, **vars(line)) for number, line in enumerate(fresh, start=last + 1)
        )
    return Written([line.key for line in lines], len(fresh))


def correct(note_id: int, version: int, **values: object) -> bool:
    """Changes text, table, role_id, times or on_behalf of a line. Returns False when it has another version by now."""
    return bool(Note.objects.filter(pk=note_id, version=version).update(**values))


def strike(note_id: int) -> None:
    """Takes a line away for good, and with it where it lay; its number stays open. Twice is once."""
    Note.objects.filter(pk=note_id).delete()
