"""Requests that only a scanner sends get a quiet 400 or 404 where stock Django 6.1 answers with a 500.

Two layers, because Django reads the Content-Type before any middleware runs: `plain_content_type` wraps the
WSGI application; GuardMiddleware does the rest, and gives every refusal the site's own error page.
"""

import re
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed

from werkplaats.web.requests import GetResponse, Request

# A phone's photo may have 50 MB. It must reach the form, which says so and keeps the text beside it.
MAX_BODY = 64 * 1024 * 1024

# No address takes another. Asked first: the check of a form's token would say that they are forbidden.
METHODS = ["GET", "HEAD", "POST", "OPTIONS"]

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_CONTROL_IN_QUERY = re.compile(r"%[01][0-9a-f]|%7f|[\x00-\x1f\x7f]", re.IGNORECASE)
# Parameter names without a star: RFC 2231 lets a parameter bring its own charset, or come in pieces, and
# Python's parser falls over some of that. UTF-8 only: other "charsets" are codecs that decode no text, that
# know no errors="replace", or that make lone surrogates (UTF-7).
_PLAIN = re.compile(
    r"[\w.+-]+/[\w.+-]+"
    r'(?:\s*;\s*(?:charset="?utf-?8"?|(?!charset\s*=)[\w-]+=(?:"[^"\\]*"|[^\s;"\\]*)))*\s*;?\s*',
    re.ASCII | re.IGNORECASE,
)
_UTF_8 = re.compile(r'\s*;\s*charset="?utf-?8"?', re.IGNORECASE)


def is_plain(content_type: str) -> bool:
    """Whether Django can read this Content-Type, and the body that it announces, as UTF-8."""
    return not content_type or (len(content_type) < 1000 and bool(_PLAIN.fullmatch(content_type)))


def plain_content_type(application: WSGIApplication) -> WSGIApplication:
    """The WSGI application, shielded from a Content-Type on which Django's request class itself fails."""

    def shielded(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        content_type = environ.get("CONTENT_TYPE", "")
        if is_plain(content_type):
            # Django would read the query string at once to decode it with the charset, UTF-8 or not, and fail
            # there if it has too many fields.
            environ["CONTENT_TYPE"] = _UTF_8.sub("", content_type)
        else:
            environ["CONTENT_TYPE"] = "refused"  # not plain either: the middleware answers
        return application(environ, start_response)

    return shielded


class GuardMiddleware:
    """Refuses what no browser sends, and forgets cookies that no server sets, before anything reads them."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        if _CONTROL.search(request.path_info):
            raise Http404
        if _CONTROL_IN_QUERY.search(request.META.get("QUERY_STRING", "")):
            raise BadRequest("Control characters in the query string.")
        self.check_body(request)
        for name, value in list(request.COOKIES.items()):
            # Dropped, not refused: a spoilt cookie comes with every request and would lock its owner out.
            if _CONTROL.search(name + value):
                del request.COOKIES[name]
        return self.get_response(request)

    def check_body(self, request: HttpRequest) -> None:
        """Reads a form here, where an error is still known to be the sender's."""
        if not is_plain(request.META.get("CONTENT_TYPE", "")):
            raise BadRequest("Content-Type is malformed, or not UTF-8.")
        length = request.META.get("CONTENT_LENGTH") or "0"
        if len(length) > 18 or (length.isdecimal() and int(length) > MAX_BODY):
            raise BadRequest("The body is too large.")
        try:
            request.POST  # noqa: B018
        except (TypeError, ValueError, LookupError) as error:  # from parsing the head of a part
            raise BadRequest("The form data are malformed.") from error
