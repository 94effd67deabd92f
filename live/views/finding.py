"""Finding a room by its code, and what is said when there is none."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from live import guessing
from live.forms import CodeForm
from live.guessing import TooOften
from live.models import LiveCafe, Seat
from live.models.cafes import Ended
from live.models.seats import PutOut
from live.reading import phones
from live.reading.state import task_of
from werkplaats.web import htmx, typed

UNKNOWN = "Deze code hoort niet bij een café van nu. Kijk nog eens op het scherm."
REHEARSED = "De proef met deze code is voorbij. De code van het café staat op het scherm."
TOO_OFTEN = "Hier is te vaak een verkeerde code ingevuld. Wacht tien minuten, en probeer het dan nog eens."


def room_of(request, code: str) -> LiveCafe:
    """The open room of this code; raises Http404, which tells nothing of rooms that there were, and TooOften."""
    if live := guessing.room_of(code, guessing.address_of(request)):
        return live
    raise Http404


def in_room(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A decorator of views that get a room instead of a code: who has no room reads why, with the form for another."""

    @wraps(view)
    def guarded(request, code, **kwargs):
        try:
            live = room_of(request, code)
        except TooOften:
            return ask_code(request, code, TOO_OFTEN, status=429)
        except Http404:
            return without_room(request, code)
        try:
            return view(request, live, **kwargs)
        except Ended:
            return without_room(request, code)
        except PutOut as out:
            return put_out(request, live, out.seat)

    return guarded


def without_room(request, code: str) -> HttpResponse:
    """Whose evening is over is told so, and where its words are now; a page that is open goes there.

    What was typed meanwhile stands on the page that says so: in the place of the form when htmx sent it.
    """
    over = LiveCafe.objects.over(code)
    lost = typed.typed_in(request)
    if htmx.wants_fragment(request):
        if not lost:
            return htmx.redirect(request, reverse("live:phone", args=[code.lower()]))
        return render(request, "live/lost.html#now", {"typed": lost, "over": over}, status=410)
    if over:
        page = "live/screen_over.html" if request.resolver_match.url_name == "screen" else "live/over.html"
        return render(request, page, {"live": over, "typed": lost, "code": code.lower()}, status=410)
    if LiveCafe.objects.rehearsed(code):
        return ask_code(request, code, REHEARSED, status=410)
    return ask_code(request, code, UNKNOWN, status=404)


def put_out(request, live: LiveCafe, seat: Seat) -> HttpResponse:
    """That this phone takes part no more, with what was typed on it."""
    context = {"live": live, "typed": typed.typed_in(request), "code": live.shown_code.lower()}
    look = phones.look_of(live)
    context |= {"look": look, "mark": task_of(look), "me": seat.mark}
    return htmx.respond(request, "live/put_out.html", "now", context, status=403)


def ask_code(request, code: str = "", problem: str = "", *, status: int = 200) -> HttpResponse:
    """The form for a code, with what was typed and what is wrong with it."""
    form = CodeForm({"code": code}) if problem else CodeForm()
    if problem and form.is_valid():
        form.add_error("code", problem)
    context = {"form": form, "now": LiveCafe.objects.of_today()}
    lost = {"typed": typed.typed_in(request), "code": code.lower() if problem else ""}
    return render(request, "live/join.html", context | lost, status=status)
