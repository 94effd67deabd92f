from django.db.models import Count, Max
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from events.calendars import ics
from events.calendars.feed import NAME, REFRESH, event
from events.models.cafes import Cafe


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
