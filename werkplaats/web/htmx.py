"""What views need of htmx 4 beyond `request.htmx` and `django_htmx.http`: fragments of the page's own template.

htmx 4 ignores HX-Trigger-After-* headers and the status 286, so `trigger_client_event(after=…)` and
`HttpResponseStopPolling` do nothing. django_htmx is no installed app: its tags would load another htmx than ours.
"""

from typing import Any

from django import shortcuts
from django.http import HttpResponse
from django.utils.cache import patch_vary_headers
from django_htmx.http import HttpResponseClientRedirect

from werkplaats.web.requests import Request


def wants_fragment(request: Request) -> bool:
    """Whether htmx asks, and will put the answer in a place of the page that it has."""
    htmx = getattr(request, "htmx", None)  # a missing static file under runserver comes past no middleware
    return htmx is not None and bool(htmx) and htmx.request_type != "full"


def respond(
    request: Request, template: str, partial: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """The page, or only its partial (a {% partialdef %} in `template`) when htmx asks."""
    name = f"{template}#{partial}" if wants_fragment(request) else template
    return vary(shortcuts.render(request, name, context, status=status))


def vary(response: HttpResponse) -> HttpResponse:
    """The same answer, which says that htmx may get another."""
    patch_vary_headers(response, ["HX-Request", "HX-Request-Type"])
    return response


def redirect(request: Request, to: str) -> HttpResponse:
    """To another page, also when htmx asks: it would put that page in a place of this one."""
    return HttpResponseClientRedirect(to) if wants_fragment(request) else shortcuts.redirect(to)
