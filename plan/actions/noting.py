"""Writing down what is said in a room, one thought a line.

All that changes a line holds its notes and raises their version, so two who type at once wait for each other: numbers
have no gaps, and who asks what came after a version misses nothing.
"""

import datetime
import uuid
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from events.models import Cafe
from plan.models import Harvest, Note, Notes, Typist
from plan.models.notes import MOST_TIMES
from werkplaats.models import User


@dataclass(frozen=True)
class Line:
    """A line as it was typed, pasted or imported; `key` is the device's own, the same when it is sent again.

    `like` is the number of a line that says the same: that one is said more often then, and none is written. Where it
    is not there any more the line is written.
    """

    key: uuid.UUID
    text: str
    table: int | None = None
    role_id: int | None = None
    times: int = 1
    on_behalf: str = ""
    like: int | None = None

    def said_before(self, number: int | None) -> "Line":
        """The same, counted up to the line with this number."""
        return replace(self, like=number)

    @property
    def values(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if name != "like"}


@dataclass(frozen=True)
class Written:
    """`kept` are the keys of all lines that are there now, `new` how many of them came by this.

    `counted` are the numbers of the lines that are said more often by this.
    """

    kept: list[uuid.UUID]
    new: int
    counted: list[int]


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

    Raises Notes.DoesNotExist, IntegrityError for what the page should have refused, and changes nothing then.
    """
    with transaction.atomic():
        notes = _held(Notes.objects.filter(pk=notes_id))
        if notes is None:
            raise Notes.DoesNotExist
        known = _known(notes, lines)
        fresh = list({line.key: line for line in lines if line.key not in known}.values())
        counted = _count(notes, [line for line in fresh if line.like])
        new = [line for line in fresh if line.key not in counted]
        last = notes.lines.aggregate(last=Max("number"))["last"] or 0
        Note.objects.bulk_create(
            Note(notes=notes, number=number, by=by, changed=notes.version + 1, **line.values)
            for number, line in enumerate(new, start=last + 1)
        )
        if fresh:
            _raise_version(notes)
    return Written([line.key for line in lines], len(new), sorted(set(counted.values())))


def correct(note_id: int, version: int, **values: object) -> bool:
    """Changes text, table, role_id, times or on_behalf of a line. Returns False when it has another version by now."""
    with transaction.atomic():
        notes = _held(Notes.objects.filter(lines=note_id))
        if notes is None:
            return False
        changed = Note.objects.filter(pk=note_id, version=version).update(**values, changed=notes.version + 1)
        if changed:
            _raise_version(notes)
    return bool(changed)


def strike(note_id: int, version: int | None = None) -> bool:
    """Takes a line away for good, and with it where it lay; its number stays open. Twice is once.

    `version` is the one that was read: returns False when it has another by now, and leaves it.
    """
    with transaction.atomic():
        notes = _held(Notes.objects.filter(lines=note_id))
        if notes is None:
            return True
        found = Note.objects.filter(pk=note_id)
        if version is not None:
            found = found.filter(version=version)
        struck, _ = found.delete()
        if struck:
            _raise_version(notes)
    return bool(struck)


def sit_down(notes_id: int, user: User, photo_id: int | None) -> None:
    """Keeps that somebody types here now, and from which photo: for the others at the table."""
    with transaction.atomic():
        photo = Notes.objects.get(pk=notes_id).photos.filter(pk=photo_id or 0).first()
        Typist.objects.update_or_create(notes_id=notes_id, user=user, defaults={"photo": photo, "at": timezone.now()})


def _held(found: Any) -> Notes | None:
    """The notes, locked until the end of the transaction: who changes a line waits for who changes another."""
    held: Notes | None = found.select_for_update(no_key=True, of=("self",)).first()
    return held


def _raise_version(notes: Notes) -> None:
    notes.version += 1
    notes.save(update_fields=["version"])


def _known(notes: Notes, lines: list[Line]) -> set[uuid.UUID]:
    """The keys of lines that came before: as a line, or as one that said the same as another."""
    keys = [line.key for line in lines]
    written = Note.objects.filter(key__in=keys).values_list("key", flat=True)
    if not any(line.like for line in lines):
        return set(written)
    counted = notes.lines.filter(counted__overlap=keys).values_list("counted", flat=True)
    return {*written, *(key for each in counted for key in each)}


def _count(notes: Notes, lines: list[Line]) -> dict[uuid.UUID, int]:
    """Counts lines up to those that say the same; by key the number of that line. One that is not there has none."""
    there = {note.number: note for note in notes.lines.filter(number__in=[line.like for line in lines])}
    counted = {}
    for line in lines:
        note = there.get(line.like or 0)
        if note and note.times + line.times <= MOST_TIMES:
            note.times += line.times
            note.counted.append(line.key)
            note.changed = notes.version + 1
            note.save(update_fields=["times", "counted", "changed"])
            counted[line.key] = note.number
    return counted
