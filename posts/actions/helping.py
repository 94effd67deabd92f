"""Reading along by the mail: what a helper is mailed about, and what they decide on the page that the mail opens."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

import pghistory
from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from posts.actions import moderating
from posts.models import Post, Report
from posts.models.holds import NOT_TAKEN_AWAY
from posts.models.visibility import PostQuerySet
from posts.queue import MOST_URGENT_FIRST, queue
from werkplaats import mail
from werkplaats.models import HelperLink, User
from werkplaats.moderation.calling import moderators_of
from werkplaats.moderation.reasons import ABOUT_A_CHILD
from werkplaats.moderation.terms import is_quiet
from werkplaats.mutes import links
from werkplaats.mutes.models import Kind

AT_MOST_EVERY = timedelta(hours=1)


class Outcome(StrEnum):
    """What came of a press on the page; the values stand in its address."""

    SHOWN = "getoond"
    STAYS = "blijft"
    REFUSED = "geweigerd"
    SETTLED = "al-besloten"  # by somebody else, or by the first of two taps
    CHANGED = "gewijzigd"


class Seen(NamedTuple):
    """What was on the page of a post: its version; and in a number why it waits, what was reported, and under what it
    was written.
    """

    version: int
    state: int


def seen_of(post: Any) -> Seen:
    """What a page says that it shows of a post of `listed`."""
    return Seen(post.version, post.shown_state)


def waiting() -> PostQuerySet:
    """What a helper decides about: it waits, or was reported, and nobody took it away."""
    return queue(Post.objects.all()).filter(NOT_TAKEN_AWAY)


def listed() -> Any:
    """With all that the page shows of them, the most urgent first."""
    reports = Prefetch("reports", Report.objects.filter(handled_at=None).order_by("created_at"), to_attr="open")
    shown = ("question", "role", "werkgebied", "picture", "parent")
    posts = waiting().prefetch_related(reports).select_related(*shown).with_translation().order_by(*MOST_URGENT_FIRST)
    return moderating.with_newest_report(posts)


def about_child() -> bool:
    """Whether somebody says of what waits that it is about a child."""
    about = Report.objects.filter(handled_at=None, reason__in=ABOUT_A_CHILD)
    return about.filter(post__in=waiting().order_by().values("pk")).exists()


# Mails


def call(now: datetime) -> int:
    """Mails each helper when something new waits, at most once an hour; returns how many mails.

    Nothing waits any more: then their links end.
    """
    waits = named_now()
    if not waits:
        HelperLink.objects.end()
    if not waits or is_quiet(now):
        return 0
    lately = HelperLink.objects.made_since(now - AT_MOST_EVERY).values("user")
    return call_each(User.objects.helpers().exclude(pk__in=lately), waits, now)


def call_at_once() -> int:
    """Mails each helper about a child, whatever the hour, but who hears of it as a moderator anyhow."""
    helpers = User.objects.helpers().exclude(pk__in=moderators_of(Report).values("pk"))
    return call_each(helpers, named_now(), timezone.now())


def call_each(helpers: QuerySet[User], waits: set[str], now: datetime) -> int:
    """Makes a link for each of whom something is new, and queues its mail. Returns how many."""
    called = 0
    for user in helpers:
        last = user.helper_links.order_by("pk").last()
        if waits - set(last.told if last else ()) and links.wants(user, Kind.HELPING):
            with transaction.atomic():
                link = HelperLink.make(user, waits, now)
                mail.later("posts.tasks.send_helping", to=user.email, link_id=link.pk)
            called += 1
    return called


def named_now() -> set[str]:
    """A name for each thing that waits, which is another one when the post changed or was reported again."""
    posts = moderating.with_newest_report(waiting()).order_by()
    rows = posts.values_list("pk", "version", "newest_report")
    return {f"{pk}.{version}.{report or 0}" for pk, version, report in rows}


# Decisions


def decide(pk: int, by: User, seen: Seen, reason: str = "") -> Outcome:
    """Shows a post, lets it stay, or with a `reason` refuses it: if it still waits, as `by` saw it.

    Whoever was quicker has decided: what a coordinator showed meanwhile is not refused by this.
    """
    # The page's own address must not get into the history: it opens that page.
    with transaction.atomic(), pghistory.context(user=by.pk, url="/meelezen/"):
        Post.lock(Post.objects.filter(pk=pk))
        post = listed().filter(pk=pk).first()
        if post is None:
            return Outcome.SETTLED
        if seen_of(post) != seen:
            return Outcome.CHANGED
        return refuse_one(post, by, reason) if reason else show_one(post, by)


def refuse_one(post: Post, by: User, reason: str) -> Outcome:
    moderating.remove_one(post, by, reason)
    end_if_done()
    return Outcome.REFUSED


def show_one(post: Post, by: User) -> Outcome:
    before = stays(post)
    moderating.approve_one(post, by)
    end_if_done()
    return Outcome.STAYS if before else Outcome.SHOWN


def stays(post: Post) -> bool:
    """Whether showing it changes nothing that people see: it was only reported."""
    return post.is_public and not post.picture_waits


def end_if_done() -> None:
    """The last thing is decided: all links end with the work."""
    if not waiting().exists():
        HelperLink.objects.end()
