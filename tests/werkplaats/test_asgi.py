"""The one process of the demo: it reads what forms send."""

import asyncio

import pytest

from werkplaats.asgi import application

FORM = b"code=AAAA"


class Later:
    """As what granian gives: it can be awaited, and is no coroutine."""

    def __init__(self, value):
        self.value = value

    def __await__(self):
        yield from ()
        return self.value


@pytest.mark.django_db(transaction=True)
def test_a_form_is_read():
    answer = []
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/z/",
        "query_string": b"",
        "http_version": "1.1",
        "scheme": "http",
        "server": ("testserver", 80),
        "client": ("127.0.0.1", 5000),
        "headers": [
            (b"host", b"testserver"),
            (b"content-type", b"application/x-www-form-urlencoded"),
            (b"content-length", str(len(FORM)).encode()),
        ],
    }

    async def send(message):
        answer.append(message)

    asyncio.run(application(scope, lambda: Later({"type": "http.request", "body": FORM, "more_body": False}), send))
    assert answer[0]["status"] == 403  # without the token of a form; what cannot be read is 400
