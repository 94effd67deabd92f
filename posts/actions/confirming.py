"""What follows when somebody proves that an address is theirs, and says which of the words under it they wrote.

They say it of what was on the page: each post in the version that they read.
"""

from collections.abc import Container, Iterable
from typing import NamedTuple

from django.db import transaction

from posts.actions import answers, moderating
from posts.models import Denied, Hold, Post
from posts.models.holds import told
from posts.models.saying import named_under, state_beside
from werkplaats.models import User, Visitor

# In the session of a browser that asked for a code: for which post, in which version that was shown, by which log-in
# (the moment at which it began), and under which question or contribution.
ASKED_FOR = "posts.asked_for"
ASK_AGAIN = "posts.ask_again"  # that post is another by now


class Changed(Exception):
    """The words or the picture are not those that were on the page, or not what they were an answer to."""


class Asked(NamedTuple):
    """A post of which an owner is asked whether they wrote it. `stays` tells why it waits all the same, if it does."""

    post: Post
    stays: str

    @property
    def is_online(self) -> bool:
        """Whether a moderator was quicker: only whose it is remains to be said."""
        return self.post.is_public

    @property
    def seen(self) -> str:
        """What a form says that is about this post, as it is now."""
        return named_under([self.post])


def asked(posts: Iterable[Post], email: str, soon: str) -> list[Asked]:
    """With what becomes of each when the owner of the address says yes; `soon` is `Site.soon`."""
    user = User.objects.filter(email=email).first()
    record = bool(user and moderating.has_record(user))
    whys = [(post, why_it_waits(post, record=record)) for post in posts]
    return [Asked(post, told(why, False, soon) if why else "") for post, why in whys]


def why_it_waits(post: Post, *, record: bool) -> str:
    """The Hold for which a post still waits when its address is proven; empty when it becomes public at once, or is.

    `record` is whether a moderator removed something of this person before.
    """
    if post.held_for or post.is_public:
        return post.held_for
    if post.role is None or post.role.is_pupil:
        return Hold.PUPIL
    return Hold.RECORD if record else ""


def confirm(email: str, seen: dict[int, int], under: dict[int, int] | None = None) -> User | None:
    """Publishes the posts that were seen under this address, which is proven, in the versions that were seen.

    `under` is the `state_beside` of each, as a page told it. Raises Changed, and publishes none of them, when one of
    them is another by now. Returns the user; None when a coordinator shut them out: then nothing is written.
    """
    with transaction.atomic():
        lock_owner(email)
        if is_shut_out(email):
            return None
        posts = locked(email, seen, under or {})
        user = User.objects.confirmed(email)
        record = moderating.has_record(user)
        # In the order of the threads: each locks its root.
        became_public = [post for post in posts if post.confirm(user, hold=why_it_waits(post, record=record))]
        answers.became_public(became_public)
    return user


def refuse(email: str, seen: dict[int, int], reason: str, *, shown: Container[int] = ()) -> dict[int, Denied]:
    """The no of the owner of this address to the posts that were seen under it, whatever became of these since.

    `shown` are those of which it is certain that they stood under it: a writer who turns pupil keeps no address, and
    what was claimed is refused only by who was asked before. Returns what it did to each. Raises Changed, and does
    nothing, when one of them says something else by now and can be asked again.

    It holds, too, for who is shut out: taking one's name off words is no way to write.
    """
    with transaction.atomic():
        lock_owner(email)
        Post.lock(Post.objects.filter(pk__in=seen))
        asked_again = Post.objects.unclaimed_under(email).filter(pk__in=seen)
        if any(post.version != seen[post.pk] for post in asked_again):
            raise Changed
        user = User.objects.filter(email=email).first()
        posts = Post.objects.filter(pk__in=seen).order_by("root", "pk")
        theirs = [post for post in posts if post.pk in shown or (post.email == email and not post.author_id)]
        return {post.pk: post.refuse(reason, by=user) for post in theirs}


def is_shut_out(email: str) -> bool:
    """Whether a coordinator shut out the owner of an address."""
    return User.objects.filter(email=email, is_active=False).exists()


def lock_owner(email: str) -> None:
    """So that nobody is shut out halfway. Before the posts: first the user, then visitors, then words.

    Whoever writes locks their visitor and then a thread; what becomes theirs is given to that visitor.
    """
    list(User.objects.filter(email=email).select_for_update(no_key=True))
    list(Visitor.objects.filter(user__email=email).select_for_update(of=("self",), no_key=True))


def locked(email: str, seen: dict[int, int], under: dict[int, int]) -> list[Post]:
    """Of what was seen, what is still nobody's under this address, locked. Raises Changed."""
    Post.lock(Post.objects.filter(pk__in=seen, email=email))
    posts = list(Post.objects.unclaimed_under(email).filter(pk__in=seen).order_by("root", "pk"))
    if any(post.version != seen[post.pk] or is_elsewhere(post, under) for post in posts):
        raise Changed
    return posts


def is_elsewhere(post: Post, under: dict[int, int]) -> bool:
    """Whether its question, what it answers, or the name of its role says something else by now than a page told."""
    return post.pk in under and under[post.pk] != state_beside(post)
