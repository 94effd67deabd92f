"""Writing a mail from its templates, and sending it from a job."""

import logging
import re
import smtplib
from collections.abc import Iterable
from email.utils import formataddr
from typing import Any
from urllib.parse import urlsplit

from allauth.account.models import EmailAddress
from django.conf import settings
from django.template import Context
from django.template.loader import get_template
from django.utils import timezone
from django.utils.crypto import salted_hmac
from procrastinate import JobContext
from procrastinate.contrib.django.models import ProcrastinateEvent

from werkplaats.mail.failures import failure_of
from werkplaats.mail.headers import Mail
from werkplaats.mail.models import ENOUGH, TYPED_ENOUGH, FailedMail
from werkplaats.web import limits

logger = logging.getLogger(__name__)

type Attachment = tuple[Any, ...]  # what EmailMessage.attach takes


def message(
    *,
    template: str,
    to: str,
    data: dict[str, Any],
    reference: str,
    about: str = "",
    attachments: Iterable[Attachment] = (),
    headers: dict[str, str] | None = None,
) -> Mail:
    """A mail in text and HTML from `<template>.txt` (its first line is the subject) and `<template>.html`.

    `reference` makes the Message-ID: the same for the same job, however often it is tried. Mails with the same
    `about` («cafe-12») are one conversation in a mail program. A template tag that looks something up for a mail may
    add to the `headers` in its context.
    """
    host = urlsplit(settings.SITE_URL).hostname
    headers = {"Message-ID": f"<{reference}@{host}>", "Auto-Submitted": "auto-generated", **(headers or {})}
    if about:
        headers["References"] = f"<{about}@{host}>"
    data = {**data, "site_url": settings.SITE_URL, "today": timezone.localdate(), "headers": headers}
    subject, _, text = written(f"{template}.txt", data, autoescape=False).strip().partition("\n")
    subject = " ".join(subject.split())
    html = written(f"{template}.html", {**data, "subject": subject}, autoescape=True)
    sender = formataddr(("De digitale werkplaats", settings.DEFAULT_FROM_EMAIL))
    mail = Mail(subject=subject, body=text.strip() + "\n", from_email=sender, to=[to], headers=headers)
    mail.attach_alternative(html, "text/html")
    for attachment in attachments:
        mail.attach(*attachment)
    return mail


def written(template: str, data: dict[str, Any], *, autoescape: bool) -> str:
    """What a template says; in plain text nothing is escaped, whatever its file is called."""
    found: Any = get_template(template)
    return str(found.template.render(Context(data, autoescape=autoescape)))


def send(
    context: JobContext,
    *,
    template: str,
    to: str,
    data: dict[str, Any],
    about: str = "",
    attachments: Iterable[Attachment] = (),
    headers: dict[str, str] | None = None,
    by_typing: bool = False,
    own_limit: str = "",
    always: bool = False,
) -> bool:
    """Sends one mail from a job, to every mailer of the settings; returns whether it left. Raises NotNow or Refused.

    Anybody can type an address: it gets only so many mails a day that a stranger can cause `by_typing` it, and what is
    beyond is noted as a FailedMail. One that was never proven gets only so many of all kinds together, of which those
    are a part. A kind of mail with an `own_limit`, of WRITE_RATE_LIMITS, is counted apart, so that no other kind
    silences it. What goes `always` is counted nowhere: what the site itself tells somebody who comes, and log-in codes,
    which are counted where they are asked.
    """
    if not always and context.job.attempts == 0 and is_beyond(to, by_typing=by_typing, own_limit=own_limit):
        logger.warning("Mail %s was dropped: its address got enough today.", context.job.id)
        FailedMail.objects.note(context.job, TYPED_ENOUGH if by_typing or own_limit else ENOUGH)
        return False
    made = message(
        template=template,
        to=to,
        data=data,
        reference=reference_of(context),
        about=about,
        attachments=attachments,
        headers=headers,
    )
    deliver(made)
    return True


def is_beyond(to: str, *, by_typing: bool, own_limit: str = "") -> bool:
    """Counts one more mail to an address that anybody can type; tells whether that is beyond its limits."""
    mailbox = mailbox_of(to)
    if own_limit:
        return bool(limits.beyond({own_limit: mailbox}))
    if EmailAddress.objects.filter(email=to, verified=True).exists():
        return bool(by_typing and limits.beyond({"mail_typed_proven": mailbox}))
    # One after the other: what is dropped here must not use up what the site itself may send.
    return bool(by_typing and limits.beyond({"mail_typed": mailbox}) or limits.beyond({"mail_unproven": mailbox}))


def mailbox_of(address: str) -> str:
    """Where the mail to an address probably ends up: «anna+1@» and «anna+2@» in the one of «anna@». To count only."""
    name, at, host = address.rpartition("@")
    return f"{name.partition('+')[0] or name}{at}{host}"


def others_like(mailbox: str) -> str:
    """The LIKE pattern of the other addresses that end up in this mailbox, in the one spelling of addresses."""
    name, at, host = re.sub(r"([\\%_])", r"\\\1", mailbox).rpartition("@")
    return f"{name}+%{at}{host}"


def reference_of(context: JobContext) -> str:
    """What names the mail of this job: the same at each try, and another one for a job that gets its number later.

    After a restore the numbers of jobs begin again where the back-up was made. Nothing can be read from it: who gets
    two mails would count from their numbers what was mailed to others in between, and so whether an address is known.
    """
    deferred = ProcrastinateEvent.objects.filter(job=context.job.id, type="deferred").values_list("at", flat=True)
    named = f"{context.job.id} {deferred.first()}"
    return f"mail-{salted_hmac('werkplaats.mail.reference', named, algorithm='sha256').hexdigest()[:32]}"


def deliver(mail: Mail) -> None:
    """Hands a message to every mailer; the demo's folder comes last, so a refused mail never lies there."""
    for name in settings.MAILERS:
        try:
            mail.send(using=name)
        except (smtplib.SMTPException, OSError) as error:
            # Not from the error: it tells the address, and the log keeps what it is raised from.
            raise failure_of(error) from None
