"""The live room with real processes: nothing is lost and nothing comes twice, whatever is killed or away meanwhile."""

import contextlib
import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from bench.load import Request, once
from bench.server import ROOT, environment, free_port, manage, serving_live, workers
from tests.helpers import migrated
from werkplaats.laptop import postgres
from werkplaats.laptop.processes import launch, until

pytestmark = pytest.mark.alone

BACK = 60  # seconds in which all is caught up, on a machine that stands still now and then; how many is printed
AWAY = 30  # seconds without a network
CRASH_LOOP = 6  # granian gives up when a worker dies sooner than 5.5 s after it was started
VOTERS = 500


class Driver:
    """Does in the room what people do: tests/prove/room_driver.py."""

    def __init__(self, variables: dict[str, str]):
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        # As people do who keep trying: it is the site that is proven here.
        patient = {"DATABASE_PATIENT": "1", "DATABASE_URL": f"{variables['DATABASE_URL']}&connect_timeout=60"}
        variables = {**variables, **patient, "DATABASE_POOL": "0", "PYTHONPATH": str(ROOT)}
        self.process = launch([sys.executable, ROOT / "tests/prove/room_driver.py"], cwd=ROOT, env=variables, **pipes)

    def __call__(self, *command):
        print(json.dumps(command), file=self.process.stdin, flush=True)
        return json.loads(self.process.stdout.readline())

    def end(self) -> None:
        self.process.stdin.close()
        self.process.wait(60)
        self.process.stdout.close()


class Screen:
    """Follows a room as `static/js/live/following.js` does: a stream, the state of each version, and again."""

    def __init__(self, port: int, code: str):
        self.port, self.path = port, f"/live/{code.lower()}/"
        self.came: list[int] = []  # numbers of voices, each time that one was new to the screen
        self.shown: dict[int, float] = {}  # what stands there now, since when
        self.state, self.going, self.away = {}, True, False
        self.asks = True  # beside its stream
        self.turn = threading.Lock()  # in a browser one thing happens after the other
        self.threads = [threading.Thread(target=act, daemon=True) for act in (self.follow, self.ask_on)]
        for thread in self.threads:
            thread.start()

    def end(self) -> None:
        """Its stream ends with the process that it follows."""
        self.going = False
        for thread in self.threads:
            thread.join()

    def follow(self) -> None:
        while self.going:
            with contextlib.suppress(OSError, http.client.HTTPException):
                self.follow_once()
            time.sleep(0.5)

    def follow_once(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        with contextlib.closing(connection):
            connection.request("GET", f"{self.path}scherm")
            with connection.getresponse() as answer:
                while self.going and not self.away and (line := answer.readline()):
                    if line.startswith(b"event: version"):
                        self.look()

    def ask_on(self) -> None:
        while self.going:
            if self.asks:
                self.look()
            time.sleep(1)

    def look(self) -> None:
        if self.away:
            return
        with contextlib.suppress(OSError, http.client.HTTPException):
            answer = once(self.port, Request("GET", f"{self.path}stand"), timeout=3.5)
            if answer.status == 200:
                with self.turn:
                    self.take(json.loads(answer.body))

    def take(self, state: dict) -> None:
        if state["version"] < self.state.get("version", 0):
            return
        numbers, now = [number for number, _ in state["voices"]], time.time()
        new = [number for number in numbers if number > max(self.came, default=0)]
        self.came += new
        self.shown = {number: self.shown.get(number, now) for number in numbers}
        self.state = state

    def has(self, number: int) -> bool:
        return number in self.shown


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """One evening for all of it: as long as everything works, none is in the way of the next."""
    tmp_path = tmp_path_factory.mktemp("room")
    with postgres.throw_away(durable=True) as database:
        variables = environment(tmp_path, database.url, free_port(), THREADS="1")
        manage(variables, "collectstatic", "--no-input", "--verbosity=0")
        migrated.fill(variables["DATABASE_URL"])
        driver, port = Driver(variables), free_port()
        code = driver("open_room")
        with serving_live(variables, port) as process:
            screen = Screen(port, code)
            yield database, driver, process, screen
        screen.end()
        driver.end()


def released(driver: Driver, screen: Screen, text: str) -> int:
    number, _ = driver("show", text)
    assert until(lambda: screen.has(number), BACK), f"{text}: {screen.state}"
    return number


def test_a_killed_process_a_restarted_database_and_a_lost_network_lose_and_double_nothing(site):
    database, driver, process, screen = site
    expected = [released(driver, screen, "eerst")]
    time_of_start = time.monotonic()

    assert until(lambda: time.monotonic() - time_of_start > CRASH_LOOP, 60)
    for pid in workers(process):
        os.kill(pid, signal.SIGKILL)
    expected += [driver("show", "terwijl het proces weg was")[0]]
    back = time.monotonic()
    assert until(lambda: screen.has(expected[-1]), BACK)
    print(f"the live process was killed: caught up after {time.monotonic() - back:.1f} s")

    database.crash()
    database.start()
    expected += [driver("show", "na de herstart")[0]]
    back = time.monotonic()
    assert until(lambda: screen.has(expected[-1]), BACK)
    print(f"PostgreSQL was killed: caught up after {time.monotonic() - back:.1f} s")

    screen.away = True
    since = time.monotonic()
    for number in range(1, 4):
        expected += [driver("show", f"zonder net {number}")[0]]
        assert until(lambda so_far=number / 3: time.monotonic() - since > AWAY * so_far, AWAY)
    assert not screen.has(expected[-1])
    screen.away = False
    back = time.monotonic()
    assert until(lambda: screen.has(expected[-1]), BACK)
    print(f"the network was away for {AWAY} s: caught up after {time.monotonic() - back:.1f} s")

    assert screen.came == expected == sorted(set(expected))


def test_what_is_removed_on_the_site_leaves_the_screen_without_a_question(site):
    _, driver, _, screen = site
    screen.asks = False  # what comes now is what the stream told
    first, second = released(driver, screen, "blijft"), released(driver, screen, "moet weg")
    at = driver("remove", second)
    assert until(lambda: not screen.has(second), BACK)
    print(f"it left the screen {time.time() - at:.2f} s after the removal")
    assert screen.has(first)
    screen.asks = True


def test_500_votes_are_all_counted_and_none_is_told_before_the_result_is_shown(site):
    _, driver, _, screen = site
    began = time.monotonic()
    acknowledged = driver("votes", VOTERS)
    print(f"{VOTERS} votes in {time.monotonic() - began:.1f} s")
    assert sum(acknowledged.values()) == VOTERS
    assert until(lambda: screen.state.get("kind") == "peiling", BACK)
    assert driver("reveal") == acknowledged
    assert until(lambda: "True" in screen.state["task"], BACK)
