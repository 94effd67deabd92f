"""By which words somebody is found in what others wrote: addresses, names, and their own words to the letter."""

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
    needles: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        long = {name for name in self.names if len(name) >= SHORTEST}
        quotes = {" ".join(text.split())[:80] for text in self.words if len(text) >= self.QUOTE}
        object.__setattr__(self, "needles", tuple(sorted({*self.addresses, *long, *quotes})))

    @property
    def all_words(self) -> str:
        return "\n".join(sorted(self.words))

    def within(self, lookup: str) -> Q:
        """That a column names them; names and quotes as whole words, in any case of letters."""
        if not self.needles:
            return Q(pk__in=[])
        return Q(**{f"{lookup}__iregex": rf"\m({'|'.join(map(escaped, self.needles))})(?!\w)"})

    def are_in(self, text: str) -> bool:
        """As `within`, of a text at hand."""
        flat = " ".join(text.split())
        return any(re.search(rf"(?<!\w){re.escape(each)}(?!\w)", flat, re.IGNORECASE) for each in self.needles)

    @classmethod
    def of(cls, addresses: Iterable[str], names: Iterable[str], words: Iterable[str]) -> "Traces":
        return cls(frozenset(addresses), frozenset(names), frozenset(words))


def escaped(text: str) -> str:
    """For a regular expression of PostgreSQL."""
    return re.sub(r"([.^$*+?()\[\]{}|\\])", r"\\\1", text)
