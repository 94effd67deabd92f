"""One process that answers below `/live/` and, on a laptop and in tests, all other addresses as well.

In production a proxy sends it `/live/` alone: the rest would wait in its few threads.
"""

import os
from typing import Any

from a2wsgi import WSGIMiddleware
from django.conf import settings

from werkplaats.wsgi import application as pages

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "werkplaats.settings")
from live.stream.application import PREFIX, Stream

stream = Stream()
wsgi: Any = pages
rest: Any = WSGIMiddleware(wsgi, workers=settings.THREADS)


async def application(scope: Any, receive: Any, send: Any) -> None:
    async def read() -> Any:
        """What granian gives can be awaited but is no coroutine, which a2wsgi asks for: every form would be refused."""
        return await receive()

    if scope["type"] == "http":
        await (stream if scope["path"].startswith(PREFIX) else rest)(scope, read, send)
