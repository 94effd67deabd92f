"""The jobs of inviting: the mails to consulenten, which look again when they go, and what happens by the clock."""

from django.utils import timezone
from procrastinate.contrib.django import app

from inviting import mails
from inviting.actions import calling, counting, mondays
from inviting.models import Consulent, MondayMail
from werkplaats import mail
from werkplaats.invited.models import LinkUse


@mail.task
def send_ask(context, *, consulent_id: int) -> None:
    """Asks somebody whether they want the mail of Monday; nothing to who said yes since, or has no access any more."""
    rows = Consulent.objects.filter(pk=consulent_id, agreed_at=None, user__is_active=True)
    if consulent := rows.select_related("user", "link").first():
        mails.ask(context, consulent)


@mail.task
def send_monday(context, *, monday_mail_id: int) -> None:
    mondays.send(context, monday_mail_id, timezone.now())


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="call_consulenten")
def call_consulenten(timestamp: int) -> None:
    """Looks every five minutes whether it is time, on the clock here."""
    mondays.call(timezone.now())


@app.periodic(cron="2 * * * *")
@app.task(queueing_lock="sum_up_links", lock="sum_up_links")
def sum_up_links(timestamp: int) -> None:
    """Adds what was done by invitation links to the figures; and forgets which mails of last week went."""
    LinkUse.objects.sum_up()
    MondayMail.objects.forget_old()


@app.periodic(cron="12 * * * *")
@app.task(queueing_lock="look_after_calls")
def look_after_calls(timestamp: int) -> None:
    """Who could not come to a café is to be asked after all; and counts what became public."""
    calling.ask_again(timezone.now())
    counting.count_public(timezone.localdate())
