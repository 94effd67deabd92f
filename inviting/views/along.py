"""The code of an invitation link goes along to each page where one takes part: as part of its address."""

import re
from html import unescape
from urllib.parse import quote

from django.http import HttpResponse
from django.urls import Resolver404, resolve
from django.utils.html import escape

from werkplaats.invited import via
from werkplaats.web.requests import GetResponse, Request

# Their forms count what came of a link, or they lead to such a form.
TAKING_PART = {
    "home",
    "posts:current",
    "posts:question",
    "posts:news",
    "posts:create",  # opened by itself it leads to the question
    "posts:post",
    "posts:answer",
    "posts:wipe",
    "posts:sender",
    "polls:poll",
    "events:cafes",
    "events:cafe",
}
TAG = re.compile(r"<(?:a|div)\b[^>]*>")  # our own templates write no > in a value
ADDRESS = re.compile(r'( (?:href|hx-get)=")(/(?!/)[^"]*|\?[^"]*)"')
BY_GET = re.compile(r'<form\b(?=[^>]* method="get")(?=[^>]* action="([^"]*)")[^>]*>')
SHARED = " data-share"  # what somebody passes on is of their own


def along(get_response: GetResponse) -> GetResponse:
    """Middleware: what a page answers to who came by a link leads on with its code. Others pay nothing."""

    def middleware(request: Request) -> HttpResponse:
        response = get_response(request)
        if _leads(response) and via.word(request):
            lead_on(request, response)
        return response

    return middleware


def lead_on(request: Request, response: HttpResponse) -> None:
    """Changes where it leads at once; or the links of a page, and its forms that put what is typed in the address."""
    leading = Leading(request)
    if "Location" in response.headers:
        response.headers["Location"] = leading.to(response.headers["Location"])
        return
    page = TAG.sub(leading.of_tag, response.content.decode())
    response.content = BY_GET.sub(leading.of_form, page)


def _leads(response: HttpResponse) -> bool:
    is_page = not response.streaming and response.headers.get("Content-Type", "").startswith("text/html")
    return is_page or "Location" in response.headers


class Leading:
    """The addresses of one answer."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.found: dict[str, bool] = {}

    def to(self, address: str) -> str:
        return via.along(self.request, address) if self.takes(address) else address

    def takes(self, address: str) -> bool:
        """Whether one takes part there, and the code is not in it yet."""
        path, _, query = address.partition("#")[0].partition("?")
        path = path or self.request.path
        if not path.startswith("/") or f"{via.VIA}=" in query:
            return False
        if path not in self.found:
            self.found[path] = _is_taking_part(path)
        return self.found[path]

    def of_tag(self, tag: re.Match[str]) -> str:
        return tag[0] if SHARED in tag[0] else ADDRESS.sub(self._of_address, tag[0])

    def _of_address(self, found: re.Match[str]) -> str:
        return f'{found[1]}{escape(self.to(unescape(found[2])))}"'

    def of_form(self, form: re.Match[str]) -> str:
        """A browser throws away what stood in the address of such a form."""
        return f"{form[0]}{via.field(self.request)}" if self.takes(unescape(form[1])) else form[0]


def _is_taking_part(path: str) -> bool:
    try:
        return resolve(path).view_name in TAKING_PART
    except Resolver404:
        return False


def stay(request: Request, response: HttpResponse, page: str) -> HttpResponse:
    """The same page, whose links to itself (another language, order, part of the list) stay at the invitation.

    `page` is its own address, when nobody invites.
    """
    here = escape(quote(request.path)).encode()
    for end in (b'"', b"?", b"#"):
        response.content = response.content.replace(b'="' + page.encode() + end, b'="' + here + end)
    return response
