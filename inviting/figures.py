"""How often something came of inviting, as it may be told: by fives, per calendar month, and of nobody alone."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from inviting.models import Call
from werkplaats.invited.models import FEW, Act, Kind, LinkFigure

FEWER = f"minder dan {FEW}"
NOT_COUNTED = "niet geteld"
MONTHS = 12
ACTS = (Act.SENT, Act.FINISHED, Act.VOTED, Act.SIGNED_UP)
ROWS = (*Kind.of_consulenten(), Kind.CALL, Kind.NONE)
Told = dict[tuple[date, str, str], int]  # by month, kind and act


class Row(NamedTuple):
    """A kind of link in a month; `figures` in the order of ACTS."""

    name: str
    figures: list[str]

    @property
    def tells(self) -> bool:
        """Whether one of its figures may be told."""
        return any(figure not in (FEWER, NOT_COUNTED) for figure in self.figures)


class Month(NamedTuple):
    month: date
    rows: list[Row]
    public: str


def in_words(told: int) -> str:
    """What is told of it: none, and up to four, are the same."""
    return str(told) if told >= FEW else FEWER


def by_month() -> list[Month]:
    """The last twelve months in which something was counted, the newest first. One query."""
    told: Told = defaultdict(int)
    # Of calls each line has its own figures: only what may be told of one is added up, or one could subtract.
    for figure in LinkFigure.objects.order_by("-month"):
        told[figure.month, figure.kind, figure.act] += figure.told
    months = sorted({month for month, *_ in told}, reverse=True)[:MONTHS]
    return [
        Month(month, [_row(told, month, kind) for kind in ROWS], in_words(told[month, Kind.SITE, Act.PUBLIC]))
        for month in months
    ]


def _row(told: Told, month: date, kind: Kind) -> Row:
    """Of consulenten something is told when five of them used their link in that month."""
    tells = kind not in Kind.of_consulenten() or told[month, Kind.PLAIN, Act.USED] >= FEW
    found = [in_words(told[month, kind, act]) if tells else FEWER for act in ACTS]
    if kind == Kind.NONE:  # who votes or signs up without a link was invited by nobody
        found = [each if act in (Act.SENT, Act.FINISHED) else NOT_COUNTED for act, each in zip(ACTS, found)]
    return Row(kind.label, found)


def of_calls(calls: Iterable[Call]) -> dict[int, list[tuple[str, str]]]:
    """What came of each line, by its key: an act and how often; nothing under five. One query."""
    links = {call.link_id: call.pk for call in calls}
    told: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for figure in LinkFigure.objects.filter(link__in=links, told__gt=0):
        told[links[figure.link_id]][figure.act] += figure.told  # type: ignore[index]  # those of calls have a link
    return {pk: [(act.label, str(found[act])) for act in ACTS if act in found] for pk, found in told.items()}
