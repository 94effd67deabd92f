"""How a term does its work: in batches, each in a transaction of its own, so that nobody waits for it for long.

What a run does and what it would do come from the same rows: `due` counts them, `carry_out` takes them.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from werkplaats.people.handing import until_it_fits
from werkplaats.register.entries import Term

FIRST, MOST = 100, 1000  # rows in a batch
WITHOUT_A_PLAN = timedelta(days=3 * 365)  # after writing, where no plan was adopted
LONG, SHORT = 0.14, 0.07  # seconds: a batch that took longer halves the next one, a shorter one doubles it


class At(NamedTuple):
    """The moment of a run, and what terms count from.

    `before`: what is older than the days of the term; None where other things than days decide. `adopted` is when the
    plan was, None as long as it is not; `ended` is when the period of the plan ends.
    """

    now: datetime
    before: datetime | None
    adopted: datetime | None
    ended: datetime

    @property
    def cut(self) -> datetime:
        """`before`, of a term that runs by days."""
        if self.before is None:
            raise ValueError("this term does not run by days")
        return self.before

    @property
    def names_go(self) -> Q:
        """Of what has a `created_at`: written for a plan that was adopted so long ago, or for none and very old."""
        old = Q(created_at__lte=self.now - WITHOUT_A_PLAN)
        if self.adopted is None:
            return old
        for_it = Q(created_at__lte=self.adopted) if self.adopted <= self.cut else Q(pk__in=[])
        return for_it | Q(created_at__gt=self.adopted) & old

    @property
    def is_over(self) -> bool:
        """Whether the period of the plan is."""
        return self.ended <= self.now


@dataclass(frozen=True)
class Work:
    """One thing that a term does.

    `rows` finds what it does at a moment. `act` does it to those with these keys, and returns how many it did: it looks
    again, for they may have changed. `counted` says what one and more of them are called. `count` says how many there
    are where one row stands for several. `first` is the size of the first batch, `most` that of the largest.
    """

    counted: str
    rows: Callable[[At], "QuerySet[Any]"]
    act: Callable[[list[Any], At], int]
    count: Callable[[At], int] | None = None
    first: int = FIRST
    most: int = MOST


type Works = Mapping[Term, Sequence[Work]]


def due(works: Sequence[Work], at: At) -> dict[str, int]:
    """How many of what would go at this moment, by what they are called; nothing of which there is none."""
    return added(works, lambda work: work.count(at) if work.count else work.rows(at).count())


def carry_out(works: Sequence[Work], at: At) -> dict[str, int]:
    """Does it, one batch after another, and tells as `due` how many went."""
    return added(works, lambda work: in_batches(work, at))


def added(works: Sequence[Work], count: Callable[[Work], int]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for work in works:
        counts[work.counted] += count(work)
    return {counted: number for counted, number in counts.items() if number}


def in_batches(work: Work, at: At) -> int:
    """What was in a batch is not asked again: a row that stays, since it changed meanwhile, is of the next run."""
    done, size, last = 0, work.first, None
    while pks := after(work.rows(at), last, size):
        began = monotonic()
        done += one_batch(work, pks, at)
        last, took = pks[-1], monotonic() - began
        size = max(1, size // 2) if took > LONG else min(work.most, size * 2) if took < SHORT else size
    return done


def after(rows: "QuerySet[Any]", last: Any, size: int) -> list[Any]:
    """The keys of the next rows, in their order."""
    rest = rows if last is None else rows.filter(pk__gt=last)
    return list(rest.order_by("pk").values_list("pk", flat=True)[:size])


def one_batch(work: Work, pks: list[Any], at: At) -> int:
    done: list[int] = []
    until_it_fits(lambda: done.append(work.act(pks, at)))
    return done[-1]
