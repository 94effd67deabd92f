"""Moments, periods, numbers and excerpts as people write them in Dutch."""

from datetime import date, datetime
from typing import Protocol

from django.utils import formats, timezone
from django.utils.text import Truncator


class Timed(Protocol):
    starts_at: datetime
    ends_at: datetime


def day(moment: date) -> str:
    """«maandag 19 oktober», with the year when it is not this year."""
    here = timezone.localtime(moment).date() if isinstance(moment, datetime) else moment
    return formats.date_format(here, "l j F" if here.year == timezone.localdate().year else "l j F Y")


def short_day(moment: date) -> str:
    """«19 oktober», with the year when it is not this year."""
    here = timezone.localtime(moment).date() if isinstance(moment, datetime) else moment
    return formats.date_format(here, "j F" if here.year == timezone.localdate().year else "j F Y")


def clock(moment: datetime) -> str:
    """«19.30», «7.00»"""
    return formats.date_format(timezone.localtime(moment), "G.i")


def moment(value: datetime) -> str:
    """«maandag 19 oktober, 19.30 uur»"""
    return f"{day(value)}, {clock(value)} uur"


def period(event: Timed) -> str:
    """«maandag 19 oktober, 19.30 – 21.30 uur»"""
    return f"{day(event.starts_at)}, {clock(event.starts_at)} – {clock(event.ends_at)} uur"


def number(value: int, words: str) -> str:
    """«1 reactie», «12 reacties» from `count|number:"reactie,reacties"`."""
    one, more = words.split(",")
    return f"{formats.number_format(value, use_l10n=True, force_grouping=True)} {one if value == 1 else more}"


def excerpt(text: str, length: int) -> str:
    """The beginning of a text on one line, of at most so many characters, in whole words."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    whole = line[: length - 1].rpartition(" ")[0]
    # One word longer than that is cut all the same: an address, a language without spaces.
    return f"{whole} …" if len(whole) > length // 2 else Truncator(line).chars(length)


def masked(address: str) -> str:
    """«j…@waterkant.example»: enough to know one's own address by, on a screen that others see."""
    name, _, host = address.rpartition("@")
    return f"{name[:1]}…@{host}"
