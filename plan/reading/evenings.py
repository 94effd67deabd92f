"""What the pages of *Aantekeningen* read."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from events import around
from events.models import Cafe
from plan.models import Note, Notes, Typist
from polls.models import Choice, Colour, PaperCount, Poll, StickerRound
from werkplaats.models import User

AHEAD = timedelta(days=7)  # a café whose notes can be begun
MOST_CAFES = 12
TYPES_STILL = timedelta(minutes=2)  # after the last that somebody did

Typed = Mapping[str, str]  # what a form sent that was not kept, by the name of its field
NOTHING: Typed = {}


def evenings() -> Any:
    """All notes, the newest first, each with `lines_there` and `photos_there`. One query."""
    counts = {"lines_there": Count("lines", distinct=True), "photos_there": Count("photos", distinct=True)}
    return Notes.objects.select_related("cafe", *SUBJECTS).annotate(**counts)


def cafes_to_begin() -> Any:
    """The cafés of lately and of the coming days of which there are no notes yet."""
    found = Cafe.objects.filter(notes=None, called_off_at=None, starts_at__lt=timezone.now() + AHEAD)
    return found.order_by("-starts_at")[:MOST_CAFES]


SUBJECTS = ("harvest__question", "harvest__cafe", "harvest__cycle")


def evening(pk: int) -> Notes:
    """Raises Notes.DoesNotExist."""
    return Notes.objects.select_related("cafe", *SUBJECTS).get(pk=pk)


def day_of(notes: Notes) -> datetime.date:
    return timezone.localdate(notes.cafe.starts_at) if notes.cafe else notes.held_on or timezone.localdate()


def lines(notes: Notes, after: int = -1) -> list[Note]:
    """The lines that came or changed after this version of the notes."""
    return list(notes.lines.filter(changed__gt=after).select_related("role").order_by("number"))


def numbers(notes: Notes) -> str:
    """The numbers of the lines that are there, as «1-90 92-184»: which were struck is what is missing in it."""
    found: list[list[int]] = []
    for number in notes.lines.order_by("number").values_list("number", flat=True):
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return " ".join(f"{first}-{last}" for first, last in found)


def others(notes: Notes, user: User) -> list[Typist]:
    """Who else typed here in the last minutes."""
    lately = timezone.now() - TYPES_STILL
    found = notes.typists.filter(at__gt=lately).exclude(user=user)
    return list(found.select_related("user").order_by("user__name_order", "pk"))


@dataclass(frozen=True)
class Cell:
    """A box for a number of paper, and its field. `typed` is what a form sent in it that was not kept."""

    name: str
    count: int | None
    typed: str | None

    @property
    def kept(self) -> str:
        return "" if self.count is None else str(self.count)

    @property
    def shown(self) -> str:
        return self.kept if self.typed is None else self.typed


@dataclass(frozen=True)
class PaperRow:
    """An idea of a round, with what was counted of it on paper, by colour."""

    idea: Any
    row: PaperCount | None
    cells: list[tuple[Colour, Cell]]


@dataclass(frozen=True)
class Paper:
    """The rounds that may have stickers on paper, and of the one that is shown its ideas."""

    rounds: list[StickerRound]
    round: StickerRound | None = None
    rows: list[PaperRow] = field(default_factory=list)

    @cached_property
    def counted(self) -> int:
        return sum(bool(each.row and each.row.is_complete) for each in self.rows)


def paper(notes: Notes, slug: str = "", typed: Typed = NOTHING) -> Paper:
    """The round with this slug, else that of the day, else the newest of the same design cycle. Three queries."""
    rounds = list(rounds_of(notes))
    day = day_of(notes)
    shown = next((round for round in rounds if round.slug == slug), None)
    shown = shown or next((round for round in rounds if day_of_round(round) == day), None) or next(iter(rounds), None)
    if shown is None:
        return Paper(rounds)
    ideas = StickerRound.objects.board(shown.slug).ideas
    rows = zip(ideas, _counts(ideas), strict=True)
    return Paper(rounds, shown, [PaperRow(idea, row, _cells(idea.id, row, typed)) for idea, row in rows])


def _cells(idea: int, row: PaperCount | None, typed: Typed) -> list[tuple[Colour, Cell]]:
    names = {colour: f"idee-{idea}-{colour.css}" for colour in Colour}
    return [(colour, Cell(name, getattr(row, colour.css, None), typed.get(name))) for colour, name in names.items()]


@dataclass(frozen=True)
class HandsRow:
    """A choice of a poll: how many people of the room chose it in the result on the screen, and on paper."""

    choice: Choice
    seen: int | None
    cell: Cell


@dataclass(frozen=True)
class Hands:
    """A poll that the café asked. `may_type`: typing tells everyone its result, so not before the room may see it."""

    poll: Poll
    rows: list[HandsRow]
    may_type: bool

    @property
    def counted(self) -> int:
        return sum(row.cell.count is not None for row in self.rows)


def hands(notes: Notes, typed: Typed = NOTHING) -> list[Hands]:
    """Of each poll that the café asked in its room, the last one first.

    One query, and of a café that is past another for whether it runs late; none for a meeting.
    """
    if notes.cafe is None:
        return []
    found: dict[Poll, list[HandsRow]] = {}
    choices = Choice.objects.filter(poll__room_cafe=notes.cafe).select_related("poll", "on_paper")
    for choice in choices.order_by("-poll", "position", "pk"):
        seen = choice.poll.room_chose(choice.pk, None) if choice.poll.room_result else None
        name = f"keuze-{choice.pk}"
        cell = Cell(name, getattr(getattr(choice, "on_paper", None), "people", None), typed.get(name))
        found.setdefault(choice.poll, []).append(HandsRow(choice, seen, cell))
    past = notes.cafe.is_past and not around.is_on(notes.cafe)  # one that runs late may still ask it

    def may_type(poll: Poll) -> bool:
        return poll.room_result is not None or past and not poll.is_open

    return [Hands(poll, rows, may_type(poll)) for poll, rows in found.items()]


def rounds_of(notes: Notes) -> Any:
    """Those of the design cycles that this evening belongs to, and those of the same day that belong to none."""
    harvest, day = notes.harvest, day_of(notes)
    about = Q(cycle=None, starts_at__date=day)
    if harvest.cycle_id:
        about |= Q(cycle=harvest.cycle_id)
    if notes.cafe_id:
        about |= Q(cycle__cafes=notes.cafe_id)
    if harvest.question_id:
        about |= Q(cycle__questions=harvest.question_id)
    return StickerRound.objects.filter(about).distinct().order_by("-starts_at", "-pk")


def day_of_round(round: StickerRound) -> datetime.date | None:
    return timezone.localdate(round.starts_at) if round.starts_at else None


def _counts(ideas: Iterable[Any]) -> list[PaperCount | None]:
    pks = [idea.id for idea in ideas]
    found = PaperCount.objects.in_bulk(pks)
    return [found.get(pk) for pk in pks]
