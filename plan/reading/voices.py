"""A voice as who sorts reads it: who said it, where, when, and in which words."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet, Sum

from plan.models import Fragment, Note
from polls.models import Choice, Idea, Poll, StickerTally, Wensbeeld
from posts.models import Post
from werkplaats.words import number

# What was said with what stands beside it, a query for each kind: all in one would join fifteen tables.
SAID: dict[str, QuerySet[Any]] = {
    "post": Post.objects.select_related("role", "werkgebied", "tally").only(
        *("text", "name", "meeting", "created_at", "role", "werkgebied", "tally")
    ),
    "wensbeeld": Wensbeeld.objects.select_related("role", "picture"),
    "idea": Idea.objects.select_related("group", "round"),
    "poll": Poll.objects.all(),
    "note": Note.objects.select_related("role", "notes__cafe"),
}
ICONS = {"post": "message-circle", "wensbeeld": "image", "idea": "sun", "poll": "circle-check", "note": "coffee"}
KIND_NAMES = {
    "post": "Bijdragen",
    "wensbeeld": "Wensbeelden",
    "idea": "Ideeën",
    "poll": "Peilingen",
    "note": "Aantekeningen",
}


@dataclass
class Voice:
    """`by` is the role and werkgebied of who said it, `where` the meeting, `counts` what others thought, in words.

    `mark` names what the page shows of it, in forms: key, version, and the version of its words.
    """

    fragment: Fragment
    name: str
    by: str
    text: str
    at: date | None = None
    link: str = ""
    counts: list[str] = field(default_factory=list)
    where: str = ""
    reader: str = ""  # who else has it before them

    @property
    def pk(self) -> int:
        return self.fragment.pk

    @property
    def mark(self) -> str:
        return f"{self.fragment.pk}.{self.fragment.version}.{self.fragment.source_version}"

    @property
    def icon(self) -> str:
        return ICONS[self.fragment.kind]

    @property
    def picture(self) -> Any:
        return self.fragment.wensbeeld and self.fragment.wensbeeld.picture

    @property
    def line(self) -> str:
        """Who said it, on one line of a list."""
        return ", ".join(filter(None, [self.name, self.by]))


def voices(fragments: Iterable[Fragment]) -> list[Voice]:
    """Two queries at most for each kind that is among them, whatever their number. Without those erased this moment."""
    rows = read_said(fragments)
    stickers = _stickers([row.idea_id for row in rows if row.idea_id])
    results = _results([row.poll_id for row in rows if row.poll_id])
    makers = {"post": _post, "wensbeeld": _wensbeeld, "note": _note}
    made = []
    for row in rows:
        if row.idea_id:
            made.append(_idea(row, stickers.get(row.idea_id, [])))
        elif row.poll_id:
            made.append(_poll(row, results.get(row.poll_id, [])))
        else:
            made.append(makers[row.kind](row))
    return made


def read_said(fragments: Iterable[Fragment]) -> list[Fragment]:
    """The fragments with what they point to."""
    rows, there = list(fragments), []
    for kind, said in SAID.items():
        keys = {getattr(row, f"{kind}_id") for row in rows} - {None}
        found = said.in_bulk(keys) if keys else {}
        for row in rows:
            if one := found.get(getattr(row, f"{kind}_id")):
                setattr(row, kind, one)
                there.append(row.pk)
    return [row for row in rows if row.pk in set(there)]


def _post(row: Fragment) -> Voice:
    post: Any = row.post
    by = ", ".join(filter(None, [post.shown_role, post.shown_place]))
    if post.meeting:
        by = ", ".join(filter(None, [by, f"namens {post.meeting}"]))
    counts = [f"{count} {kind.label}" for kind, count in post.tally.by_kind if count]
    return Voice(row, post.name, by, post.text, post.created_at, post.get_absolute_url(), counts)


def _wensbeeld(row: Fragment) -> Voice:
    beeld: Any = row.wensbeeld
    by = ", ".join(filter(None, [str(beeld.role or ""), "wensbeeld"]))
    return Voice(row, beeld.name or "Iemand", by, beeld.text, beeld.created_at, beeld.get_absolute_url())


def _idea(row: Fragment, counts: list[str]) -> Voice:
    idea: Any = row.idea
    name = str(idea.group) if idea.group else "Samengevoegd"
    return Voice(row, name, "idee", idea.text, idea.created_at, idea.round.get_absolute_url(), counts)


def _poll(row: Fragment, counts: list[str]) -> Voice:
    poll: Any = row.poll
    return Voice(row, "Peiling", "uitslag", poll.question, poll.opens_at, poll.get_absolute_url(), counts)


def _note(row: Fragment) -> Voice:
    note: Any = row.note
    name = f"Tafel {note.table}" if note.table else note.get_on_behalf_display().capitalize() or "In de zaal"
    counts = [f"{note.times} keer gezegd"] if note.times > 1 else []
    cafe = note.notes.cafe
    where, held = ("café", cafe.starts_at) if cafe else (note.notes.meeting, note.notes.held_on)
    return Voice(row, name, str(note.role or ""), note.text, held, counts=counts, where=where)


def _stickers(ideas: list[int]) -> dict[int, list[str]]:
    if not ideas:
        return {}
    sums = {"in_green": Sum("green"), "in_blue": Sum("blue"), "in_red": Sum("red")}
    rows = StickerTally.objects.filter(idea__in=ideas).values_list("idea").annotate(**sums)
    return {idea: [f"{green} groen", f"{blue} blauw", f"{red} rood"] for idea, green, blue, red in rows}


def _results(polls: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    if polls:
        choices = Choice.objects.filter(poll__in=polls).annotate(people=Sum("tallies__first_votes"))
        for choice in choices.order_by("poll", "position", "pk"):
            found.setdefault(choice.poll_id, []).append(f"{choice}: {number(choice.people or 0, 'persoon,mensen')}")
    return found


def answers_to(row: Fragment) -> list[Post]:
    """What others answered to a contribution, the first in front; at most 20. One query, for contributions alone."""
    if row.kind != "post":
        return []
    answers = Post.objects.readable().filter(parent=row.post_id).select_related("role")
    return list(answers.order_by("created_at", "pk")[:20])
