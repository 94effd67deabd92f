"""What the room chose, and who is there: figures for the screen, as they may be told."""

import itertools
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import F, QuerySet, Sum

from live.models import Headcount, LiveCafe, Scene, Seat, SeatKind
from live.models.seats import mark_of
from live.models.voices import VoiceQuerySet
from live.reading.crowd import Crowd, crowd
from polls.models import Colour, StickerRound
from werkplaats.words import number

CROWD, MANY = 13, 48  # rem that the largest crowd is wide, and the size of one that has not to be drawn smaller
FEW = 5  # people; of fewer is not told apart what they chose


@dataclass
class Present:
    """How many people take part: in the room, of whom at how many tables, and online."""

    room: int = 0
    tables: int = 0
    online: int = 0
    out: list[str] = field(default_factory=list)  # the marks of phones that were put out, which count nowhere

    @property
    def people(self) -> int:
        return self.room + self.online

    @property
    def room_crowd(self) -> Crowd:
        return crowd(self.room)

    @property
    def online_crowd(self) -> Crowd:
        return crowd(self.online)

    @property
    def crowd(self) -> Crowd:
        return crowd(self.people)

    @property
    def widths(self) -> list[str]:
        """How wide the crowds are drawn, in rem: a bubble is as large in one as in the other. As text, with a point."""
        sizes = [self.room_crowd.size, self.online_crowd.size, self.crowd.size]
        one = CROWD / max(*sizes[:2], MANY)
        return [f"{width:.2f}" for width in (one * sizes[0], one * sizes[1], CROWD / max(sizes[2], MANY) * sizes[2])]


@dataclass
class Chosen:
    """How many people chose one option: in the room, and online."""

    pk: int
    text: str
    room: int = 0
    online: int = 0

    @property
    def people(self) -> int:
        return self.room + self.online


@dataclass
class PollResult:
    """`tables` counted hands, `hands` people in all of them; `paper` were counted on paper, in the room too.

    The rest are votes of one person each.
    """

    options: list[Chosen] = field(default_factory=list)
    tables: int = 0
    hands: int = 0
    paper: int = 0

    @property
    def people(self) -> int:
        return sum(option.people for option in self.options)

    @property
    def room(self) -> int:
        return sum(option.room for option in self.options)

    @property
    def online(self) -> int:
        return sum(option.online for option in self.options)

    @property
    def is_told_apart(self) -> bool:
        """Whether room and online may be told beside each other: of a few one reads who chose what."""
        return not any(0 < people < FEW for people in (self.room, self.online))

    @property
    def most(self) -> int:
        return max((option.people for option in self.options), default=0)

    @property
    def leading(self) -> list[Chosen]:
        """The options that most people chose: one, or several with as many."""
        return [option for option in self.options if option.people == self.most and self.most]


class Wrote(NamedTuple):
    """From how many tables something came, and from how many people at none."""

    tables: int = 0
    others: int = 0

    @property
    def words(self) -> str:
        """«7 tafels en 1 mens alleen of online schreven»; empty when nobody did."""
        tables = number(self.tables, "tafel,tafels") if self.tables else ""
        others = number(self.others, "mens alleen of online,mensen alleen of online") if self.others else ""
        verb = "schreef" if self.tables + self.others == 1 else "schreven"
        return f"{' en '.join(filter(None, [tables, others]))} {verb}" if tables or others else ""


def wrote_in(voices: VoiceQuerySet) -> Wrote:
    """Who wrote these of this evening, without phones that were put out. One query."""
    inside = voices.of_evening().filter(hidden_at=None, seat__put_out_at=None).order_by()
    sources = set(inside.values_list("table", "seat"))
    tables = {table for table, _ in sources if table}
    return Wrote(len(tables), len({seat for table, seat in sources if not table}))


def present_in(live: LiveCafe) -> Present:
    """Of several phones of a table the last one says how many sit there. One query."""
    tables: dict[int, int] = {}
    found, out = Present(), []
    seats = Seat.objects.filter(live=live).order_by("taken_at", "pk")
    for pk, kind, table, people, put_out_at in seats.values_list("pk", "kind", "table", "people", "put_out_at"):
        if put_out_at:
            out.append((put_out_at, pk))
        elif table:
            tables[table] = people
        elif kind == SeatKind.ALONE:
            found.room += 1
        else:
            found.online += 1
    found.out = [mark_of(pk) for _, pk in sorted(out)]
    found.room += sum(tables.values())
    found.tables = len(tables)
    return found


def poll_result(scene: Scene) -> PollResult:
    """Hands that tables counted, and the ballots of who sits at none. A constant number of queries."""
    options = {choice.pk: Chosen(choice.pk, choice.text) for choice in scene.its_poll.choices.all()}
    result = PollResult(list(options.values()))
    tables = hands_of(scene)
    result.tables = len(tables)
    for choice, people in itertools.chain.from_iterable(each.hands.items() for each in tables.values()):
        if choice in options:
            options[choice].room += people
            result.hands += people
    of_phones: Any = _of_phones(scene).filter(choice__isnull=False).order_by()
    for choice, kind, people in of_phones.values_list("choice", "seat__kind", "people") if scene.live.rehearses else ():
        if choice in options and kind == SeatKind.ONLINE:
            options[choice].online += people
        elif choice in options:
            options[choice].room += people
    for choice, kind, count in ballots_of(scene):
        chosen = options[choice]
        if kind == SeatKind.ONLINE:
            chosen.online += count
        else:
            chosen.room += count
    return result


def ballots_of(scene: Scene) -> list[tuple[int, str, int]]:
    """Per choice and kind of seat how many people voted; a table's hands were counted, so its phone has no vote."""
    seated = Seat.objects.inside().filter(live=scene.live_id).exclude(kind=SeatKind.TABLE)
    kinds = dict(seated.values_list("visitor", "kind"))
    counted: dict[tuple[int, str], int] = {}
    for visitor, choice in scene.its_poll.ballots.filter(number=1).values_list("visitor", "choice"):
        if kind := kinds.get(visitor):
            counted[choice, kind] = counted.get((choice, kind), 0) + 1
    return [(choice, kind, count) for (choice, kind), count in counted.items()]


@dataclass
class Counted:
    """What a phone counted at its table, by the key of a choice."""

    by: int
    at: datetime
    hands: dict[int, int] = field(default_factory=dict)


def hands_of(scene: Scene) -> dict[int, Counted]:
    """By table the last count of a phone that still sits there, and was not put out. One query."""
    there = {"counted_by__table": F("table"), "counted_by__put_out_at": None}
    rows: Any = Headcount.objects.filter(scene=scene, choice__isnull=False, **there)
    found: dict[int, Counted] = {}
    of = rows.order_by("at", "counted_by", "pk").values_list("table", "counted_by", "at", "choice", "people")
    for table, by, at, choice, people in of:
        if table not in found or found[table].by != by:
            found[table] = Counted(by, at)
        found[table].hands[choice] = people
    return found


def progress(scene: Scene) -> dict[str, int]:
    """How far a poll is without telling what was chosen: tables that counted, and people who voted, by where."""
    single = _of_phones(scene).filter(choice__isnull=False, people__gt=0).count()
    by_kind = {kind: 0 for kind in SeatKind.values}
    for _, kind, count in ballots_of(scene):
        by_kind[kind] += count
    return {
        "tables": len(hands_of(scene)),
        "alone": by_kind[SeatKind.ALONE] + single,
        "online": by_kind[SeatKind.ONLINE],
    }


def _of_phones(scene: Scene) -> "QuerySet[Headcount]":
    """In a rehearsal the votes and stickers of phones are counts."""
    return Headcount.objects.filter(scene=scene, seat__isnull=False, seat__put_out_at=None)


def stickers_in_rehearsal(scene: Scene) -> dict[int, dict[int, int]]:
    """Per idea how many of each colour the phones of a rehearsal gave it."""
    found: dict[int, dict[int, int]] = {}
    counted: Any = _of_phones(scene).filter(idea__isnull=False).order_by().values("idea", "colour")
    for row in counted.annotate(count=Sum("people")):
        found.setdefault(row["idea"], {})[row["colour"]] = row["count"]
    return found


@dataclass
class StickerResult:
    """The ideas of a round, each with `text`, `number` and, once revealed, `green`, `blue`, `red` and `rank`.

    `people` placed stickers so far. Which ones nobody is told before.
    """

    ideas: list[Any]
    people: int
    legend: list[Any]

    @property
    def is_empty(self) -> bool:
        """Whether no idea has a sticker, once the result is revealed: there is no order to show."""
        return not any(idea.people for idea in self.ideas)

    @property
    def leading(self) -> list[Any]:
        """The ideas with most green stickers: one, or several that got the same; none without a green one."""
        return [idea for idea in self.ideas if idea.rank == 1 and idea.green]


def sticker_result(scene: Scene, *, rehearses: bool = False) -> StickerResult:
    """The ideas to stick at, by rank once the result is shown. In a rehearsal with the stickers of its phones, unless
    the round was over before.
    """
    board = StickerRound.objects.board(scene.its_round.slug)
    people = board.scorers
    if rehearses and not scene.was_over:
        counts = stickers_in_rehearsal(scene)
        for idea in board.ideas:
            idea.green, idea.blue, idea.red = (counts.get(idea.id, {}).get(colour, 0) for colour in Colour)
        people = max((idea.people for idea in board.ideas), default=0)
    ideas = board.ranking if scene.shows_result else board.ideas
    return StickerResult(list(ideas), people, scene.its_round.legend)
