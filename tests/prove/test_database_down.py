"""A stopped database is short and honest: 503 at once, normal soon after its return, no error after an idle restart."""

import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest

from bench.server import THREADS, WORKERS, environment, free_port, manage, serving
from werkplaats.laptop import postgres
from werkplaats.laptop.processes import until

pytestmark = pytest.mark.alone

PATHS = ["/", "/denk-praat-doe-mee/", "/cafes/", "/wensbeelden/", "/programma/", "/accounts/login/", "/beheer/"]
# Seconds. The pool waits 0.4, an answer takes 0.45; psycopg itself waits 30. Noisy cores may double what is short.
SHORT = 5
AT_ONCE = 8
POOL_WAITS = 0.4  # seconds


@pytest.fixture
def database():
    with postgres.throw_away(durable=True) as server:
        yield server


@pytest.fixture
def port(database, tmp_path):
    number = free_port()
    variables = environment(tmp_path, database.url, number)
    for command in (["collectstatic", "--no-input", "--verbosity=0"], ["migrate", "--verbosity=0"], ["loaddemo"]):
        manage(variables, *command)
    with serving(variables, number):
        yield number


def ask(port: int, path: str) -> tuple[int, dict, str, float]:
    """Status, headers, text and seconds."""
    start = time.monotonic()
    try:
        answer = urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        return answer.status, answer.headers, answer.read().decode(), time.monotonic() - start


def test_a_stopped_database_is_short_and_honest(database, port):
    assert all(ask(port, path)[0] == 200 for path in PATHS)
    database.crash()
    ask(port, "/cafes/")  # the first request finds the broken connections of its worker
    slowest = 0.0
    for path in PATHS * 3:
        status, headers, text, seconds = ask(port, path)
        if path == "/beheer/":  # a stranger is sent to the log-in, which needs no database
            continue
        assert status == 503, path
        assert headers["Retry-After"] == "5"
        assert "We zijn zo terug" in text
        assert "default-src 'self'" in headers["Content-Security-Policy"]
        slowest = max(slowest, seconds)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        together = list(pool.map(lambda path: ask(port, path), ["/cafes/"] * 40))
    assert {status for status, *_ in together} == {503}
    # Few of them waited for the pool themselves: as many as there are threads, and a try now and then.
    waited = sum(seconds > POOL_WAITS * 0.9 for *_, seconds in together)
    print(f"{waited} of {len(together)} waited for the pool")
    assert waited <= WORKERS * THREADS + 4
    print(f"slowest 503 {slowest:.2f} s alone, {max(answer[3] for answer in together):.2f} s with {AT_ONCE} at once")
    assert ask(port, "/healthz")[0] == 200
    assert ask(port, "/readyz")[0] == 503
    assert slowest < SHORT

    database.start()
    back = time.monotonic()
    assert until(lambda: all(ask(port, path)[0] == 200 for path in PATHS), 10)
    print(f"normal again after {time.monotonic() - back:.2f} s")
    assert time.monotonic() - back < 2
    assert ask(port, "/readyz")[0] == 200


def test_an_idle_restart_is_not_noticed(database, port):
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(lambda path: ask(port, path), PATHS * 10))  # every thread has its connection
        database.stop()
        database.start()
        after = list(pool.map(lambda path: ask(port, path), PATHS * 10))
    print([f"{path} {answer[0]} {answer[3]:.2f}" for path, answer in zip(PATHS * 10, after) if answer[0] != 200])
    assert {status for status, *_ in after} == {200}
