"""Which column of a list says what, and the text of lines that comes of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from plan.lines.files.tables import Rows
from plan.lines.prefixes import Place, prefix_of
from plan.models.notes import MOST_TABLES, MOST_TIMES
from werkplaats.models import Role

NONE = -1  # no column says it
TABLE = re.compile(r"(?:tafel\s*)?0*([1-9]\d?)", re.IGNORECASE | re.ASCII)
TIMES = re.compile(r"[x×]?\s*([1-9]\d{0,2})\s*(?:x|×|keer)?", re.IGNORECASE | re.ASCII)
HEADINGS = {
    "text": ("tekst", "opmerking", "reactie", "inbreng", "wat", "gedachte", "antwoord", "citaat", "uitspraak", "idee"),
    "table": ("tafel", "groep"),
    "role": ("rol", "wie", "functie", "perspectief"),
    "times": ("aantal", "keer", "turf", "hoe vaak"),
}


@dataclass(frozen=True)
class Columns:
    """The numbers of the columns, from 0, or NONE. `heading`: the first row is no line."""

    text: int = 0
    table: int = NONE
    role: int = NONE
    times: int = NONE
    heading: bool = False


def width_of(rows: Rows) -> int:
    return max(map(len, rows), default=0)


def guessed(rows: Rows) -> Columns:
    """By the words of the first row, where it has such; else the words are where the most letters are."""
    found: dict[str, int] = {}
    for number, cell in enumerate(rows[0]):
        for what, names in HEADINGS.items():
            if what not in found and number not in found.values() and cell.casefold().startswith(names):
                found[what] = number
    is_heading = bool(found) and len(rows) > 1 and width_of(rows) > 1 and max(map(len, rows[0])) < 40
    found = found if is_heading else {}
    letters = [sum(len(_cell(row, number)) for row in rows) for number in range(width_of(rows))]
    free = [number for number in range(len(letters)) if number not in found.values()]
    if "text" not in found:
        found["text"] = max(free or [0], key=letters.__getitem__)
    return Columns(**found, heading=is_heading)


def text_of(rows: Rows, columns: Columns, letters: Mapping[str, Any], roles: list[Role]) -> tuple[str, list[str]]:
    """The lines as they are typed, each with its whole prefix; and what was said of roles and tables that is not known.

    What no place is found for stands before the words: nothing is lost.
    """
    lines, unknown = [], []
    for row in rows[columns.heading :]:
        words = _cell(row, columns.text)
        if not words:
            continue
        place, left = place_of(row, columns, roles)
        unknown += left
        times = TIMES.fullmatch(_cell(row, columns.times))
        said = f" x{times[1]}" if times and 1 < int(times[1]) <= MOST_TIMES else ""
        before = f"({', '.join(left)}) " if left else ""
        lines.append(f"{prefix_of(place, letters)} {before}{words}{said}")
    return "\n".join(lines), list(dict.fromkeys(unknown))


def place_of(row: list[str], columns: Columns, roles: list[Role]) -> tuple[Place, list[str]]:
    """The table and role of a row, and what it says of them that is neither."""
    at, who = _cell(row, columns.table), _cell(row, columns.role)
    table = TABLE.fullmatch(at)
    known = table and int(table[1]) <= MOST_TABLES
    role = next((role for role in roles if who and who.casefold() in _names(role)), None)
    left = [said for said, found in ((at, known), (who, role)) if said and not found]
    return Place(int(table[1]) if table and known else None, role.pk if role else None), left


def _names(role: Role) -> tuple[str, str]:
    return role.name.casefold(), role.plural.casefold()


def _cell(row: list[str], number: int) -> str:
    return row[number] if 0 <= number < len(row) else ""
