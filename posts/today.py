"""The work for a moderator on the start page: what was reported, and what waits."""

from datetime import timedelta

from django.db.models import Count, Min, Q
from django.db.models.functions import Least
from django.urls import reverse
from django.utils import timezone
from django.utils.timesince import timesince

from posts.models import Post, Report
from posts.queue import ABOUT_ONE_CHILD, MOST_URGENT_FIRST, late, list_url, why_it_waits
from werkplaats.models import Retention
from werkplaats.moderation.reasons import ABOUT_A_CHILD
from werkplaats.register.entries import Term
from werkplaats.site.context import site_of
from werkplaats.words import day, excerpt, isolated

AT_MOST = 5
LENGTH = 100  # characters to recognise a contribution by, the name included


def today(request) -> list[dict]:
    """What was reported and what waits, the oldest first; nothing for users who may not see it.

    Above it what waits longer than people were promised.
    """
    if not request.user.has_perm("posts.view_post"):
        return []
    overdue = too_late(site_of(request).soon)
    first, last = ([each] if each["count"] else [] for each in (overdue, about_child()))
    return [*first, reported(), waiting(), *last]


def too_late(soon: str) -> dict:
    posts = late(Post.objects.all()).order_by("created_at", "pk")
    items = [
        {"text": line_of(post.name, post.text), "url": admin_url(post.pk), "meta": f"van {since(post.created_at)}"}
        for post in posts[:AT_MOST]
    ]
    title = f"Wacht langer dan beloofd ({soon})"
    return {"title": title, "count": posts.count(), "url": list_url("te-laat"), "items": items}


def waiting() -> dict:
    posts = Post.objects.for_moderator().order_by(*MOST_URGENT_FIRST)
    items = [
        {
            "text": line_of(post.name, post.text),
            "url": admin_url(post.pk),
            "meta": ", ".join([since(post.created_at), *why_it_waits(post)]),
        }
        for post in posts[:AT_MOST]
    ]
    return {"title": "Bijdragen die wachten", "count": posts.count(), "url": list_url("wacht"), "items": items}


def about_child() -> dict:
    """Stories about one child that wait to be erased, without a word of them."""
    posts, kept = Post.objects.about_child().order_by("child_at", "pk"), Retention.objects.all_of()[Term.CHILD]

    def when(post: Post) -> str:
        still = "het wissen staat stil"
        return still if kept.paused_at else f"wordt gewist na {day(post.erased_on(kept.days or 0))}"

    items = [{"text": str(post), "url": admin_url(post.pk), "meta": when(post)} for post in posts[:AT_MOST]]
    return {"title": "Gaat over één kind", "count": posts.count(), "url": list_url(ABOUT_ONE_CHILD), "items": items}


def reported() -> dict:
    open_reports = Report.objects.filter(handled_at=None)
    posts = open_reports.values("post_id", "post__name", "post__text")
    about_child = Count("pk", filter=Q(reason__in=ABOUT_A_CHILD))
    found = posts.annotate(times=Count("pk"), first=Min("created_at"), about_child=about_child)
    rows = found.order_by(Least("about_child", 1).desc(), "first")
    items = [
        {
            "text": line_of(row["post__name"], row["post__text"]),
            "url": admin_url(row["post_id"]),
            "meta": f"{row['times']} × gemeld{', over een kind' if row['about_child'] else ''}, {since(row['first'])}",
        }
        for row in rows[:AT_MOST]
    ]
    return {"title": "Gemelde bijdragen", "count": rows.count(), "url": list_url("gemeld"), "items": items}


def admin_url(pk: int) -> str:
    return reverse("admin:posts_post_change", args=[pk])


def line_of(name: str, text: str) -> str:
    return f"{isolated(name)}: {excerpt(text, LENGTH - len(name) - 2)}"


def since(moment) -> str:
    now = timezone.now()
    return "zojuist" if now - moment < timedelta(minutes=1) else f"{timesince(moment, now, depth=1)} geleden"
