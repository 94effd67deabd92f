"""Many lines at once: how a text of lines is read, and what a preview says of each."""

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from plan.actions.noting import Line
from plan.lines.prefixes import Place, read
from plan.models.notes import LONGEST, MOST_TABLES
from werkplaats.fields import clean_text
from werkplaats.words import whole_signs

MOST_LINES = 2000
MOST_CHARACTERS = 400_000
# What editors and people put in front of the items of a list.
BULLET = re.compile(r"(?:[-*•–—▪◦·‣∙●○■□→✓]|\d{1,3}[.)])\s+")
TABLE = re.compile(r"tafel\s+([1-9]\d?)\s*:?", re.IGNORECASE | re.ASCII)
END_OF_SENTENCE = re.compile(r"[.!?…]\s")


@dataclass(frozen=True)
class Pasted:
    """A line of the preview. `cut`: a piece of one that was too long; `known`: the number of a line that says this."""

    text: str
    place: Place
    times: int = 1
    cut: bool = False
    known: int | None = None

    def line(self, seed: uuid.UUID, place_in_list: int, on_behalf: str = "") -> Line:
        """The same line whenever the same preview is sent."""
        told = f"{place_in_list} {self.place} {self.times} {self.text}"
        key = uuid.uuid5(seed, told)
        return Line(key, self.text, self.place.table, self.place.role_id, self.times, on_behalf)


def lines_of(text: str, letters: Mapping[str, Any], place: Place = Place()) -> list[Pasted]:  # noqa: B008, it is frozen
    """The lines of a text, in their order: blank ones skipped, bullets off, long ones cut between sentences.

    A line «tafel 3» is no thought: it says where the next ones were said.
    """
    found = []
    for raw in clean_text(text, multiline=True).split("\n"):
        bare = BULLET.sub("", raw.strip(), count=1)
        if table := TABLE.fullmatch(bare):
            place = replace(place, table=int(table[1]))
            continue
        typed = read(bare, place, letters)
        place = typed.place
        if place.table and place.table > MOST_TABLES:
            place = replace(place, table=None)
        pieces = cut(clean_text(typed.text, multiline=False))
        found += [Pasted(piece, place, typed.times, len(pieces) > 1) for piece in pieces if piece]
    return found


def cut(text: str) -> list[str]:
    """Pieces that fit in a line, all words in their order: cut behind a sentence, else at a space, else anywhere."""
    pieces = []
    while len(text) > LONGEST:
        window = text[: LONGEST + 1]
        ends = [found.end() for found in END_OF_SENTENCE.finditer(window)]
        at = ends[-1] if ends else window.rfind(" ") + 1 or whole_signs(text, LONGEST) or LONGEST
        pieces.append(text[:at].strip())
        text = text[at:].strip()
    return [*pieces, text] if text else pieces


def marked(lines: list[Pasted], said: Mapping[str, int]) -> list[Pasted]:
    """With the number of a line that says the very same; `said` are those that are there, by what `same` makes."""
    return [replace(line, known=said.get(same(line.text))) for line in lines]


def same(text: str) -> str:
    """What two lines have in common that say the very same, apart from capitals and points."""
    return " ".join(re.findall(r"\w+", text.casefold()))
