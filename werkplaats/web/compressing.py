"""Pages leave compressed, save those that hold a secret: docs/decisions/what-is-compressed.md says why that is safe.

Static files are compressed once, when they are collected, and come past another middleware.
"""

import gzip
import re

from django.conf import settings
from django.http import HttpResponse
from django.utils.cache import patch_vary_headers

from werkplaats.web.requests import GetResponse, Request

LEVEL = 3  # 127 KB becomes 11 in 0.34 ms; level 6 takes twice as long for a tenth less
SMALLEST = 1000  # bytes: below that it saves no packet
TYPES = ("text/html", "application/atom+xml")
ACCEPTED = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))", re.IGNORECASE)


def compressing(get_response: GetResponse) -> GetResponse:
    def middleware(request: Request) -> HttpResponse:
        response = get_response(request)
        if may_be_compressed(request, response):
            patch_vary_headers(response, ["Accept-Encoding"])
            if ACCEPTED.search(request.headers.get("Accept-Encoding", "")):
                compress(response)
        return response

    return middleware


def may_be_compressed(request: Request, response: HttpResponse) -> bool:
    """Whether it is text of some length that holds no secret."""
    is_text = response.headers.get("Content-Type", "").startswith(TYPES)
    if not is_text or response.streaming or "Content-Encoding" in response.headers:
        return False
    return len(response.content) >= SMALLEST and not holds_secret(request, response)


def holds_secret(request: Request, response: HttpResponse) -> bool:
    """Whether an address or a token may stand in it: it answers a form, is for one who logs in, or may not be kept."""
    sent = request.method not in ("GET", "HEAD")
    in_a_session = settings.SESSION_COOKIE_NAME in request.COOKIES
    return sent or in_a_session or "no-store" in response.headers.get("Cache-Control", "")


def compress(response: HttpResponse) -> None:
    response.content = gzip.compress(response.content, LEVEL, mtime=0)
    response.headers["Content-Encoding"] = "gzip"
    response.headers["Content-Length"] = str(len(response.content))
    if response.headers.get("ETag", "").startswith('"'):
        response.headers["ETag"] = f"W/{response.headers['ETag']}"
