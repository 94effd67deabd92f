"""Addresses that machines ask for: health, robots.txt, and where to report a leak."""

from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from werkplaats.site.context import site_of
from werkplaats.web.requests import Request

WORKER_SILENT = timedelta(seconds=30)  # procrastinate's workers give a sign of life every ten

WORKER_STATE = """
    SELECT
        (SELECT extract(epoch FROM now() - max(last_heartbeat)) FROM procrastinate_workers),
        (SELECT extract(epoch FROM now() - min(coalesce(job.scheduled_at, deferred.at)))
         FROM procrastinate_jobs job
         LEFT JOIN procrastinate_events deferred ON deferred.job_id = job.id AND deferred.type = 'deferred'
         WHERE job.status = 'todo' AND (job.scheduled_at IS NULL OR job.scheduled_at <= now()))
"""


@require_safe
@never_cache
def alive(request: Request) -> HttpResponse:
    """200 as long as this process answers; touches neither database nor session."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@never_cache
def ready(request: Request) -> JsonResponse:
    """200 when the database answers, else 503. How the job worker does stands in the body.

    `worker` is "works" or "silent"; `worker_seen` and `oldest_job` are ages in seconds, or null.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute(WORKER_STATE)
            seen, oldest = cursor.fetchone()
    except (DatabaseError, InterfaceError):
        return JsonResponse({"database": "down"}, status=503, headers={"Retry-After": "5"})
    works = seen is not None and seen < WORKER_SILENT.total_seconds()
    return JsonResponse(
        {
            "database": "works",
            "worker": "works" if works else "silent",
            "worker_seen": None if seen is None else round(seen),
            "oldest_job": None if oldest is None else round(oldest),
        }
    )


@require_safe
def robots(request: Request) -> HttpResponse:
    """Everything may be found but what is for one person only."""
    lines = ["User-agent: *", "Disallow: /accounts/", f"Disallow: {reverse('admin:index')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain")


@require_safe
def security(request: Request) -> HttpResponse:
    """How to report a leak (RFC 9116); always valid for another half year."""
    site = site_of(request)
    contact = site.security_email or site.contact_email or settings.DEFAULT_FROM_EMAIL
    expires = (timezone.now() + timedelta(days=180)).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: mailto:{contact}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: nl, en",
        f"Canonical: {settings.SITE_URL}{reverse('security')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
