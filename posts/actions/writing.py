"""Writing a post, at once or in two steps, and changing it, with the picture, limits and mails that belong to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone

from posts.actions import answers, moderating
from posts.actions.confirming import Changed
from posts.models import A_PUPIL, SOMEBODY, Hold, Post
from posts.models.holds import NO_PICTURE
from posts.models.saying import mark_of
from posts.screening import strangers
from werkplaats import mail
from werkplaats.models import Picture, User, Visitor
from werkplaats.people import visitors
from werkplaats.pictures.files import Processed
from werkplaats.web import limits


class TooMuch(Exception):
    """A visitor writes more than a person would."""


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
        lock_as_theirs(post, writer)
        yield


def lock_as_theirs(post: Post, writer: Writer) -> None:
    """As `by_its_writer`, in a transaction. Its owner is looked at again: their access may have ended meanwhile."""
    Post.lock([post])
    post.refresh_from_db(from_queryset=Post.objects.select_related("author", "visitor__user"))
    owner = post.author or (post.visitor.user if post.visitor else None)
    is_over = owner == writer.user and not owner.is_still(writer.user)
    if is_over or not post.is_of(*writer):
        raise NotTheirs


def still(by: User | None, visitor: Visitor) -> User | None:
    """The writer, as long as this visitor, who is locked, is theirs: it is not once their access ended."""
    return by if by and visitor.user_id == by.pk else None


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
    proven, whose visitor it is; `hold` says why a moderator reads it first. What a pupil writes always waits, without
    address or picture. Raises TooMuch when the visitor wrote many others a moment ago, and ValidationError when the
    picture that was kept is gone: then nothing is written.
    """
    with transaction.atomic():
        # Two clicks wait for each other here: the second finds what the first wrote.
        visitor = visitors.locked(visitor)
        sent = as_sent(still(by, visitor), content, hold)
        post = Post.objects.twin_of(visitor, sent.content)
        if post is None:
            post = write_new(visitor, sent, typist=still(by, visitor))
        else:
            Post.lock([post])
            post.refresh_from_db()  # its owner may say yes meanwhile, to what their page showed
            if post.is_unfinished:
                complete(post, visitor, sent)
        if picture and sent.takes_picture and not post.picture_id and (post.author is None or post.author == sent.by):
            add_picture(post, picture, alt)
    return post


def write_text(
    visitor: Visitor, content: dict[str, Any], *, hold: str = "", by: User | None = None, meeting: bool = False
) -> Post:
    """Keeps a text of which the writer still has to say who they are. Mails nobody.

    `by` and `meeting` are for the limits alone. Returns what they made of it when it was sent before. Raises TooMuch.
    """
    with transaction.atomic():
        visitor = visitors.locked(visitor)
        if post := Post.objects.twin_of(visitor, content):
            return post
        if strangers.writes_too_much(visitor.pk, still(by, visitor), meeting=meeting):
            raise TooMuch
        return Post.objects.write(visitor=visitor, name=SOMEBODY, held_for=hold, finished_at=None, **content)


def finish(
    post: Post,
    writer: Writer,
    visitor: Visitor,
    by: User | None,
    content: dict[str, Any],
    *,
    picture: Processed | Picture | None = None,
    alt: str = "",
    hold: str = "",
) -> None:
    """Adds who wrote a text that was kept; what follows is what follows on writing a whole post.

    Does nothing when that was done before, or when a moderator showed the text or took it away meanwhile. Raises
    NotTheirs, and ValidationError as `write` does.
    """
    with transaction.atomic():
        visitor = visitors.locked(visitor)
        sent = as_sent(still(by, visitor), content, hold)
        lock_as_theirs(post, writer)
        if post.is_unfinished:
            complete(post, visitor, sent)
            if picture and sent.takes_picture:
                add_picture(post, picture, alt)


class Sent(NamedTuple):
    """What becomes of words with their sender: see `write`."""

    content: dict[str, Any]
    by: User | None
    hold: str
    asks: bool
    takes_picture: bool


def as_sent(by: User | None, content: dict[str, Any], hold: str) -> Sent:
    content = content | {"email": by.email if by else content.get("email", "")}
    is_pupil = content["role"].is_pupil
    if is_pupil:
        content |= {"email": "", "name": A_PUPIL}
        by, hold = None, Hold.PUPIL
    elif by and not hold and moderating.has_record(by):
        hold = Hold.RECORD
    asks = bool(content["email"]) and not by and hold != Hold.HURRIED
    return Sent(content | {"held_for": hold}, by, hold, asks, not is_pupil)


def write_new(visitor: Visitor, sent: Sent, typist: User | None) -> Post:
    """Writes a post, in the transaction that locked its visitor. `typist` is who is logged in, also for a pupil."""
    own = strangers.limit_of(visitor.pk, typist, meeting=bool(sent.content.get("meeting")))
    counted = own | ({"confirm_post": sent.content["email"]} if sent.asks else {})
    beyond = limits.beyond(counted) if counted else set()
    if own.keys() & beyond:
        raise TooMuch
    asked_at = timezone.now() if sent.asks and "confirm_post" not in beyond else None
    visitor.says_to_be(sent.content["role"])
    post = Post.objects.write(visitor=visitor, by=sent.by, asked_at=asked_at, **sent.content)
    tell(post)
    return post


def complete(post: Post, visitor: Visitor, sent: Sent) -> None:
    """Adds the sender to an unfinished post, in the transaction that locked its visitor. Its text was counted then."""
    beyond = limits.beyond({"confirm_post": sent.content["email"]}) if sent.asks else ()
    visitor.says_to_be(sent.content["role"])
    asked_at = timezone.now() if sent.asks and not beyond else None
    if post.finish(sent.by, visitor=visitor, asked_at=asked_at, **sent.content):
        tell(post)


def tell(post: Post) -> None:
    """The mails that belong to a post with a sender: to confirm, and to those whom it answers."""
    if post.asked_at:
        mail.later("posts.tasks.send_confirmation", to=post.email, post_id=post.pk)
    if post.published_at:
        answers.became_public([post])


def add_picture(post: Post, picture: Processed | Picture, alt: str) -> None:
    post.picture = Picture.objects.use(picture, alt)
    post.save(update_fields=["picture"])


def edit(post: Post, writer: Writer, content: dict[str, Any], *, hold: str = "", seen: str | None = None) -> None:
    """Changes the words of a post, and may take its picture away. A writer who turns out to be a pupil keeps no address
    and no picture.

    `hold` says why a moderator reads the new words first; `seen` is the mark of the words that were on the page. Raises
    NotTheirs, and Changed when they say something else by now, perhaps by the same writer on another device.
    """
    with by_its_writer(post, writer):
        if seen is not None and seen != mark_of(post):
            raise Changed
        if content["role"].is_pupil:
            content = content | {"email": ""} | NO_PICTURE
            hold = Hold.PUPIL
        elif post.author and not hold and moderating.has_record(post.author):
            hold = Hold.RECORD
        picture = post.picture if "picture" in content else None
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


def refuse_rendering(post: Post, writer: Writer) -> None:
    """Lets its writer say that no words in Dutch of a moderator may stand beside theirs. Raises NotTheirs."""
    with by_its_writer(post, writer):
        post.refuse_rendering()


def want_rendering(post: Post, writer: Writer, version: int) -> bool:
    """Lets its writer say that they may after all, as they read them. False when these are others by now.

    Raises NotTheirs.
    """
    with by_its_writer(post, writer):
        return post.want_rendering(version)
