"""The screen in front of the room, and the state that screen and phones ask when the stream is away."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from live.reading.state import look_at, state_of
from live.views.finding import room_of


@require_safe
def screen(request, code):
    """What everyone in the room sees. Anybody may open it: it shows what all phones show in words."""
    live = room_of(request, code)
    return render(request, "live/screen.html", {"live": live, "look": look_at(live), "state": state_of(live)})


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
