"""Numbers and moments that browsers send: the id of a row in a path, the page in a query string, a count in a form."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.dateparse import parse_datetime


class IdConverter:
    """A row's number in a path: from 1, without leading zeros, always inside PostgreSQL's bigint."""

    regex = "[1-9][0-9]{0,17}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


def whole_number(raw: str) -> int:
    """The number in a hidden field, always inside PostgreSQL's bigint; -1, which no row has, when it is none."""
    return int(raw) if raw.isascii() and raw.isdecimal() and len(raw) < 19 else -1


def row_key(raw: str | None) -> int:
    """The key of a row in what a form or an address says, of a table that PostgreSQL counts in 32 bits; 0 for none."""
    number = whole_number(raw or "")
    return number if 0 < number < 2**31 else 0


def page_number(raw: str | None, last: int) -> int:
    """The page asked for in a query string, from 1 to `last`: 1 when it is no number, `last` when too far."""
    digits = (raw or "").lstrip("0")
    if not (digits.isascii() and digits.isdecimal()):
        return 1
    # Python refuses to read numbers of more than 4,300 digits.
    return max(1, last if len(digits) > 9 else min(int(digits), last))


@dataclass(frozen=True)
class Numbered:
    """A page of a list, counted from 1, of which `last` is the number of the last one."""

    number: int
    last: int

    @property
    def previous(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        return self.number + 1 if self.number < self.last else None


def moment(raw: str | None) -> datetime | None:
    """A moment of this century with a time zone, in UTC; None for anything else.

    PostgreSQL knows no time zones of more than sixteen hours, Python does.
    """
    try:
        found = parse_datetime((raw or "")[:40])
        return found.astimezone(UTC) if found and found.tzinfo and 2000 < found.year < 2100 else None
    except ValueError:
        return None
