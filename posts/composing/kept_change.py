"""The change of a post that its writer typed before they were logged in: kept in the session until they are."""

from typing import Any

from posts.models import Post
from werkplaats.models import User
from werkplaats.versions import SEEN
from werkplaats.web import unsent
from werkplaats.web.cookies import key_of

FIELDS = ("text", "name", "role", "werkgebied", "meeting", "meeting_size", SEEN)
LONGEST = 6000  # characters of a field: more than any takes, so that the form says what is too long


def place_of(post: Post) -> str:
    return f"post {post.pk}"


def keep(request, post: Post) -> bool:
    """Keeps what the form of a change sent, for its owner alone, who may have to log in. Returns whether there was one.

    Of a stranger's it is for who has this session, until somebody logs in.
    """
    if "text" not in request.POST:
        return False
    owner = User.objects.filter(pk=post.owner_id).first() if post.owner_id else None
    sent = {name: request.POST.get(name, "")[:LONGEST] for name in FIELDS}
    unsent.put(request, place_of(post), sent, of=key_of(owner))
    return True


def read(request, post: Post) -> dict[str, Any] | None:
    """What was kept for this post, as a form sends it."""
    return unsent.read(request, place_of(post))


def forget(request, post: Post) -> None:
    unsent.forget(request, place_of(post))
