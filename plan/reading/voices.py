"""A voice as who sorts reads it: who said it, where, when, and in which words."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import BigIntegerField, F, QuerySet, Sum

from plan.models import Fragment, Note
from polls.models import Choice, Idea, Poll, StickerTally, Wensbeeld
from posts.models import Post, PostTally
from werkplaats import compiled
from werkplaats.compiled import Given, among
from werkplaats.words import in_the_cafe, number

# What was said with what stands beside it, a query for each kind: all in one would join fifteen tables.
SAID: dict[str, QuerySet[Any]] = {
    "post": Post.objects.select_related("role", "werkgebied")
    .only(
        "text",
        "name",
        "meeting",
        "meeting_size",
        "in_room",
        "created_at",
        "role__name",
        "role__is_pupil",
        "werkgebied__name",
    )
    .annotate(thumb_counts=F("tally__thumbs")),
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
    """`by` is the role and werkgebied of who said it, `where` the meeting, `counted` what others thought, in words.

    `mark` names what the page shows of it, in forms: key, version, and the version of its words.
    """

    fragment: Fragment
    name: str
    by: str
    text: str
    at: date | None = None
    counted: list[str] = field(default_factory=list)
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

    # Of all that a list shows these two are asked of few.

    @cached_property
    def counts(self) -> list[str]:
        """What others thought of it: `counted`, and of a contribution its thumbs."""
        post: Any = self.fragment.post
        thumbs = PostTally(thumbs=post.thumb_counts).by_kind if post else []
        return self.counted or [f"{count} {kind.label}" for kind, count in thumbs if count]

    @cached_property
    def link(self) -> str:
        """Where it stands on the site; a line of the notes nowhere."""
        said: Any = self.fragment.said
        return "" if self.fragment.note_id else (said.round if self.fragment.idea_id else said).get_absolute_url()

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
    rows, there = list(fragments), set()
    for kind in SAID:
        keys = {getattr(row, f"{kind}_id") for row in rows} - {None}
        found = {one.pk: one for one in compiled.objects(said_of, kind, keys=list(keys))} if keys else {}
        for row in rows:
            if one := found.get(getattr(row, f"{kind}_id")):
                setattr(row, kind, one)
                there.add(row.pk)
    return [row for row in rows if row.pk in there]


def said_of(kind: str) -> compiled.AnyQuerySet:
    return SAID[kind].filter(among("pk", "keys")).order_by()


def _post(row: Fragment) -> Voice:
    post: Any = row.post
    by = ", ".join(filter(None, [post.shown_role, post.shown_place]))
    if post.in_room:
        by = ", ".join(filter(None, [by, in_the_cafe(post.meeting_size)]))
    elif post.meeting:
        by = ", ".join(filter(None, [by, f"namens {post.meeting}"]))
    return Voice(row, post.name, by, post.text, post.created_at)


def _wensbeeld(row: Fragment) -> Voice:
    beeld: Any = row.wensbeeld
    by = ", ".join(filter(None, [str(beeld.role or ""), "wensbeeld"]))
    return Voice(row, beeld.name or "Iemand", by, beeld.text, beeld.created_at)


def _idea(row: Fragment, counts: list[str]) -> Voice:
    idea: Any = row.idea
    name = str(idea.group) if idea.group else "Samengevoegd"
    return Voice(row, name, "idee", idea.text, idea.created_at, counts)


def _poll(row: Fragment, counts: list[str]) -> Voice:
    poll: Any = row.poll
    return Voice(row, "Peiling", "uitslag" + " van een café" * poll.is_of_room, poll.question, poll.opens_at, counts)


def _note(row: Fragment) -> Voice:
    note: Any = row.note
    name = f"Tafel {note.table}" if note.table else note.get_on_behalf_display().capitalize() or "In de zaal"
    counts = [f"{note.times} keer gezegd"] if note.times > 1 else []
    cafe = note.notes.cafe
    where, held = ("café", cafe.starts_at) if cafe else (note.notes.meeting, note.notes.held_on)
    return Voice(row, name, str(note.role or ""), note.text, held, counts, where)


def _stickers(ideas: list[int]) -> dict[int, list[str]]:
    if not ideas:
        return {}
    sums = {"in_green": Sum("green"), "in_blue": Sum("blue"), "in_red": Sum("red")}
    rows = StickerTally.objects.filter(idea__in=ideas).values_list("idea").annotate(**sums)
    return {idea: [f"{green} groen", f"{blue} blauw", f"{red} rood"] for idea, green, blue, red in rows}


def _results(polls: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    if polls:
        choices = Choice.objects.filter(poll__in=polls).annotate(
            people=Sum("tallies__first_votes"), hands=F("on_paper__people")
        )
        for choice in choices.select_related("poll").order_by("poll", "position", "pk"):
            told = choice.poll.room_chose(choice.pk, choice.hands)
            people = choice.people or 0 if told is None else told
            of_them = f", waarvan {choice.hands} op papier" if told and choice.hands else ""
            found.setdefault(choice.poll_id, []).append(f"{choice}: {number(people, 'persoon,mensen')}{of_them}")
    return found


def answers_to(row: Fragment) -> list[Post]:
    """What others answered to a contribution, the first in front; at most 20. One query, for contributions alone."""
    if row.kind != "post":
        return []
    return compiled.objects(answers, post=row.post_id)


def answers() -> compiled.AnyQuerySet:
    found = Post.objects.readable().filter(parent=Given("post", BigIntegerField())).select_related("role")
    return found.only("name", "text", "role__name").order_by("created_at", "pk")[:20]
