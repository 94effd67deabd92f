"""How the mail does, as a block of «Vandaag»: what arrived nowhere, what is tried again, what somebody must look at."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from werkplaats.mail import state
from werkplaats.mail.models import FailedMail

LATELY = timedelta(days=7)
SHOWN = 5
# Where to find what a mail was about, by the names of the ids of its job.
PLACES = {"registration_id": "admin:events_registration_change", "post_id": "admin:posts_post_change"}


def today(request: HttpRequest) -> list[dict[str, Any]]:
    """One block; its number is that of what somebody must look at."""
    if not request.user.has_perm("werkplaats.view_failedmail"):
        return []
    now = state.read()
    failed = FailedMail.objects.missed().filter(at__gte=timezone.now() - LATELY)
    items: list[dict[str, Any]] = [
        {"text": words, "url": f"{reverse('readyz')}?alarm=1", "meta": ""} for words in now.alarms
    ]
    failures = [
        {"text": f"Kwam niet aan: {each.why}", "url": place_of(each), "meta": each.at} for each in failed[:SHOWN]
    ]
    if now.retrying and (items or failures):
        items.append({"text": f"{waiting(now.retrying)}.", "url": f"{reverse('readyz')}?alarm=1", "meta": ""})
    return [
        {
            "title": "Mail die niet aankwam",
            "part": "runs",
            "count": failed.count() + len(now.alarms),
            "url": reverse("admin:werkplaats_failedmail_changelist"),
            "items": items + failures,
            "calm": waits(now.retrying),
        }
    ]


def waits(retrying: int) -> str:
    """What stands there when nothing is wrong."""
    return f"{waiting(retrying)}: dat gaat vanzelf." if retrying else "Alle mail is weg."


def waiting(retrying: int) -> str:
    mails = "Eén mail wacht" if retrying == 1 else f"{retrying} mails wachten"
    return f"{mails} op een nieuwe poging"


def place_of(failed: FailedMail) -> str:
    for name, page in PLACES.items():
        if name in failed.ids:
            return reverse(page, args=[failed.ids[name]])
    return reverse("admin:werkplaats_failedmail_changelist")
