"""Finding a room by its code."""

from django.http import Http404

from live.models import LiveCafe


def room_of(request, code: str) -> LiveCafe:
    """The open room of this code; raises Http404, which tells nothing of rooms that there were."""
    if live := LiveCafe.objects.of_code(code):
        return live
    raise Http404
