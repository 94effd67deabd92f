"""The phones of who is there."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from live.reading.state import look_at
from live.views.finding import room_of


@require_safe
def join(request):
    """Where people type the code."""
    return render(request, "live/join.html")


@require_safe
def phone(request, code):
    live = room_of(request, code)
    return render(request, "live/phone.html", {"live": live, "look": look_at(live)})
