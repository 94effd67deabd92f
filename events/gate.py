"""How many threads of this process may wait for a café at once, so that one held row does not stop the site."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import OperationalError
from psycopg.errors import LockNotAvailable

# A sign-up takes a few milliseconds: when none came through for so long, the café is held by something else.
STUCK_AFTER = 0.5  # seconds
RETRY_AFTER = 5  # seconds
BUSY = "Het is nu heel druk bij dit café. Probeer het zo nog eens: wat je invulde, staat er nog."


class Busy(Exception):
    """The café cannot be had now; nothing was changed, and it can be asked again."""


class Gate:
    """Lets at most `most` threads through at once.

    The next waits its turn while the others come through, and is refused at once when they are stuck.
    """

    def __init__(self, most: int):
        self.most = most
        self.since: list[float] = []  # when each that is inside came in, the longest ago first
        self.came_through = 0.0  # when the last one did
        self.changed = threading.Condition()

    @contextmanager
    def through(self) -> Iterator[None]:
        """Raises Busy when the others are stuck, or when the lock did not come in time."""
        came_in = self.enter()
        try:
            yield
            self.came_through = time.monotonic()
        except OperationalError as error:
            if isinstance(error.__cause__, LockNotAvailable):
                raise Busy from error
            raise
        finally:
            with self.changed:
                self.since.remove(came_in)
                self.changed.notify()

    def enter(self) -> float:
        with self.changed:
            while len(self.since) >= self.most:
                left = max(self.since[0], self.came_through) + STUCK_AFTER - time.monotonic()
                if left <= 0:
                    raise Busy
                self.changed.wait(left)
            self.since.append(time.monotonic())
            return self.since[-1]


def told(error: "Busy | ValidationError") -> dict:
    """What a page says when something is not done now, as `problem`, and its `status`."""
    if isinstance(error, Busy):
        return {"problem": BUSY, "status": 503}
    return {"problem": " ".join(error.messages), "status": 409}


def asks_to_wait(response):
    """Says in an answer with status 503 when to try again."""
    if response.status_code == 503:
        response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


cafes = Gate(max(1, settings.THREADS // 2))
