"""«Vandaag» for who leads a café: on the day before it, and on the day itself."""

from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from events.models import Cafe
from live.models import LiveCafe
from live.models.cafes import LATER
from werkplaats.words import period

DAYS_BEFORE = timedelta(days=1)


def today(request) -> list[dict]:
    """The cafés that they may lead, also one that runs late. One query."""
    user, now = request.user, timezone.now()
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    soon = Cafe.objects.filter(
        starts_at__lt=midnight + 2 * DAYS_BEFORE,
        ends_at__gt=now - LATER,
        called_off_at=None,
        published_at__isnull=False,
    )
    mine = Q(live__in=LiveCafe.objects.led_by(user).values("pk"))
    everyones = Q() if user.has_perm("events.change_cafe") else mine
    found = soon.filter(everyones).select_related("live__scene").order_by("starts_at")
    cafes = [cafe for cafe in found if not cafe.is_past or goes_on(cafe)]
    if not cafes:
        return []
    items = [told_of(cafe) for cafe in cafes]
    return [{"title": "Leid het café", "count": len(cafes), "url": items[0]["url"], "items": items}]


def goes_on(cafe: Cafe) -> bool:
    live = getattr(cafe, "live", None)
    return live is not None and live.goes_on


def told_of(cafe: Cafe) -> dict:
    live = getattr(cafe, "live", None)
    url = reverse("live:lead", args=[live.pk]) if live else reverse("live:prepare", args=[cafe.pk])
    meta = "het draaiboek staat klaar" if live else "nog zonder draaiboek"
    return {"text": f"{cafe.title}, {period(cafe)}", "url": url, "meta": meta}
