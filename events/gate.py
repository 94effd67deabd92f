"""How many threads of this process may wait for one café, so that a held row stops neither the site nor other cafés."""

import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import OperationalError
from psycopg.errors import DeadlockDetected, LockNotAvailable

if TYPE_CHECKING:
    from events.models import Cafe

# A sign-up takes a few milliseconds. When none came through for this long, something else holds the café.
STUCK_AFTER = 0.5  # seconds
RETRY_AFTER = 5  # seconds
BUSY = "Het is nu heel druk bij dit café. Probeer het zo nog eens: wat je invulde, staat er nog."


class Busy(ValidationError):
    """The café is held by something else; nothing was changed, and the same request may work in a moment."""

    def __init__(self):
        super().__init__(BUSY)


class Gate:
    """Lets at most `most` threads in at once.

    The next one waits its turn while others come through, and is refused at once when they are stuck.
    """

    def __init__(self, most: int):
        self.most = most
        self.since: list[float] = []  # when each thread inside came in, the longest ago first
        self.came_through = 0.0  # when the last one came out well
        self.changed = threading.Condition()

    @contextmanager
    def through(self) -> Iterator[None]:
        """Raises Busy when the others are stuck, or when the lock did not come in time, or never would."""
        came_in = self.enter()
        try:
            yield
            self.came_through = time.monotonic()
        except OperationalError as error:
            if isinstance(error.__cause__, LockNotAvailable | DeadlockDetected):
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


class Gates:
    """A gate for each café, that lets at most `most` threads in."""

    def __init__(self, most: int):
        self.of: defaultdict[int, Gate] = defaultdict(lambda: Gate(most))

    def through(self, cafe: "Cafe") -> AbstractContextManager[None]:
        return self.of[cafe.pk].through()


def status_of(error: ValidationError, refused: int) -> int:
    """The status of an answer that says this: 503 when it may work in a moment, 429 when later, else `refused`."""
    return 503 if isinstance(error, Busy) else 429 if getattr(error, "code", "") == "many" else refused


def asks_to_wait(response):
    """The answer, which says when to try again if its status is 503."""
    if response.status_code == 503:
        response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


cafes = Gates(max(1, settings.THREADS // 2))
