"""The programme drawn on one line: what lasts as arches, what takes place on a day as dots with a card below.

A list in order of date to read, and figures to draw it with: grid columns, of which there are COLUMNS, and parts of the
width in percents. Time runs from left to right, but not evenly: every arch is as wide as its longest word.
"""

import datetime
import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations, zip_longest

from django.utils import formats

from werkplaats.home.timeline import DAY, DONE, LATER, NOW, Entry

COLUMNS = 36
ARCHES = 8
CARDS = 5, 4, 3, 2  # as many as have room for their words
SLOTS = 4  # what fewer cards choose from
LONG = datetime.timedelta(days=31)  # shorter pauses belong to what was before
LETTER, ROOM = 8.6, 20  # px: of a bold label, and around it
LARGER = 1.25  # the label of what is now
ROUND = 52  # px: the round of a card, and around its words
COLUMN = 26  # px, where the drawing begins to be one

# Parts of the width.
PILL = 0.033  # half of «nu», and a dot beside it
EDGE = 0.008
APART = 0.02
MIDDLE = 0.016  # of the round of a card, from its left edge
MONTH, MONTH_AND_YEAR = 0.04, 0.075
SAME = 0.004

TURN, STEP = 60, 9  # px below the top of the axis: the first turn, and between two


@dataclass(frozen=True)
class Item:
    """One moment of the list: an entry, or «nu» when there is none. `place` are the classes that put it on the line."""

    entry: Entry | None
    place: str


@dataclass(frozen=True)
class Elbow:
    """From the dot of a card on the line down to it: parts of the width in percents, and at how many px it turns."""

    dot: str
    card: str
    turn: int
    state: str


@dataclass
class Segment:
    """A stretch of the line: an arch, or a pause without one; from `column` on, `width` columns wide."""

    begin: datetime.date
    until: datetime.date
    arch: Entry | None = None
    width: int = 1
    column: int = 0

    @property
    def least(self) -> int:
        """In how many columns its words fit, in at most four lines."""
        if self.arch is None:
            return 1
        letters = max(longest(self.arch), len(self.arch.label) / 4)
        size = LARGER if self.arch.state == NOW else 1
        return min(max(math.ceil((letters * size * LETTER + ROOM) / COLUMN), 4), 12)

    @property
    def weight(self) -> int:
        """How much of the room that is left it wants."""
        days = (self.until - self.begin).days
        if self.arch is None:
            return min(days, 30)
        return max(20, min(days, 60)) + (180 if self.arch.state == NOW else 0)


@dataclass(frozen=True)
class Infographic:
    """`earlier` and `later` say how much is not on the line."""

    items: list[Item] = field(default_factory=list)
    months: list[tuple[str, str]] = field(default_factory=list)
    elbows: list[Elbow] = field(default_factory=list)
    today: datetime.date | None = None
    now: str = ""
    earlier: int = 0
    later: int = 0


def draw(entries: list[Entry], today: datetime.date) -> Infographic:
    """The drawing of what `werkplaats.home.timeline.line` found: all of it, or what is nearest to now."""
    if not entries:
        return Infographic()
    arches, moments = parted(entries, today)
    cards, slots = chosen(moments)
    segments = laid_out(arches, cards, today)
    axis = Axis(segments, today)
    dots = axis.dots(cards)
    columns, width = _slots(dots, slots)
    places = {id(each.arch): f"arch at-{each.column + 1} for-{each.width}" for each in segments}
    places |= {id(card): f"moment at-{at + 1} for-{width}" for card, at in zip(cards, columns, strict=True)}
    items = [Item(entry, places[id(entry)]) for entry in entries if id(entry) in places]
    began = sum(item.entry is not None and item.entry.state != LATER for item in items)
    items.insert(began, Item(None, f"at-{axis.column + 1}"))
    left = [entry for entry in entries if id(entry) not in places]
    return Infographic(
        items=items,
        months=axis.months(dots),
        elbows=_elbows(cards, dots, [column / COLUMNS + MIDDLE for column in columns]),
        today=today,
        now=_percent(axis.now),
        earlier=sum(entry.state != LATER for entry in left),
        later=sum(entry.state == LATER for entry in left),
    )


def parted(entries: Iterable[Entry], today: datetime.date) -> tuple[list[Entry], list[Entry]]:
    """Arches, of which no two are at the same time, and moments: cafés, and what falls within another's time.

    Questions come first: a milestone within one is a moment.
    """
    arches: list[Entry] = []
    moments = [entry for entry in entries if entry.icon == "coffee"]
    others = [entry for entry in entries if entry.icon != "coffee"]
    for entry in sorted(others, key=lambda entry: (entry.icon == "milestone", entry.date)):
        begin, until = entry.date, _until(entry, today)
        free = all(until <= each.date or begin >= _until(each, today) for each in arches)
        (arches if free else moments).append(entry)
    moments.sort(key=lambda entry: (entry.state == LATER, entry.date))
    return sorted(arches, key=lambda entry: entry.date), moments


def _until(entry: Entry, today: datetime.date) -> datetime.date:
    """When it ends; what nobody knows the end of yields to what comes next."""
    least = max(entry.date, today) if entry.state == NOW else entry.date
    return max(entry.until or least + DAY, entry.date + DAY)


def nearest(entries: list[Entry], most: int, *, before: int) -> list[Entry]:
    """So many of them around now, of which `before` are over."""
    over = sum(entry.state == DONE for entry in entries)
    start = max(0, min(over - before, len(entries) - most))
    return entries[start : start + most]


def chosen(moments: list[Entry]) -> tuple[list[Entry], int]:
    """The cards that are shown, and in how many slots."""
    for most in CARDS:
        cards = nearest(moments, most, before=1)
        slots = max(min(SLOTS, most), len(cards))
        if max(map(longest, cards), default=0) * LETTER + ROUND <= COLUMNS // slots * COLUMN:
            break
    return cards, slots


def longest(entry: Entry) -> int:
    """How many letters the longest word of its label has."""
    return max(map(len, entry.label.split()), default=0)


def laid_out(arches: list[Entry], cards: list[Entry], today: datetime.date) -> list[Segment]:
    """The line from left to right, in COLUMNS columns, with as many arches as fit."""
    for most in range(ARCHES, -1, -1):
        segments = _segments(nearest(arches, most, before=2 if most > 3 else 0), cards, today)
        if sum(each.least for each in segments) <= COLUMNS:
            break
    spare = COLUMNS - sum(each.least for each in segments)
    wanted = sum(each.weight for each in segments) or 1
    edge = wished = 0.0
    column = 0
    for each in segments:
        wished += spare * each.weight / wanted
        each.column, each.width = column, each.least + round(wished) - round(edge)
        edge = wished
        column += each.width
    return segments


def _segments(arches: list[Entry], cards: list[Entry], today: datetime.date) -> list[Segment]:
    """The arches, and pauses between them in which something is or that last long."""
    days = [today, *(card.date for card in cards)]
    begin = min([*days, *(arch.date for arch in arches)])
    end = max(day + DAY for day in days)
    segments: list[Segment] = []
    for arch, following in zip_longest(arches, arches[1:]):
        if arch.date > begin:
            segments.append(Segment(begin, arch.date))
        until = _until(arch, today)
        if following and (
            arch.until is None or (following.date - until <= LONG and not until <= today < following.date)
        ):
            until = following.date
        elif arch.until is None:
            until = max(until, arch.date + LONG)
        segments.append(Segment(arch.date, until, arch))
        begin = until
    if end > begin or not segments:
        segments.append(Segment(begin, end))
    return segments


class Axis:
    """Where a day lies on the line, from 0 to 1."""

    def __init__(self, segments: list[Segment], today: datetime.date):
        self.segments = segments
        self.today = today
        here = self._segment(today)
        within = here.width * (today - here.begin) / (here.until - here.begin)
        self.column = here.column + max(0, min(int(within), here.width - 1))
        self.now = (self.column + 0.5) / COLUMNS

    def at(self, day: datetime.date) -> float:
        here = self._segment(day)
        return (here.column + here.width * (day - here.begin) / (here.until - here.begin)) / COLUMNS

    def dots(self, cards: list[Entry]) -> list[float]:
        """Where the dots of these lie, in order of date: beside «nu» unless they are today, and beside each other."""
        places = {self.today: self.now}
        nearest = self.now - PILL + APART
        for day in sorted({card.date for card in cards if card.date < self.today}, reverse=True):
            nearest = max(EDGE, min(self.at(day), nearest - APART))
            places[day] = nearest
        nearest = self.now + PILL - APART
        for day in sorted({card.date for card in cards if card.date > self.today}):
            nearest = min(1 - EDGE, max(self.at(day), nearest + APART))
            places[day] = nearest
        return [places[card.date] for card in cards]

    def months(self, dots: list[float]) -> list[tuple[str, str]]:
        """Names of months and where they stand, as many as fit between each other and the lines down from the dots."""
        found: list[tuple[str, str]] = []
        free, year = 0.0, self.today.year
        month = self.segments[0].begin
        while month < self.segments[-1].until:
            width = MONTH if month.year == year else MONTH_AND_YEAR
            place = self._beside(dots, self.at(month), width, free)
            if place is not None:
                name = formats.date_format(month, "M" if month.year == year else "M Y").lower()
                found.append((_percent(place), name))
                free, year = place + width, month.year
            month = (month.replace(day=1) + LONG).replace(day=1)
        return found

    def _beside(self, dots: list[float], place: float, width: float, free: float) -> float | None:
        """Where words that wide stand, near to `place` and from `free` on, where no line from a dot runs through."""
        tried = [place, *(dot + EDGE for dot in dots), *(dot - width for dot in dots)]
        fits = [
            each
            for each in tried
            if max(free, place - MONTH) <= each <= min(1 - width, place + MONTH)
            and not any(each - EDGE < dot < each + width - EDGE / 2 for dot in dots)
        ]
        return min(fits, key=lambda each: abs(each - place), default=None)

    def _segment(self, day: datetime.date) -> Segment:
        return next((each for each in self.segments if day < each.until), self.segments[-1])


def _slots(dots: list[float], count: int) -> tuple[list[int], int]:
    """The columns in which the cards begin, as near to their dots as their order allows, and how wide each is."""
    width = COLUMNS // count

    def far(columns: Iterable[int]) -> float:
        return sum(abs(column / COLUMNS + MIDDLE - dot) for column, dot in zip(columns, dots, strict=True))

    return list(min(combinations(range(0, count * width, width), len(dots)), key=far)), width


def _elbows(cards: list[Entry], dots: list[float], ends: list[float]) -> list[Elbow]:
    """Lines that never cross: of those that go left the next one turns lower, of those that go right higher."""
    sides = [0 if abs(dot - end) < SAME else 1 if dot > end else -1 for dot, end in zip(dots, ends, strict=True)]
    elbows = []
    for index, (card, dot, end) in enumerate(zip(cards, dots, ends, strict=True)):
        run = sides[: index + 1][::-1] if sides[index] > 0 else sides[index:]
        depth = next((count for count, side in enumerate(run) if side != sides[index]), len(run)) - 1
        elbows.append(Elbow(_percent(dot if sides[index] else end), _percent(end), TURN + STEP * depth, card.state))
    return elbows


def _percent(part: float) -> str:
    return f"{100 * part:.2f}%"
