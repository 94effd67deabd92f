"""The jobs of the workbench."""

import logging

from procrastinate.contrib.django import app

from plan.actions import comparing, repairing

logger = logging.getLogger(__name__)


@app.periodic(cron="17 * * * *")
@app.task(queueing_lock="open_polls")
def open_polls(timestamp: int) -> None:
    repairing.open_polls()


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="compare_voices")
def compare_voices(timestamp: int) -> None:
    """Looks each minute whether there are voices to compare: many that come at once are compared once."""
    comparing.compare_due()


@app.periodic(cron="47 4 * * *")
@app.task(queueing_lock="repair_fragments")
def repair_fragments(timestamp: int) -> None:
    """Fills a database that had voices before this app came. After that it finds nothing, or a trigger missed it."""
    repairing.open_polls()
    if changed := repairing.repair():
        logger.warning("%s fragments were not as what was said; they are now.", changed)
