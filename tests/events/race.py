"""Many people who sign up at the same moment, through the whole site, each thread on its own connection."""

import itertools
import random
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from time import perf_counter
from unittest.mock import patch

from django.db import connections
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from events import gate
from events.models.cafes import Cafe
from events.models.registrations import Registration


@dataclass(frozen=True)
class Result:
    """What a race led to: how often each status, and how long each answer took, in seconds, sorted."""

    answers: Counter
    seconds: list[float]


def together(act: Callable, things: list, *, threads: int) -> list:
    """What `act` returned for each of `things`, which the threads take in turn, all starting at once."""
    start = threading.Barrier(threads)
    turns, lock = iter(things), threading.Lock()

    def work() -> list:
        done = []
        start.wait(60)
        try:
            while True:
                with lock:
                    thing = next(turns, None)
                if thing is None:
                    return done
                done.append(act(thing))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(threads) as pool:
        futures = [pool.submit(work) for _ in range(threads)]
        return list(itertools.chain(*(future.result() for future in futures)))


def run(cafe: Cafe, guests: list[dict], *, threads: int) -> Result:
    """Sends the form once for each of `guests`, as browsers that do not know each other."""
    return send([sign_up(cafe, guest) for guest in guests], threads=threads)


def send(forms: list[tuple[str, dict]], *, threads: int) -> Result:
    """Sends each (address, fields) once, each from a browser of its own."""

    def ask(form: tuple[str, dict]) -> tuple[int, float]:
        path, fields = form
        began = perf_counter()
        answer = Client(raise_request_exception=False).post(path, fields)
        return answer.status_code, perf_counter() - began

    # Without the gate, which lets few in at a time: what keeps places apart is the lock alone.
    with patch.object(gate, "cafes", gate.Gates(threads)):
        done = together(ask, forms, threads=threads)
    return Result(Counter(status for status, _ in done), sorted(seconds for _, seconds in done))


def sign_up(cafe: Cafe, guest: dict) -> tuple[str, dict]:
    return f"/cafes/{cafe.slug}/aanmelden/", guest


def cancellation(made: Registration) -> tuple[str, dict]:
    return f"{made.get_absolute_url()}afmelden/", {}


def confirmation(made: Registration) -> tuple[str, dict]:
    return f"{made.get_absolute_url()}ik-kom/", {}


def change(made: Registration, wish: str) -> tuple[str, dict]:
    together = {"together": "on"} if made.brings_someone else {}
    return f"{made.get_absolute_url()}wijzigen/", {"wish": wish, **together}


def all_at_once(
    cafe: Cafe, *, people: int, cancelled: int, changed: int, confirmed: int, seed: int
) -> list[tuple[str, dict]]:
    """Sign-ups of `people`, mixed with what those do who signed up before: most of who has a place gives it up.

    `confirmed` of them had not said before that they come.

    Call it inside `ledger.kept`, which must see who signed up before.
    """
    chance = random.Random(seed)
    before = [cafe.register(**guest, firm=True)[0] for guest in crowd(chance, "eerst", cancelled + changed)]
    quiet = [cafe.register(**guest)[0] for guest in crowd(chance, "stil", confirmed)]
    # Every third changes, also of who has a place, which are the first.
    changes = before[::3][:changed]
    leaves = [made for made in before if made not in changes]
    forms = [sign_up(cafe, as_form(guest)) for guest in crowd(chance, "gast", people)]
    forms += [cancellation(made) for made in leaves] + [confirmation(made) for made in quiet]
    forms += [change(made, chance.choice(["room", "online", "both"])) for made in changes]
    chance.shuffle(forms)
    return forms


def crowd(chance: random.Random, name: str, amount: int) -> list[dict]:
    """Most want the room, some online, some either; one in eight brings somebody."""
    return [
        {
            "email": f"{name}{number}@example.org",
            "name": "Gast",
            "wish": chance.choice(["room", "room", "online", "both"]),
            "people": chance.choice([1] * 7 + [2]),
        }
        for number in range(amount)
    ]


def as_form(guest: dict) -> dict:
    fields = dict(guest)
    return fields | ({"together": "on"} if fields.pop("people") > 1 else {})


def guests(amount: int) -> list[dict]:
    """One in three asks for a place online."""
    return [
        {"email": f"gast{number}@example.org", "name": "Gast", "wish": "online" if number % 3 == 0 else "room"}
        for number in range(amount)
    ]


def seats(cafe: Cafe) -> tuple[int, int]:
    """How many places were given away, in the room and online."""
    given = Counter(cafe.registrations.values_list("seat", flat=True))
    return given["room"], given["online"]


def assert_fair(cafe: Cafe, amount: int) -> None:
    """Nobody twice, nobody lost, the first have the seats, and the rest wait in the order they came in."""
    # Until they say that they come, who waits is passed over; then the first moment counts.
    assert not cafe.registrations.queued_for("room") and not cafe.registrations.queued_for("online")
    cafe.registrations.update(confirmed_at=timezone.now())
    rows = list(cafe.registrations.order_by("pk"))
    assert len({row.email for row in rows}) == len(rows) == amount
    for seat, capacity in [("room", cafe.room_capacity), ("online", cafe.online_capacity)]:
        asked = [row for row in rows if row.wish == seat]
        assert [row.seat for row in asked[:capacity]] == [seat] * capacity
        waiting = asked[capacity:]
        assert all(row.seat is None and row.waits_for == [seat] for row in waiting)
        # Rows are numbered under the lock, so their order is the order in which people came.
        assert list(cafe.registrations.queued_for(seat)) == waiting
        if waiting:
            assert (waiting[0].position(seat), waiting[-1].position(seat)) == (1, len(waiting))
    mailed = [job.args["registration_id"] for job in ProcrastinateJob.objects.all()]
    assert sorted(mailed) == [row.pk for row in Registration.objects.filter(cafe=cafe).order_by("pk")]
