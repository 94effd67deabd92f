"""What happens around a café, each by the verb, the page or the clock that does it in life."""

import uuid
from collections.abc import Callable
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from events import reminders
from events.models import Mailing
from events.models.registrations import Registration
from tests.events import mailing
from tests.helpers import factories
from tests.werkplaats.mail.scenes.typed import (
    NAMES,
    ONLINE,
    QUESTION,
    ROOM,
    ROUTE,
    TITLE,
    WORDS,
    Told,
    World,
    address,
    clock,
    day,
)

SUBJECT = "Neem één foto mee voor d'Hont & Bo " + "x" * 62 + " én iets lekkers"
ASCII_SUBJECT = "Neem iets mee: " + "y" * 80 + " en " + "z" * 20


def cafe(**fields):
    made = factories.cafe(
        **{
            "title": TITLE,
            "label": "bij 't ontbijt & later",
            "question": QUESTION,
            "room": ROOM,
            "route": ROUTE,
            "late": "Bel aan bij d'Hont & Bo.",
            "online_link": ONLINE,
            "topic": factories.question(current=False, text=QUESTION),
            **fields,
        }
    )
    made.full_clean()  # hostile, and allowed
    return made


def guest(where, **fields) -> Registration:
    """Somebody with a firm sign-up, which was mailed about before; with firm=False one that nobody confirmed."""
    made = factories.registration(where, **{"email": address(), "name": next(NAMES), **fields})
    mailing.forget()
    return made


def told(registration: Registration) -> Told:
    where = registration.cafe
    where.refresh_from_db()
    return {
        "to": registration.email,
        "title": where.title,
        "day": day(where.starts_at),
        "moment": clock(where.starts_at),
    }


def signed_up(wish: str = "room", **fields) -> Callable[[World], Told]:
    """Signs somebody up, at a café with these fields or this one."""
    firm, people = fields.pop("firm", True), fields.pop("people", 1)
    to, before = fields.pop("email", ""), fields.pop("before", 0)

    def make(world: World) -> Told:
        where = cafe(**fields)
        for _ in range(before):
            guest(where, wish=wish)
        details = {"wish": wish, "firm": firm, "people": people, "email": to or address(), "name": next(NAMES)}
        return told(factories.registration(where, **details))

    return make


def signed_up_again(firm: bool) -> Callable[[World], Told]:
    def make(world: World) -> Told:
        made = guest(cafe(), firm=firm)
        Registration.objects.filter(pk=made.pk).update(mailed_at=timezone.now() - timedelta(minutes=11))
        made.cafe.register(email=made.email, name="Iemand anders", wish="room")
        return told(made)

    return make


def confirmed_by_the_page(world: World) -> Told:
    """By the button, in a browser: then the name is known to be theirs."""
    made = guest(cafe(), firm=False)
    Client().post(f"{made.get_absolute_url()}ik-kom/", {"version": made.version})
    return told(made)


def changed(world: World) -> Told:
    made = guest(cafe())
    Client().post(f"{made.get_absolute_url()}wijzigen/", {"wish": "online", "together": "on"})
    return told(made)


def cancelled(world: World) -> Told:
    made = guest(cafe())
    Client().post(f"{made.get_absolute_url()}afmelden/")
    return told(made)


def cancelled_for_them(world: World) -> Told:
    made = guest(cafe())
    made.cancel(by=world.by)
    return told(made)


def promoted(world: World) -> Told:
    where = cafe(room_capacity=1)
    leaves, waits = guest(where), guest(where)
    leaves.cancel()
    return told(waits)


def offered(people: int) -> Callable[[World], Told]:
    def make(world: World) -> Told:
        where = cafe(room_capacity=people, asks_from=timezone.now() - timedelta(minutes=1))
        leaves, waits = guest(where, people=people), guest(where, people=people)
        leaves.cancel()
        return told(waits)

    return make


def asked_who_waits_for_it(times: int) -> Callable[[World], Told]:
    """Somebody waits for the place of who did not confirm: asked once, or once more halfway."""

    def make(world: World) -> Told:
        where = cafe(room_capacity=1)
        unsure = guest(where, firm=False)
        factories.registration(where, email=address(), name=next(NAMES))
        reminders.look_after_holds(timezone.now())
        if times == 2:
            mailing.forget()
            early = timezone.now() - timedelta(hours=2)
            Registration.objects.filter(pk=unsure.pk).update(term_mails=1, nudge_at=early)
            reminders.look_after_holds(timezone.now())
        return told(unsure)

    return make


def lapsed(world: World) -> Told:
    where = cafe(room_capacity=1)
    unsure = guest(where, firm=False)
    factories.registration(where, email=address(), name=next(NAMES))
    reminders.look_after_holds(timezone.now())
    mailing.forget()
    over = timezone.now() - timedelta(minutes=1)
    Registration.objects.filter(pk=unsure.pk).update(term_mails=2, holds_until=over, nudge_at=None)
    reminders.look_after_holds(timezone.now())
    return told(unsure)


def reminded(before: timedelta, wish: str = "room", topic=None, **fields) -> Callable[[World], Told]:
    """What the clock sends this long before the start, or after the end."""

    def make(world: World) -> Told:
        where = cafe(**{"topic": topic} if topic else {})
        made = guest(where, wish=wish, **fields)
        where.starts_at = timezone.now() + before
        where.ends_at = where.starts_at + timedelta(hours=2)
        where.save()
        reminders.remind(timezone.now())
        days = (timezone.localdate(where.starts_at) - timezone.localdate()).days
        words = {0: "Vandaag", 1: "Morgen", 7: "Over een week"}.get(days, f"Over {days} dagen")
        return told(made) | {"ahead": words}

    return make


def thanked(world: World) -> Told:
    """Two days after a café about a question that was open then; the café itself may have one that is only planned."""
    asked_then = factories.question(text=QUESTION)
    factories.question()
    return reminded(timedelta(days=-2), topic=asked_then)(world)


def moved(firm: bool = True, **changes) -> Callable[[World], Told]:
    def make(world: World) -> Told:
        made = guest(cafe(), firm=firm)
        if days := changes.get("days"):
            starts_at = made.cafe.starts_at + timedelta(days=days)
            made.cafe.move(by=world.by, starts_at=starts_at, ends_at=starts_at + timedelta(hours=2))
        else:
            made.cafe.move(by=world.by, **changes)
        return told(made)

    return make


def called_off(world: World) -> Told:
    made = guest(cafe())
    made.cafe.call_off(by=world.by)
    return told(made)


def written(subject: str) -> Callable[[World], Told]:
    def make(world: World) -> Told:
        made = guest(cafe())
        said = {"subject": subject, "text": f"{WORDS}\n\n{ROUTE}", "by": world.by}
        Mailing.objects.write(made.cafe, key=uuid.uuid4(), audience="all", **said)
        return told(made) | {"subject": subject}

    return make


def tried_out(world: World) -> Told:
    Mailing.objects.test(cafe(), by=world.by, subject=SUBJECT, text=WORDS)
    return {"to": world.by.email, "subject": SUBJECT}
