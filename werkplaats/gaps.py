"""Pages that are made once for everyone, with gaps for what is each reader's own.

A part of a page says on what it depends, makes its context when nothing is kept for that, and fills the gaps: a token,
a moment, fields with a name in them. So what is kept can hold none of these.
"""

from collections.abc import Callable, Hashable, Mapping
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from werkplaats.kept import shared

MARK = "\0"  # no text holds one: neither PostgreSQL nor the site's fields take it

# By the name of a gap: what stands there for this reader. A function is asked only where the page has that gap.
type Fillings = Mapping[str, str | Callable[[], str]]


class Part(NamedTuple):
    """`key`: all that shows in it besides what the version of the site and the day stand for."""

    key: Hashable
    make: Callable[[], dict[str, Any]]
    gaps: Fillings


class GappedPage:
    """A template drawn with a mark where each gap is; every request fills the same object."""

    def __init__(self, template: str, context: dict[str, Any], request: HttpRequest | None = None) -> None:
        """`request` for a page that is not kept: its context tells who asks."""
        self.pieces = render_to_string(template, context, request).split(MARK)

    def fill(self, fillings: Fillings) -> SafeString:
        """The page for one reader. A gap that stands in it twice is filled with the same."""
        names = dict.fromkeys(self.pieces[1::2])
        found = {name: conditional_escape(_asked(fillings[name])) for name in names}
        pieces = self.pieces.copy()
        pieces[1::2] = [found[name] for name in pieces[1::2]]
        return mark_safe("".join(pieces))  # noqa: S308  our own templates


def for_everyone(
    request: HttpRequest,
    template: str,
    version: Hashable,
    make: Callable[[], dict[str, Any]],
    fillings: Fillings,
    *,
    about: str = "",
) -> HttpResponse:
    """The page for somebody who is not logged in. No request and no person is at hand while it is drawn.

    `version` is all that shows in it but its gaps. `about` tells pages of one address apart that people read by
    turns: of what it is, in which language. It takes room for good, so it names rows that exist.
    """
    view = request.resolver_match.view_name if request.resolver_match else ""
    host = request.get_host()

    def draw() -> GappedPage:
        asked = {"scheme": request.scheme, "get_host": host, "resolver_match": {"view_name": view}}
        context = {"request": asked, "demo": settings.DEMO, "csrf_token": gap("csrf_token")}
        return GappedPage(template, make() | context)

    page = shared(f"{template} {view} {about}", (version, request.scheme, host), draw)
    return HttpResponse(page.fill({**fillings, "csrf_token": lambda: get_token(request)}))


def gap(name: str) -> SafeString:
    """What stands in the context for a value that is the reader's own."""
    return mark_safe(f"{MARK}{name}{MARK}")  # noqa: S308  a name of our own


def _asked(filling: str | Callable[[], str]) -> str:
    return filling() if callable(filling) else filling
