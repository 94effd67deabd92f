"""Addresses that machines ask for: health, robots.txt, and where to report a leak."""

from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from live.reading import health
from werkplaats.home import backups
from werkplaats.mail import state
from werkplaats.site.context import site_of
from werkplaats.web.collected import missing
from werkplaats.web.requests import Request


@require_safe
@never_cache
def alive(request: Request) -> HttpResponse:
    """200 as long as this process answers; touches neither database nor session."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@never_cache
def ready(request: Request) -> JsonResponse:
    """200 when pages can be made, else 503: the database answers, and collectstatic has run for this code.

    How the worker, the mail, the live room and the back-ups do stands in the body.

    With `?alarm=1` also 503 when somebody must look at those: the body says at what. `worker` and `live` are "works" or
    "silent"; `worker_seen`, `oldest_job`, `mail_refused` and `backup` are ages in seconds, or null.
    """
    try:
        now, hears = state.read(), health.hears()
        of_room = health.alarms(hears=hears)
    except (DatabaseError, InterfaceError):
        return JsonResponse({"database": "down"}, status=503, headers={"Retry-After": "5"})
    ages = {"worker_seen": now.worker_seen, "oldest_job": now.oldest_job, "mail_refused": now.refused_for}
    ages["backup"] = backups.age()
    alarms = now.alarms + of_room + backups.alarms()
    found = {
        "database": "works",
        "static": "missing" if missing() else "works",
        "worker": "works" if now.worker_works else "silent",
        "live": "works" if hears else "silent",
        **{name: None if age is None else round(age) for name, age in ages.items()},
        "mail_retrying": now.retrying,
        "alarms": alarms,
    }
    return JsonResponse(found, status=503 if missing() or (alarms and "alarm" in request.GET) else 200)


@require_safe
def robots(request: Request) -> HttpResponse:
    """Everything may be found but what is for one person only."""
    lines = ["User-agent: *", "Disallow: /accounts/", "Disallow: /meelezen/", f"Disallow: {reverse('admin:index')}", ""]
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
