"""Fragments for htmx, from the same template as the page."""

from django import shortcuts
from django.http import HttpResponse


def wants_fragment(request) -> bool:
    """Whether htmx asks, and will put the answer in a place of the page that it has."""
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-Request-Type") != "full"


def respond(request, template: str, partial: str, context: dict, *, status: int = 200):
    """The page, or only its partial (a {% partialdef %} in `template`) when htmx asks."""
    name = f"{template}#{partial}" if wants_fragment(request) else template
    response = shortcuts.render(request, name, context, status=status)
    response.headers["Vary"] = "HX-Request"
    return response


def redirect(request, to: str) -> HttpResponse:
    """To another page, also when htmx asks: it would put that page in a place of this one."""
    if wants_fragment(request):
        return HttpResponse(headers={"HX-Redirect": to})
    return shortcuts.redirect(to)
