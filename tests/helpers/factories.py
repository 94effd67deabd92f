"""Rows for tests, each with what a test does not care about filled in."""

import itertools
from datetime import timedelta

from django.utils import timezone

from events.models.cafes import Cafe
from events.models.registrations import Registration
from polls.cycles.models import DesignCycle
from polls.rounds.models.ideas import Idea
from polls.rounds.models.rounds import Group, StickerRound
from polls.rounds.models.stickers import Sticker
from polls.voting.models import Choice, Poll
from polls.wensbeelden.models import Wensbeeld
from posts.models.holds import Hold
from posts.models.posts import Post
from posts.models.questions import Phase, Question
from werkplaats.people.models import Role, User, Visitor

counter = itertools.count(1)


def visitor(**fields) -> Visitor:
    return Visitor.objects.create(**fields)


def known_visitor(**fields) -> Visitor:
    """A visitor with an account since the day before yesterday: what they report counts."""
    return visitor(user=user(date_joined=timezone.now() - timedelta(days=2)), **fields)


def user(**fields) -> User:
    return User.objects.create_user(**{"email": f"mens{next(counter)}@example.org", **fields})


def coordinator(**fields) -> User:
    """One who logged in before, so their address is proven."""
    made = user(is_staff=True, is_superuser=True, name="Coördinator", **fields)
    made.prove()
    return made


def role(name: str = "ouder", **fields) -> Role:
    return Role.objects.get_or_create(name=name, defaults=fields)[0]


def question(*, current: bool = True, **fields) -> Question:
    number = next(counter)
    phase, _ = Phase.objects.get_or_create(name="nu")
    made = Question.objects.create(
        **{
            "slug": f"vraag-{number}",
            "title": "De Eerste Vraag",
            "text": "Wat maakt ons Passend Onderwijs tot een succes?",
            "easy": "Wat helpt jouw kind op school?",
            "phase": phase,
            **fields,
        }
    )
    if current:
        made.make_current()
    return made


def post(question: Question | None = None, *, published: bool = True, **fields) -> Post:
    """A contribution, or with `parent` an answer; public unless told otherwise."""
    if "parent" in fields:
        question = fields["parent"].question
    made = Post.objects.create(
        **{
            "question": question or globals()["question"](),
            "visitor": fields.pop("visitor", None) or visitor(),
            "text": f"Korte lijnen helpen ({next(counter)}).",
            "name": "Fatima",
            "role": role(),
            "published_at": timezone.now() if published else None,
            **fields,
        }
    )
    made.refresh_from_db()  # the root comes from a trigger
    return made


def become(made: Post, state: str) -> Post:
    """What then happens to a post; "public" and "waiting" are what it is already."""
    if state == "held":
        made.hold(Hold.REPORTED)
    elif state == "withdrawn":
        made.withdraw()
    elif state == "removed":
        made.remove(by=None, reason="kwetsend")
    elif state == "refused":
        made.refuse("niet van mij")
    elif state == "erased":
        made.erase(by=None)
    return made


def poll(**fields) -> Poll:
    """The wensbeeld poll: ja / nee / nog niet, repeat votes on."""
    made = Poll.objects.create(
        **{
            "slug": "wensbeeld",
            "question": "Heb jij een wensbeeld voor Passend Onderwijs?",
            "repeat_votes": True,
            "on_landing_page": True,
            **fields,
        }
    )
    answers = ["Mooi! Laat het zien.", "Toch bedankt dat je meedenkt", "Probeer het later nog een keer"]
    for position, (text, answer) in enumerate(zip(["ja", "nee", "nog niet"], answers)):
        Choice.objects.create(poll=made, text=text, answer=answer, asks_wensbeeld=text == "ja", position=position)
    return made


def vote(poll: Poll, visitor: Visitor, choice: Choice, number: int = 1) -> None:
    """As people do it."""
    Poll.objects.vote(poll.slug, visitor.pk, choice.pk, number)


def wensbeeld(*, published: bool = True, **fields) -> Wensbeeld:
    return Wensbeeld.objects.create(
        **{
            "visitor": visitor(),
            "text": f"Elk kind gezien ({next(counter)})",
            "published_at": timezone.now() if published else None,
            **fields,
        }
    )


def sticker_round(*, groups: int = 2, ideas: int = 2, **fields) -> StickerRound:
    """A round with so many groups, each with so many ideas; open for stickers unless told otherwise."""
    made = StickerRound.objects.create(
        **{
            "slug": f"ronde-{next(counter)}",
            "title": "Het profiel",
            "question": "Wat hoort erin?",
            "stage": "stickers",
            **fields,
        }
    )
    for position in range(groups):
        group = Group.objects.create(round=made, name=f"groep {position + 1}", position=position)
        for _ in range(ideas):
            idea(group)
    return made


def idea(group: Group, **fields) -> Idea:
    return Idea.objects.create(
        **{"round": group.round, "group": group, "text": f"Kennis reist ({next(counter)})", **fields}
    )


def sticker(idea: Idea, colour: int, visitor: Visitor | None = None, person: int = 1) -> Sticker:
    return Sticker.objects.create(idea=idea, colour=colour, visitor=visitor or globals()["visitor"](), person=person)


def cycle(**fields) -> DesignCycle:
    return DesignCycle.objects.create(**{"slug": f"traject-{next(counter)}", "subject": "Het profiel", **fields})


def cafe(**fields) -> Cafe:
    starts_at = fields.pop("starts_at", timezone.now() + timedelta(days=14))
    return Cafe.objects.create(
        **{
            "slug": f"cafe-{next(counter)}",
            "starts_at": starts_at,
            "ends_at": starts_at + timedelta(hours=2),
            "text": "We praten over wat goed gaat.",
            "question": "Wat maakt ons Passend Onderwijs tot een succes?",
            "room": "Grote zaal, Schoolstraat 1",
            "online_link": "https://online.example/cafe",
            "room_capacity": 20,
            "online_capacity": 10,
            **fields,
        }
    )


def registration(cafe: Cafe, *, wish: str = "room", **fields) -> Registration:
    """A firm sign-up; with firm=False one that nobody confirmed."""
    default = {"email": f"gast{next(counter)}@example.org", "name": "Gast", "wish": wish, "firm": True}
    made, _ = cafe.register(**default | fields)
    return made
