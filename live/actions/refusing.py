"""What never comes on the screen: taken away with a reason, or apart as a story about one child."""

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from live.actions.saying import Changed, there_is
from live.models import Voice
from live.models.cafes import WAITS
from posts import room
from posts.models import Post
from werkplaats.backoffice.shown import Decided
from werkplaats.models import User


def refuse(voice: Voice, by: User, reason: str, version: int) -> None:
    """Takes it away as a moderator does, for a reason that its writer may read. Twice is once.

    Raises Changed, and Withdrawn.
    """
    _take_away(voice, lambda post: room.refuse(post, by, reason, version))


def set_apart(voice: Voice, by: User, version: int) -> None:
    """It is about one child: out of sight for good, and its writer is helped on. Twice is once.

    Raises Changed, and Withdrawn.
    """
    _take_away(voice, lambda post: room.set_apart(post, by, version))


def _take_away(voice: Voice, act: Callable[[Post], Decided]) -> None:
    """Words of a rehearsal are no post: they only leave the list."""
    with transaction.atomic():
        if voice.post:
            Post.lock([voice.post])
            voice.post.refresh_from_db()
            there_is(voice.post)
            if (voice.waits_again or not voice.post.removed_at) and not act(voice.post).done:
                raise Changed
        else:
            Voice.objects.filter(pk=voice.pk, number=None).update(aside_at=timezone.now())
        voice.live.tell(WAITS)
