"""A voice as who sorts reads it: who said it, where, when, and in which words."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Sum

from plan.models import Fragment
from polls.models import Choice, StickerTally
from posts.models import Post
from werkplaats.words import number

# What stands beside the words of each kind, in the query of the words.
BESIDE = (
    "post__role",
    "post__werkgebied",
    "post__tally",
    "wensbeeld__role",
    "wensbeeld__picture",
    "idea__group",
    "idea__round",
    "poll",
    "note__role",
    "note__notes__cafe",
)
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


def with_beside(fragments: Any) -> Any:
    return fragments.select_related(*BESIDE)


def voices(fragments: Iterable[Fragment]) -> list[Voice]:
    """Of fragments that were read `with_beside`. One query more when there are ideas, one when there are polls."""
    rows = list(fragments)
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
