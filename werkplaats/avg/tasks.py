"""The terms, each night; and the mail before an account goes."""

from datetime import UTC, datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from procrastinate import JobContext
from procrastinate.contrib.django import app

from werkplaats import mail
from werkplaats.avg import accounts, terms
from werkplaats.models import Retention, User
from werkplaats.register.entries import Term


# The worker's clock is in UTC: half past four here is half past two or half past three there.
@app.periodic(cron="30 2,3 * * *")
@app.task(queueing_lock="run_terms")
def run_terms(timestamp: int) -> None:
    """Queues each term, one after another: one that fails keeps no other from its work, and runs again tomorrow."""
    here = timezone.localtime(datetime.fromtimestamp(timestamp, UTC)).time()
    if (here.hour, here.minute) != (terms.NIGHT.hour, terms.NIGHT.minute):
        return
    for term in terms.RUN:
        app.configure_task("werkplaats.avg.tasks.run_term", lock="run_terms").defer(term=term.value)


@app.task
def run_term(term: str) -> None:
    terms.run(Term(term), timezone.now())


@app.periodic(cron="47 * * * *")
@app.task(queueing_lock="forget_sessions")
def forget_sessions(timestamp: int) -> None:
    """Each hour: an address may be in what a log-in that was not done left there."""
    terms.run(Term.SESSIONS, timezone.now())


@mail.task
def send_idle(context: JobContext, *, user_id: int) -> None:
    """Tells somebody that their account goes, and how to keep it; nothing once they logged in."""
    user = User.objects.reachable().filter(pk=user_id, warned_at__isnull=False).first()
    if user and not (user.last_login and user.warned_at and user.last_login > user.warned_at):
        day = accounts.goes_on(user, Retention.objects.days_of(Term.ACCOUNTS))
        data = {"day": day, "url": settings.SITE_URL + reverse("account_login")}
        mail.send(context, template="avg/mail/idle", to=user.email, data=data)
