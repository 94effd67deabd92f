"""All cafés as a calendar to subscribe to: what everyone may know of them, so never the online link."""

from datetime import timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Max
from django.http import HttpResponse
from django.views.decorators.http import require_safe
from icalendar import STATUS, Event

from events import ics
from events.models import Cafe

NAME = "Passend Onderwijscafés"
REFRESH = timedelta(hours=6)


@require_safe
def calendar(request):
    # The audit trail has a row for each change: it knows when the last was, and how many came before.
    changed = {"changes": Count("events"), "changed_at": Max("events__pgh_created_at")}
    cafes = list(Cafe.objects.public().annotate(**changed))
    made = ics.empty("PUBLISH")
    made.add("x-wr-calname", NAME)
    made.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", REFRESH)
    for cafe in cafes:
        made.add_component(event(cafe))
    if cafes:
        first, last = cafes[0].starts_at.date(), cafes[-1].starts_at.date()
        made.add_missing_timezones(first - ics.HALF_YEAR, last + ics.HALF_YEAR)
    return HttpResponse(
        made.to_ical(),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'inline; filename="{ics.NAME}"', "Cache-Control": "max-age=900"},
    )


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
