"""Table and role in front of a line, how often it was said behind it. static/js/plan/notes/prefixes.js reads them too.

    4l minder papier x3     table 4, leerkracht, said three times
    4: minder papier        table 4, by whoever the line before was
    l minder papier         a leerkracht, at the table of the line before; «l:» too
    0? minder papier        at no table, by nobody knows who

They hold for the lines that follow. A letter that no role has is part of the words, and so is what stands behind a
space at the beginning.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from plan.models.notes import MOST_TIMES

NOBODY = "?"
PREFIX = re.compile(
    r"(?:(?P<table>\d{1,2})(?P<role>[a-z?])|(?P<only>\d{1,2}:|[a-z?]:?))(?:\s+|$)", re.IGNORECASE | re.ASCII
)
TIMES = re.compile(r"(?:^|\s+)[x×]\s?([1-9]\d{0,2})\s*$", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True)
class Place:
    """At which table, and in which role; None where nobody knows."""

    table: int | None = None
    role_id: int | None = None


@dataclass(frozen=True)
class Typed:
    """A line as it was typed. `text` is empty when only the place changed."""

    text: str
    place: Place
    times: int = 1


def read(raw: str, place: Place, letters: Mapping[str, Any]) -> Typed:
    """Takes prefix and times off a line; `place` is that of the line before it. Nothing is cleaned or cut."""
    found = PREFIX.match(raw)
    if found and (moved := _moved(found, place, letters)):
        place, raw = moved, raw[found.end() :]
    times = TIMES.search(raw)
    if times and raw[: times.start()].strip() and int(times[1]) <= MOST_TIMES:
        return Typed(raw[: times.start()].strip(), place, int(times[1]))
    return Typed(raw.strip(), place)


def _moved(found: re.Match[str], place: Place, letters: Mapping[str, Any]) -> Place | None:
    """The place that a prefix names; None when its letter is of no role."""
    only = (found["only"] or "").removesuffix(":")
    table, letter = (only, "") if only.isdecimal() else (found["table"] or "", found["role"] or only)
    letter = letter.lower()
    if letter and letter != NOBODY and letter not in letters:
        return None
    if table:
        place = replace(place, table=int(table) or None)
    if letter:
        place = replace(place, role_id=None if letter == NOBODY else letters[letter].pk)
    return place


def prefix_of(place: Place, letters: Mapping[str, Any]) -> str:
    """The prefix that names this place, whatever the line before it was. A role without a letter is told by none."""
    letter = next((letter for letter, role in letters.items() if role.pk == place.role_id), NOBODY)
    return f"{place.table or 0}{letter}"
