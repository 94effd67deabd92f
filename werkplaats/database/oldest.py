"""The question, when a process starts, whether PostgreSQL is new enough."""

from django.db import DatabaseError, InterfaceError, NotSupportedError, connection


def refuse_too_old() -> None:
    """Ends the process with one sentence, instead of an error page later. A server that is away may still come."""
    try:
        connection.check_database_version_supported()
    except NotSupportedError as error:
        raise SystemExit(str(error)) from None
    except (DatabaseError, InterfaceError):
        pass
    finally:
        if not connection.in_atomic_block:
            connection.close()
