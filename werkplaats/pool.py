"""A pool that is whole again at once after PostgreSQL was restarted, and costs little while it is away."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from psycopg_pool import ConnectionPool


def check(connection: Any) -> None:
    """The pool's question to a connection before it is lent; raises when the connection is dead.

    When one is dead, all were cut: the others go too. The pool itself tries a second one and, when that is dead as
    well, sleeps for a second, which is longer than a request may wait.
    """
    try:
        ConnectionPool.check_connection(connection)
    except Exception:
        connection._pool.check()
        raise


TRY_AGAIN_AFTER = 0.25  # seconds


class AwayError(Exception):
    """Somebody found PostgreSQL away just now."""


class Breaker:
    """Once one thread has found PostgreSQL away, the others need not wait to find the same.

    From then on one at a time tries, at most four times a second; who comes between hears at once. When a try
    succeeds all is as before.
    """

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.is_away = self.is_trying = False
        self.tried_at = 0.0

    @contextmanager
    def through(self) -> Iterator[None]:
        """Raises AwayError instead of letting another thread wait. What is done inside is a try."""
        with self.lock:
            if self.is_away and (self.is_trying or time.monotonic() < self.tried_at + TRY_AGAIN_AFTER):
                raise AwayError("PostgreSQL was away a moment ago.")
            self.is_trying = self.is_away
        try:
            yield
        except Exception:
            self.tried(failed=True)
            raise
        self.tried(failed=False)

    def tried(self, *, failed: bool) -> None:
        with self.lock:
            self.is_away, self.is_trying, self.tried_at = failed, False, time.monotonic()
