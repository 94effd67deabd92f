"""The movement of a poll, for coordinators: how many people changed their mind, and when.

A step is a vote that differs from the vote before it by the same person, on the day of the later vote. Somebody who
goes back and forth takes several steps; of each kind a person counts once per period, and once in all. Votes whose
visitor was emptied are one person's by their `series`; of one without it each step counts.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, DateField, F, Max, Min, Q, QuerySet
from django.db.models.functions import Trunc, TruncDate
from django.utils.formats import date_format

from polls.voting.models import Ballot, Poll
from werkplaats.words import day, number

HEIGHT = 40  # of a chart, in units of its own

# How long the steps may span, in days, for each period to be this long.
UNITS = ((14, "day"), (366, "week"))
LONGEST_UNIT = "month"
PEOPLE = (
    Count("visitor", distinct=True) + Count("series", distinct=True) + Count("pk", filter=Q(visitor=None, series=None))
)


@dataclass(frozen=True)
class Move:
    """How many people went from one choice to another, in all and in each period of the movement."""

    before: str
    after: str
    people: int
    counts: list[int]
    highest: int  # the largest count of any move: all charts have one scale
    names: list[str]  # of the periods

    @property
    def words(self) -> str:
        return f"van {self.before} naar {self.after}: {number(self.people, 'persoon,mensen')}"

    @property
    def bars(self) -> list[dict]:
        """For each period with people in it, its bar in a chart of ten wide per period and HEIGHT high."""
        bars = []
        for place, (people, name) in enumerate(zip(self.counts, self.names, strict=True)):
            height = max(3, round(HEIGHT * people / self.highest)) if people else 0
            what = f"{name}: {number(people, 'persoon,mensen')}"
            bars.append({"x": 10 * place + 1, "y": HEIGHT - height, "height": height, "what": what})
        return [bar for bar in bars if bar["height"]]


@dataclass(frozen=True)
class Movement:
    """`moves`, the largest first, over `periods` without gaps; both are empty when nobody changed their mind."""

    unit: str
    periods: list[date]
    moves: list[Move]

    @property
    def width(self) -> int:
        """Of a chart, in the units of its bars."""
        return 10 * len(self.periods)

    @property
    def rows(self) -> Iterator[tuple[str, Move, int]]:
        """(period in words, move, people), in order of time: the table beside the charts."""
        for place, period in enumerate(self.periods):
            for move in self.moves:
                if move.counts[place]:
                    yield name_of(period, self.unit), move, move.counts[place]

    @property
    def first(self) -> str:
        return name_of(self.periods[0], self.unit)

    @property
    def last(self) -> str:
        return name_of(self.periods[-1], self.unit)


def movement_of(poll: Poll) -> Movement:
    """Two queries, whatever the number of votes; `poll` comes from `Poll.objects.shown_to`."""
    steps = poll.ballots.order_by().filter(before__isnull=False).exclude(before=F("choice"))
    totals = list(steps.values("before", "choice").annotate(people=PEOPLE, first=Min("voted_at"), last=Max("voted_at")))
    if not totals:
        return Movement("day", [], [])
    days = (max(each["last"] for each in totals) - min(each["first"] for each in totals)).days
    unit = next((unit for longest, unit in UNITS if days <= longest), LONGEST_UNIT)
    counts = counts_per_period(steps, unit)
    periods = list(without_gaps(min(map(min, counts.values())), max(map(max, counts.values())), unit))
    names = [name_of(period, unit) for period in periods]
    highest = max(max(of_pair.values()) for of_pair in counts.values())
    texts = {option.pk: option.text for option in poll.options}
    moves = []
    for before, after, people in ((each["before"], each["choice"], each["people"]) for each in totals):
        of_pair = [counts[before, after].get(period, 0) for period in periods]
        moves.append(Move(texts[before], texts[after], people, of_pair, highest, names))
    return Movement(unit, periods, sorted(moves, key=lambda move: (-move.people, move.words)))


def counts_per_period(steps: QuerySet[Ballot], unit: str) -> dict[tuple[int, int], dict[date, int]]:
    """How many people took each step in each period: by the ids of both choices, then by the period's first day."""
    counts: dict[tuple[int, int], dict[date, int]] = defaultdict(dict)
    period = Trunc("voted_at", unit, output_field=DateField())
    rows = steps.values_list("before", "choice", period).annotate(people=PEOPLE)
    for before, after, first_day, people in rows:
        counts[before, after][first_day] = people
    return counts


def latest_of(poll: Poll) -> dict[int, int]:
    """For each choice, by its id, how many people chose it last. One query."""
    left = dict(poll.ballots.order_by().filter(before__isnull=False).values_list("before").annotate(Count("pk")))
    return {option.pk: option.votes - left.get(option.pk, 0) for option in poll.options}


def per_day(poll: Poll) -> dict[date, dict[int, int]]:
    """The votes of each day on which people voted, by the id of the choice."""
    found: dict[date, dict[int, int]] = defaultdict(dict)
    rows = poll.ballots.annotate(day=TruncDate("voted_at")).order_by("day").values_list("day", "choice")
    for day_, choice, votes in rows.annotate(votes=Count("pk")):
        found[day_][choice] = votes
    return found


def without_gaps(first: date, last: date, unit: str) -> Iterator[date]:
    """The first day of every period from `first` to `last`."""
    while first <= last:
        yield first
        match unit:
            case "day":
                first += timedelta(days=1)
            case "week":
                first += timedelta(weeks=1)
            case _:
                first = (first.replace(day=1) + timedelta(days=32)).replace(day=1)


def name_of(period: date, unit: str) -> str:
    """«maandag 5 oktober», «week van 5 oktober», «oktober 2026»."""
    match unit:
        case "month":
            return date_format(period, "F Y")
        case "week":
            return f"week van {day(period).partition(' ')[2]}"
    return day(period)
