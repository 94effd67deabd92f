"""For «Vandaag»: who was erased, and may still stand in what the staff wrote."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from werkplaats.privacy.models import Erasure
from werkplaats.words import day, number

AT_MOST = 5


def today(request: HttpRequest) -> list[dict[str, Any]]:
    """One block, as long as somebody has to look; nothing for who may not erase."""
    if not request.user.has_perm("werkplaats.add_erasure"):
        return []
    rows = Erasure.objects.filter(looked_at=None).exclude(elsewhere={}).order_by("at")
    items = [
        {"text": f"Gewist op {day(row.at)}", "url": reverse("erased_elsewhere", args=[row.pk]), "meta": told(row)}
        for row in rows[:AT_MOST]
    ]
    if not items:
        return []
    title = "Gewist, maar staat misschien nog ergens"
    return [{"title": title, "count": rows.count(), "url": items[0]["url"], "items": items}]


def told(row: Erasure) -> str:
    return number(sum(len(ids) for ids in row.elsewhere.values()), "regel om na te kijken,regels om na te kijken")
