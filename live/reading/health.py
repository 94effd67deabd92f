"""Whether the process of the live room is there when a café needs it. For /readyz."""

from django.db import connection

from live.models import LiveCafe
from live.models.cafes import LISTENER

AWAY = "het proces van de zaal werkt niet: schermen en telefoons vragen het de site"


def hears() -> bool:
    """Whether a process of the stream listens: PostgreSQL knows it by the name of its connection. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name = %s)",
            [LISTENER],
        )
        return bool(cursor.fetchone()[0])


def alarms(*, hears: bool) -> list[str]:
    """What somebody must look at, in Dutch: only of a café that goes on in a room, or begins within the hour."""
    return [] if hears or LiveCafe.objects.of_today() is None else [AWAY]
