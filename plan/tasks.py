"""The jobs of the workbench."""

import logging

from django.db import OperationalError
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from plan import mails
from plan.actions import agreeing, comparing, informing, reacting, repairing, showing
from plan.exports import making
from plan.models import Export
from werkplaats import mail

logger = logging.getLogger(__name__)


@app.periodic(cron="17 * * * *")
@app.task(queueing_lock="open_polls")
def open_polls(timestamp: int) -> None:
    repairing.open_polls()


@app.periodic(cron="7 * * * *")
@app.task(queueing_lock="tell_common_ground")
def tell_common_ground(timestamp: int) -> None:
    """Tells in public, in words, what each role thought of what is closed."""
    agreeing.tell()


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="keep_plan_open")
def keep_plan_open(timestamp: int) -> None:
    """Closes the sentences of the plan when the last day to react is over."""
    reacting.keep_open()


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="compare_voices", lock="compare_voices")
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


# In a queue of its own: what the clock asks every minute does not wait for it.
@app.task(queue="files", retry=RetryStrategy(max_attempts=5, wait=5, retry_exceptions={OperationalError}))
def make_export(export_id: int) -> None:
    making.make(export_id)


@app.periodic(cron="27 * * * *")
@app.task(queueing_lock="forget_exports")
def forget_exports(timestamp: int) -> None:
    """Removes files of a day old, and what was left of those that a killed worker was making."""
    Export.objects.forget_old()
    making.sweep()


# One after another: what an older publication says would be written over that of a newer one.
@app.task(lock="show_outcomes", retry=RetryStrategy(max_attempts=20, wait=5))
def show_outcomes(publication_id: int) -> None:
    """Writes beside each contribution that was heard what became of it."""
    showing.show(publication_id)


@app.periodic(cron="37 * * * *")
@app.task(queueing_lock="show_all_outcomes", lock="show_outcomes")
def show_all_outcomes(timestamp: int) -> None:
    """The same of all: words may have changed since."""
    showing.show_all()


# Without a queueing lock: what waits there may begin before this change of the plan is there to be seen.
@app.task(lock="show_outcomes", retry=RetryStrategy(max_attempts=20, wait=5))
def show_plan() -> None:
    """The same of all, when sentences became public or were withdrawn, or the plan was adopted."""
    showing.show_all()


@app.task(retry=RetryStrategy(max_attempts=20, wait=5))
def tell(publication_id: int) -> None:
    """Tells everyone whose words were published, once the time to stop it is over."""
    informing.tell_when_due(publication_id)


@mail.task
def send_told(context, *, told_id: int) -> None:
    """Tells somebody what became of their words, as far as these may be read still and are theirs."""
    mails.send_told(context, told_id)


@mail.task
def send_reply(context, *, voice_id: int) -> None:
    """Tells a writer what was answered to «Nee, ik bedoelde …»."""
    mails.send_reply(context, voice_id)
