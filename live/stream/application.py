"""What answers below `/live/`: bare ASGI, so that an open stream costs a socket and a phone that asks costs no thread.

- `/live/`: 200 as long as this process hears what changes, else 503: for who watches the machine.
- `/live/<code>/stand`: the state of a room, from memory; 304 when the asker has it.
- `/live/<code>/scherm`: a stream of events for the screen: `version` with its number.
- `/live/<code>/leiding`: the same for who leads or helps, with `waits`; whether they may is looked at each minute.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any

from live.networks import asker
from live.reading import rights
from live.stream import listening
from live.stream.guesses import Guesses
from live.stream.rooms import Room, Rooms

type Scope = MutableMapping[str, Any]
type Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
type Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

PREFIX = "/live/"
BEAT = 15.0  # seconds after which a silent stream says that it is there
MOST_SCREENS = 200  # of a room; a screen that gets no stream asks
LOOK_AGAIN = 60.0  # seconds between two looks whether somebody still leads
COMMON = [
    (b"x-content-type-options", b"nosniff"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"referrer-policy", b"same-origin"),
]


class Stream:
    """The ASGI application of one process."""

    def __init__(self) -> None:
        self.rooms = Rooms()
        self.guesses = Guesses()
        self.tasks: list[asyncio.Task[None]] = []
        self.ready: asyncio.Task[None] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._start()
        code, _, what = scope["path"].removeprefix(PREFIX).strip("/").partition("/")
        if scope["method"] not in ("GET", "HEAD"):
            await answer(send, 405, headers=[(b"allow", b"GET, HEAD")])
            return
        if not code:
            healthy = self.rooms.hears
            await answer(send, 200 if healthy else 503, b"ok" if healthy else b"", [(b"cache-control", b"no-store")])
            return
        if not self.rooms.is_known:
            await answer(send, 503, headers=[(b"retry-after", b"1")])
            return
        room = self.rooms.of_code(code)
        if self.guesses.is_refused(address_of(scope), room, had=code.upper() in self.rooms.codes):
            await answer(send, 429, headers=[(b"retry-after", b"600")])
        elif room is None or what not in ("stand", "scherm", "leiding"):
            await answer(send, 404)
        elif what == "stand":
            await self.state(room, scope, send)
        elif what == "scherm":
            await self.screen(room, receive, send)
        else:
            await self.leading(room, scope, receive, send)

    async def _start(self) -> None:
        """At the first request: granian calls no start-up of an application in its loop before."""
        if self.ready is None:
            self.ready = asyncio.create_task(self._until_known())
            self.tasks = listening.run(self.rooms)
        if not self.ready.done():
            await asyncio.wait([self.ready], timeout=2)

    async def _until_known(self) -> None:
        while not self.rooms.is_known:
            await asyncio.sleep(0.02)

    async def state(self, room: Room, scope: Scope, send: Send) -> None:
        state, known = room.state, header(scope, b"if-none-match")
        headers = [(b"etag", state.etag.encode()), (b"cache-control", b"no-cache")]
        if known and state.etag.encode() in known:
            await answer(send, 304, headers=headers)
        else:
            await answer(send, 200, state.body, [*headers, (b"content-type", b"application/json")])

    async def screen(self, room: Room, receive: Receive, send: Send) -> None:
        if room.screens >= MOST_SCREENS:
            await answer(send, 503, headers=[(b"retry-after", b"10")])
            return
        room.screens += 1
        try:
            if room.screens == 1:
                await self.rooms.note_screens()
            await self.follow(room, receive, send)
        finally:
            room.screens -= 1

    async def leading(self, room: Room, scope: Scope, receive: Receive, send: Send) -> None:
        cookies = cookies_of(scope)

        async def still() -> bool:
            return await self.rooms.in_thread(rights.reads_along, cookies, room.pk)

        if await still():
            await self.follow(room, receive, send, still)
        else:
            await answer(send, 403)

    async def follow(
        self, room: Room, receive: Receive, send: Send, still: Callable[[], Awaitable[bool]] | None = None
    ) -> None:
        """Tells each version until the other side, the room or the right is gone. `still` is for who reads along."""
        headers = [(b"content-type", b"text/event-stream"), (b"cache-control", b"no-store")]
        headers.append((b"x-accel-buffering", b"no"))
        await send({"type": "http.response.start", "status": 200, "headers": [*COMMON, *headers]})
        gone, clock = asyncio.create_task(disconnected(receive)), asyncio.get_running_loop().time
        told, waited, looked = -1, room.waiting, clock()
        try:
            while not gone.done() and self.rooms.by_pk.get(room.pk) is room:
                news, knock, said = room.news, room.knock, b""
                if room.state.version != told:
                    told = room.state.version
                    said += event("version", told)
                if still and room.waiting != waited:
                    waited = room.waiting
                    said += event("waits", waited)
                await send({"type": "http.response.body", "body": said or b": hier\n\n", "more_body": True})
                if still and clock() - looked > LOOK_AGAIN:
                    looked = clock()
                    if not await still():
                        break
                await first_of(news.wait(), *([knock.wait()] if still else []), beside=gone)
            if not gone.done():
                await send({"type": "http.response.body", "body": event("over", 0), "more_body": False})
        finally:
            gone.cancel()


def event(name: str, number: int) -> bytes:
    return f"event: {name}\ndata: {number}\n\n".encode()


async def first_of(*waits: Coroutine[Any, Any, Any], beside: asyncio.Task[None]) -> None:
    """Until one of these happens, or the other side is gone, or it is time to say that we are here."""
    tasks = [asyncio.create_task(each) for each in waits]
    await asyncio.wait([*tasks, beside], timeout=BEAT, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()


async def disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def answer(send: Send, status: int, body: bytes = b"", headers: list[tuple[bytes, bytes]] | None = None) -> None:
    headers = [*COMMON, *(headers or [])]
    if status != 304:
        headers.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def address_of(scope: Scope) -> str:
    return asker(header(scope, b"x-forwarded-for").decode("latin-1"), (scope.get("client") or ("",))[0])


def header(scope: Scope, name: bytes) -> bytes:
    return b", ".join(value for key, value in scope["headers"] if key == name)


def cookies_of(scope: Scope) -> dict[str, str]:
    try:
        return {name: each.value for name, each in SimpleCookie(header(scope, b"cookie").decode("latin-1")).items()}
    except CookieError:
        return {}
