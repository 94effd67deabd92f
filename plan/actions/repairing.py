"""Making the fragments of all that was said right, by the SQL of the triggers: for what a clock changes, and repair."""

from django.db import connection, transaction

from plan.models.voices import EVERY_KIND, POLL, Kind


def repair(kinds: tuple[Kind, ...] = EVERY_KIND) -> int:
    """Returns how many fragments there were too few, too many, or not as they should be. Twice is once.

    What is there when this app comes to a database gets its fragments by it too. It holds no harvest: sorting goes on.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        # Of a night with nobody waiting: all voices of years at once may take longer than a page may.
        cursor.execute("SET LOCAL statement_timeout = '5min'")
        changed = 0
        for kind in kinds:
            for statement in filter(str.strip, kind.keep("true").split(";")):
                cursor.execute(statement)
                changed += cursor.rowcount if "INTO plan_harvest" not in statement else 0
        return changed


def open_polls() -> int:
    """Takes in the polls that opened since: the clock fires no trigger. Returns how many."""
    return repair((POLL,))
