"""While PostgreSQL is away one thread at a time tries; the rest hears so at once."""

import threading

import pytest

from werkplaats import pool
from werkplaats.pool import AwayError, Breaker


@pytest.fixture
def clock(monkeypatch):
    """The seconds that `pool` sees; they pass when the test says so."""
    now = [100.0]
    monkeypatch.setattr(pool.time, "monotonic", lambda: now[0])

    def passes(seconds: float) -> None:
        now[0] += seconds

    return passes


def attempt(breaker: Breaker, *, works: bool) -> str:
    """What came of a try: «ok», «failed» or «refused»."""
    try:
        with breaker.through():
            if not works:
                raise OSError("no server")
    except AwayError:
        return "refused"
    except OSError:
        return "failed"
    return "ok"


def test_who_comes_right_after_a_failure_hears_at_once_and_the_next_try_finds_it_back(clock):
    breaker = Breaker()
    assert attempt(breaker, works=True) == "ok"
    assert attempt(breaker, works=False) == "failed"
    assert attempt(breaker, works=True) == "refused"
    clock(pool.TRY_AGAIN_AFTER)
    assert attempt(breaker, works=False) == "failed"
    assert attempt(breaker, works=False) == "refused"
    clock(pool.TRY_AGAIN_AFTER)
    assert [attempt(breaker, works=True) for _ in range(3)] == ["ok"] * 3


def test_only_one_tries_at_a_time(clock):
    breaker, inside, done = Breaker(), threading.Event(), threading.Event()
    attempt(breaker, works=False)
    clock(pool.TRY_AGAIN_AFTER)

    def try_slowly():
        with breaker.through():
            inside.set()
            done.wait(60)

    thread = threading.Thread(target=try_slowly)
    thread.start()
    assert inside.wait(60)
    assert attempt(breaker, works=True) == "refused"
    done.set()
    thread.join()
    assert attempt(breaker, works=True) == "ok"
