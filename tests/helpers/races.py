"""Two people at the same moment, on connections of their own."""

from threading import Event, Thread

from django.db import connection, transaction


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
        with connection.cursor() as cursor:
            for _ in range(100_000):
                cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE %s = ANY(pg_blocking_pids(pid))", [own])
                if cursor.fetchone()[0]:
                    return
        raise AssertionError("nobody waited")

    thread = Thread(target=attempt, args=[first])
    thread.start()
    done.wait()
    attempt(quick)
    thread.join()
    return errors
