"""What the coordinator's start page shows of the cafés: how full they are, and who did not say yet that they come."""

from datetime import datetime

from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone

from events import moments
from events.models import Cafe
from events.places import Places, Seat
from werkplaats.words import number, period

MOST = 5
HOLDS = "Wie een plaats heeft, houdt die. Bel ze, maak ze vast of geef hun plaats vrij."
WITHOUT = "Zij hebben geen plaats. Bel ze: maak je ze vast, dan krijgen ze er een als die vrij is."
BOTH = f"{HOLDS} Wie er geen heeft, krijgt er na vast maken een als die vrij is."


def today(request) -> list[dict]:
    """One block: for each café to come, how many places are taken and how many people wait."""
    if not request.user.has_perm("events.view_registration"):
        return []
    now = timezone.now()
    cafes = list(Cafe.objects.public().filter(ends_at__gt=now, called_off_at=None).with_counts())
    rows = [
        {
            "text": f"{cafe.title}, {period(cafe)}",
            "url": f"{reverse('admin:events_registration_changelist')}?cafe__id__exact={cafe.pk}",
            "meta": " · ".join(map(how_full, cafe.offers)),
        }
        for cafe in cafes[:MOST]
    ]
    url = reverse("admin:events_cafe_changelist")
    blocks = [{"title": "Komende cafés", "part": "figures", "count": len(cafes), "url": url, "items": rows}]
    if unsure := [row for cafe in cafes if (row := told_of_unsure(cafe, now))]:
        blocks.insert(0, {"title": "Komen zij?", "count": len(unsure), "url": unsure[0]["url"], "items": unsure})
    return blocks


def told_of_unsure(cafe: Cafe, now: datetime) -> dict | None:
    """On the last day nobody loses a place by itself: whom to telephone. None when there is nobody.

    Also who has no place, or none any more: they get one that is free as soon as they say that they come.
    """
    if not moments.last_day_from(cafe.starts_at) <= now < cafe.starts_at:
        return None
    people = cafe.registrations.unconfirmed().aggregate(people=Sum("people"))["people"]
    if not people:
        return None
    holds = sum(places.unsure for places in cafe.offers)
    url = f"{reverse('admin:events_registration_changelist')}?cafe__id__exact={cafe.pk}&vast=nee"
    said = number(people, "persoon zei,mensen zeiden")
    return {
        "text": f"{said} nog niet «Ik kom»: {cafe.title}, {period(cafe)}",
        "url": url,
        "meta": HOLDS if holds == people else BOTH if holds else WITHOUT,
    }


def how_full(places: Places) -> str:
    name = "zaal" if places.seat == Seat.ROOM else "online"
    waiting = f", {places.waiting} op de wachtlijst" if places.waiting else ""
    unsure = f", waarvan {places.unsure} nog niet vast" if places.unsure else ""
    return f"{name} {places.taken} van {places.capacity}{unsure}{waiting}"
