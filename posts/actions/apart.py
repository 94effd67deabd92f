"""A contribution turns out to be about one child: it goes out of sight for good, and its writer is helped on."""

from collections.abc import Iterable

from posts.actions.moderating import each_as_seen, settle
from posts.models import Post
from werkplaats import mail
from werkplaats.backoffice import log
from werkplaats.backoffice.shown import Decided
from werkplaats.models import Retention, User
from werkplaats.register.entries import Term


def can_be_apart(post: Post) -> bool:
    return not post.is_about_child and not post.erased_at


def set_apart(posts: Iterable[Post], by: User, seen: dict[int, int], states: dict[int, int] | None = None) -> Decided:
    """Takes them out of sight for good, as `by` has seen them, and mails who has a proven address."""
    told = [post for post in posts if can_be_apart(post)]
    return each_as_seen(told, seen, lambda post: set_apart_one(post, by), states)


def set_apart_one(post: Post, by: User) -> None:
    address = post.proven_address
    if not post.set_apart(by):
        return
    settle([post], by)
    log.forget(Post, [post.pk], str(post))
    if address:
        mail.later("posts.tasks.send_set_apart", to=address, post_id=post.pk)


def keep_longer(posts: Iterable[Post], reason: str, seen: dict[int, int]) -> Decided:
    """Lets the term of these stories begin anew, for a reason that the history keeps."""
    days = Retention.objects.days_of(Term.CHILD)
    kept = [post for post in posts if post.is_about_child]
    return each_as_seen(kept, seen, lambda post: keep_one(post, reason, days))


def keep_one(post: Post, reason: str, days: int) -> None:
    post.keep_longer(reason, days)
