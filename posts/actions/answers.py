"""Telling writers that somebody answered them.

An answer is told to the writer of the contribution that it stands under, and to the writer that it answers: at most
one mail an hour about a thread.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from posts.models import Post, ThreadNotice
from werkplaats import mail
from werkplaats.models import User
from werkplaats.mutes.links import wants
from werkplaats.mutes.models import Kind

PAUSE = timedelta(hours=1)


def became_public(posts: list[Post]) -> None:
    """Queues mails to the writers whom these posts answer. Belongs in the transaction that made them public."""
    for post in posts:
        if not (post.parent_id and post.published_at):
            continue
        above = Post.objects.filter(pk__in=[post.parent_id, post.root_id], author__isnull=False)
        own = {pk for pk in (post.author_id, post.visitor and post.visitor.user_id) if pk}
        writers = User.objects.filter(pk__in=above.values("author")).exclude(pk__in=own)
        for user in writers.order_by("pk"):
            if wants(user, Kind.ANSWERS):
                queue(user, post.root_id, post.published_at)


def queue(user: User, root_id: int, since: datetime) -> None:
    """Queues a mail about a thread, unless one waits: that will tell of what was published since, too."""
    before = since - timedelta(microseconds=1)
    with transaction.atomic():
        row, _ = ThreadNotice.objects.get_or_create(user=user, root_id=root_id, defaults={"told_until": before})
        ask(ThreadNotice.objects.select_for_update().select_related("user").get(pk=row.pk))


def ask(notice: ThreadNotice) -> None:
    """Queues the mail of a locked row, unless one is queued already."""
    if notice.due_at:
        return
    now = timezone.now()
    notice.due_at = max(now, notice.sent_at + PAUSE) if notice.sent_at else now
    notice.save(update_fields=["due_at"])
    mail.later("posts.tasks.send_answers", to=notice.user.email, at=notice.due_at, notice_id=notice.pk)


def answers_for(notice: ThreadNotice) -> list[Post]:
    """What a user was not told of yet: answers to them, and all answers under their contribution."""
    thread = Post.objects.readable().filter(root=notice.root_id, parent__isnull=False)
    news = thread.filter(published_at__gt=notice.told_until).exclude(author__isnull=False, author=notice.user)
    if notice.root.author_id != notice.user_id:
        news = news.filter(parent__author=notice.user)
    return list(news.select_related("role").order_by("published_at", "pk"))


def told(notice: ThreadNotice, answers: list[Post]) -> None:
    """Notes that the mail went, or that there was nothing to tell. What came meanwhile gets a later mail."""
    with transaction.atomic():
        notice = ThreadNotice.objects.select_for_update().select_related("user", "root").get(pk=notice.pk)
        notice.due_at = None
        if answers:
            notice.sent_at = timezone.now()
            notice.told_until = answers[-1].published_at  # type: ignore[assignment]  # what is told of is public
        notice.save()
        if answers and answers_for(notice):
            ask(notice)
