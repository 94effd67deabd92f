"""Hearing from PostgreSQL what changed in which room: one connection a process, which comes back by itself."""

import asyncio
import logging
from typing import Any

import psycopg
from django.db import connection

from live.models.cafes import CHANNEL, COUNTS, LISTENER, WAITS
from live.stream.rooms import SCREEN_SAYS, Rooms

logger = logging.getLogger(__name__)
GATHER = 1.0  # seconds in which counts are gathered to one version
AGAIN = 0.5  # seconds before PostgreSQL is asked again whether it is back
SILENCE = 15.0  # seconds without a word after which the connection is tried
ALL = 60.0  # seconds after which all is read anew: a room ends by the clock, and nobody says so
# Of a network that swallows everything: how long until the connection counts as lost.
IMPATIENT = {"connect_timeout": 2, "keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 2}
IMPATIENT |= {"tcp_user_timeout": 8000}  # milliseconds


def address() -> dict[str, Any]:
    """What libpq needs for a connection of its own: not through a pool, which LISTEN does not survive."""
    known = connection.settings_dict
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    given = {theirs: known[ours] for ours, theirs in names.items() if known[ours]}
    return {**given, **IMPATIENT, "application_name": LISTENER}


async def listen(rooms: Rooms) -> None:
    """Keeps the rooms as the database has them, for as long as the process lives.

    After each new connection everything is read: what was said in between is in it.
    """
    is_away = False
    while True:
        try:
            async with await psycopg.AsyncConnection.connect(autocommit=True, **address()) as listening:
                await listening.execute(f"LISTEN {CHANNEL}")
                await rooms.read_all()
                is_away, rooms.hears = False, True
                await hear(listening, rooms)
        except Exception as error:  # noqa: BLE001, whatever it was: the next try may do better
            if not is_away:
                logger.warning("The room does not hear PostgreSQL: %s", type(error).__name__)
            is_away, rooms.hears = True, False
        await asyncio.sleep(AGAIN)


async def hear(listening: psycopg.AsyncConnection, rooms: Rooms) -> None:
    """Until the connection is lost, which raises."""
    while True:
        changed: set[int] = set()
        async for note in listening.notifies(timeout=SILENCE, stop_after=1):
            changed |= heard(note.payload, rooms)
        # What came meanwhile is one change with it.
        async for note in listening.notifies(timeout=0):
            changed |= heard(note.payload, rooms)
        for pk in changed:
            await rooms.read(pk)
        if not changed:
            await listening.execute("SELECT 1")


def heard(payload: str, rooms: Rooms) -> set[int]:
    """The key of the room that has to be read anew, if there is one."""
    key, _, what = payload.partition(" ")
    pk = int(key)
    if what == COUNTS:
        rooms.moved.add(pk)
    elif what == WAITS:
        if room := rooms.by_pk.get(pk):
            room.wait()
    else:
        return {pk}
    return set()


async def every(seconds: float, rooms: Rooms, act: str) -> None:
    """Calls a method of `rooms` again and again; a database that is away is tried the next time."""
    while True:
        await asyncio.sleep(seconds)
        try:
            await getattr(rooms, act)()
        except Exception as error:  # noqa: BLE001
            logger.warning("The room cannot %s: %s", act, type(error).__name__)


def run(rooms: Rooms) -> list[asyncio.Task[None]]:
    """Everything that a process of the stream does by itself."""
    loop = asyncio.get_running_loop()
    return [
        loop.create_task(listen(rooms)),
        loop.create_task(every(GATHER, rooms, "gather")),
        loop.create_task(every(SCREEN_SAYS, rooms, "note_screens")),
        loop.create_task(every(ALL, rooms, "read_all")),
    ]
