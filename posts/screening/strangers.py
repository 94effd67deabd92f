"""Telling people from programs without a third party, and slowing down heavy writers.

Nobody is refused for what others behind the same IP address do: limits follow the visitor. A program that throws its
cookies away only fills the queue of moderators, which has a ceiling.
"""

import re
import time
from uuid import UUID

from django.core import signing

from posts.models import Hold, Post
from werkplaats.models import User
from werkplaats.web import limits

TRAP = "website"  # a field that people do not see and programs fill in
MOMENT = "moment"  # when the form was made, signed
TOO_FAST = 2.0  # seconds; no person reads, writes and sends a form in less
MOST_WAITING = 2000  # posts; a moderator reads perhaps a hundred an hour

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


def moment_for(request) -> str:
    """The moment for a form on this page: a form that goes back to its writer keeps its own."""
    sent = request.POST.get(MOMENT, "")
    return sent if age(sent) is not None else moment()


def looks_hurried(request) -> bool:
    """Whether a program seems to have sent this. A form may be open for days."""
    since = age(request.POST.get(MOMENT, ""))
    return bool(request.POST.get(TRAP)) or since is None or since < TOO_FAST


def has_link(text: str) -> bool:
    return bool(LINK.search(text))


def writes_too_much(visitor_id: UUID) -> bool:
    """Counts one more change of a post by this visitor. Returns whether that is beyond the limits."""
    return bool(limits.beyond({"write_post": visitor_id.hex}))


def hold_for(form, by: User | None) -> str:
    """Why a moderator reads the words of this form first; empty when nothing in them says so."""
    if form.hints:
        return Hold.HINT
    return Hold.LINKS if not by and has_link(form.words) else ""


def queue_is_full() -> bool:
    return Post.objects.waiting().order_by()[:MOST_WAITING].count() >= MOST_WAITING
