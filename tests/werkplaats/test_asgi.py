"""The one process of the demo: what reads the forms of pages gets them as it asks for them."""

import asyncio
from importlib import import_module

import pytest

from tests.helpers import loops


class Later:
    """As what granian gives: it can be awaited, and is no coroutine."""

    def __init__(self, value):
        self.value = value

    def __await__(self):
        yield from ()
        return self.value


@pytest.mark.django_db
def test_pages_read_a_form_in_a_coroutine(monkeypatch):
    """a2wsgi runs it from a thread, which takes nothing else; without it each form was answered by 400."""
    asgi = import_module("werkplaats.asgi")  # it asks the database, once
    got = []

    async def rest(scope, receive, send):
        reading = receive()
        assert asyncio.iscoroutine(reading)
        got.append(await reading)

    monkeypatch.setattr(asgi, "rest", rest)
    loops.run(asgi.application({"type": "http", "path": "/z/"}, lambda: Later({"body": b"code=AAAA"}), None))
    assert got == [{"body": b"code=AAAA"}]
