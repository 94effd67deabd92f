"""What follows when a writer proves that an address is theirs."""

from django.db import transaction

from posts.actions import answers, moderating
from posts.models import Hold, Post
from werkplaats.models import User


def confirm(post: Post, user: User) -> None:
    """Publishes what this user wrote under their address. With a record it waits for a moderator."""
    with transaction.atomic():
        moderating.lock(post.confirmed_with_it())
        hold = Hold.RECORD if moderating.has_record(user) else ""
        answers.became_public(post.confirm(user, hold=hold))
