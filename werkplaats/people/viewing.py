"""In which role somebody looks along who gives thumbs or stickers: a small line asks it, once per browser.

Who is known is not asked: the statement of a thumb or a sticker tells that along the way. In the answer to htmx the
line fetches itself, so that a thumb costs what it did; without JavaScript the next page shows it, which the cookie
knows until then.
"""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from werkplaats.people.models import Role
from werkplaats.people.visitors import ONE_YEAR
from werkplaats.web.cookies import SignedCookie
from werkplaats.web.htmx import wants_fragment
from werkplaats.web.requests import Request

# Whoever uses the device next is asked again.
COOKIE = SignedCookie("kijkrol", salt="people.viewing", max_age=ONE_YEAR, of_person=True)
ASKED, SETTLED = 1, 2  # what stands in it: the line was there; it was answered or waved away. A list: see `lead`
FIELD = "kijkrol"


def is_due(request: HttpRequest) -> bool:
    """Whether this browser has not seen the line yet. No query."""
    return COOKIE.read(request) is None


def lead(response: HttpResponse, at: str) -> HttpResponse:
    """Has the page to which this response leads show the line; `at` tells it where. Returns the response."""
    COOKIE.write(response, [at])
    return response


def led(request: Request) -> str | None:
    """Where a press without JavaScript has this page show the line; mostly None. No query."""
    said = COOKIE.read(request)
    shows = isinstance(said, list) and not wants_fragment(request) and request.visitor_id is not None
    return str(said[0]) if shows else None


def asked(response: HttpResponse) -> HttpResponse:
    """Notes that the line is on its way. Returns the response."""
    COOKIE.write(response, ASKED)
    return response


def settle(response: HttpResponse) -> HttpResponse:
    """Notes that nobody needs to be asked here any more. Returns the response."""
    COOKIE.write(response, SETTLED)
    return response


def begin_anew(response: HttpResponse) -> HttpResponse:
    """Has this browser be asked as if it never was. Returns the response."""
    COOKIE.delete(response)
    return response


def awaited(back: str, at: object) -> SafeString:
    """A place in a page that htmx fills with `line`."""
    return render_to_string("includes/viewing.html#awaited", {"query": urlencode({"terug": back, "bij": at})})


def line(request: HttpRequest, roles: list[Role], back: str, at: object, **more: Any) -> SafeString:
    """The line as HTML. `back` is the path to which its buttons lead without JavaScript, `at` as for `lead`."""
    context = {"roles": roles, "back": back, "at": str(at), "field": FIELD, **more}
    return render_to_string("includes/viewing.html#ask", context, request)
