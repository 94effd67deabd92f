"""Telling moderators that people reported something: one mail an hour at most about everything; of a child at once.

Each kind of report is a subclass of BaseReport, and tells what it is about.
"""

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.db import models, transaction
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from werkplaats import mail
from werkplaats.moderation.models import BaseReport
from werkplaats.people.models import User
from werkplaats.web import limits
from werkplaats.words import number


def call_at_once(report: BaseReport) -> bool:
    """Queues a mail about a child for each moderator; when that went often lately, the hourly mail tells.

    Returns whether they hear of it at once.
    """
    if limits.beyond({"mail_about_child": "site"}):
        return False
    kind = type(report)
    kind.objects.filter(pk=report.pk).update(told_at=timezone.now())
    for user in moderators_of(kind):
        ids = {"kind": kind._meta.label_lower, "report_id": report.pk, "user_id": user.pk}
        mail.later("werkplaats.tasks.send_about_child", to=user.email, **ids)
    return True


def open_report(kind: str, pk: int) -> BaseReport | None:
    """The report, unless somebody handled it; `kind` is as in `call_at_once`."""
    kinds = (each for each in BaseReport.__subclasses__() if each._meta.label_lower == kind)
    return next((found for each in kinds for found in each.objects.waiting().filter(pk=pk)), None)


def call_hourly() -> int:
    """Queues a mail for each moderator of what was reported and not told yet. Returns how many mails."""
    called: dict[int, User] = {}
    with transaction.atomic():
        for kind in BaseReport.__subclasses__():
            if kind.objects.waiting().filter(told_at=None).update(told_at=timezone.now()):
                called |= {user.pk: user for user in moderators_of(kind)}
        for user in called.values():
            mail.later("werkplaats.tasks.send_reports", to=user.email, user_id=user.pk)
    return len(called)


def reported_to(user: User) -> list[tuple[str, str]]:
    """What waits for this moderator because of reports: in words, with the address of its list."""
    found = []
    for kind in BaseReport.__subclasses__():
        count = kind.objects.waiting().aggregate(things=Count(kind.about, distinct=True))["things"]
        if count and moderators_of(kind).filter(pk=user.pk).exists():
            found.append((number(count, kind.counted), f"{page_of(kind, 'changelist')}?toestand=gemeld"))
    return found


def page_of(kind: type[BaseReport], page: str, *args: int) -> str:
    """The address of a page of the back office about what is reported."""
    meta = subject_of(kind)._meta
    return settings.SITE_URL + reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=args)


def moderators_of(kind: type[BaseReport]) -> models.QuerySet[User]:
    """Whom to mail about it: staff who may change what is reported, at an address proven theirs."""
    meta = subject_of(kind)._meta
    may = ModelBackend().with_perm(f"{meta.app_label}.change_{meta.model_name}")
    return may.filter(is_staff=True, pk__in=User.objects.reachable().values("pk")).order_by("pk")


def subject_of(kind: type[BaseReport]) -> type[models.Model]:
    """The model of what is reported."""
    return kind._meta.get_field(kind.about).related_model  # type: ignore[return-value]  # the stubs allow "self"
