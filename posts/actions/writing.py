"""Writing a post and changing it, with the picture, the limits and the mails that belong to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone

from posts.actions import answers, moderating
from posts.models import Hold, Post
from werkplaats import mail
from werkplaats.models import Picture, User, Visitor
from werkplaats.pictures.files import Processed
from werkplaats.web import limits


class TooMuch(Exception):
    """A visitor writes more than a person would."""


def write(
    visitor: Visitor,
    by: User | None,
    content: dict[str, Any],
    *,
    picture: Processed | Picture | None = None,
    alt: str = "",
    hold: str = "",
) -> Post:
    """Writes a post, and mails its writer to confirm. Returns the post that is there when it was sent twice.

    `content` has the place, the words, and name and role of the writer; `by` is the writer if their address is
    proven; `hold` says why a moderator reads it first. What a pupil writes always waits, without address or picture.
    Raises TooMuch when the visitor wrote many others a moment ago, and ValidationError when the picture that was
    kept is gone: then nothing is written.
    """
    content = content | {"email": by.email if by else content.get("email", "")}
    if content["role"].is_pupil:
        content |= {"email": ""}
        by, picture, hold = None, None, Hold.PUPIL
    elif by and not hold and moderating.has_record(by):
        hold = Hold.RECORD
    asks = bool(content["email"]) and not by and hold != Hold.HURRIED
    with transaction.atomic():
        # Two clicks wait for each other here: the second finds what the first wrote.
        visitor = Visitor.objects.select_for_update().get(pk=visitor.pk)
        post = Post.objects.twin_of(visitor, content)
        if post is None:
            post = write_new(visitor, by, content | {"held_for": hold}, asks=asks)
        if picture and not post.picture_id and (post.author is None or post.author == by):
            post.picture = Picture.objects.use(picture, alt)
            post.save(update_fields=["picture"])
    return post


def write_new(visitor: Visitor, by: User | None, content: dict[str, Any], *, asks: bool) -> Post:
    """Writes a post, in the transaction that locked its visitor. `asks`: its writer is asked to confirm."""
    counted = {"write_post": visitor.pk.hex} | ({"confirm_post": content["email"]} if asks else {})
    beyond = limits.beyond(counted)
    if "write_post" in beyond:
        raise TooMuch
    asks = asks and "confirm_post" not in beyond
    visitor.says_to_be(content["role"])
    post = Post.objects.write(visitor=visitor, by=by, asked_at=timezone.now() if asks else None, **content)
    if asks:
        mail.later("posts.tasks.send_confirmation", to=post.email, post_id=post.pk)
    if post.published_at:
        answers.became_public([post])
    return post


class Writer(NamedTuple):
    """From where somebody changes a post: which browser it is, and who is logged in there."""

    visitor_id: UUID | None
    user: User | AnonymousUser


class NotTheirs(Exception):
    """The post is not this writer's to change; perhaps somebody just proved that it is theirs."""


@contextmanager
def by_its_writer(post: Post, writer: Writer) -> Iterator[None]:
    """Locks a post and reads it anew, for a change by its writer. Raises NotTheirs."""
    with transaction.atomic():
        Post.lock([post])
        post.refresh_from_db()
        if not post.is_of(*writer):
            raise NotTheirs
        yield


def edit(post: Post, writer: Writer, content: dict[str, Any], *, hold: str = "") -> None:
    """Changes the words of a post. A writer who turns out to be a pupil keeps no address and no picture.

    `hold` says why a moderator reads the new words first. Raises NotTheirs.
    """
    with by_its_writer(post, writer):
        picture = None
        if content["role"].is_pupil:
            content = content | {"email": "", "picture": None, "picture_shown_at": None}
            hold, picture = Hold.PUPIL, post.picture
        elif post.author and not hold and moderating.has_record(post.author):
            hold = Hold.RECORD
        post.edit(hold=hold, **content)
        if picture:
            picture.delete()


def withdraw(post: Post, writer: Writer) -> None:
    """Takes a post away for its writer. Raises NotTheirs."""
    with by_its_writer(post, writer):
        post.withdraw()


def put_back(post: Post, writer: Writer) -> None:
    """Gives its writer back what they took away. Raises NotTheirs."""
    with by_its_writer(post, writer):
        post.put_back()
