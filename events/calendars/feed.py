"""All cafés as a calendar to subscribe to: what everyone may know of them, so never the online link."""

from datetime import timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from icalendar import STATUS, Event

from events.calendars import ics
from events.models.cafes import Cafe

NAME = "Passend Onderwijscafés"
REFRESH = timedelta(hours=6)


def event(cafe: Cafe) -> Event:
    zone = ZoneInfo(settings.TIME_ZONE)
    address = f"{settings.SITE_URL}{cafe.get_absolute_url()}"
    made = Event.new(
        uid=f"cafe-{cafe.pk}@{urlsplit(settings.SITE_URL).hostname}",
        sequence=cafe.changes,
        stamp=cafe.changed_at,
        last_modified=cafe.changed_at,
        start=cafe.starts_at.astimezone(zone),
        end=cafe.ends_at.astimezone(zone),
        summary=f"{cafe.title} ({cafe.label})" if cafe.label else cafe.title,
        description=f"{cafe.question}\n\nMeer weten of je aanmelden: {address}",
        location=cafe.where,
        organizer=ics.organizer(),
        status=STATUS.CANCELLED if cafe.called_off_at else STATUS.CONFIRMED,
        url=address,
    )
    return made
