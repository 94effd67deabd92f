"""The page that an invitation link opens: the question of now, its box first, with who invites."""

import re

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from events import landing as cafes
from inviting.models import Consulent
from inviting.views import along
from posts import talk
from werkplaats.gaps import Part, gap
from werkplaats.invited import via
from werkplaats.site.context import site_of

TEMPLATE = "inviting/link.html"
WORD = re.compile("[0-9A-Za-z]+")


@require_safe
def link(request, asked=""):
    """`asked`: the code, and perhaps a kind behind a slash. Whatever it is, the page is the same, with status 200.

    Mail programs glue a bracket, a quote or a slash of the text around it to an address.
    """
    code, _, kind = asked.partition("/")
    request.via = f"{word_in(code)}.{word_in(kind)}"
    around = talk.Around(TEMPLATE, Part("", lambda: {"invites": gap("invites")}, {"invites": lambda: invites(request)}))
    return along.stay(request, talk.show_current(request, around=around), talk.address_of_current(request))


def word_in(text: str) -> str:
    """The first letters and digits: what is no part of a code stands around them."""
    found = WORD.search(text)
    return found[0] if found else ""


def invites(request) -> SafeString:
    """Who invites, as long as they do; and the café that comes, by the same link."""
    code, _ = via.asked(request)
    name = Consulent.objects.who_invites(code)
    cafe = cafes.next_open(site_of(request))
    address = via.along(request, cafe.get_absolute_url()) if cafe else ""
    return render_to_string("inviting/invites.html", {"name": name, "cafe": cafe, "address": address})
