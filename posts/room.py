"""What is said in the room of a café: contributions to its question, which somebody reads before they are shown."""

from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from posts.actions import apart, moderating, writing
from posts.actions.writing import NotTheirs, TooMuch, Writer
from posts.models import SOMEBODY, Hold, Post, Question, Removal
from posts.screening import hints, strangers
from werkplaats.backoffice.shown import Decided
from werkplaats.models import User, Visitor
from werkplaats.people import visitors
from werkplaats.web.programs import has_link

__all__ = ["TooMuch", "hide", "refuse", "say", "set_apart", "show", "withdraw"]
A_TABLE = "een tafel"


def say(visitor: Visitor, question: Question, text: str, *, people: int | None = None) -> Post:
    """Writes what a phone in the room sent; `people` is how many sit at its table, None for who is on their own.

    It always waits. Returns the post that is there when it was sent twice. Raises TooMuch.
    """
    hold = Hold.HINT if hints.seen_in(text) else Hold.LINKS if has_link(text) else ""
    content: dict[str, Any] = {
        "question": question,
        "parent": None,
        "text": text,
        "name": SOMEBODY,
        "role": None,
        "email": "",
    }
    content |= {"meeting": A_TABLE if people else "", "meeting_size": people}
    with transaction.atomic():
        visitor = visitors.locked(visitor)
        if post := Post.objects.twin_of(visitor, content):
            return post
        if strangers.writes_too_much(visitor.pk, None, meeting=bool(people)):
            raise TooMuch
        return Post.objects.write(visitor=visitor, held_for=hold, in_room=True, **content)


def show(post: Post, by: User, version: int) -> Decided:
    """Shows it to everyone, as `by` has read it in this version. Call it in a transaction: it locks the post."""
    return moderating.approve([post], by, {post.pk: version})


def withdraw(post: Post, visitor_id: UUID | None, user: User | AnonymousUser) -> bool:
    """Takes it away for its writer, who may put it back for a while. Returns whether it is theirs to take away."""
    try:
        writing.withdraw(post, Writer(visitor_id, user))
    except NotTheirs:
        return False
    return True


def hide(post: Post) -> bool:
    """Takes it out of sight at once, for a moderator to read again. Returns whether it was in sight.

    When its writer took it away just before, it waits as well once they put it back.
    """
    with transaction.atomic():
        Post.lock([post])
        Post.objects.filter(pk=post.pk, removal=Removal.WRITER, held_for="").update(held_for=Hold.ROOM)
        return post.hold(Hold.ROOM)


def refuse(post: Post, by: User, reason: str, version: int) -> Decided:
    """Takes it away for a reason, as `by` has read it in this version. Call it in a transaction: it locks the post."""
    return moderating.remove([post], by, reason, {post.pk: version})


def set_apart(post: Post, by: User, version: int) -> Decided:
    """It is about one child: out of sight for good, as `by` has read it in this version. It locks the post."""
    return apart.set_apart([post], by, {post.pk: version})
