"""The jobs of the workbench."""

from procrastinate.contrib.django import app

from plan.actions import repairing


@app.periodic(cron="17 * * * *")
@app.task(queueing_lock="open_polls")
def open_polls(timestamp: int) -> None:
    repairing.open_polls()
