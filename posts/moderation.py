"""What a moderator does with posts, one or many at a time, and the mails that the writers get of it."""

from collections.abc import Iterable

from django.db import transaction

from posts import tasks
from posts.models import Post, Report
from werkplaats import mail
from werkplaats.models import User


def approve(posts: Iterable[Post], by: User) -> int:
    """Shows waiting posts to everyone and tells the number. Writes to who was asked to confirm it."""
    return each(
        [post for post in posts if post.is_waiting or post.is_held], lambda post: approve_one(post, by)
    )


def remove(posts: Iterable[Post], by: User, reason: str) -> int:
    """Takes posts away, settles what was reported about them, and writes the reason to proven addresses."""
    return each(
        [post for post in posts if not post.removed_at or post.is_held],
        lambda post: remove_one(post, by, reason),
    )


def restore(posts: Iterable[Post], by: User) -> int:
    """Gives removed posts their words back."""
    return each([post for post in posts if post.removed_at], lambda post: post.restore(by))


def each(posts: list[Post], act) -> int:
    """All or none; in the order of the threads, because every change locks its root."""
    with transaction.atomic():
        for post in sorted(posts, key=lambda post: (post.root_id, post.pk)):
            act(post)
    return len(posts)


def approve_one(post: Post, by: User) -> None:
    post.publish(by, vetted=True)
    if post.asked_at:
        mail.later(tasks.send_approved, to=post.email, post_id=post.pk)


def remove_one(post: Post, by: User, reason: str) -> None:
    address = post.proven_address
    post.remove(by, reason)
    for report in Report.objects.filter(post=post, handled_at=None):
        report.handle(by)
    if address:
        mail.later(tasks.send_removed, to=address, post_id=post.pk)
