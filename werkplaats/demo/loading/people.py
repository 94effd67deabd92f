"""Puts in the database what invented people wrote, voted, sent in and signed up for."""

import datetime
import uuid
from collections.abc import Iterator
from itertools import chain, cycle, islice
from typing import cast

from django.utils import timezone
from django.utils.text import slugify

from events.models import Cafe, Registration
from events.places import Seat
from polls.models import Ballot, Choice, Poll, Wensbeeld, WensbeeldReport
from posts.models import SOMEBODY, Post, PostTheme, Question, Report, Theme, Thumb
from posts.models.thumb_kinds import DOWN, UP
from werkplaats.demo.content import cafes, posts, wensbeelden
from werkplaats.demo.loading.moments import between, moment
from werkplaats.demo.loading.pictures import load
from werkplaats.models import Motto, Role, User, Visitor, Werkgebied

COORDINATOR = "coordinator@werkplaats.example"
HELPER = "meelezer@werkplaats.example"
VISITORS, WRITERS = 120, 30
LOOKS = ("ouder", "leerkracht", "ouder", "intern begeleider")
# The oldest contribution is from this many days ago; a question that is younger brings them closer together.
LONGEST_AGO = 42


class People:
    """What invented people did in the past weeks.

    Rows are written as they would be by now: the verbs of the models date what they do today, and send mails.
    """

    def __init__(self, now: datetime.datetime):
        self.now = now
        self.question = cast(Question, Question.objects.current())  # `load_questions` saw to one
        self.opened_at = cast(datetime.datetime, self.question.opened_at)
        self.roles = {role.name: role for role in Role.objects.all()}
        self.werkgebieden = {werkgebied.name: werkgebied for werkgebied in Werkgebied.objects.all()}
        self.coordinator = User.objects.confirmed(COORDINATOR)
        self.coordinator.name = "Coördinator"
        self.coordinator.is_staff = self.coordinator.is_superuser = True
        self.coordinator.save()
        helper = User.objects.confirmed(HELPER)
        helper.name = "Mieke"
        helper.save()
        helper.let_help(True)
        # The same ids in every demo, so that a test or a talk can point at one of them.
        ids = (uuid.uuid5(uuid.NAMESPACE_URL, f"https://werkplaats.example/{n}") for n in range(VISITORS))
        # Of those who only give thumbs four in five said in which role they look along.
        looks = chain([None] * WRITERS, cycle([*(self.roles[name] for name in LOOKS), None]))
        made = [Visitor(id=each, role=role) for each, role in zip(ids, looks)]
        self.visitors = Visitor.objects.bulk_create(made, ignore_conflicts=True)
        self.writers = iter(self.visitors)
        self.voters = cycle(self.visitors[WRITERS:])

    def said(self, data: dict) -> datetime.datetime:
        """When something was said: `days` ago, closer together when the question is not that old yet."""
        window = min((self.now - self.opened_at).days, LONGEST_AGO)
        days = max(1, data["days"] * window // LONGEST_AGO)
        return moment(timezone.localdate(self.now) - datetime.timedelta(days=days), data["at"])

    def spoken(self, data: dict, *, published: bool, minutes: int) -> dict:
        """The fields that a contribution and a wensbeeld share; `minutes` later a coordinator publishes it."""
        said = self.said(data)
        seen = min(said + datetime.timedelta(minutes=minutes), self.now)
        return {
            "text": data["text"],
            "name": data["name"],
            "role": self.roles[data["role"]],
            "created_at": said,
            "published_at": seen if published else None,
            "published_by": self.coordinator if published else None,
        }

    def post(self, data: dict, *, parent: Post | None = None, published: bool = True) -> Post:
        author = User.objects.confirmed(data["account"]) if "account" in data else None
        return Post(
            question=self.question,
            parent=parent,
            visitor=self.person(author) if author else next(self.writers),
            author=author,
            email=author.email if author else "",
            werkgebied=self.werkgebieden.get(data.get("werkgebied", "")),
            meeting=data.get("meeting", ""),
            meeting_size=data.get("meeting_size"),
            **self.spoken(data, published=published, minutes=40),
        )

    def person(self, user: User) -> Visitor:
        """The next of the visitors, who is this person."""
        visitor = next(self.writers)
        visitor.user = user
        visitor.save(update_fields=["user"])
        return visitor

    def text_alone(self, data: dict) -> Post:
        """What somebody sent who did not say who they are."""
        return Post(
            question=self.question,
            visitor=next(self.writers),
            text=data["text"],
            name=SOMEBODY,
            created_at=self.said(data),
            finished_at=None,
        )

    def talk(self) -> None:
        data = posts.contributions
        roots = Post.objects.bulk_create([self.post(each) for each in data])
        self.give_themes(zip(data, roots))
        root_of = {root.name: root for root in roots}
        replies = [(answer, root) for each, root in zip(data, roots) for answer in each.get("answers", [])]
        answers = Post.objects.bulk_create([self.post(answer, parent=root) for answer, root in replies])
        Post.objects.bulk_create(
            self.post(each, parent=root_of.get(each.get("answers", "")), published=False) for each in posts.waiting
        )
        Post.objects.bulk_create(self.text_alone(each) for each in posts.unfinished)
        for story in Post.objects.bulk_create(self.post(each, published=False) for each in posts.about_one_child):
            story.set_apart(self.coordinator)
        told = [*zip(data, roots), *zip((answer for answer, _ in replies), answers)]
        Thumb.objects.bulk_create(
            Thumb(post=post, visitor=voter, role_id=voter.role_id, value=kind.value)
            for each, post in told
            for kind, count in zip((UP, DOWN), each["thumbs"])
            for voter in islice(self.voters, count)
        )
        reported_at = self.now - datetime.timedelta(hours=3)
        Report.objects.bulk_create(
            Report(
                post=post,
                visitor=next(self.voters),
                reason=each["reported"],
                words=each.get("reported_words", ""),
                counts=True,
                created_at=reported_at,
            )
            for each, post in told
            if "reported" in each
        )

    def give_themes(self, said) -> None:
        rows = [Theme(name=name, position=number) for number, name in enumerate(posts.themes)]
        Theme.objects.bulk_create(rows, ignore_conflicts=True)
        themes = {theme.name: theme for theme in Theme.objects.all()}
        PostTheme.objects.bulk_create(
            PostTheme(post=post, theme=themes[name]) for data, post in said for name in data.get("themes", [])
        )

    def vote(self) -> None:
        poll = Poll.objects.prefetch_related("choices").get(slug=wensbeelden.poll["slug"])
        choices = {choice.text: choice for choice in poll.choices.all()}
        # Mixed, so that no day is all «ja».
        first = [text for text, count in wensbeelden.first_votes.items() for _ in range(count)]
        first = [first[number * 7 % len(first)] for number in range(len(first))]
        moments = between(self.opened_at, self.now, len(first))
        ballots = [
            Ballot(poll=poll, choice=choices[text], visitor=visitor, voted_at=voted_at)
            for text, visitor, voted_at in zip(first, self.visitors, moments)
        ]
        undecided = [ballot for ballot in ballots if ballot.choice.text == "nog niet"]
        undecided = undecided[: wensbeelden.came_back]
        again = between(undecided[-1].voted_at, self.now, len(undecided))
        ballots += [
            Ballot(poll=poll, choice=choices["ja"], visitor=earlier.visitor, number=2, voted_at=voted_at)
            for earlier, voted_at in zip(undecided, again)
        ]
        Ballot.objects.bulk_create(ballots)
        self.send_in(ballot.visitor for ballot in ballots if ballot.choice.text == "ja")

    def send_in(self, convinced: Iterator[Visitor | None]) -> None:
        mottos = {motto.text: motto for motto in Motto.objects.all()}
        sent = Wensbeeld.objects.bulk_create(
            Wensbeeld(
                visitor=next(convinced),
                picture=load(data["picture"]) if "picture" in data else None,
                motto=mottos[data["motto"]],
                **self.spoken(data, published=published, minutes=25),
            )
            for published, rows in [(True, wensbeelden.wensbeelden), (False, wensbeelden.waiting)]
            for data in rows
        )
        WensbeeldReport.objects.bulk_create(
            WensbeeldReport(wensbeeld=each, visitor=next(self.voters), reason=data["reported"], counts=True)
            for each, data in zip(sent, wensbeelden.wensbeelden)
            if "reported" in data
        )

    def choose(self) -> None:
        """The poll that stands with the question, and its votes."""
        poll, is_new = Poll.objects.get_or_create(
            slug=wensbeelden.with_question["slug"], defaults={**wensbeelden.with_question, "placed_with": self.question}
        )
        if not is_new:
            return
        choices = Choice.objects.bulk_create(
            Choice(poll=poll, text=text, answer=wensbeelden.thanks, position=position)
            for position, text in enumerate(wensbeelden.first_things)
        )
        chosen = [each for each in choices for _ in range(wensbeelden.first_things[each.text])]
        moments = between(self.opened_at, self.now, len(chosen))
        Ballot.objects.bulk_create(
            Ballot(poll=poll, choice=chosen[number * 7 % len(chosen)], visitor=visitor, voted_at=moment)
            for number, (visitor, moment) in enumerate(zip(reversed(self.visitors), moments))
        )

    def sign_up(self) -> None:
        names, roles, wishes = cycle(cafes.guests), cycle(cafes.guest_roles), cycle(cafes.wish_texts)
        werkgebieden = cycle([*self.werkgebieden.values(), None])
        rows = []
        for cafe in Cafe.objects.filter(slug__in=cafes.registrations):
            room, queued, online = cafes.registrations[cafe.slug]
            count = room + queued + online
            # The queue comes last: who waits, came when the room was full.
            seats = mixed(room, online) + [None] * queued
            moments = between(self.opened_at, min(self.now, cafe.starts_at), count)
            for number, (seat, name, signed_up) in enumerate(zip(seats, islice(names, count), moments)):
                rows.append(
                    Registration(
                        cafe=cafe,
                        email=f"{slugify(name)}.{cafe.pk}.{number}@example.org",
                        name=name,
                        people=2 if number % cafes.company == 4 and not queued else 1,
                        wishes=next(wishes) if number % cafes.wishes == 3 and cafe.is_ahead else "",
                        role=self.roles[next(roles)],
                        werkgebied=next(werkgebieden),
                        seat=seat,
                        queued_for_room_at=None if seat else signed_up,
                        created_at=signed_up,
                        mailed_at=signed_up,
                        # Some never pressed «Ik kom», and nobody needs their place yet.
                        confirmed_at=None if seat and cafe.is_ahead and number % cafes.unsure == 5 else signed_up,
                        named_at=None if seat and cafe.is_ahead and number % cafes.unsure == 5 else signed_up,
                        came_at=cafe.starts_at if cafe.is_past and seat and number % 7 else None,
                    )
                )
        Registration.objects.bulk_create(rows)


def mixed(room: int, online: int) -> list[str]:
    """Seats in the order in which they were taken: online ones spread among those in the room."""
    seats = [(number / room, Seat.ROOM) for number in range(room)]
    seats += [(number / online, Seat.ONLINE) for number in range(online)]
    return [seat for _, seat in sorted(seats)]
