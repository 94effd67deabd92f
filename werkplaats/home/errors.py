"""What the site says when something goes wrong: a page, or for htmx a notice that leaves the page as it is."""

import errno
import re
import sys
from typing import Any
from urllib.parse import urlencode

import psycopg
from django import db
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django_htmx.http import reselect, reswap, retarget

from werkplaats.home.unsent import labelled
from werkplaats.web import unsent
from werkplaats.web.htmx import wants_fragment
from werkplaats.web.requests import Request
from werkplaats.web.typed import comes_from_here, kept_fields, typed_in

DATABASE_TROUBLE = (db.OperationalError, db.InterfaceError, psycopg.OperationalError, psycopg.InterfaceError)
STAFF_PAGES = re.compile(r"(?P<page>/cafes/[^/]+/bij-de-deur/|/stickerrondes/[^/]+/bediening/)|/cafes/[^/]+/binnen/")
RETRY_AFTER = 5  # seconds: what a restart of PostgreSQL takes
FULL = (errno.ENOSPC, errno.EDQUOT)  # of a disk


def trouble(request: Request, status: int, *, retry_after: int | None = None, **context: Any) -> HttpResponse:
    """The page `<status>.html`, which needs neither database nor session, or its words as a notice for htmx."""
    if wants_fragment(request):
        context |= {"heading": f"{status}.html#heading", "words": f"{status}.html#words"}
        response = HttpResponse(render_to_string("home/trouble.html", context), status=status)
        beside(response)
    else:
        response = HttpResponse(render_to_string(f"{status}.html", context), status=status)
    if retry_after:
        response.headers["Retry-After"] = str(retry_after)
    return response


def beside(response: HttpResponse) -> None:
    """Has htmx put the answer on top of the page, whatever it asked for: what was typed stays where it is."""
    retarget(response, "#inhoud")
    reswap(response, "afterbegin")
    reselect(response, "#storing")


def bad_request(request: Request, exception: Exception) -> HttpResponse:
    return trouble(request, 400)


def forbidden(request: Request, exception: Exception) -> HttpResponse:
    return trouble(request, 403)


def not_found(request: Request, exception: Exception) -> HttpResponse:
    """Gives back what was typed: what a form is about may go away while somebody writes.

    Who sent a form of a page for staff after their session was over logs in first, and gets it back then.
    """
    if is_logged_out(request):
        if not wants_fragment(request):
            return unsent.log_in_first(request)
        return trouble(request, 401, log_in=log_in_for(request.path))
    typed = typed_in(request) if request.resolver_match else []
    log_in = log_in_for(request.path)
    is_out = bool(typed and log_in) and not request.user.is_authenticated
    return trouble(request, 404, log_in=log_in, typed=typed, is_out=is_out)


def is_logged_out(request: Request) -> bool:
    """Whether this is a form that stood on a page for staff, sent by who is not logged in any more."""
    return bool(log_in_for(request.path) and unsent.whose(request)) and not request.user.is_authenticated


def log_in_for(path: str) -> str:
    """The way to log in, for staff whose session is over when they open one of their pages; empty elsewhere.

    The same for every address there, whatever there is: it tells nothing. What only takes a POST leads to its page.
    """
    if found := STAFF_PAGES.match(path):
        wanted = found["page"] or path
        return f"{reverse('admin:login')}?{urlencode({'next': wanted})}"
    return ""


def too_many(request: Request) -> HttpResponse:
    """Called by allauth when a limit on mails or codes is reached."""
    return trouble(request, 429, retry_after=60)


def broken(request: Request) -> HttpResponse:
    """500; 503 when the database is gone, locked or busy, or the disk is full; 400 for a value that cannot be read.

    Forms refuse such a value before. What stands in an address, and no form of ours makes, may come so far.
    """
    error = sys.exception()
    if comes_from(error, DATABASE_TROUBLE):
        return trouble(request, 503, retry_after=RETRY_AFTER)
    if isinstance(error, OSError) and error.errno in FULL:
        return trouble(request, 503, retry_after=60)
    return trouble(request, 400 if comes_from(error, (db.DataError,)) else 500)


def comes_from(error: BaseException | None, kinds: tuple[type[Exception], ...]) -> bool:
    """Whether the exception, or one that it came from, is one of these."""
    seen = set()
    while error is not None and id(error) not in seen:
        if isinstance(error, kinds):
            return True
        seen.add(id(error))
        error = error.__cause__ or error.__context__
    return False


def csrf_failure(request: Request, reason: str = "") -> HttpResponse:
    """Gives back what was typed in a form that was open too long, to be sent again with one press.

    A form of the back office is kept for who sent it, and offers what was typed itself (werkplaats/web/unsent.py).
    htmx still has the form: its page gets the new token, and says who is logged in now (static/js/presses.js). A
    browser that brought no cookie, though the page with the form set one, has to keep them first: no press helps.
    """
    fragment = wants_fragment(request)
    if comes_from_here(request) and not fragment and (onward := unsent.on_again(request)):
        return onward
    is_of_another = unsent.is_of_another(request)
    fields = [] if is_of_another else kept_fields(request)
    context = {
        "is_of_another": is_of_another,
        "no_cookie": settings.CSRF_COOKIE_NAME not in request.COOKIES,
        "fields": labelled(fields),
        "may_send": bool(fields) and comes_from_here(request),
        "had_files": bool(request.FILES),
        "path": request.get_full_path(),
    }
    name = "home/press_again.html" if fragment else "home/stale_form.html"
    response = render(request, name, context, status=403)
    if fragment:
        beside(response)
    return response
