"""What PostgreSQL tells about itself: rows written, WAL, size, connections, jobs that wait."""

import contextlib
from collections.abc import Iterator
from typing import NamedTuple

import psycopg


class Written(NamedTuple):
    """How many rows were written in a table. `in_place`: updates that no index had to hear of (HOT)."""

    inserted: int
    updated: int
    in_place: int
    deleted: int


class Watch:
    """A connection of its own, beside the one that works."""

    def __init__(self, url: str):
        self.connection = psycopg.connect(url, autocommit=True)

    def value(self, sql: str):
        return self.connection.execute(sql).fetchone()[0]

    def written(self) -> dict[str, Written]:
        """Of every table, since the start; as far as the connections that wrote have reported it (`FLUSH`)."""
        sql = "SELECT relname, n_tup_ins, n_tup_upd, n_tup_hot_upd, n_tup_del FROM pg_stat_user_tables"
        return {name: Written(*counts) for name, *counts in self.connection.execute(sql)}

    def wal(self) -> int:
        """The position in the log of changes, in bytes."""
        return self.value("SELECT (pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::bigint")

    def megabytes(self) -> float:
        return self.value("SELECT pg_database_size(current_database())") / 2**20

    def connections(self) -> int:
        """All but this one."""
        return self.value(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )

    def jobs_waiting(self) -> int:
        return self.value("SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'")

    @contextlib.contextmanager
    def setting(self, **values: str) -> Iterator[None]:
        """These settings hold for the whole server until the end, from a checkpoint on."""
        try:
            for name, value in values.items():
                self.connection.execute(f"ALTER SYSTEM SET {name} = {value}")
            self.reload()
            yield
        finally:
            for name in values:
                self.connection.execute(f"ALTER SYSTEM RESET {name}")
            self.reload()

    def reload(self) -> None:
        self.value("SELECT pg_reload_conf()")
        self.connection.execute("CHECKPOINT")


# Has the connection that runs it report what it wrote at the end of the statement after it, not once a second.
FLUSH = "SELECT pg_stat_force_next_flush()"
