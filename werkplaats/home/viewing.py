"""The small line that asks in which role somebody looks along, and the answer to it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from werkplaats.people import viewing
from werkplaats.people.merging import look_along_as
from werkplaats.site.context import site_of
from werkplaats.web import htmx
from werkplaats.web.audit import leaves_no_history
from werkplaats.web.requests import Request


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@leaves_no_history
def look_along(request: Request) -> HttpResponse:
    """Keeps the role, or that somebody rather does not say it; tells what was kept. Twice is once.

    GET is for htmx: the line itself.
    """
    if request.method != "POST":
        return htmx.vary(HttpResponse(line(request)) if htmx.wants_fragment(request) else redirect("home"))
    wanted = request.POST.get(viewing.FIELD, "")
    role = next((role for role in site_of(request).lists.roles if str(role.pk) == wanted), None)
    if "weg" in request.POST:
        role = None
    elif role is None:
        return ask_again(request)
    elif not request.visitor_id or not look_along_as(request.visitor_id, role):
        return not_kept(request)
    if not htmx.wants_fragment(request):
        return viewing.settle(redirect(back_of(request)))
    return viewing.settle(render(request, "includes/viewing.html#told", {"role": role}))


def ask_again(request: Request) -> HttpResponse:
    """The line once more, as no role of ours was chosen."""
    if not htmx.wants_fragment(request):
        return viewing.lead(redirect(back_of(request)), place_of(request))
    return HttpResponse(line(request, missing=True), status=422)


def not_kept(request: Request) -> HttpResponse:
    """Nothing of theirs is here any more, as after a log-in that ended: the next thumb or sticker asks again."""
    if not htmx.wants_fragment(request):
        return viewing.begin_anew(redirect(back_of(request)))
    return viewing.begin_anew(render(request, "includes/viewing.html#told", {"lost": True}, status=409))


def line(request: Request, **more: bool) -> str:
    """The line as HTML; nothing where there are no roles."""
    roles = site_of(request).lists.roles
    return viewing.line(request, roles, back_of(request), place_of(request), **more) if roles else ""


def said_in(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, request.GET.get(name, ""))


def place_of(request: HttpRequest) -> str:
    return said_in(request, "bij")[:20]


def back_of(request: HttpRequest) -> str:
    """The path from which the answer came; the front page when that is none of this site."""
    path = said_in(request, "terug")
    return path if path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None) else "/"
