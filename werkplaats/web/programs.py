"""Telling people from programs without a third party: a field that nobody sees, and the moment a form was made.

Nobody is refused by this: it tells that somebody should look first, and what that means each form decides.
"""

import re
import time

from django.core import signing
from django.http import HttpRequest

TRAP = "website"  # a field that people do not see and programs fill in
MOMENT = "moment"  # when the form was made, signed
TOO_FAST = 2.0  # seconds; no person reads, writes and sends a form in less

signer = signing.Signer(salt="posts.moment")

# «https://», «www.», «winkel.nl/aanbieding», and bare names in domains that people and spammers use.
LINK = re.compile(
    r"https?://|\bwww\.|[^\W_]\.[a-z]{2,18}/[^\s]"
    r"|[^\W_]\.(?:nl|com|net|org|eu|be|de|info|biz|shop|site|online|store|xyz|top|club|app|link|io|ru|cn)(?![\w-])",
    re.IGNORECASE,
)


def moment(ago: float = 0) -> str:
    """The signed moment for a form: now, or so many seconds ago."""
    return signer.sign(str(int((time.time() - ago) * 10)))


def age(moment: str) -> float | None:
    """How many seconds ago a form was made; None when the moment is not ours."""
    try:
        return time.time() - int(signer.unsign(moment)) / 10
    except (signing.BadSignature, ValueError):
        return None


def moment_for(request: HttpRequest) -> str:
    """The moment for a form on this page: a form that goes back to its writer keeps its own."""
    sent = request.POST.get(MOMENT, "")
    return sent if age(sent) is not None else moment()


def looks_hurried(request: HttpRequest) -> bool:
    """Whether a program seems to have sent this. A form may be open for days."""
    since = age(request.POST.get(MOMENT, ""))
    return bool(request.POST.get(TRAP)) or since is None or since < TOO_FAST


def has_link(text: str) -> bool:
    return bool(LINK.search(text))
