"""Telling people from programs without asking anyone else, and slowing down who writes very much.

Nothing here refuses a person for what others behind the same IP address do: limits follow the visitor. A program
that throws its cookies away only fills the queue of moderators, and that has a ceiling.
"""

import re
import time
from uuid import UUID

from django.core import signing

from posts.models.holds import Hold
from posts.models.posts import Post
from werkplaats.people.models import User
from werkplaats.web import limits

TRAP = "website"  # a field that no person sees; programs fill in everything
MOMENT = "moment"  # when the form was made, signed
TOO_FAST = 2.0  # seconds: nobody reads the form, writes and sends it in less
MOST_WAITING = 2000  # posts; a moderator reads perhaps a hundred an hour

signer = signing.Signer(salt="posts.moment")

# «https://», «www.», «winkel.nl/aanbieding», and bare names in the domains that people and spammers use.
LINK = re.compile(
    r"https?://|\bwww\.|[^\W_]\.[a-z]{2,18}/[^\s]"
    r"|[^\W_]\.(?:nl|com|net|org|eu|be|de|info|biz|shop|site|online|store|xyz|top|club|app|link|io|ru|cn)(?![\w-])",
    re.IGNORECASE,
)


def moment(ago: float = 0) -> str:
    """The signed moment that stands in a form: now, or so many seconds ago."""
    return signer.sign(str(int((time.time() - ago) * 10)))


def age(moment: str) -> float | None:
    """How many seconds ago a form was made; None when that is not for the form to say."""
    try:
        return time.time() - int(signer.unsign(moment)) / 10
    except (signing.BadSignature, ValueError):
        return None


def moment_for(request) -> str:
    """The moment for a form on this page: one that comes back to its writer keeps its own."""
    sent = request.POST.get(MOMENT, "")
    return sent if age(sent) is not None else moment()


def looks_hurried(request) -> bool:
    """Whether a program seems to have sent this. A form that was open for days is a person's."""
    since = age(request.POST.get(MOMENT, ""))
    return bool(request.POST.get(TRAP)) or since is None or since < TOO_FAST


def has_link(text: str) -> bool:
    return bool(LINK.search(text))


def writes_too_much(visitor_id: UUID) -> bool:
    """Counts one more change of a post by this visitor, and tells whether that is beyond the limits."""
    return bool(limits.beyond({"write_post": visitor_id.hex}))


def hold_for(form, by: User | None) -> str:
    """Why a moderator reads these words first, as far as the words say; empty when nothing says so."""
    if form.hints:
        return Hold.HINT
    return Hold.LINKS if not by and has_link(form.words) else ""


def queue_is_full() -> bool:
    return Post.objects.waiting().order_by()[:MOST_WAITING].count() >= MOST_WAITING
