"""The first content of an installation: texts for everyone, and for the demo also people who take part."""

import datetime
import uuid
from itertools import cycle, islice

import pghistory
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from pghistory.models import Context

from events.models import Cafe, Registration
from events.places import Seat
from polls.models import Ballot, Choice, Poll, Wensbeeld, WensbeeldReport
from posts.models import Phase, Post, PostTheme, Question, Report, Theme, Thumb
from werkplaats.demo import cafes, contributions, conversation, pages, site, wensbeelden
from werkplaats.management.demo_pictures import load as load_picture
from werkplaats.management.demo_rounds import load as load_rounds
from werkplaats.models import GlossaryTerm, Milestone, Motto, Role, Site, User, Visitor, Werkgebied

COORDINATOR = "coordinator@werkplaats.example"
VISITORS = 120
OPENS = (10, 5, "09:00")
# The oldest contribution is from this many days ago; a question that is younger brings them closer together.
LONGEST_AGO = 42
SHORTEST_AGO = 14


class Command(BaseCommand):
    help = (
        "Laadt de eerste inhoud: teksten, vragen, peiling, cafés en mijlpalen, met verzonnen mensen die "
        "meedoen. Daarna doet het niets meer: wat een coördinator wijzigt of weghaalt, blijft zo."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--alleen-teksten",
            action="store_true",
            dest="texts_only",
            help="Voor een echte werkplaats: zonder verzonnen mensen, namen, adressen en werkgebieden, en "
            "met de cafés als concept.",
        )

    def handle(self, *, texts_only: bool, **options):
        # The audit trail remembers that the content came: nothing that people can edit tells so for certain.
        with transaction.atomic(), pghistory.context(first_content="texts" if texts_only else "demo"):
            Site.objects.select_for_update().get()  # of two at once, one waits
            if Context.objects.filter(metadata__has_key="first_content").exists():
                self.stdout.write("De eerste inhoud staat er al. Er is niets veranderd.")
                return
            for title, load in steps(timezone.now(), texts_only=texts_only):
                self.stdout.write(f"{title} …")
                load()
        self.stdout.write("Klaar.")


def steps(now: datetime.datetime, *, texts_only: bool):
    """(what is being loaded, the function that does it), in order."""
    year = cafes.school_year(timezone.localdate(now))
    yield "Teksten en instellingen", lambda: load_site(year, texts_only=texts_only)
    yield "Motto's, rollen en begrippen", lambda: load_lists(year, texts_only=texts_only)
    yield "Vragen", lambda: load_questions(year, now)
    yield "Peiling", load_poll
    yield "Cafés", lambda: load_cafes(year, texts_only=texts_only)
    if texts_only:
        return
    people = People(now)
    yield "Bijdragen, antwoorden en duimpjes", people.talk
    yield "Stemmen en wensbeelden", people.vote
    yield "Peiling bij de vraag", people.choose
    yield "Aanmeldingen", people.sign_up
    yield "Ontwerptraject en stickers", lambda: load_rounds(people.visitors, now)


def load_site(year: int, *, texts_only: bool) -> None:
    """Fills what is still empty in the settings; the plan starts in the school year after `year`."""
    row = Site.objects.get()
    texts = {
        "intro": site.INTRO,
        "poem": site.POEM,
        "poem_author": site.POEM_AUTHOR,
        "about": pages.ABOUT,
        "privacy": pages.PRIVACY,
        "accessibility": pages.ACCESSIBILITY,
        "house_rules": pages.HOUSE_RULES,
    }
    if not texts_only:
        texts |= {"contact_email": site.CONTACT_EMAIL, "security_email": site.SECURITY_EMAIL}
        row.cooperation = site.COOPERATION
        row.drawing = row.drawing or load_picture("tekening")
    for field, text in texts.items():
        if not getattr(row, field):
            setattr(row, field, text)
    row.period_start, row.period_end = year + 1, year + 5
    row.save()


def load_lists(year: int, *, texts_only: bool) -> None:
    for position, (text, fields) in enumerate(site.MOTTOS.items()):
        Motto.objects.get_or_create(text=text, defaults={**fields, "position": position})
    for position, (name, plural) in enumerate(site.ROLES):
        fields = {"plural": plural, "is_pupil": name == site.PUPIL, "position": position}
        Role.objects.get_or_create(name=name, defaults=fields)
    for term, meaning in site.GLOSSARY.items():
        GlossaryTerm.objects.get_or_create(term=term, defaults={"meaning": meaning})
    for fields in site.milestones(year):
        Milestone.objects.get_or_create(title=fields["title"], defaults=fields)
    for position, name in enumerate([] if texts_only else site.WERKGEBIEDEN):
        Werkgebied.objects.get_or_create(name=name, defaults={"position": position})


def load_questions(year: int, now: datetime.datetime) -> None:
    phases = {}
    for position, name in enumerate(conversation.PHASES):
        phases[name], _ = Phase.objects.get_or_create(name=name, defaults={"position": position})
    ideas = [
        {"slug": slugify(title), "title": title, "text": text, "phase": phase}
        for phase, title, text in conversation.IDEAS
    ]
    for fields in [conversation.FIRST_QUESTION, *conversation.planned(year), *ideas]:
        defaults = {**fields, "phase": phases[fields["phase"]]}
        if "planned_for" in fields:
            defaults["planned_for"] = timezone.make_aware(fields["planned_for"])
        Question.objects.get_or_create(slug=fields["slug"], defaults=defaults)
    whole = Question.objects.get(slug=slugify(conversation.WHOLE))
    parts = Question.objects.filter(slug__in=map(slugify, conversation.PARTS), parent=None)
    parts.update(parent=whole)
    if Question.objects.current() is None:
        first = Question.objects.get(slug=conversation.FIRST_QUESTION["slug"])
        first.make_current()
        first.opened_at = opening(year, now)
        first.save(update_fields=["opened_at"])


def opening(year: int, now: datetime.datetime) -> datetime.datetime:
    """When De Eerste Vraag opened: in October, but early enough for people to have answered by now."""
    month, day, clock = OPENS
    october = moment(datetime.date(year, month, day), clock)
    return min(october, now - datetime.timedelta(days=SHORTEST_AGO))


def load_poll() -> None:
    there = Poll.objects.filter(on_landing_page=True).exists()
    defaults = {**wensbeelden.POLL, "on_landing_page": not there}
    poll, _ = Poll.objects.get_or_create(slug=wensbeelden.POLL["slug"], defaults=defaults)
    for position, (text, answer, asks) in enumerate(wensbeelden.CHOICES):
        fields = {"answer": answer, "asks_wensbeeld": asks, "position": position}
        Choice.objects.get_or_create(poll=poll, text=text, defaults=fields)


def load_cafes(year: int, *, texts_only: bool) -> None:
    for fields in cafes.cafes(year):
        defaults = {
            **fields,
            "starts_at": timezone.make_aware(fields["starts_at"]),
            "ends_at": timezone.make_aware(fields["ends_at"]),
        }
        defaults["topic"] = Question.objects.filter(slug=fields.get("topic")).first()
        if texts_only:
            defaults |= {
                "room": cafes.ROOM_UNKNOWN,
                "online_link": "",
                "route": "",
                "late": "",
                "published_at": None,
            }
        Cafe.objects.get_or_create(slug=fields["slug"], defaults=defaults)


def moment(day: datetime.date, clock: str) -> datetime.datetime:
    """The moment on the wall clock of the site."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.fromisoformat(clock)))


def between(start: datetime.datetime, end: datetime.datetime, count: int) -> list[datetime.datetime]:
    """`count` moments, evenly spread, the earliest first."""
    return [start + (end - start) * (number + 1) / (count + 1) for number in range(count)]


class People:
    """What invented people did in the past weeks.

    Rows are written as they would be by now: the verbs of the models date what they do today, and send mails.
    """

    def __init__(self, now: datetime.datetime):
        self.now = now
        self.question = Question.objects.current()
        self.roles = {role.name: role for role in Role.objects.all()}
        self.werkgebieden = {werkgebied.name: werkgebied for werkgebied in Werkgebied.objects.all()}
        self.coordinator = User.objects.confirmed(COORDINATOR)
        self.coordinator.name = "Coördinator"
        self.coordinator.is_staff = self.coordinator.is_superuser = True
        self.coordinator.save()
        # The same ids in every demo, so that a test or a talk can point at one of them.
        ids = (uuid.uuid5(uuid.NAMESPACE_URL, f"https://werkplaats.example/{n}") for n in range(VISITORS))
        self.visitors = Visitor.objects.bulk_create([Visitor(id=each) for each in ids], ignore_conflicts=True)
        self.writers = iter(self.visitors)
        self.voters = cycle(self.visitors[30:])

    def said(self, data: dict) -> datetime.datetime:
        """When something was said: `days` ago, closer together when the question is not that old yet."""
        window = min((self.now - self.question.opened_at).days, LONGEST_AGO)
        days = max(1, data["days"] * window // LONGEST_AGO)
        return moment(timezone.localdate(self.now) - datetime.timedelta(days=days), data["at"])

    def post(self, data: dict, *, parent: Post | None = None, published: bool = True) -> Post:
        said = self.said(data)
        seen = min(said + datetime.timedelta(minutes=40), self.now)
        return Post(
            question=self.question,
            parent=parent,
            visitor=next(self.writers),
            text=data["text"],
            name=data["name"],
            role=self.roles[data["role"]],
            werkgebied=self.werkgebieden.get(data.get("werkgebied")),
            meeting=data.get("meeting", ""),
            meeting_size=data.get("meeting_size"),
            created_at=said,
            published_at=seen if published else None,
            published_by=self.coordinator if published else None,
        )

    def talk(self) -> None:
        data = contributions.CONTRIBUTIONS
        roots = Post.objects.bulk_create([self.post(each) for each in data])
        self.give_themes(zip(data, roots))
        root_of = {root.name: root for root in roots}
        replies = [(answer, root) for each, root in zip(data, roots) for answer in each.get("answers", [])]
        answers = Post.objects.bulk_create([self.post(answer, parent=root) for answer, root in replies])
        Post.objects.bulk_create(
            [
                self.post(each, parent=root_of.get(each.get("answers")), published=False)
                for each in contributions.WAITING
            ]
        )
        thumbs = []
        for data_of, post in zip([*data, *(answer for answer, _ in replies)], [*roots, *answers]):
            up, down = data_of["thumbs"]
            values = [Thumb.Value.UP] * up + [Thumb.Value.DOWN] * down
            thumbs += [Thumb(post=post, visitor=next(self.voters), value=value) for value in values]
        Thumb.objects.bulk_create(thumbs)
        Report.objects.bulk_create(
            Report(
                post=root_of[each["name"]],
                visitor=next(self.voters),
                reason=each["reported"],
                created_at=self.now - datetime.timedelta(hours=3),
            )
            for each in data
            if "reported" in each
        )

    def give_themes(self, said) -> None:
        rows = [Theme(name=name, position=number) for number, name in enumerate(contributions.THEMES)]
        Theme.objects.bulk_create(rows, ignore_conflicts=True)
        themes = {theme.name: theme for theme in Theme.objects.all()}
        PostTheme.objects.bulk_create(
            PostTheme(post=post, theme=themes[name]) for data, post in said for name in data.get("themes", [])
        )

    def vote(self) -> None:
        poll = Poll.objects.prefetch_related("choices").get(slug=wensbeelden.POLL["slug"])
        choices = {choice.text: choice for choice in poll.choices.all()}
        # Mixed, so that no day is all «ja».
        first = [text for text, count in wensbeelden.FIRST_VOTES.items() for _ in range(count)]
        first = [first[number * 7 % len(first)] for number in range(len(first))]
        moments = between(self.question.opened_at, self.now, len(first))
        ballots = [
            Ballot(poll=poll, choice=choices[text], visitor=visitor, voted_at=voted_at)
            for text, visitor, voted_at in zip(first, self.visitors, moments)
        ]
        undecided = [ballot for ballot in ballots if ballot.choice.text == "nog niet"][
            : wensbeelden.CAME_BACK
        ]
        again = between(undecided[-1].voted_at, self.now, len(undecided))
        ballots += [
            Ballot(poll=poll, choice=choices["ja"], visitor=earlier.visitor, number=2, voted_at=voted_at)
            for earlier, voted_at in zip(undecided, again)
        ]
        Ballot.objects.bulk_create(ballots)
        mottos = {motto.text: motto for motto in Motto.objects.all()}
        convinced = (ballot.visitor for ballot in ballots if ballot.choice.text == "ja")
        sent = Wensbeeld.objects.bulk_create(
            Wensbeeld(
                visitor=next(convinced),
                text=data["text"],
                picture=load_picture(data["picture"]) if "picture" in data else None,
                name=data["name"],
                role=self.roles[data["role"]],
                motto=mottos[data["motto"]],
                created_at=self.said(data),
                published_at=self.said(data) + datetime.timedelta(minutes=25) if published else None,
                published_by=self.coordinator if published else None,
            )
            for published, rows in [(True, wensbeelden.WENSBEELDEN), (False, wensbeelden.WAITING)]
            for data in rows
        )
        WensbeeldReport.objects.bulk_create(
            WensbeeldReport(wensbeeld=each, visitor=next(self.voters), reason=data["reported"])
            for each, data in zip(sent, wensbeelden.WENSBEELDEN)
            if "reported" in data
        )

    def choose(self) -> None:
        """The poll that stands with the question, and its votes."""
        poll, is_new = Poll.objects.get_or_create(
            slug=wensbeelden.WITH_QUESTION["slug"],
            defaults={**wensbeelden.WITH_QUESTION, "placed_with": self.question},
        )
        if not is_new:
            return
        choices = Choice.objects.bulk_create(
            Choice(poll=poll, text=text, answer=wensbeelden.THANKS, position=position)
            for position, text in enumerate(wensbeelden.FIRST_THINGS)
        )
        chosen = [each for each in choices for _ in range(wensbeelden.FIRST_THINGS[each.text])]
        moments = between(self.question.opened_at, self.now, len(chosen))
        Ballot.objects.bulk_create(
            Ballot(poll=poll, choice=chosen[number * 7 % len(chosen)], visitor=visitor, voted_at=moment)
            for number, (visitor, moment) in enumerate(zip(reversed(self.visitors), moments))
        )

    def sign_up(self) -> None:
        names, roles, wishes = cycle(cafes.GUESTS), cycle(cafes.GUEST_ROLES), cycle(cafes.WISH_TEXTS)
        werkgebieden = cycle([*self.werkgebieden.values(), None])
        rows = []
        for cafe in Cafe.objects.filter(slug__in=cafes.REGISTRATIONS):
            room, queued, online = cafes.REGISTRATIONS[cafe.slug]
            count = room + queued + online
            # The queue comes last: who waits, came when the room was full.
            seats = mixed(room, online) + [None] * queued
            moments = between(self.question.opened_at, min(self.now, cafe.starts_at), count)
            for number, (seat, name, signed_up) in enumerate(zip(seats, islice(names, count), moments)):
                rows.append(
                    Registration(
                        cafe=cafe,
                        email=f"{slugify(name)}.{cafe.pk}.{number}@example.org",
                        name=name,
                        people=2 if number % cafes.COMPANY == 4 and not queued else 1,
                        wishes=next(wishes) if number % cafes.WISHES == 3 and cafe.is_ahead else "",
                        role=self.roles[next(roles)],
                        werkgebied=next(werkgebieden),
                        seat=seat,
                        queued_for_room_at=None if seat else signed_up,
                        created_at=signed_up,
                        mailed_at=signed_up,
                        came_at=cafe.starts_at if cafe.is_past and seat and number % 7 else None,
                    )
                )
        Registration.objects.bulk_create(rows)


def mixed(room: int, online: int) -> list[str]:
    """Seats in the order in which they were taken: online ones spread among those in the room."""
    seats = [(number / room, Seat.ROOM) for number in range(room)]
    seats += [(number / online, Seat.ONLINE) for number in range(online)]
    return [seat for _, seat in sorted(seats)]
