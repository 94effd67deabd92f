"""The code of an invitation link on its way: in the address of a page and in its forms, and never in a cookie."""

import logging

from django.db import DatabaseError
from django.utils.html import format_html
from django.utils.safestring import SafeString

from werkplaats.invited.models import CODE, Act, InvitationLink, Kind, LinkUse
from werkplaats.web.requests import Request

VIA = "via"
logger = logging.getLogger(__name__)


def typed(request: Request) -> str:
    """What a page or form brought, whatever it is. The page of a link is asked by its path, and sets it itself."""
    return getattr(request, VIA, "") or request.POST.get(VIA) or request.GET.get(VIA) or ""


def asked(request: Request) -> tuple[str, Kind]:
    """The code that may be one, else empty; and for which kind of invitation it was sent."""
    code, _, kind = typed(request).lower().partition(".")
    return (code if CODE.fullmatch(code) else ""), (Kind(kind) if kind in Kind.of_consulenten() else Kind.PLAIN)


def word(request: Request) -> str:
    """As it stands in addresses and forms: the code, and the kind unless it is the plain one."""
    code, kind = asked(request)
    return f"{code}.{kind}" if code and kind != Kind.PLAIN else code


def field(request: Request) -> SafeString | str:
    """For a form whose sending counts."""
    return format_html('<input type="hidden" name="{}" value="{}">', VIA, found) if (found := word(request)) else ""


def along(request: Request, address: str) -> str:
    """An address that takes the code along."""
    if not (found := word(request)):
        return address
    path, mark, fragment = address.partition("#")
    return f"{path}{'&' if '?' in path else '?'}{VIA}={found}{mark}{fragment}"


def link_of(request: Request) -> InvitationLink | None:
    """The link that this page or form was opened by. No query when it brings no code."""
    code, _ = asked(request)
    return InvitationLink.objects.filter(code=code).first() if code else None


def count(request: Request, *acts: Act, key: object, also_without: bool = False) -> None:
    """Counts what somebody did by a link; a code that is no link's counts nothing.

    `also_without`: what was done without any code, too. `key` names what was done: the same counts once. To be called
    outside a transaction, once it is done: what cannot be counted then is lost, and nothing else.
    """
    link = link_of(request)
    if link is None and (typed(request) or not also_without):
        return
    kind = Kind.NONE if link is None else Kind.CALL if link.is_call else asked(request)[1]
    try:
        LinkUse.objects.note(acts, kind, link, str(key))
    except DatabaseError:
        logger.exception("not counted: %s", ", ".join(acts))
