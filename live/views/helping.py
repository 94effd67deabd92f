"""Who reads along in the room on their own phone: a link makes it theirs, and then they see what waits."""

from contextlib import suppress

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from live.actions import joining
from live.models import HelperKey, Seat
from live.models.cafes import Ended
from live.reading import leading as reading
from live.reading import rights
from live.views import words
from live.views.leading import MOVED, answer, leads
from werkplaats import qr
from werkplaats.web import htmx, only_post
from werkplaats.web.addresses import row_key

PAGE = "live/helping.html"
MOST_OUT = 5  # phones that were put out, the last ones


@only_post.only("live:lead", "pk")
@leads
def hand_out(request, live):
    """A link for one phone, which is told this once; or, with `einde`, the end of one."""
    if key := row_key(request.POST.get("einde")):
        get_object_or_404(HelperKey, live=live, pk=key).end()
        return answer(request, live)
    if live.closed_at:
        return answer(request, live, problem=MOVED, status=409)
    secret = HelperKey.objects.make(live, request.user)[1]
    link = settings.SITE_URL + reverse("live:help_out", args=[secret])
    return answer(request, live, helper_link=link, helper_code=qr.svg(link))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def help_out(request, token):
    """What the link opens: a page with one button, which makes this phone the one that reads along."""
    mine = rights.helper_of(request)
    key = HelperKey.objects.of(token)
    if key and key.live.is_off:
        return _off(request, key)
    if key and mine == key:
        return redirect("live:help")
    if request.method != "POST" or key is None or key.browser:
        return _closed(request, key, free=bool(key and not key.browser and key.live.may_be_led_by(key.by)))
    secret = key.take()
    if secret is None:
        return _closed(request, key, free=False)
    response = redirect("live:help")
    rights.COOKIE.write(response, secret)
    return response


def _closed(request, key: HelperKey | None, *, free: bool) -> HttpResponse:
    """The page of a link: with its button as long as it is `free`."""
    context = {"key": key, "free": free}
    return render(request, "live/helping_link.html", context, status=200 if free else 410)


def _off(request, key: HelperKey) -> HttpResponse:
    """That the café was called off: nobody has to read anything any more."""
    return render(request, "live/helping_link.html", {"off": key.live.cafe}, status=410)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def helping(request):
    """What waits, for who helps: one press for each."""
    key = rights.helper_of(request)
    if key is None:
        return render(request, "live/helping_link.html", {"over": True}, status=410)
    if key.live.is_off:
        return _off(request, key)
    problem = act(request, key) if request.method == "POST" else ""
    if request.method == "POST" and not problem and not htmx.wants_fragment(request):
        return redirect("live:help")
    waiting = reading.waiting_in(key.live)
    context = {
        "key": key,
        "live": key.live,
        "waiting": waiting[: reading.MOST_WAITING],
        "wait": len(waiting),
        "out": Seat.objects.filter(live=key.live, put_out_at__isnull=False).order_by("-put_out_at")[:MOST_OUT],
        "problem": problem,
        "reasons": words.REASONS,
    }
    return htmx.respond(request, PAGE, "desk", context, status=409 if problem else 200)


def act(request, key: HelperKey) -> str:
    """What was pressed, with words that wait or a phone that was put out. Returns why not, if not."""
    if seat := row_key(request.POST.get("binnen")):
        with suppress(Ended):
            joining.let_in(key.live, [seat])
        return ""
    return words.decide(request, key.live, key.by)
