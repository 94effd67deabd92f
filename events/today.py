"""What the coordinator's start page shows of the cafés: how full they are."""

from django.urls import reverse
from django.utils import timezone

from events.models import Cafe
from events.places import Places, Seat
from werkplaats.words import period

MOST = 5


def today(request) -> list[dict]:
    """One block: for each café to come, how many places are taken and how many people wait."""
    if not request.user.has_perm("events.view_registration"):
        return []
    cafes = list(Cafe.objects.public().filter(ends_at__gt=timezone.now(), called_off_at=None).with_counts())
    rows = [
        {
            "text": f"{cafe.title}, {period(cafe)}",
            "url": f"{reverse('admin:events_registration_changelist')}?cafe__id__exact={cafe.pk}",
            "meta": " · ".join(map(how_full, cafe.offers)),
        }
        for cafe in cafes[:MOST]
    ]
    url = reverse("admin:events_cafe_changelist")
    return [{"title": "Komende cafés", "count": len(cafes), "url": url, "items": rows}]


def how_full(places: Places) -> str:
    name = "zaal" if places.seat == Seat.ROOM else "online"
    waiting = f", {places.waiting} op de wachtlijst" if places.waiting else ""
    return f"{name} {places.taken} van {places.capacity}{waiting}"
