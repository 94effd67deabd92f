"""How old the newest back-up is, where BACKUP_DIR names their folder. For /readyz and «Vandaag»."""

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from werkplaats.words import moment

TOO_OLD = 26 * 3600  # seconds; one is made each night
NAME = "%Y%m%dT%H%M%SZ"  # as deploy/backup.sh calls a whole one; one that is not finished has a dot before it


def newest() -> datetime | None:
    """When the newest whole back-up was begun; None when there is none, or the folder cannot be read."""
    if not settings.BACKUP_DIR:
        return None
    try:
        names = [each.name for each in settings.BACKUP_DIR.iterdir()]
    except OSError:
        return None
    return max(filter(None, map(begun, names)), default=None)


def begun(name: str) -> datetime | None:
    try:
        return datetime.strptime(name, NAME).replace(tzinfo=UTC)
    except ValueError:
        return None


def age() -> float | None:
    """In seconds, of the newest."""
    found = newest()
    return (timezone.now() - found).total_seconds() if found else None


def alarms() -> list[str]:
    """What somebody must look at, in Dutch; empty when all is well, or when BACKUP_DIR is not set."""
    if not settings.BACKUP_DIR:
        return []
    seconds = age()
    if seconds is None:
        return ["er is geen back-up"]
    return ["de laatste back-up is ouder dan 26 uur"] if seconds > TOO_OLD else []


def today(request: HttpRequest) -> list[dict[str, Any]]:
    """One block; for who sees how the mail does, as it is about the same machine."""
    if not settings.BACKUP_DIR or not request.user.has_perm("werkplaats.view_failedmail"):
        return []
    url, found, last = f"{reverse('readyz')}?alarm=1", alarms(), newest()
    return [
        {
            "title": "Back-ups",
            "part": "runs",
            "count": len(found),
            "url": url,
            "items": [{"text": words, "url": url, "meta": last or ""} for words in found],
            "calm": f"De laatste is van {moment(last)}." if last else "",
        }
    ]
