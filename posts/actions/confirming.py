"""What happens once somebody has shown that an address is theirs."""

from django.db import transaction

from posts.actions import answers, moderating
from posts.models.holds import Hold
from posts.models.posts import Post
from werkplaats.people.models import User


def confirm(post: Post, user: User) -> None:
    """Publishes what is now known to be written by this user; who has a record waits for a moderator."""
    with transaction.atomic():
        moderating.lock(post.confirmed_with_it())
        hold = Hold.RECORD if moderating.has_record(user) else ""
        answers.became_public(post.confirm(user, hold=hold))
