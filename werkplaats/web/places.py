"""Places in a list that grows on top: a link to its next page names the last row of this one, not how many it skips.

Counted rows would come twice as soon as something new stands on top, and one that goes away would hide another.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import NamedTuple, Self

from werkplaats.web.addresses import whole_number

AFTER, BEFORE = "na", "voor"  # in an address
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
CENTURY = 130 * 366 * 24 * 3600 * 10**6  # microseconds: until 2100


class Key(NamedTuple):
    """What a row is sorted by: a first number where the list has one, when it came, and its key."""

    first: int
    at: datetime
    pk: int

    def __str__(self) -> str:
        return f"{self.first}.{micros(self.at)}.{self.pk}"


class Place(NamedTuple):
    """The page after a row, or the one that ends before it."""

    word: str
    key: Key

    @classmethod
    def asked(cls, parameters: Mapping[str, str]) -> Self | None:
        """The place in a query string, or in a form that carries it along; None when there is none, or nonsense."""
        word = next((word for word in (AFTER, BEFORE) if word in parameters), None)
        parts = [whole_number(part) for part in parameters[word].split(".")] if word else []
        if not word or len(parts) != 3 or min(parts) < 0 or max(parts[:2]) > CENTURY:
            return None
        first, at, pk = parts
        return cls(word, Key(first, moment_of(at), pk))

    @property
    def parameters(self) -> dict[str, str]:
        return {self.word: str(self.key)}

    def skipped(self, before: int, page: int) -> int:
        """How many rows come before this page of so many, when `before` stand before the place."""
        return before if self.word == AFTER else max(0, before - page)


def micros(at: datetime) -> int:
    """Microseconds since 1970."""
    return (at - EPOCH) // timedelta(microseconds=1)


def moment_of(micros: int) -> datetime:
    return EPOCH + timedelta(microseconds=micros)


def number_of(skipped: int, shown: int, page: int) -> tuple[int, int]:
    """The number of a page that skips so many rows, and that of the last page, of a list of `shown` rows."""
    last = max(1, -(-shown // page))
    number = max(2, round(skipped / page) + 1) if skipped else 1
    return number, max(number, last) if skipped + page < shown else number
