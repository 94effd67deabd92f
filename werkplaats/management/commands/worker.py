"""`manage.py worker`: sends the mails and does what the clock asks, until it is told to stop.

Four workers in one process, so that nothing waits for another kind of work: log-in codes, other mails, jobs by the
clock, and files that take a minute. A worker that lost PostgreSQL is started again.
"""

import asyncio
import logging
import signal
from typing import Any

from django.core.management.base import BaseCommand
from procrastinate.contrib.django import app

from werkplaats.database.oldest import refuse_too_old
from werkplaats.mail.queue import BULK, CODES

QUEUES = [CODES, BULK, "default", "files"]
AT_ONCE = {CODES: 3}  # a silent mail server holds up one for ten seconds, and somebody waits
PAUSE = 2  # seconds before a worker that stopped is started again

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Verstuurt de mails en doet het werk van de klok, tot het een SIGTERM krijgt."

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_too_old()
        asyncio.run(work())


async def work() -> None:
    """Runs a worker for each queue until SIGTERM or SIGINT; jobs that run are finished."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    workers = [asyncio.create_task(keep_working(queue)) for queue in QUEUES]
    await stop.wait()
    for each in workers:
        each.cancel()
    await asyncio.gather(*workers, return_exceptions=True)


async def keep_working(queue: str) -> None:
    while True:
        try:
            ours = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]  # Django's
            async with ours.open_async():
                await ours.run_worker_async(
                    queues=[queue], name=queue, concurrency=AT_ONCE.get(queue, 1), install_signal_handlers=False
                )
        except Exception as error:  # noqa: BLE001, whatever it was: the next start may do better
            logger.warning("The worker of %s stopped: %s", queue, error)
        await asyncio.sleep(PAUSE)
