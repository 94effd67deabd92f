"""The address of the calendar that people subscribe to."""

from django.http import HttpResponse
from django.views.decorators.http import conditional_page, require_safe

from events.calendars import feed, ics


@require_safe
@conditional_page
def calendar(request):
    return HttpResponse(
        feed.calendar().to_ical(),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'inline; filename="{ics.NAME}"', "Cache-Control": "max-age=900"},
    )
