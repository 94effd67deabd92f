"""`manage.py migrate`, which never stops a running site: it waits shortly for a lock, and tries again.

A migration that waits for a table behind a dump makes everybody else wait behind it. So it gives up after the three
seconds of settings.DATABASES, lets the others pass, and comes back.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import NotSupportedError, OperationalError, connection
from psycopg.errors import LockNotAvailable

TRIES, PAUSE = 100, 2  # times; seconds in which others pass


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        for left in reversed(range(TRIES)):
            try:
                with without_hurry():
                    super().handle(*args, **options)
                return
            except NotSupportedError as error:
                raise CommandError(str(error)) from None
            except OperationalError as error:
                if not isinstance(error.__cause__, LockNotAvailable) or not left:
                    raise
                self.stdout.write("Een tabel is even bezet. We proberen het zo opnieuw …")
                time.sleep(PAUSE)


@contextmanager
def without_hurry() -> Iterator[None]:
    """What a migration does may take long; only waiting for others may not."""
    names = ("statement_timeout", "idle_in_transaction_session_timeout")
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"SET {name} = 0")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for name in names:
                cursor.execute(f"RESET {name}")
