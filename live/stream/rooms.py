"""The rooms that are open, as one process of the stream knows them: their codes, their states, and who waits for more.

Nothing here asks the database when a phone asks: a state is read when PostgreSQL says that there is a newer one.
"""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import DatabaseError, connection
from django.db.models import F
from django.utils import timezone

from live.models import LiveCafe
from live.reading.state import State, state_of

logger = logging.getLogger(__name__)
SCREEN_SAYS = 10  # seconds between two times that a screen is noted as seen


class Room:
    """One open room, with the newest state that this process knows."""

    def __init__(self, pk: int, code: str, state: State) -> None:
        self.pk, self.code, self.state = pk, code, state
        self.waiting = 0  # how often something that waits changed
        self.news = asyncio.Event()
        self.knock = asyncio.Event()  # for who reads along: others are told nothing of what waits
        self.screens = 0

    def wake(self) -> None:
        """Tells all who follow that there is another version."""
        news, self.news = self.news, asyncio.Event()
        news.set()

    def wait(self) -> None:
        """Tells who reads along that something waits, or does no more."""
        self.waiting += 1
        knock, self.knock = self.knock, asyncio.Event()
        knock.set()


class Rooms:
    """All open rooms by their code. `in_thread` runs what asks the database, one after the other."""

    def __init__(self) -> None:
        self.by_pk: dict[int, Room] = {}
        self.executor = ThreadPoolExecutor(1, "rooms")
        self.moved: set[int] = set()
        self.codes: set[str] = set()  # that a room or a rehearsal ever had
        self.is_known = False  # whether the database was read at all
        self.hears = False  # whether it listens now: else a state may be an old one

    async def in_thread[T](self, act: Callable[..., T], *arguments: Any) -> T:
        return await asyncio.get_running_loop().run_in_executor(self.executor, _with_connection, act, arguments)

    def of_code(self, code: str) -> Room | None:
        code = code.upper()
        return next((room for room in self.by_pk.values() if room.code == code), None)

    async def read_all(self) -> None:
        """Reads every open room: at the start, and whenever this process may have missed something."""
        found, self.codes = await self.in_thread(_read_open)
        for pk in self.by_pk.keys() - found.keys():
            self.by_pk.pop(pk).wake()
        for pk, (code, state) in found.items():
            self._keep(pk, code, state)
        self.is_known = True

    async def read(self, pk: int) -> None:
        """Reads one room anew."""
        found = await self.in_thread(_read_one, pk)
        if found:
            self._keep(pk, *found)
        elif room := self.by_pk.pop(pk, None):
            room.wake()

    def _keep(self, pk: int, code: str, state: State) -> None:
        self.codes.add(code)
        room = self.by_pk.get(pk)
        if room is None:
            self.by_pk[pk] = Room(pk, code, state)
        elif state.version > room.state.version:
            room.code, room.state = code, state
            room.wake()

    async def gather(self) -> None:
        """Turns all counts that moved since the last time into one version a room."""
        moved, self.moved = self.moved, set()
        if moved:
            try:
                await self.in_thread(_raise_versions, moved)
            except DatabaseError:
                self.moved |= moved
                raise

    async def note_screens(self) -> None:
        seen = [room.pk for room in self.by_pk.values() if room.screens]
        if seen:
            await self.in_thread(_note_screens, seen)


def _with_connection[T](act: Callable[..., T], arguments: tuple[Any, ...]) -> T:
    try:
        return act(*arguments)
    finally:
        connection.close()  # back into the pool, or gone when PostgreSQL is


def _read_open() -> tuple[dict[int, tuple[str, State]], set[str]]:
    """The rooms that are open, and all codes that there were."""
    found = {live.pk: (live.shown_code, state_of(live)) for live in LiveCafe.objects.open()}
    codes = LiveCafe.objects.values_list("code", "rehearsal_code")
    return found, {code for each in codes for code in each}


def _read_one(pk: int) -> tuple[str, State] | None:
    live = LiveCafe.objects.open().filter(pk=pk).first()
    return (live.shown_code, state_of(live)) if live else None


def _raise_versions(pks: set[int]) -> None:
    LiveCafe.objects.open().filter(pk__in=pks).update(version=F("version"))


def _note_screens(pks: list[int]) -> None:
    LiveCafe.objects.filter(pk__in=pks).update(screen_seen_at=timezone.now())
