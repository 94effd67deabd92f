"""All cafés as one calendar to subscribe to. It holds what everyone may know of them, so never the online link."""

from datetime import timedelta

from django.conf import settings
from icalendar import STATUS, Calendar, Event, vDuration

from events.calendars import ics
from events.models import Cafe

NAME = "Passend Onderwijscafés"
REFRESH = timedelta(hours=6)


def calendar() -> Calendar:
    cafes = list(Cafe.objects.public())
    made = ics.empty("PUBLISH")
    made.add("x-wr-calname", NAME)
    made.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", vDuration(REFRESH))  # no name of the standard: as it is, it would read «6:00:00»
    for cafe in cafes:
        made.add_component(event(cafe))
    if cafes:
        first, last = cafes[0].starts_at.date(), cafes[-1].starts_at.date()
        made.add_missing_timezones(first - ics.HALF_YEAR, last + ics.HALF_YEAR)
    return made


def event(cafe: Cafe) -> Event:
    address = f"{settings.SITE_URL}{cafe.get_absolute_url()}"
    return ics.event_of(
        cafe,
        uid=f"cafe-{cafe.pk}",
        sequence=cafe.version,
        stamp=cafe.changed_at,
        last_modified=cafe.changed_at,
        summary=f"{cafe.title} ({cafe.label})" if cafe.label else cafe.title,
        description=f"{cafe.question}\n\nMeer weten of je aanmelden: {address}",
        location=cafe.where,
        status=STATUS.CANCELLED if cafe.called_off_at else STATUS.CONFIRMED,
        url=address,
    )
