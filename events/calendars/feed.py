"""All cafés as one calendar to subscribe to. It holds what everyone may know of them, so never the online link."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Max
from icalendar import STATUS, Calendar, Event, vDuration

from events.calendars import ics
from events.models import Cafe

NAME = "Passend Onderwijscafés"
REFRESH = timedelta(hours=6)


def calendar() -> Calendar:
    # The audit trail has a row for each change: it knows when the last one was, and how many there were.
    changed = {"changes": Count("events"), "changed_at": Max("events__pgh_created_at")}
    cafes = list(Cafe.objects.public().annotate(**changed))
    made = ics.empty("PUBLISH")
    made.add("x-wr-calname", NAME)
    made.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", vDuration(REFRESH))  # no name of the standard: as it is, it would read «6:00:00»
    for cafe in cafes:
        changes, changed_at = cafe.changes, cafe.changed_at  # type: ignore[attr-defined]  # annotated just now
        made.add_component(event(cafe, changes, changed_at))
    if cafes:
        first, last = cafes[0].starts_at.date(), cafes[-1].starts_at.date()
        made.add_missing_timezones(first - ics.HALF_YEAR, last + ics.HALF_YEAR)
    return made


def event(cafe: Cafe, changes: int, changed_at: datetime) -> Event:
    address = f"{settings.SITE_URL}{cafe.get_absolute_url()}"
    return ics.event_of(
        cafe,
        uid=f"cafe-{cafe.pk}",
        sequence=changes,
        stamp=changed_at,
        last_modified=changed_at,
        summary=f"{cafe.title} ({cafe.label})" if cafe.label else cafe.title,
        description=f"{cafe.question}\n\nMeer weten of je aanmelden: {address}",
        location=cafe.where,
        status=STATUS.CANCELLED if cafe.called_off_at else STATUS.CONFIRMED,
        url=address,
    )
