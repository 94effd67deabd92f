"""Puts the rehearsal in the database: a question that is closed, with all that invented people said to it."""

import datetime
import re
import uuid
from collections.abc import Iterable
from itertools import cycle
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from events.models import Cafe
from plan.actions import noting
from plan.models import Note
from polls.models import DesignCycle, Sticker, StickerRound, Wensbeeld
from posts.models import Phase, Post, PostTheme, Question, Theme, Thumb
from posts.models.thumb_kinds import DOWN, UP
from werkplaats.demo.content import rehearsal, rehearsal_heard, rehearsal_said
from werkplaats.demo.loading.moments import at, between, day, moment
from werkplaats.demo.loading.people import COORDINATOR
from werkplaats.demo.loading.rounds import give, put_up
from werkplaats.models import Motto, Role, User, Visitor, Werkgebied

DAY = datetime.timedelta(days=1)
# When people write on a day, by turns.
CLOCKS = ("07:52", "20:14", "16:31", "12:40", "21:06", "15:48", "19:22", "10:17", "22:03")
# A line as it was typed: a letter for the role, the words, how often.
LINE = re.compile(r"(?P<letter>\S) (?P<text>.+?)(?: x(?P<times>\d))?")


def mixed(rows: list) -> list:
    """All of them in another order, always the same: those beside each other in the content come far apart."""
    step = next(step for step in (53, 59) if len(rows) % step)  # both are prime
    return [rows[number * step % len(rows)] for number in range(len(rows))]


def visitors(name: str, roles: Iterable[Role]) -> list[Visitor]:
    """People with the same ids in every demo, who said to have these roles."""
    ids = (uuid.uuid5(uuid.NAMESPACE_URL, f"https://werkplaats.example/{name}/{n}") for n in range(1000))
    return Visitor.objects.bulk_create([Visitor(id=pk, role=role) for pk, role in zip(ids, roles)])


def lines_of(tables: list[dict[str, Any]], roles: dict[str, Role], name: str) -> list[noting.Line]:
    """The lines of an evening as they were typed, with the same keys in every demo."""
    typed = [(table["number"], line) for table in tables for line in table["lines"].strip().splitlines()]
    lines = []
    for number, (table, line) in enumerate(typed):
        found = LINE.fullmatch(line)
        assert found, line  # noqa: S101, our own content
        key = uuid.uuid5(uuid.NAMESPACE_URL, f"https://werkplaats.example/{name}/regel/{number}")
        role = roles[found["letter"]].pk if found["letter"] != "-" else None
        lines.append(noting.Line(key, found["text"], table, role, int(found["times"] or 1)))
    return lines


def roles_by_letter() -> dict[str, Role]:
    known = {role.name: role for role in Role.objects.all()}
    return {letter: known[name] for letter, name in rehearsal.letters.items()}


def say_roles(voters: Iterable[str]) -> None:
    """Lets everybody who looks along say in which role, as who writes does: their thumbs and stickers count under it.

    `voters` are letters, by turns for who wrote nothing. The first content knows no roles of who votes.
    """
    roles, turns = roles_by_letter(), cycle(mixed(list(voters)))
    wrote = dict(Post.objects.exclude(role=None).values_list("visitor", "role"))
    silent = list(Visitor.objects.filter(role=None).order_by("pk"))
    for visitor in silent:
        visitor.role_id = wrote.get(visitor.pk) or roles[next(turns)].pk
    Visitor.objects.bulk_update(silent, ["role"])
    models: tuple[Any, ...] = (Thumb, Sticker)
    for model in models:
        of_visitor = Visitor.objects.filter(pk=OuterRef("visitor")).values("role")
        model.objects.filter(role=None).update(role=Subquery(of_visitor))


def write_down(cafe: Cafe, tables: list[dict[str, Any]], by: User) -> None:
    """The notes of a café, typed while it went on. As they were typed: lines of others, or changed ones, go."""
    notes = noting.open_cafe(cafe.pk, by)
    lines = lines_of(tables, roles_by_letter(), cafe.slug)
    fields = ("key", "text", "table", "role_id", "times", "on_behalf")
    if list(notes.lines.values_list(*fields)) == [tuple(getattr(line, name) for name in fields) for line in lines]:
        return
    notes.lines.all().delete()
    noting.write(notes.pk, lines, by)
    Note.objects.filter(notes=notes).update(at=cafe.ends_at)


class Rehearsal:
    """What was said to the question of the rehearsal, as it would be by `now`; see People."""

    def __init__(self, now: datetime.datetime) -> None:
        self.today = timezone.localdate(now)
        self.opens, self.closes = at(self.today, rehearsal.opens), at(self.today, rehearsal.closes)
        self.coordinator = User.objects.get(email=COORDINATOR)
        self.roles = roles_by_letter()
        known = {werkgebied.name: werkgebied for werkgebied in Werkgebied.objects.all()}
        self.places = {letter: known[name] for letter, name in rehearsal.places.items()}
        self.names, self.pupils = cycle(rehearsal.names), cycle(rehearsal.pupils)
        letters = [letter for letter, count in rehearsal.voters.items() for _ in range(count)]
        say_roles(letters)
        self.voters = visitors("duimpje", [self.roles[letter] for letter in mixed(letters)])

    def load(self) -> None:
        """All of it. Raises IntegrityError when it is there already."""
        self.question = Question.objects.create(
            phase=Phase.objects.all()[0], opened_at=self.opens, closed_at=self.closes, **rehearsal.question
        )
        self.talk()
        self.send_in()
        self.meet()
        self.design()

    def spread(self, count: int) -> list[datetime.datetime]:
        """Moments while the question was open, at hours at which people write."""
        days = between(self.opens + DAY, self.closes - DAY, count)
        return sorted(moment(timezone.localdate(when), clock) for when, clock in zip(days, cycle(CLOCKS)))

    def spoken(self, letter: str, text: str, when: datetime.datetime) -> dict[str, Any]:
        """The fields that a contribution and a wensbeeld share."""
        role = self.roles[letter]
        return {
            "text": text,
            "name": next(self.pupils if role.is_pupil else self.names),
            "role": role,
            "created_at": when,
            "published_at": when + datetime.timedelta(minutes=35),
            "published_by": self.coordinator,
        }

    def talk(self) -> None:
        told = mixed([(said, each.get("theme")) for each in rehearsal_said.subjects for said in each["said"]])
        replies = [(reply, number) for number, (said, _) in enumerate(told) for reply in said.get("answers", [])]
        data = [*(said for said, _ in told), *(reply for reply, _ in replies)]
        people = visitors("bijdrage", [self.roles[said["by"]] for said in data])
        moments = self.spread(len(told))
        roots = Post.objects.bulk_create(
            self.post(said, who, when) for (said, _), who, when in zip(told, people, moments)
        )
        answers = Post.objects.bulk_create(
            self.post(reply, who, roots[number].created_at + turn * datetime.timedelta(hours=5), roots[number])
            for turn, ((reply, number), who) in enumerate(zip(replies, people[len(told) :]), start=1)
        )
        themes = {theme.name: theme for theme in Theme.objects.all()}
        given = [(post, themes[theme]) for (_, theme), post in zip(told, roots) if theme in themes]
        # A coordinator had begun with it: two of three have none yet.
        PostTheme.objects.bulk_create(PostTheme(post=post, theme=theme) for post, theme in given[::3])
        self.give_thumbs(zip(data, [*roots, *answers], strict=True))

    def post(self, said: dict[str, Any], who: Visitor, when: datetime.datetime, parent: Post | None = None) -> Post:
        return Post(
            question=self.question,
            parent=parent,
            visitor=who,
            werkgebied=self.places.get(said.get("at", "")),
            meeting=said.get("meeting", ""),
            meeting_size=said.get("size"),
            **self.spoken(said["by"], said["text"], min(when, self.closes - datetime.timedelta(minutes=50))),
        )

    def give_thumbs(self, said: Iterable[tuple[dict[str, Any], Post]]) -> None:
        thumbs = []
        for number, (data, post) in enumerate(said):
            kinds = [UP] * data["up"] + [DOWN] * data.get("down", 0)
            for place, kind in enumerate(kinds):
                voter = self.voters[(number * 11 + place) % len(self.voters)]
                when = min(post.created_at + place * datetime.timedelta(hours=3), self.closes)
                thumbs.append(Thumb(post=post, visitor=voter, role_id=voter.role_id, value=kind.value, created_at=when))
        Thumb.objects.bulk_create(thumbs, batch_size=200)

    def send_in(self) -> None:
        """The wensbeelden of while it was open, which belong to it by that."""
        mottos = list(Motto.objects.order_by("position"))
        said = mixed(rehearsal.wensbeelden["said"])
        people = visitors("wensbeeld", [self.roles[letter] for letter, _, _ in said])
        Wensbeeld.objects.bulk_create(
            Wensbeeld(visitor=who, motto=mottos[motto - 1] if motto else None, **self.spoken(letter, text, when))
            for (letter, motto, text), who, when in zip(said, people, self.spread(len(said)))
        )

    def meet(self) -> None:
        fields = dict(rehearsal.cafe)
        date = day(self.today, fields.pop("date"))
        begins, ends = (moment(date, fields.pop(name)) for name in ("begins", "ends"))
        self.cafe = Cafe.objects.create(topic=self.question, starts_at=begins, ends_at=ends, **fields)
        write_down(self.cafe, rehearsal_heard.tables, self.coordinator)

    def design(self) -> None:
        """The design cycle that followed, and the round of its evening."""
        self.cycle = DesignCycle.objects.create(**rehearsal.cycle)
        self.cycle.questions.add(self.question)
        for step, told in zip(self.cycle.steps.all(), rehearsal.cycle_steps):
            step.done_on, step.yielded = day(self.today, told["date"]), told["yielded"]
            step.save()
        fields = dict(rehearsal.round)
        date = day(self.today, fields.pop("date"))
        begins, ends = (moment(date, fields.pop(name)) for name in ("begins", "ends"))
        held = StickerRound.objects.create(cycle=self.cycle, starts_at=begins, ends_at=ends, **fields)
        people = self.voters[: rehearsal.round["present"]]
        ideas = put_up(held, rehearsal.groups, people, begins)
        give(rehearsal.groups, ideas, people, ends)
