"""The change of a post that its writer typed before they were logged in: kept in the session until they are."""

from typing import Any

from posts.models import Post
from werkplaats.versions import SEEN

KEPT = "posts.change"
FIELDS = ("text", "name", "role", "werkgebied", "meeting", "meeting_size")
LONGEST = 6000  # characters of a field: more than any takes, so that the form says what is too long


def keep(request, post: Post) -> bool:
    """Keeps what the form of a change sent. Returns whether there was one."""
    if "text" not in request.POST:
        return False
    sent = (*FIELDS, SEEN)
    request.session[KEPT] = {"post": post.pk} | {name: request.POST.get(name, "")[:LONGEST] for name in sent}
    return True


def read(request, post: Post) -> dict[str, Any] | None:
    """What was kept for this post, as a form sends it."""
    kept = request.session.get(KEPT)
    return {name: kept.get(name, "") for name in (*FIELDS, SEEN)} if kept and kept["post"] == post.pk else None


def forget(request) -> None:
    request.session.pop(KEPT, None)
