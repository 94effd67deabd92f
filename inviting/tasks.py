"""What inviting does by the clock."""

from django.utils import timezone
from procrastinate.contrib.django import app

from inviting.actions import calling, counting


@app.periodic(cron="12 * * * *")
@app.task(queueing_lock="look_after_calls")
def look_after_calls(timestamp: int) -> None:
    """Who could not come to a café is to be asked after all; and counts what became public."""
    calling.ask_again(timezone.now())
    counting.count_public(timezone.localdate())
