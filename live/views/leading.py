"""The pages of who leads a café: what to say, one big button, what waits, the running order.

Each form names the turn that its page showed. A command of a page that is behind does nothing: it gets the page as it
is now, with 409. For whom the café is not to lead, none of these addresses exists.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from live.actions import leading, preparing, saying
from live.models import LiveCafe
from live.models.cafes import Moved
from live.reading import leading as reading
from live.reading import rights
from live.views import words
from werkplaats.web import htmx, only_post, unsent
from werkplaats.web.addresses import row_key, whole_number
from werkplaats.web.requests import View
from werkplaats.words import day

PAGE = "live/leading.html"
PARTS = ("nu", "wacht", "groot", "draaiboek")
MOVED = "Er is intussen iets anders gekozen. Er is nu niets veranderd: zo staat het."
LOGGED_OUT = "backoffice/logged_out.html"


def leads(view: Callable[..., HttpResponseBase]) -> View:
    """A decorator of views, which get the room: for who leads it, with the second factor of the back office.

    Who is not logged in logs in first, and comes back here. For everyone else there is no such page.
    """

    @wraps(view)
    def guarded(request: Any, pk: int, **kwargs: Any) -> HttpResponseBase:
        if not admin.site.has_permission(request) and (request.user.is_staff or not request.user.is_authenticated):
            if htmx.wants_fragment(request):
                return render(request, LOGGED_OUT, {"next": reverse("live:lead", args=[pk])}, status=401)
            return unsent.log_in_first(request)
        if not rights.leader(request, pk):
            raise Http404
        live = reading.led(pk)
        return over(request, live) if live.is_over else view(request, live, **kwargs)

    return never_cache(guarded)


def over(request: Any, live: LiveCafe) -> HttpResponseBase:
    """Of a room that is closed or called off nothing is led any more: where its words are, and what waits of them."""
    if htmx.wants_fragment(request):
        return htmx.redirect(request, reverse("live:lead", args=[live.pk]))
    wait = live.voices.filter(post__published_at=None, post__removed_at=None, post__isnull=False).count()
    context = {"live": live, "wait": wait}
    return render(request, "live/leading_over.html", context, status=410 if request.method == "POST" else 200)


def command(act: Callable[..., Any]) -> View:
    """The view of a command: `act` gets the request, the room and the turn that the page showed."""

    @only_post.only("live:lead", "pk")
    @leads
    @wraps(act)
    def view(request: HttpRequest, live: LiveCafe, **kwargs: Any) -> HttpResponse:
        try:
            act(request, live, whole_number(request.POST.get("beurt", "")), **kwargs)
        except Moved:
            return answer(request, live, problem=MOVED, status=409)
        except ValidationError as error:
            return answer(request, live, problem=error.messages[0], status=409)
        return answer(request, live)

    return view


@require_safe
@leads
def lead(request, live):
    return answer(request, live)


@command
def begin(request, live, seen):
    begin_today(live, seen)


def begin_today(live: LiveCafe, seen: int) -> None:
    """Raises ValidationError days before the café, when one press would fix the question, and after it; and Moved."""
    if not leading.can_begin(live):
        late = leading.TOO_LATE if live.cafe.is_past else leading.TOO_EARLY.format(day(live.cafe.starts_at))
        raise ValidationError(late)
    leading.begin(live, seen)


@command
def go(request, live, seen):
    """Does what the big button says in this turn: for the keys of the screen."""
    step = reading.desk_of(live).step
    if live.turn != seen or step is None:
        raise Moved
    COMMANDS[step.name](live, seen, step.scene, bool(step.fields.get("tijd")))


COMMANDS: dict[str, Callable[[LiveCafe, int, Any, bool], Any]] = {
    "begin": lambda live, seen, scene, timed: begin_today(live, seen),
    "clear": lambda live, seen, scene, timed: leading.clear(live, seen, empty=False),
    "spotlight": lambda live, seen, scene, timed: leading.spotlight(live, seen, None),
    "reveal": lambda live, seen, scene, timed: leading.reveal(live, seen),
    "start_time": lambda live, seen, scene, timed: leading.start_time(live, seen),
    "go_to": lambda live, seen, scene, timed: leading.go_to(live, seen, scene, with_time=timed),
}


@command
def back(request, live, seen):
    """To the scene before: for the keys of the screen."""
    scene = reading.desk_of(live).previous
    if live.turn != seen or scene is None:
        raise Moved
    leading.go_to(live, seen, scene)


@command
def go_to(request, live, seen, scene):
    """To any scene. One that is in this running order no more was taken out of it since the page was drawn."""
    found = live.scenes.filter(pk=scene).first()
    if found is None:
        raise Moved
    leading.go_to(live, seen, found, with_time=bool(request.POST.get("tijd")))


@command
def reveal(request, live, seen):
    leading.reveal(live, seen)


@command
def clear(request, live, seen):
    """Empties the screen; `leeg=nee` shows it again. From the keys without a word: the one that it is not now."""
    wanted = request.POST.get("leeg")
    leading.clear(live, seen, empty=wanted != "nee" if wanted else not live.cleared_at)


@command
def start_time(request, live, seen):
    leading.start_time(live, seen)


@command
def add_minute(request, live, seen):
    leading.add_minute(live, seen)


@command
def spotlight(request, live, seen):
    """Makes one voice large; without one all of them stand there again."""
    key = row_key(request.POST.get("stem"))
    voice = words.voice_of(live, key) if key else None
    if key and voice is None:
        raise Moved
    leading.spotlight(live, seen, voice)


@command
def go_alone(request, live, seen):
    leading.go_alone(live, seen, alone=bool(request.POST.get("alleen")))


@command
def darken(request, live, seen):
    leading.darken(live, seen, dark=bool(request.POST.get("donker")))


@only_post.only("live:lead", "pk")
@leads
def hide(request, live):
    """Takes one voice off the screen and out of sight: it names which, so that twice is once."""
    if voice := words.voice_of(live, words.voice_in(request)):
        saying.hide(voice)
    return answer(request, live)


@only_post.only("live:lead", "pk")
@leads
def decide(request, live):
    """Shows what waits, leaves it for later or takes it away: the same choice as a helper has."""
    problem = words.decide(request, live, request.user)
    return answer(request, live, problem=problem, status=409 if problem else 200)


@only_post.only("live:lead", "pk")
@leads
def move(request, live, scene):
    """One place up or down in the running order, from where the page showed it."""
    found, seen = live.scenes.filter(pk=scene).first(), whole_number(request.POST.get("plaats", ""))
    if found is None:
        return answer(request, live, moving=True, problem=MOVED, status=409)
    preparing.move(found, seen, by=-1 if request.POST.get("doe") == "omhoog" else 1)
    return answer(request, live, moving=True)


def answer(request: Any, live: LiveCafe, *, problem: str = "", status: int = 200, **context: Any) -> HttpResponse:
    """The part of the page that was looked at; for htmx only what changes. What was done leads to the page."""
    asked = (request.POST or request.GET).get("deel", "")
    part = asked if asked in PARTS else "nu"
    if request.method == "POST" and status == 200 and not context and not htmx.wants_fragment(request):
        return redirect(f"{reverse('live:lead', args=[live.pk])}?deel={part}")
    desk = reading.desk_of(reading.led(live.pk))
    context |= {
        "desk": desk,
        "live": desk.live,
        "part": part,
        "problem": problem,
        "reasons": words.REASONS,
        "address": desk.step.address(live) if desk.step else "",
    }
    return htmx.respond(request, PAGE, "desk", context, status=status)
