"""Reporting a post, the mails when that makes it wait, and what comes back when nobody read it."""

from datetime import datetime

from django.db import transaction

from posts.actions import answers, helping
from posts.models import Hold, Post, Removal, Report
from posts.screening import hints
from werkplaats import mail
from werkplaats.models import Visitor
from werkplaats.moderation import calling
from werkplaats.moderation.reasons import ABOUT_A_CHILD
from werkplaats.moderation.terms import a_working_day_after


def report(post: Post, visitor: Visitor, reason: str, words: str = "", *, hurried: bool = False) -> None:
    """Files a report. Of a child moderators hear at once; if it makes the post wait, its writer gets a mail."""
    with transaction.atomic():
        filed = Report.objects.file(post, visitor, reason, words, hurried=hurried)
        if filed.new and reason in ABOUT_A_CHILD and not hurried and calling.call_at_once(filed.new):
            helping.call_at_once()
        if filed.held and post.proven_address:
            mail.later("posts.tasks.send_held", to=post.proven_address, post_id=post.pk)


def bring_back(now: datetime) -> int:
    """Shows what a report about a child hid and nobody read for a working day, unless it seems to name a child.

    Its reports stay open, so it still waits for a moderator. Returns how many came back.
    """
    held = Post.objects.filter(removal=Removal.HELD, held_for=Hold.CHILD).order_by("pk")
    return sum(bring_back_one(post, now) for post in held)


def bring_back_one(post: Post, now: datetime) -> bool:
    with transaction.atomic():
        Post.lock([post])
        post.refresh_from_db()
        hidden = post.removed_at if post.is_held and post.held_for == Hold.CHILD else None
        if not hidden or a_working_day_after(hidden) > now:
            return False
        if hints.CHILD_NAMED in hints.seen_in(f"{post.text}\n{post.name}\n{post.meeting}"):
            return False
        became_public = post.publish()
        if became_public:
            answers.became_public([post])
            if post.proven_address:
                mail.later("posts.tasks.send_returned", to=post.proven_address, post_id=post.pk)
        return became_public
