"""What happens in rooms by the clock."""

from django.utils import timezone
from procrastinate.contrib.django import app

from live.actions import closing, rehearsing


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="end_rehearsals")
def end_rehearsals(timestamp: int) -> None:
    """Before the evening itself, and where somebody forgot it."""
    rehearsing.wipe_due(timezone.now())


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="close_rooms")
def close_rooms(timestamp: int) -> None:
    """A day after the café its code works no more, and who sat where is forgotten."""
    closing.close_due(timezone.now())
