"""Monday: who is mailed when, once; and what is given up."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from procrastinate import JobContext

from inviting import mails
from inviting.models import Call, CallState, Consulent, Monday, MondayMail, What
from posts.models import Question
from werkplaats import mail

JOB = "inviting.tasks.send_monday"
DIFFERENT = 500  # suggestions that wait: a page that leaked fills no table


def call(now: datetime) -> int:
    """Puts a mail in the queue for every consulent who gets one today and has none yet. Returns how many."""
    Monday.objects.load()
    with transaction.atomic():
        monday = Monday.objects.select_for_update(no_key=True).get()  # of two at once, one waits
        if not monday.is_due(now) or Question.objects.current() is None:
            return 0
        day = timezone.localdate(now)
        waiting = Consulent.objects.who_get_mail().exclude(mails__day=day).select_related("user")
        rows = [MondayMail(consulent=each, day=day, voice_id=monday.voice_id) for each in waiting]
        made = MondayMail.objects.bulk_create(rows)
        mail.later_to_all(JOB, [(row.consulent.user.email, {"monday_mail_id": row.pk}) for row in made])
        if made:
            Monday.objects.update(voice=None)
    return len(made)


def send(context: JobContext, monday_mail_id: int, now: datetime) -> None:
    """Sends one, as things are now. After noon it is given up; what is not to go for another reason leaves no trace:
    when it turns out to be meant after all, and it is still morning, it is asked for anew.
    """
    rows = MondayMail.objects.select_related("consulent__user", "consulent__link", "voice")
    row = rows.filter(pk=monday_mail_id).first()
    if row is None or not row.is_open:
        return
    if row.is_too_late(now):
        row.drop(now)
        return
    question = Question.objects.current()
    still = Monday.objects.load().is_due(now) and row.consulent.gets_mail
    if not (question and still and mails.send_monday(context, row, question)):
        row.delete()
        return
    with transaction.atomic():
        MondayMail.objects.filter(pk=row.pk).update(sent_at=now)
        Consulent.objects.filter(pk=row.consulent_id).update(mondays=F("mondays") + 1)


def suggest(name: str) -> None:
    """Puts on the coordinator's list whom a consulent misses, without who said so. The same twice is once."""
    open_ones = Call.objects.filter(state=CallState.SUGGESTED)
    if not open_ones.filter(name__iexact=name).exists() and open_ones.count() < DIFFERENT:
        Call.objects.call_upon(What.GROUP, name, state=CallState.SUGGESTED)
