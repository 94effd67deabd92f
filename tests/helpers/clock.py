"""A clock that a test moves: that of Python, that of signed links and sessions, and that of the database."""

import time
from datetime import UTC, datetime

from django.apps import apps
from django.db import connection
from django.utils import timezone

# Found before PostgreSQL's own, which are in pg_catalog; gone with the transaction of the test.
FUNCTIONS = """
    CREATE SCHEMA hours;
    CREATE FUNCTION hours.now() RETURNS timestamptz STABLE LANGUAGE sql
        AS $$ SELECT current_setting('hours.now')::timestamptz $$;
    CREATE FUNCTION hours.clock_timestamp() RETURNS timestamptz STABLE LANGUAGE sql
        AS $$ SELECT current_setting('hours.now')::timestamptz $$;
    SET search_path = hours, pg_catalog, public;
"""


def at(text: str) -> datetime:
    """«2027-11-24 14:00» on the clock of Amsterdam, or with an offset behind it; in UTC, as the database gives it."""
    moment = datetime.fromisoformat(text)
    return (moment if moment.tzinfo else timezone.make_aware(moment)).astimezone(UTC)


class Clock:
    """Stands still where it was set."""

    def __init__(self, monkeypatch):
        self.moment = timezone.now()
        for field in (field for model in apps.get_models() for field in model._meta.concrete_fields):
            if field.default is timezone.now:  # bound when the model was read
                monkeypatch.setitem(vars(field), "_get_default", lambda: self.moment)
        monkeypatch.setattr(timezone, "now", lambda: self.moment)
        monkeypatch.setattr(time, "time", lambda: self.moment.timestamp())
        with connection.cursor() as cursor:
            cursor.execute(FUNCTIONS)
        self.set_to(self.moment)

    def set_to(self, moment: datetime | str) -> None:
        self.moment = at(moment) if isinstance(moment, str) else moment
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('hours.now', %s, false)", [self.moment.isoformat()])
