"""What makes the words of a stranger wait, and slowing down heavy writers.

Nobody is refused for what others behind the same IP address do: limits follow the visitor. A program that throws its
cookies away only fills the queue of moderators, which has a ceiling.
"""

from uuid import UUID

from posts.models import Hold, Post
from werkplaats.models import User
from werkplaats.web import limits
from werkplaats.web.programs import has_link

MOST_WAITING = 2000  # posts; a moderator reads perhaps a hundred an hour


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
