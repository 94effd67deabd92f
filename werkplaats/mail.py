"""Mail: the job is inserted in the transaction of the change, and the worker sends after commit.

An app writes a job in its `tasks.py`, which is called with ids, looks up what it needs and calls `send`:

    @mail.task
    def send_confirmation(context, *, registration_id):
        mail.send(context, template=..., to=..., data=...)

A model's verb or an action names it: `mail.later("events.tasks.send_confirmation", to=address, registration_id=...)`.
The address only names the lock that keeps mails to one person in order; it is not kept in the job.
"""

import logging
import secrets
import smtplib
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from email.parser import BytesHeaderParser
from email.utils import formataddr
from pathlib import Path
from typing import Any, Concatenate
from urllib.parse import urlsplit

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.crypto import salted_hmac
from procrastinate import BaseRetryStrategy, JobContext, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.jobs import Job
from procrastinate.tasks import Task

from werkplaats.web import limits

FIRST_RETRY = 5  # seconds
LONGEST_PAUSE = 600  # seconds
MOST_ATTEMPTS = 440  # three days of pauses of ten minutes

logger = logging.getLogger(__name__)

type Attachment = tuple[Any, ...]  # what EmailMessage.attach takes


class Patience(BaseRetryStrategy):
    """Tries again after 5, 10, 20 … seconds, at most ten minutes apart, for three days.

    A mail server that refuses the address for good (5xx to RCPT) is believed at once.
    """

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if isinstance(exception, smtplib.SMTPRecipientsRefused) and all(
            code >= 500 for code, _ in exception.recipients.values()
        ):
            return None
        if job.attempts >= MOST_ATTEMPTS:
            return None
        pause = min(FIRST_RETRY * 2 ** min(job.attempts, 10), LONGEST_PAUSE)
        return RetryDecision(retry_in={"seconds": pause})


def task[**P](function: Callable[Concatenate[JobContext, P], None]) -> Task[Concatenate[JobContext, P], None, P]:
    """Registers a function(context, **ids) as a mail job."""
    return app.task(queue="mail", pass_context=True, retry=Patience())(function)


def later(job: str, *, to: str, at: datetime | None = None, **ids: Any) -> None:
    """Puts a mail job in the queue as part of the running transaction; it may go at `at`, by default now."""
    app.configure_task(job, allow_unknown=False, lock=lock_of(to), schedule_at=at).defer(**ids)


def later_to_all(job: str, mails: list[tuple[str, dict[str, Any]]]) -> None:
    """As `later` for many (address, ids), in one statement."""
    if mails:
        deferrers = [(app.configure_task(job, allow_unknown=False, lock=lock_of(to)), ids) for to, ids in mails]
        jobs = [deferrer.make_new_job(**ids) for deferrer, ids in deferrers]
        deferrers[0][0].job_manager.batch_defer_jobs(jobs=jobs)


def in_sql(job: str, *, to: str, **ids: str) -> tuple[str, dict[str, str]]:
    """As `later`, as an SQL expression and its parameters, for the statement that makes the row.

    `ids` are SQL expressions themselves.
    """
    args = ", ".join(f"'{name}', {expression}" for name, expression in ids.items())
    values = f"%(mail_queue)s, %(mail_task)s, 0, %(mail_lock)s, NULL, jsonb_build_object({args}), NULL"
    expression = f"procrastinate_defer_jobs_v1(ARRAY[ROW({values})::procrastinate_job_to_defer_v1])"
    return expression, {"mail_queue": "mail", "mail_task": job, "mail_lock": lock_of(to)}


def lock_of(to: str) -> str:
    """The lock that keeps mails to one address in order; the address itself is not kept in the job."""
    return "mail-" + salted_hmac("werkplaats.mail", to.lower(), algorithm="sha256").hexdigest()[:32]


def message(
    *,
    template: str,
    to: str,
    data: dict[str, Any],
    reference: str,
    attachments: Iterable[Attachment] = (),
    headers: dict[str, str] | None = None,
) -> EmailMultiAlternatives:
    """A mail in text and HTML from `<template>.txt` (its first line is the subject) and `<template>.html`.

    `reference` makes the Message-ID: the same for the same job, however often it is tried. A template tag that looks
    something up for a mail may add to the `headers` in its context.
    """
    headers = dict(headers or {})
    data = {**data, "site_url": settings.SITE_URL, "today": timezone.localdate(), "headers": headers}
    subject, _, text = render_to_string(f"{template}.txt", data).strip().partition("\n")
    host = urlsplit(settings.SITE_URL).hostname
    mail = EmailMultiAlternatives(
        subject=" ".join(subject.split()),
        body=text.strip() + "\n",
        from_email=formataddr(("De digitale werkplaats", settings.DEFAULT_FROM_EMAIL)),
        to=[to],
        headers={"Message-ID": f"<{reference}@{host}>", "Auto-Submitted": "auto-generated", **headers},
    )
    mail.attach_alternative(render_to_string(f"{template}.html", {**data, "subject": subject}), "text/html")
    for attachment in attachments:
        mail.attach(*attachment)
    return mail


def send(
    context: JobContext,
    *,
    template: str,
    to: str,
    data: dict[str, Any],
    attachments: Iterable[Attachment] = (),
    headers: dict[str, str] | None = None,
    asked_for: bool = False,
) -> None:
    """Sends one mail from a job, to every mailer of the settings. Errors reach the retry.

    Anybody can type an address: one that was never proven gets so many mails a day, and what is beyond is dropped.
    A log-in code is `asked_for`, and has a limit of its own.
    """
    if not asked_for and context.job.attempts == 0 and is_beyond(to):
        logger.warning("Mail %s was dropped: its address was never proven, and got enough today.", context.job.id)
        return
    deliver(
        message(
            template=template,
            to=to,
            data=data,
            reference=f"job-{context.job.id}",
            attachments=attachments,
            headers=headers,
        )
    )


def is_beyond(to: str) -> bool:
    """Counts one more mail to an address that nobody proved to be theirs; tells whether that is beyond its limit."""
    if EmailAddress.objects.filter(email=to, verified=True).exists():
        return False
    return bool(limits.beyond({"mail_unproven": to}))


def deliver(mail: EmailMultiAlternatives) -> None:
    """Hands a message to every mailer; the demo's folder comes last, so a refused mail never lies there."""
    for name in settings.MAILERS:
        mail.send(using=name)


def forget(header: str, value: str) -> None:
    """Removes the mails with this value, also among others, in this header from every folder that mails are kept in."""
    for mailer in settings.MAILERS.values():
        if folder := mailer.get("OPTIONS", {}).get("folder"):
            for file in Path(folder).glob("*.eml"):
                with file.open("rb") as content:
                    found = BytesHeaderParser().parse(content).get(header, "")
                if value in (each.strip() for each in found.split(",")):
                    file.unlink(missing_ok=True)


class FolderBackend(BaseEmailBackend):
    """Writes each mail as one .eml file, newest name last; any mail program opens it."""

    def __init__(self, *, folder: Path, **options: Any) -> None:
        super().__init__(**options)
        self.folder = Path(folder)

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        self.folder.mkdir(parents=True, exist_ok=True)
        for mail in messages:
            content = mail.message()
            name = f"{timezone.now():%Y%m%d-%H%M%S-%f}-{secrets.token_hex(6)}.eml"
            partial = self.folder / f".{name}"
            partial.write_bytes(content.as_bytes())
            partial.rename(self.folder / name)
        return len(messages)
