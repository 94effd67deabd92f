"""Many people who sign up at the same moment, through the whole site, each thread on its own connection."""

import itertools
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from time import perf_counter

from django.db import connections
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from events.models import Cafe, Registration


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
        start.wait(10)
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

    def sign_up(guest: dict) -> tuple[int, float]:
        began = perf_counter()
        answer = Client(raise_request_exception=False).post(f"/cafes/{cafe.slug}/aanmelden/", guest)
        return answer.status_code, perf_counter() - began

    done = together(sign_up, guests, threads=threads)
    return Result(Counter(status for status, _ in done), sorted(seconds for _, seconds in done))


def guests(amount: int) -> list[dict]:
    """One in three asks for a place online."""
    return [
        {
            "email": f"gast{number}@example.org",
            "name": "Gast",
            "wish": "online" if number % 3 == 0 else "room",
        }
        for number in range(amount)
    ]


def seats(cafe: Cafe) -> tuple[int, int]:
    """How many places were given away, in the room and online."""
    given = Counter(cafe.registrations.values_list("seat", flat=True))
    return given["room"], given["online"]


def assert_fair(cafe: Cafe, amount: int) -> None:
    """Nobody twice, nobody lost, the first have the seats, and the rest wait in the order they came in."""
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
