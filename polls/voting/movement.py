"""What coordinators see of a poll beyond its counts: who changed their mind, and when.

A step is a vote that differs from the vote before it by the same person, on the day of the later vote. Who goes back
and forth takes several steps; of each kind a person counts once per period, and once in all.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import Max, Min
from django.utils.formats import date_format

from polls.voting.models import Ballot, Poll
from werkplaats.words import day, number

HEIGHT = 40  # of a chart, in units of its own

# How long the steps may span, in days, for each period to be this long.
UNITS = ((14, "day"), (366, "week"))
LONGEST_UNIT = "month"

STEPS = """
    WITH steps AS (
        SELECT visitor_id, choice_id, date_trunc(%(unit)s, voted_at AT TIME ZONE %(zone)s)::date AS period,
            lag(choice_id) OVER (PARTITION BY visitor_id ORDER BY number) AS before
        FROM polls_ballot WHERE poll_id = %(poll)s
    )
    SELECT before, choice_id, period, count(DISTINCT visitor_id) FROM steps WHERE before <> choice_id
    GROUP BY GROUPING SETS ((before, choice_id), (before, choice_id, period)) ORDER BY period NULLS FIRST
"""
PER_DAY = """
    SELECT (voted_at AT TIME ZONE %(zone)s)::date AS day, choice_id, count(*)
    FROM polls_ballot WHERE poll_id = %(poll)s GROUP BY day, choice_id ORDER BY day
"""
LATEST = """
    SELECT choice_id, count(*) FROM (
        SELECT DISTINCT ON (visitor_id) choice_id FROM polls_ballot WHERE poll_id = %(poll)s
        ORDER BY visitor_id, number DESC
    ) latest GROUP BY choice_id
"""


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
        return f"van {self.before} naar {self.after}: {number(self.people, 'mens,mensen')}"

    @property
    def bars(self) -> list[dict]:
        """For each period with people in it, its bar in a chart of ten wide per period and HEIGHT high."""
        bars = []
        for place, (people, name) in enumerate(zip(self.counts, self.names, strict=True)):
            height = max(3, round(HEIGHT * people / self.highest)) if people else 0
            what = f"{name}: {number(people, 'mens,mensen')}"
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
    again = Ballot.objects.filter(poll=poll, number__gt=1)
    span = again.aggregate(first=Min("voted_at"), last=Max("voted_at"))
    if span["first"] is None:
        return Movement("day", [], [])
    days = (span["last"] - span["first"]).days
    unit = next((unit for longest, unit in UNITS if days <= longest), LONGEST_UNIT)
    totals, per = {}, defaultdict(dict)
    for before, after, period, people in ask(STEPS, poll, unit=unit):
        if period is None:
            totals[before, after] = people
        else:
            per[before, after][period] = people
    found = [period for counts in per.values() for period in counts]
    periods = list(without_gaps(min(found), max(found), unit)) if found else []
    names = [name_of(period, unit) for period in periods]
    highest = max((people for counts in per.values() for people in counts.values()), default=1)
    texts = {option.pk: option.text for option in poll.options}
    moves = [
        Move(texts[pair[0]], texts[pair[1]], people, [per[pair].get(p, 0) for p in periods], highest, names)
        for pair, people in totals.items()
    ]
    return Movement(unit, periods, sorted(moves, key=lambda move: (-move.people, move.words)))


def latest_of(poll: Poll) -> dict[int, int]:
    """By how many people each choice was chosen last, by its id: what they think now."""
    return dict(ask(LATEST, poll))


def per_day(poll: Poll) -> dict[date, dict[int, int]]:
    """The votes of each day on which people voted, by the id of the choice."""
    found = defaultdict(dict)
    for date_, choice, votes in ask(PER_DAY, poll):
        found[date_][choice] = votes
    return found


def ask(sql: str, poll: Poll, **values) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"poll": poll.pk, "zone": settings.TIME_ZONE, **values})
        return cursor.fetchall()


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
