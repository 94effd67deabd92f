"""Jobs of the site itself: mails about accounts, and picking up what a killed worker left."""

import contextlib

from django.conf import settings
from django.urls import reverse
from pghistory.models import Context
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation

from werkplaats import mail
from werkplaats.accounts.models import Letter
from werkplaats.moderation import calling
from werkplaats.moderation.helpers import HelperLink
from werkplaats.people.models import User
from werkplaats.pictures import files
from werkplaats.pictures.models import Picture
from werkplaats.web import limits


@mail.task
def send_letter(context: JobContext, *, letter_id: int) -> None:
    """Sends a kept mail about an account, and forgets it."""
    send_and_forget(context, letter_id)


@mail.urgent_task
def send_code(context: JobContext, *, letter_id: int) -> None:
    """Sends a log-in code, unless it has expired meanwhile, and forgets it."""
    send_and_forget(context, letter_id)


def send_and_forget(context: JobContext, letter_id: int) -> None:
    """A kept mail holds an address and perhaps a code: it goes once it is sent, refused or of no use any more."""
    letter = Letter.objects.filter(pk=letter_id).first()
    if letter is None:
        return
    if not letter.is_stale:
        try:
            mail.send(
                context,
                template=letter.template,
                to=letter.to,
                data=letter.data,
                by_typing=letter.is_by_typing,
                always=bool(letter.code),
            )
        except mail.Refused:
            letter.delete()
            raise
    letter.delete()


@mail.task
def send_about_child(context: JobContext, *, kind: str, report_id: int, user_id: int) -> None:
    """Tells a moderator that something is about a child, without its words: a mailbox keeps them."""
    report = calling.open_report(kind, report_id)
    # They may have got another address since, or moderate no more.
    moderator = calling.moderators_of(type(report)).filter(pk=user_id).first() if report else None
    if report and moderator:
        found = getattr(report, report.about)
        url = calling.page_of(type(report), "change", found.pk)
        data = {"report": report, "hidden": not found.is_public, "url": url}
        mail.send(context, template="moderation/mail/child", to=moderator.email, data=data)


@mail.task
def send_reports(context: JobContext, *, user_id: int) -> None:
    """Tells a moderator what was reported; nothing when somebody else was quicker."""
    moderator = User.objects.filter(pk=user_id, is_active=True).first()
    if moderator and (waits := calling.reported_to(moderator)):
        data = {"waits": waits, "url": settings.SITE_URL + reverse("admin:index")}
        mail.send(context, template="moderation/mail/reports", to=moderator.email, data=data)


@app.periodic(cron="23 * * * *")
@app.task(queueing_lock="call_moderators")
def call_moderators(timestamp: int) -> None:
    """Mails moderators about reports, once an hour at most; of a child they hear at once."""
    calling.call_hourly()


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="rescue_stalled_jobs", pass_context=True)
async def rescue_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Puts back what a worker was doing when it was killed.

    Of a job that runs by the clock the next one may wait already: then this one is left until that is done, and is not
    in the way of the mails behind it.
    """
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        with contextlib.suppress(UniqueViolation):
            await manager.retry_job(job)


@app.periodic(cron="17 4 * * *")
@app.task(queueing_lock="remove_finished_jobs", pass_context=True)
async def remove_finished_jobs(context: JobContext, timestamp: int) -> None:
    """Keeps the job table small: a week of history is enough to find out what happened."""
    await context.app.job_manager.delete_old_jobs(nb_hours=7 * 24, include_failed=False)


@app.periodic(cron="7 * * * *")
@app.task(queueing_lock="forget_kept_pictures")
def forget_kept_pictures(timestamp: int) -> None:
    """Removes the pictures of forms that were never sent."""
    Picture.objects.forget_old()


@app.periodic(cron="37 4 * * *")
@app.task(queueing_lock="sweep_pictures")
def sweep_pictures(timestamp: int) -> None:
    """Removes picture files that no row names: what a web worker left that was killed halfway."""
    files.sweep(Picture.objects.values_list("name", flat=True))


@app.periodic(cron="27 4 * * *")
@app.task(queueing_lock="forget_helper_links")
def forget_helper_links(timestamp: int) -> None:
    """Removes links that opened nothing for days; their helpers are told again of what has waited so long."""
    HelperLink.objects.forget_old()


@app.task
def forget_acts(*, user_id: int) -> None:
    """Takes out of the audit trail what somebody wrote at the very moment at which they were erased."""
    Context.objects.filter(metadata__user=user_id).update(metadata={})


@app.periodic(cron="57 4 * * *")
@app.task(queueing_lock="forget_limits")
def forget_limits(timestamp: int) -> None:
    """Removes what does not count any more in a limit."""
    limits.forget_old()
