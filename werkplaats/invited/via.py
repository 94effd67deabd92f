"""The code of an invitation link on its way: in the address of a page and in its forms, and never in a cookie."""

import logging

from django.db import DatabaseError
from django.utils.html import format_html
from django.utils.safestring import SafeString

from werkplaats.invited.models import CODE, Act, InvitationLink, Kind, LinkUse
from werkplaats.web.requests import Request

VIA, NO_CODE = "via", "0"
logger = logging.getLogger(__name__)


def typed(request: Request) -> str:
    """What a page or form brought, whatever it is. The page of a link is asked by its path, and sets it itself."""
    return getattr(request, VIA, "") or request.POST.get(VIA) or request.GET.get(VIA) or ""


def asked(request: Request) -> tuple[str, Kind]:
    """The code that may be one, else empty; and for which kind of invitation it was sent."""
    code, _, kind = typed(request).lower().partition(".")
    return (code if CODE.fullmatch(code) else ""), Kind.asked(kind)


def word(request: Request) -> str:
    """As it stands in addresses and forms: the code, and the kind unless it is the plain one.

    What was typed and is no code stays so: who comes by it did not come without a link.
    """
    code, kind = asked(request)
    if not code:
        return NO_CODE if typed(request) else ""
    return code if kind == Kind.PLAIN else f"{code}.{kind}"


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
    """The link that this page or form was opened by, as long as it counts. No query when it brings no code."""
    code, _ = asked(request)
    return InvitationLink.objects.filter(code=code, ended_at=None).first() if code else None


def count(request: Request, *acts: Act, also_without: bool = False) -> None:
    """Counts what somebody did by a link, for the first time; a code that is no link's counts nothing.

    `also_without`: what was done without any code, too. To be called outside a transaction, once it is done: what
    cannot be counted then is lost, and nothing else.
    """
    link = link_of(request) if acts else None
    if not acts or (link is None and (typed(request) or not also_without)):
        return
    kind = Kind.NONE if link is None else Kind.CALL if link.is_call else asked(request)[1]
    try:
        LinkUse.objects.note(acts, kind, link)
    except DatabaseError:
        logger.exception("not counted: %s", ", ".join(acts))
