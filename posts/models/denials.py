"""What «Dit schreef ik niet» does to a post: one line for each state that it may have come into since it was asked.

A no of who has the address always holds. What was nobody's loses address and name, and never comes back under them.
"""

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db.models import Case, F, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from posts.models.holds import A_PUPIL, SOMEBODY, Hold, Removal

if TYPE_CHECKING:
    from posts.models.posts import Post


class Denied(StrEnum):
    """What came of a no; templates/posts/refused.html tells it."""

    CLOSED = "closed"  # for who typed it, too: they cannot put it back
    HIDDEN = "hidden"  # a moderator read it once, and decides again
    STAYS_AWAY = "stays-away"  # a moderator took it away before
    WITHDRAWN = "withdrawn"  # they said yes before: as if they took it away themselves, who alone may put it back
    NOTHING = "nothing"  # there are no words any more, they are somebody else's, or they were denied and decided about


# By state: of what was nobody's, and of what they said yes to before.
NO: dict[str, tuple[Denied, Denied]] = {
    "waiting": (Denied.CLOSED, Denied.WITHDRAWN),
    "public": (Denied.HIDDEN, Denied.WITHDRAWN),
    "brought back": (Denied.NOTHING, Denied.NOTHING),  # by a moderator, after a no
    Removal.HELD: (Denied.HIDDEN, Denied.WITHDRAWN),
    Removal.WRITER: (Denied.CLOSED, Denied.WITHDRAWN),
    Removal.MODERATOR: (Denied.STAYS_AWAY, Denied.STAYS_AWAY),
    Removal.CHILD: (Denied.STAYS_AWAY, Denied.STAYS_AWAY),
    Removal.REFUSED: (Denied.CLOSED, Denied.CLOSED),
    "erased": (Denied.NOTHING, Denied.NOTHING),
}

# What who typed it is told of how it went: that it did, and not by whom, why or when. Whose address it is, reads mail.
QUIET: dict[str, Any] = {
    "removal": Case(When(removal=Removal.REFUSED, then=Value("weggehaald")), default=F("removal")),
    "removal_reason": Case(When(denied_at=None, then=F("removal_reason")), default=Value("")),
    "removed_at": Case(When(denied_at=None, then=F("removed_at"))),
}


def state_of(post: "Post") -> str:
    if post.erased_at or post.removal:
        return "erased" if post.erased_at else post.removal
    shown = "brought back" if post.denied_at else "public"
    return shown if post.published_at else "waiting"


def what_no_does(post: "Post", by: int | None) -> Denied:
    """Of the user `by`, whose address it was asked under; None when nobody has an account under that."""
    nobodys, own = NO[state_of(post)]
    if post.author_id is None:
        return nobodys
    return own if post.author_id == by else Denied.NOTHING


def denied_by(post: "Post", does: Denied, reason: str) -> dict[str, Any]:
    """The values of a locked post that is not theirs any more. What was theirs stays in their account.

    For whom it spoke, and from where, goes with the name: it was said in that.
    """
    now = timezone.now()
    values: dict[str, Any] = {"name": post.name if post.name == A_PUPIL else SOMEBODY}
    values |= {"meeting": "", "meeting_size": None, "werkgebied": None}
    if post.author_id is None:
        values |= {"email": "", "asked_at": None, "denied_at": Coalesce("denied_at", now)}
    if does == Denied.HIDDEN:
        return values | {"removed_at": Coalesce("removed_at", now), "removal": Removal.HELD, "held_for": Hold.DENIED}
    if does == Denied.STAYS_AWAY or post.removal == Removal.REFUSED:
        return values
    return values | {**post.removal_by(None, reason), "removal": Removal.REFUSED}
