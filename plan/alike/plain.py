"""Likeness by shared words, cheap enough for a page: while nothing was compared yet.

Words are compared by their stem, made by rule: a dictionary of forms would take 57 MB in each process of the site.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

# Words that say nothing of what a voice is about.
STOP = frozenset(Path(__file__).with_name("stop.txt").read_text().split())
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
ENDINGS = re.compile(r"(?:etje|tje|je)s?$|en$|e$|(?<=[^aeiou])s$")
SHORTEST = 3  # letters that stay when an ending goes


class Word(NamedTuple):
    """A word of a text: its stem, and where it stands in characters from 0, the end not included."""

    stem: str
    begin: int
    end: int


def stem_of(word: str) -> str:
    """«scholen» and «school», «klassen» and «klas», «brieven» and «brief» become one. Not a word, and never shown."""
    folded = unicodedata.normalize("NFKD", word.casefold())
    plain = "".join(letter for letter in folded if letter.isalpha())
    if (ending := ENDINGS.search(plain)) and ending.start() >= SHORTEST:
        plain = plain[: ending.start()]
    plain = re.sub(r"(.)\1", r"\1", plain)
    return plain[:-1] + {"z": "s", "v": "f"}.get(plain[-1:], plain[-1:])


def words_of(text: str) -> Iterator[Word]:
    """Those that say what it is about."""
    for found in WORD.finditer(text):
        if found.group().casefold() not in STOP:
            yield Word(stem_of(found.group()), *found.span())


def stems_of(text: str) -> set[str]:
    return {word.stem for word in words_of(text)}


def weights_of(texts: Sequence[set[str]]) -> dict[str, float]:
    """What each stem weighs among these texts: the fewer have it, the more."""
    counts = Counter(stem for stems in texts for stem in stems)
    return {stem: math.log((len(texts) + 1) / count) for stem, count in counts.items()}


def shared(one: set[str], other: set[str], weights: dict[str, float]) -> float:
    """How much two texts have in common, from 0 to 1."""
    return _weight(one & other, weights) / (math.sqrt(_weight(one, weights) * _weight(other, weights)) or 1)


def _weight(stems: set[str], weights: dict[str, float]) -> float:
    return sum(weights.get(stem, 1.0) for stem in stems)


def marks_in(text: str, of: set[str]) -> list[tuple[int, int]]:
    """Where the words stand in a text whose stems are among these."""
    return [(word.begin, word.end) for word in words_of(text) if word.stem in of]
