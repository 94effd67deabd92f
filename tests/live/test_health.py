"""/readyz tells when the process of the live room is away while a café needs it."""

import asyncio
from datetime import timedelta

import psycopg
import pytest
from django.db import connection
from django.utils import timezone

from live.actions import rehearsing
from live.models import Kind, LiveCafe
from live.reading.health import AWAY
from live.stream import listening
from live.stream.rooms import Rooms
from tests.helpers import loops
from tests.live.helpers import again, room, to
from tests.live.test_rehearsing import ahead

pytestmark = pytest.mark.django_db
SOON = {"starts_at": timedelta(minutes=50), "ends_at": timedelta(hours=3)}


@pytest.fixture(autouse=True)
def worker_lives():
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")


@pytest.fixture
def listener():
    """The connection of a live process."""
    with psycopg.connect(**listening.address()) as made:
        yield made


def told(client) -> tuple[int, str, list[str]]:
    """The status for a monitor, how the process does, and what somebody must look at."""
    assert client.get("/readyz").status_code == 200  # pages are made all the same
    answer = client.get("/readyz?alarm=1")
    return answer.status_code, answer.json()["live"], answer.json()["alarms"]


def at(**moments: timedelta) -> dict:
    return {name: timezone.now() + away for name, away in moments.items()}


@pytest.mark.parametrize("when", ["goes on", "within the hour", "runs late"])
def test_a_café_without_the_process_is_an_alarm(client, when):
    live = room(begun=when != "within the hour", **(at(**SOON) if when == "within the hour" else {}))
    if when == "runs late":
        type(live.cafe).objects.filter(pk=live.cafe_id).update(ends_at=timezone.now() - timedelta(minutes=1))
    assert told(client) == (503, "silent", [AWAY])


def test_with_the_process_there_is_none(client, listener):
    room()
    assert told(client) == (200, "works", [])


@pytest.mark.parametrize("why", ["none", "tomorrow", "a rehearsal", "called off", "closed", "at its thanks"])
def test_without_a_café_that_needs_it_nobody_is_called(client, why):
    if why == "tomorrow":
        ahead()
    elif why == "a rehearsal":
        rehearsing.start(ahead())
    elif why != "none":
        live = room(Kind.QUESTION, Kind.THANKS)
        if why == "called off":
            type(live.cafe).objects.filter(pk=live.cafe_id).update(called_off_at=timezone.now())
        elif why == "closed":
            LiveCafe.objects.filter(pk=live.pk).update(closed_at=timezone.now())
        else:
            to(again(live), Kind.THANKS)
    assert told(client) == (200, "silent", [])


def test_a_process_hears_while_its_connection_is_there(monkeypatch):
    """And says so; a database that goes away is told at once."""
    rooms = Rooms()

    async def read_all():
        pass

    async def hear(*args):
        assert rooms.hears
        raise OSError

    async def gone(seconds):
        assert not rooms.hears
        raise asyncio.CancelledError

    monkeypatch.setattr(rooms, "read_all", read_all)
    monkeypatch.setattr(listening, "hear", hear)
    monkeypatch.setattr(listening.asyncio, "sleep", gone)
    with pytest.raises(asyncio.CancelledError):
        loops.run(listening.listen(rooms))
