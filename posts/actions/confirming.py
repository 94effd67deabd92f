from django.db import transaction

from posts.actions import answers, moderating
from posts.models.holds import Hold
from posts.models.posts import Post
from werkplaats.people.models import User


def waiting_under(email: str):
    """What waits under an address and nobody has claimed."""
    if not email:
        return Post.objects.none()
    unclaimed = Post.objects.waiting().filter(email=email, author__isnull=True)
    return unclaimed.select_related("role", "question").order_by("created_at", "pk")


def publish_as(user: User, post: Post) -> None:
    """Makes public what is now known to be this user's; of whom something was removed before, it waits."""
    with transaction.atomic():
        moderating.lock(post.confirmed_with_it())
        hold = Hold.RECORD if moderating.has_record(user) else ""
        answers.became_public(post.confirm(user, hold=hold))
