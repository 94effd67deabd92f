"""What makes the words of a stranger wait, and slowing down heavy writers.

Nobody is refused for what others behind the same IP address do: limits follow the visitor. A program that throws its
cookies away only fills the queue of moderators, which has a ceiling.
"""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from posts.models import Hold, Post
from werkplaats.models import User
from werkplaats.web import limits
from werkplaats.web.programs import has_link

MOST_WAITING = 2000  # posts; a moderator reads perhaps a hundred an hour
# Texts of a day without a sender. They wait for nobody, so those of earlier days are in nobody's way.
MOST_UNFINISHED = 2000


def limit_of(visitor_id: UUID, by: User | None, *, meeting: bool) -> dict[str, str]:
    """What is counted when this visitor writes or changes a post, for `limits.beyond`.

    Limits are against strangers: none for staff, who type over what a room wrote. `meeting`: the cards of a whole table
    come from one browser.
    """
    if by and by.is_staff:
        return {}
    return {"write_meeting" if meeting else "write_post": visitor_id.hex}


def writes_too_much(visitor_id: UUID, by: User | None, *, meeting: bool) -> bool:
    """Counts one more change of a post by this visitor. Returns whether that is beyond the limits."""
    counted = limit_of(visitor_id, by, meeting=meeting)
    return bool(counted and limits.beyond(counted))


def hold_for(form, by: User | None) -> str:
    """Why a moderator reads the words of this form first; empty when nothing in them says so."""
    if form.hints:
        return Hold.HINT
    return Hold.LINKS if not by and has_link(form.words) else ""


def too_many_unfinished() -> bool:
    today = Post.objects.unfinished().filter(created_at__gt=timezone.now() - timedelta(days=1))
    return today.order_by()[:MOST_UNFINISHED].count() >= MOST_UNFINISHED


def queue_is_full() -> bool:
    return Post.objects.waiting().order_by()[:MOST_WAITING].count() >= MOST_WAITING
