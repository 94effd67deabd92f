"""Reporting a post, and the mails when that makes it wait."""

from django.db import transaction

from posts import queue
from posts.models import Post, Report
from werkplaats import mail
from werkplaats.models import Visitor


def report(post: Post, visitor: Visitor, reason: str) -> None:
    """Files a report. If it makes the post wait, moderators and the writer get a mail."""
    with transaction.atomic():
        if not Report.objects.file(post, visitor, reason):
            return
        for moderator in queue.moderators():
            mail.later("posts.tasks.send_reported", to=moderator.email, post_id=post.pk, user_id=moderator.pk)
        if post.proven_address:
            mail.later("posts.tasks.send_held", to=post.proven_address, post_id=post.pk)
