"""What was acknowledged is kept: web workers and PostgreSQL are killed with -9 under writing load."""

import os
import random
import signal
import time

import pytest

from bench.server import environment, free_port, manage, serving, workers
from tests.helpers import migrated
from tests.prove.writers import kept, open_a_cafe, writing_to
from werkplaats.laptop import postgres
from werkplaats.laptop.processes import until

pytestmark = pytest.mark.alone

KILLS = 5
BETWEEN = 15  # more acknowledged sign-ups before the next kill
WAIT = 60  # seconds that may take, on a machine that is busy with other things
CRASH_LOOP = 6  # seconds; granian gives up when a worker dies sooner than 5.5 s after it was started again


@pytest.fixture
def database():
    with postgres.throw_away(durable=True) as server:
        yield server


@pytest.fixture
def variables(database, tmp_path):
    found = environment(tmp_path, database.url, free_port())
    manage(found, "collectstatic", "--no-input", "--verbosity=0")
    migrated.fill(found["DATABASE_URL"])
    open_a_cafe(found)
    return found


def kill_while_writing(port: int, kill):
    """Calls `kill()` some times, each in the middle of the writing; returns the writers."""
    with writing_to(port) as writers:
        for number in range(KILLS + 1):
            goal = len(writers.acknowledged) + BETWEEN
            assert until(lambda goal=goal: len(writers.acknowledged) >= goal, WAIT), f"no writing after {number}"
            if number < KILLS:
                kill()
    print(f"{len(writers.acknowledged)} acknowledged, {writers.refused} not, {KILLS} kills")
    return writers


def test_killed_web_workers_lose_nothing_acknowledged(database, variables):
    port = int(variables["SITE_URL"].rpartition(":")[2])

    with serving(variables, port) as server:
        there = set(workers(server))
        began = time.monotonic()

        def kill_a_worker():
            nonlocal there, began
            assert until(lambda: time.monotonic() - began > CRASH_LOOP, WAIT)
            killed = random.choice(sorted(there))
            os.kill(killed, signal.SIGKILL)
            assert until(lambda: len(set(workers(server)) - {killed}) == len(there), WAIT), "no new worker"
            there, began = set(workers(server)), time.monotonic()  # counted from when the new one is there

        writers = kill_while_writing(port, kill_a_worker)

    assert set(writers.acknowledged) <= kept(database.url)


def test_killed_postgresql_loses_nothing_acknowledged(database, variables):
    port = int(variables["SITE_URL"].rpartition(":")[2])

    def crash():
        database.crash()
        database.start()

    with serving(variables, port):
        writers = kill_while_writing(port, crash)

    assert writers.refused > 0  # or nothing was proven: no crash fell into a write
    assert set(writers.acknowledged) <= kept(database.url)
