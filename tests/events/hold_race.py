"""All that can end a hold, at once: «Ik kom», the end of the term, «Ik kom niet», a coordinator, other capacities."""

import contextlib
import random
from collections.abc import Callable
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from events import reminders
from events.models.cafes import Cafe
from events.models.registrations import Registration
from tests.events import ledger, mailing, race
from tests.helpers import factories

THREADS = 8


def one_round(seed: int) -> set[str]:
    """A full café whose terms are over, and everybody at once. Raises AssertionError, or tells what became of holds."""
    chance = random.Random(seed)
    mailing.forget()
    cafe = factories.cafe(room_capacity=3, online_capacity=1)
    with ledger.kept():
        holds = [person(cafe, firm=False, wish=wish) for wish in ("room", "room", "room", "both")]
        waits = [person(cafe, wish=chance.choice(["room", "room", "both"])) for _ in range(3)]
        quiet = [person(cafe, firm=False) for _ in range(2)]
        reminders.look_after_holds(timezone.now())
        assert cafe.registrations.exclude(holds_until=None).count() >= 3
        # As if it were two days later.
        over = timezone.now() - timedelta(seconds=1)
        cafe.registrations.exclude(holds_until=None).update(holds_until=over, nudge_at=None, term_mails=2)
        before = {row.pk: row for row in cafe.registrations.all()}
        acts = everything(chance, cafe, holds, waits, quiet)
        chance.shuffle(acts)
        race.together(lambda act: act(), acts, threads=THREADS)
        reminders.look_after_holds(timezone.now())
        assert_ended(cafe, before)
        without_touches()
        ledger.assert_right()
    return {state_of(row) for row in cafe.registrations.filter(pk__in=[each.pk for each in holds])}


def person(cafe: Cafe, **fields) -> Registration:
    return factories.registration(cafe, **fields)


def everything(chance, cafe: Cafe, holds, waits, quiet) -> list[Callable]:
    """What people, coordinators and the worker do at once; each from a browser or a thread of its own."""
    presses = [(each, "ik-kom") for each in (holds[0], holds[0], holds[3], quiet[0])]
    presses += [(chance.choice(holds), "afmelden"), (chance.choice(waits), "afmelden")]
    acts = [press(made, button) for made, button in presses]
    acts += [lambda: reminders.look_after_holds(timezone.now())] * 2
    acts += [lambda: resize(cafe, room_capacity=chance.choice([2, 4])), lambda: resize(cafe, room_capacity=3)]
    acts += [lambda: fresh(holds[1]).give_free(), lambda: fresh(holds[2]).confirm()]
    return acts


def press(made: Registration, button: str) -> Callable:
    path = f"{made.get_absolute_url()}{button}/"

    def act() -> None:
        status = Client(raise_request_exception=False).post(path).status_code
        assert status in (302, 503), f"{button}: {status}"

    return act


def fresh(made: Registration) -> Registration:
    return Registration.objects.select_related("cafe").get(pk=made.pk)


def resize(cafe: Cafe, **capacities: int) -> None:
    with contextlib.suppress(ValidationError):  # more places are taken than would be left
        Cafe.objects.get(pk=cafe.pk).resize(**capacities)


def assert_ended(cafe: Cafe, before: dict[int, Registration]) -> None:
    """Each person is in one state, seats are within what there is, and queue moments are what they were."""
    cafe.refresh_from_db()
    cafe.recount()
    for seat in cafe.kinds:
        assert cafe.places(seat).taken <= cafe.capacity(seat), f"{seat} is oversold"
    for row in cafe.registrations.all():
        was = before[row.pk]
        for seat, field in (("room", "queued_for_room_at"), ("online", "queued_for_online_at")):
            moment = getattr(row, field)
            first = getattr(was, field) or (row.created_at if was.seat == seat else None)
            assert moment is None or moment == first, f"another moment in the queue for {seat}"
        assert row.created_at == was.created_at
        assert not (row.seat and not was.seat and not row.is_firm), "an unconfirmed one got a seat"


def state_of(row: Registration) -> str:
    if not row.is_coming:
        return "cancelled"
    return f"{'firm' if row.is_firm else 'unconfirmed'}, {row.seat or 'waits'}"


def without_touches() -> None:
    """Takes out of the ledger what this test wrote itself, to make the terms end."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM ledger AS line USING ledger AS earlier WHERE earlier.id = ("
            " SELECT max(id) FROM ledger WHERE registration = line.registration AND id < line.id)"
            " AND (line.people, line.seat, line.firm, line.cancelled, line.room, line.online)"
            " IS NOT DISTINCT FROM (earlier.people, earlier.seat, earlier.firm, earlier.cancelled, earlier.room,"
            " earlier.online) AND earlier.term IS NOT NULL AND line.term IS NOT NULL"
        )
