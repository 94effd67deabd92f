"""A statement that PostgreSQL plans once for each connection, for one that takes longer to plan than to run.

It needs a connection that stays: not a pooler that hands out another one for each transaction.
"""

from weakref import WeakKeyDictionary

import psycopg
from django.db.backends.utils import CursorWrapper

_known: "WeakKeyDictionary[psycopg.Connection, set[str]]" = WeakKeyDictionary()


class Planned:
    """`sql` with parameters such as %(email)s; `types` says of each what PostgreSQL takes it for.

    `call` is what runs it, to be executed with these parameters after `ready`; other statements may stand before it.
    Name the columns that it returns: with a star a migration that adds one would end it for open connections.
    """

    def __init__(self, name: str, sql: str, types: dict[str, str]) -> None:
        places = {each: f"${place}" for place, each in enumerate(types, start=1)}
        self.name = name
        self.text = f"PREPARE {name} ({', '.join(types.values())}) AS {sql % places}"
        self.call = f"EXECUTE {name} ({', '.join(f'%({each})s' for each in types)})"

    def ready(self, cursor: CursorWrapper) -> None:
        """Has the connection of this cursor plan it, unless it has."""
        connection = cursor.connection
        names = _known.setdefault(connection, set())
        if self.name not in names:
            connection.execute(self.text)
            names.add(self.name)
