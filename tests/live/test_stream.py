"""What answers below `/live/`: states from memory, events for who follows, and no speed for who guesses codes."""

import asyncio
import json

import pytest

from live.reading.state import State
from live.stream import application, guesses
from live.stream.application import Stream, address_of
from live.stream.guesses import Guesses
from live.stream.listening import heard
from live.stream.rooms import Room
from tests.helpers import loops


def room(pk: int = 7) -> Room:
    return Room(pk, "KMTR", State(3, b'{"version":3}'))


def stream_with(*rooms: Room) -> Stream:
    """A stream that knows these rooms, without a database."""
    stream = Stream()
    stream.rooms.by_pk = {each.pk: each for each in rooms}
    stream.rooms.is_known = True

    async def started() -> None:
        pass

    stream._start = started
    return stream


def ask(stream: Stream, path: str, *, method: str = "GET", **headers: str) -> tuple[int, dict, bytes]:
    sent = []

    async def send(message):
        sent.append(message)

    async def receive():
        await asyncio.sleep(60)

    head = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": method, "path": path, "headers": head, "client": ("192.0.2.1", 1)}
    loops.run(stream(scope, receive, send))
    return sent[0]["status"], dict(sent[0]["headers"]), b"".join(each.get("body", b"") for each in sent[1:])


def test_a_state_comes_from_memory_and_once():
    stream = stream_with(room())
    status, headers, body = ask(stream, "/live/kmtr/stand")
    assert status == 200 and headers[b"etag"] == b'"3"' and json.loads(body) == {"version": 3}
    assert ask(stream, "/live/kmtr/stand", if_none_match='"3"')[0::2] == (304, b"")


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("/live/kmtr/stand", "POST", 405),
        ("/live/kmtr/", "GET", 404),
        ("/live/kmtr/iets", "GET", 404),
        ("/live/ZZZZ/stand", "GET", 404),
        ("/live//stand", "GET", 404),
        ("/live/../etc", "GET", 404),
    ],
)
def test_what_is_not_there_is_said_so(path, method, status):
    assert ask(stream_with(room()), path, method=method)[0] == status


@pytest.mark.parametrize(("hears", "status"), [(True, 200), (False, 503)])
def test_its_own_address_says_whether_it_hears_what_changes_and_is_no_guess(hears, status):
    stream = stream_with(room())
    stream.rooms.hears = hears
    for _ in range(guesses.MOST + 2):
        answered, headers, body = ask(stream, "/live/")
        assert answered == status and headers[b"cache-control"] == b"no-store" and body == (b"ok" if hears else b"")
    assert ask(stream, "/live/kmtr/stand")[0] == 200


def test_before_the_database_was_read_nobody_is_told_that_there_is_no_room():
    stream = stream_with()
    stream.rooms.is_known = False
    assert ask(stream, "/live/kmtr/stand")[0] == 503


def test_a_screen_hears_versions_and_nothing_of_what_waits():
    assert followed("scherm") == [
        b"event: version\ndata: 3\n\n",
        b"event: version\ndata: 4\n\n",
        b"event: over\ndata: 0\n\n",
    ]


def test_who_reads_along_hears_of_what_waits_until_the_right_ends(monkeypatch):
    monkeypatch.setattr(application.rights, "reads_along", lambda cookies, pk: True)
    assert b"event: waits\ndata: 1\n\n" in followed("leiding")
    monkeypatch.setattr(application.rights, "reads_along", lambda cookies, pk: False)
    assert followed("leiding") == []


def followed(what: str) -> list[bytes]:
    """What somebody who follows hears while something waits, a version comes and the room ends."""
    here, sent = room(), []
    stream = stream_with(here)

    async def run():
        async def send(message):
            if message["type"] == "http.response.body":
                sent.append(message["body"])

        async def receive():
            await asyncio.sleep(60)

        async def in_thread(act, *arguments):
            return act(*arguments)

        async def note_screens():
            pass

        stream.rooms.in_thread, stream.rooms.note_screens = in_thread, note_screens
        scope = {"type": "http", "method": "GET", "path": f"/live/kmtr/{what}", "headers": [], "client": None}
        task = asyncio.create_task(stream(scope, receive, send))
        await settled()
        heard("7 w", stream.rooms)
        await settled()
        here.state = State(4, b'{"version":4}')
        here.wake()
        await settled()
        del stream.rooms.by_pk[7]
        here.wake()
        await task

    loops.run(run())
    return [each for each in sent if each and not each.startswith(b":")]


async def settled() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


def test_counts_that_moved_are_gathered_and_a_version_is_read():
    stream = stream_with(room())
    assert heard("7 c", stream.rooms) == heard("7 c", stream.rooms) == set()
    assert stream.rooms.moved == {7}
    assert heard("7 48", stream.rooms) == {7}


def test_who_guesses_gets_no_answer_any_more_not_even_to_a_right_code():
    tried, here = Guesses(), room()
    assert not any(tried.is_refused("203.0.113.9", None) for _ in range(guesses.MOST))
    assert tried.is_refused("203.0.113.9", None)
    assert tried.is_refused("203.0.113.9", here)
    assert not tried.is_refused("192.0.2.1", here)


def test_a_full_room_behind_one_address_goes_on_however_many_mistype():
    tried, here = Guesses(), room()
    assert not tried.is_refused("192.0.2.1", here)
    for _ in range(guesses.MOST * 3):
        tried.is_refused("192.0.2.1", None)
    assert not any(tried.is_refused("192.0.2.1", here) for _ in range(500))


def test_a_page_of_a_room_that_is_over_asks_on_and_is_no_guess():
    tried, here = Guesses(), room()
    assert not any(tried.is_refused("192.0.2.1", None, had=True) for _ in range(guesses.MOST * 2))
    assert not tried.is_refused("192.0.2.1", here)


def test_the_addresses_that_are_remembered_have_a_bound(monkeypatch):
    monkeypatch.setattr(guesses, "ADDRESSES", 3)
    tried = Guesses()
    for number in range(9):
        tried.is_refused(f"192.0.2.{number}", None)
    assert list(tried.wrong) == ["192.0.2.6", "192.0.2.7", "192.0.2.8"]


def test_the_proxy_says_who_asks_and_nobody_else():
    said = [(b"x-forwarded-for", b"10.9.9.9, 192.0.2.7")]
    assert address_of({"headers": said, "client": ("127.0.0.1", 1)}) == "192.0.2.7"
    assert address_of({"headers": [], "client": ("127.0.0.1", 1)}) == "127.0.0.1"
