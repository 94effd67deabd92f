"""Two people at the same moment, on connections of their own."""

import time
from collections.abc import Callable
from threading import Event, Thread

from django.db import connection, transaction
from django.http import HttpResponseBase

from bench.load import MOST_PRESSES, PAUSE
from werkplaats.laptop.processes import until


def until_let_in[Answer: HttpResponseBase](press: Callable[[], Answer]) -> Answer:
    """The answer to who presses again while the site asks for it: 503 with a time, and nothing was written.

    A shared core that stands still for two seconds makes somebody wait longer for a lock than the site lets them. That
    is time, which no proof judges: it judges what became of everybody in the end.
    """
    answer = press()
    for _ in range(1, MOST_PRESSES):
        if answer.status_code != 503 or "Retry-After" not in answer.headers:
            break
        time.sleep(PAUSE)
        answer = press()
    return answer


def until_somebody_waits(amount: int = 1) -> None:
    """Until so many connections wait for a lock."""

    def is_so() -> bool:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return cursor.fetchone()[0] >= amount

    with connection.cursor() as cursor:
        assert until(is_so, 60), "nobody waits"


def in_between(slow, quick, then=None) -> list[Exception]:
    """`slow` has done its work and not committed yet when `quick` begins; it ends when `quick` waits for it, and after
    `then`. Returns what went wrong.
    """
    done, errors = Event(), []

    def attempt(act):
        try:
            act()
        except Exception as error:  # noqa: BLE001, also that nobody waited
            errors.append(error)
        finally:
            connection.close()

    def first():
        with transaction.atomic():
            slow()
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                own = cursor.fetchone()[0]
            done.set()
            wait_for_waiter(own)
            if then:
                then()

    def wait_for_waiter(own: int) -> None:
        """Until another connection waits for this one's locks."""

        def is_so() -> bool:
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE %s = ANY(pg_blocking_pids(pid))", [own])
            return cursor.fetchone()[0] > 0

        with connection.cursor() as cursor:
            assert until(is_so, 60), "nobody waited"

    thread = Thread(target=attempt, args=[first])
    thread.start()
    done.wait()
    attempt(quick)
    thread.join()
    return errors
