"""Moments, periods, numbers and excerpts as people write them in Dutch."""

from collections.abc import Iterable
from datetime import date, datetime
from itertools import accumulate, takewhile
from typing import Protocol
from unicodedata import bidirectional, category

from django.utils import formats, timezone

JOINER, FLAG_LETTERS = "\u200d", range(0x1F1E6, 0x1F200)  # two of these letters make a flag
# Tones of skin, and the tags of the flags of England, Scotland and Wales.
BELONGS_TO_BEFORE = {*range(0x1F3FB, 0x1F400), *range(0xE0020, 0xE0080)}
LONGEST_SIGN = 60  # characters to look further for its end
LETTERS = ["nul", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf"]
RIGHT_TO_LEFT = {"R", "AL", "AN"}


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


def in_letters(value: int) -> str:
    """«zes», «twaalf», «13»"""
    return LETTERS[value] if 0 <= value < len(LETTERS) else str(value)


def in_the_cafe(people: int | None) -> str:
    """Behind the name of what was said in a café: «een tafel van zes, in het café», or of one person «in het café»."""
    if not people:
        return "in het café"
    return f"een tafel van {in_letters(people)}, in het café" if people > 1 else "een tafel, in het café"


def excerpt(text: str, length: int) -> str:
    """The beginning of a text on one line, of at most so many characters, in whole words."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    whole = line[: length - 1].rpartition(" ")[0]
    # One word longer than that is cut all the same: an address, a language without spaces.
    return f"{whole} …" if len(whole) > length // 2 else shortened(line, length)


def signs(text: str) -> Iterable[str]:
    """The signs that people see: a letter with its marks, a family, a flag. Not every rule of Unicode's annex 29."""
    sign = ""
    for char in text:
        # A flag is two letters: a third one begins the next.
        is_second = ord(char) in FLAG_LETTERS and len(sign) == 1 and ord(sign) in FLAG_LETTERS
        belongs = category(char)[0] == "M" or char == JOINER or ord(char) in BELONGS_TO_BEFORE
        if sign and not (belongs or is_second or sign.endswith(JOINER)):
            yield sign
            sign = ""
        sign += char
    if sign:
        yield sign


def first_sign(text: str) -> str:
    """What stands for a name where there is room for one letter: a capital, or an emoji as a whole."""
    return next(iter(signs(text)), "").upper()


def shortened(text: str, length: int) -> str:
    """A text of at most so many characters, with «…» where it was cut; never inside a sign."""
    return text if len(text) <= length else f"{text[: whole_signs(text, length - 1)].rstrip()}…"


def whole_signs(text: str, length: int) -> int:
    """Of how many characters, at most `length`, the signs at the beginning of a text are whole."""
    ends = accumulate(map(len, signs(text[: length + LONGEST_SIGN])))
    return max(takewhile(lambda end: end <= length, ends), default=0)


def isolated(text: str) -> str:
    """A name for a line without HTML: one that reads from right to left leaves the words around it where they are."""
    turns = any(bidirectional(char) in RIGHT_TO_LEFT for char in text)
    return f"\u2068{text}\u2069" if turns else text


def masked(address: str) -> str:
    """«j…@waterkant.example»: enough to know one's own address by, on a screen that others see."""
    name, _, host = address.rpartition("@")
    return f"{name[:1]}…@{host}"
