"""What a post says, of what its writer may change: in a mark that is another one as soon as any of it is."""

from typing import Any

from werkplaats import versions

SAID = ("text", "name", "role_id", "werkgebied_id", "meeting", "meeting_size")


def mark_of(post: Any) -> str:
    """For the page that changes it. Its version says more: also what a moderator writes in Dutch raises that."""
    return versions.mark_of(*(getattr(post, name) for name in SAID))
