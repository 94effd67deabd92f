"""The lines in what a page of *Aantekeningen* sent: one from a form, or all that waited on a device."""

import re
import uuid
from collections.abc import Iterator

from django.http import QueryDict

from plan.actions.noting import Line
from plan.lines.letters import letters_of
from plan.lines.pasted import cut
from plan.lines.prefixes import Place, Typed, read
from plan.models import OnBehalf
from plan.models.notes import MOST_TABLES
from werkplaats.fields import clean_text
from werkplaats.models import Role

MOST_AT_ONCE = 200
MOST_OF_A_LINE = 5000  # characters; more is a text to paste
NUMBER = re.compile(r"[1-9]\d{0,8}", re.ASCII)
NAMES = ("key", "regel", "tafel", "rol", "namens", "lijkt")


class TooMuch(Exception):
    """More than somebody types: it is to be pasted."""


def lines_in(sent: QueryDict, roles: list[Role]) -> tuple[list[Line], Place]:
    """The lines, each in the fields NAMES, and the place that the next one is at. Raises TooMuch, and keeps all then.

    A key that is none gets one; a table or role that is none is nowhere. What is too long for a line becomes several.
    """
    columns = [sent.getlist(name)[: MOST_AT_ONCE + 1] for name in NAMES]
    if len(columns[1]) > MOST_AT_ONCE or any(len(raw) > MOST_OF_A_LINE for raw in columns[1]):
        raise TooMuch
    letters, known = letters_of(roles), {None, *(role.pk for role in roles)}
    place, lines = Place(), list[Line]()
    for number, raw in enumerate(columns[1]):
        key, _, table, role, way, like = (column[number] if number < len(column) else "" for column in columns)
        place = Place(_number(table, MOST_TABLES), _one_of(_number(role), known))
        typed = read(raw, place, letters)
        place = typed.place if (typed.place.table or 0) <= MOST_TABLES else Place(None, typed.place.role_id)
        lines += _pieces(key_of(key), typed, place, way if way in OnBehalf.values else "", _number(like))
    return lines, place


def _pieces(key: uuid.UUID, typed: Typed, place: Place, way: str, like: int | None) -> Iterator[Line]:
    """The first piece has the key of the line: that tells the device that it arrived."""
    for number, piece in enumerate(cut(clean_text(typed.text, multiline=False))):
        own = uuid.uuid5(key, str(number)) if number else key
        yield Line(own, piece, place.table, place.role_id, typed.times, way, like)


def key_of(raw: str) -> uuid.UUID:
    try:
        return uuid.UUID(raw)
    except ValueError:
        return uuid.uuid4()


def keys_in(sent: QueryDict) -> list[str]:
    """The keys as they were sent, also of lines in which nothing was said."""
    return [str(key_of(raw)) for raw in sent.getlist("key")[:MOST_AT_ONCE] if raw]


def _number(raw: str, most: int = 10**9) -> int | None:
    return int(raw) if NUMBER.fullmatch(raw) and int(raw) <= most else None


def _one_of(number: int | None, known: set[int | None]) -> int | None:
    return number if number in known else None
