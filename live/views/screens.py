"""The screen in front of the room, and the state that screen and phones ask when the stream is away."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from live.reading.rights import leader
from live.reading.state import look_at, state_of
from live.views.finding import in_room, room_of
from werkplaats import qr


@require_safe
@in_room
def screen(request, live):
    """What everyone in the room sees. Anybody may open it: phones have it in words. Who leads has keys."""
    look = look_at(live)
    shown = {
        "live": live,
        "look": look,
        "now": timezone.now(),
        "leads": leader(request, live.pk) is not None,
        "code": qr.svg(live.link, "code-zaal"),
        "code_after": qr.svg(look.after_link, "code-daarna"),
    }
    return render(request, "live/screen.html", shown)


@require_safe
def state(request, code):
    """The state of a room: as `/live/<code>/stand` gives it from memory. One indexed read when the asker has it."""
    live = room_of(request, code)
    known = request.headers.get("If-None-Match", "")
    etag = f'"{live.version}"'
    if etag in known:
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(state_of(live).body, content_type="application/json")
    response.headers["ETag"], response.headers["Cache-Control"] = etag, "no-cache"
    return response
