"""The control of races for places: the same site without the café's lock, and a little slower. It must go wrong."""

import contextlib
from collections.abc import Iterator

from django.db import connection

from events.models import sign_up
from events.models.cafes import Cafe

SLOW = """
    CREATE FUNCTION slow_down() RETURNS trigger LANGUAGE plpgsql
        AS $$ BEGIN PERFORM pg_sleep({pause}); RETURN NEW; END $$;
    CREATE TRIGGER slow_down BEFORE INSERT OR UPDATE ON events_registration FOR EACH ROW EXECUTE FUNCTION slow_down()
"""


@contextlib.contextmanager
def no_lock(monkeypatch, *, pause: float = 0.1) -> Iterator[None]:
    """Nobody waits for anybody, and what was counted is `pause` seconds old when it is written."""
    monkeypatch.setattr(sign_up, "LOCK", "SELECT %(cafe)s::bigint;")
    monkeypatch.setattr(Cafe, "locked", lambda self: Cafe.objects.get(pk=self.pk))
    with connection.cursor() as cursor:
        cursor.execute(SLOW.format(pause=pause))
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP FUNCTION slow_down CASCADE")
