"""What a post says, of what its writer may change, and what it says that under: each in a mark that is another one as
soon as any of it is.
"""

from collections.abc import Iterable
from typing import Any

from werkplaats import versions

SAID = ("text", "name", "role_id", "werkgebied_id", "meeting", "meeting_size")


def asked_by(question: Any, parent: Any = None) -> tuple[str, str]:
    """What words are an answer to: those of the question, and of a contribution as long as it can be read."""
    return question.words, parent.text if parent and parent.is_public else ""


def under(question: Any, parent: Any = None) -> str:
    """For a box, in the field `werkplaats.versions.MARK`: what its page asked."""
    return versions.mark_of(*asked_by(question, parent))


def named_under(posts: Iterable[Any]) -> str:
    """As `versions.named`, for who says that they wrote these: with what each is said under."""
    return " ".join(f"{versions.named([post])}.{state_under(post)}" for post in posts)


def state_under(post: Any) -> int:
    return versions.state_of(*asked_by(post.question, post.parent))


def mark_of(post: Any) -> str:
    """For the page that changes it. Its version says more: also what a moderator writes in Dutch raises that."""
    return versions.mark_of(*(getattr(post, name) for name in SAID))
