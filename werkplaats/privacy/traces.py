"""By which words somebody is found in what others wrote: addresses, names, and their own words to the letter.

Anybody may type any name. So a name finds lines for somebody of the staff to look at, and nothing goes by it alone.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import ClassVar

from django.db.models import Q

SHORTEST = 3  # characters of a name that is looked for: two letters are in every other line


@dataclass(frozen=True)
class Traces:
    """Of one person, gathered before anything is erased; never stored."""

    addresses: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()

    QUOTE: ClassVar[int] = 20  # characters from which the same words are no chance
    MOST: ClassVar[int] = 200  # rows of a table that somebody can be asked to look at
    COMMON: ClassVar[int] = 20  # lines from which a name is a word as any other
    certain: tuple[str, ...] = field(init=False)  # theirs alone: a proven address, and their very words
    needles: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        long = {name for name in self.names if len(name) >= SHORTEST and (self.addresses or " " in name)}
        quotes = {" ".join(text.split())[:80] for text in self.words if len(text) >= self.QUOTE}
        object.__setattr__(self, "certain", tuple(sorted({*self.addresses, *quotes})))
        object.__setattr__(self, "needles", tuple(sorted({*self.certain, *long})))

    @property
    def all_words(self) -> str:
        return "\n".join(sorted(self.words))

    def within(self, lookup: str) -> Q:
        """That a column names them; names and quotes as whole words, in any case of letters. To be looked at."""
        return holding(lookup, self.needles)

    def certainly_within(self, lookup: str) -> Q:
        """That a column holds what is theirs alone: what goes without anybody looking goes by this."""
        return holding(lookup, self.certain)

    def are_in(self, text: str) -> bool:
        """As `certainly_within`, of a text at hand."""
        return any(stands_in(text, each) for each in self.certain)

    def without_common(self, texts: Iterable[str]) -> "Traces":
        """The same without names that stand in so many of these texts that they tell nobody apart."""
        known = list(texts)
        common = {name for name in self.names if sum(stands_in(text, name) for text in known) > self.COMMON}
        return Traces(self.addresses, self.names - common, self.words) if common else self

    @classmethod
    def of(cls, addresses: Iterable[str], names: Iterable[str], words: Iterable[str]) -> "Traces":
        return cls(frozenset(addresses), frozenset(names), frozenset(words))


def holding(lookup: str, needles: tuple[str, ...]) -> Q:
    if not needles:
        return Q(pk__in=[])
    return Q(**{f"{lookup}__iregex": rf"\m({'|'.join(map(escaped, needles))})(?!\w)"})


def stands_in(text: str, needle: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(needle)}(?!\w)", " ".join(text.split()), re.IGNORECASE))


def escaped(text: str) -> str:
    """For a regular expression of PostgreSQL."""
    return re.sub(r"([.^$*+?()\[\]{}|\\])", r"\\\1", text)
