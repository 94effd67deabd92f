"""A pool that is whole again at once after PostgreSQL was restarted."""

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
