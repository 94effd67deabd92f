"""The work for a moderator on the start page: what was reported, and what waits."""

from datetime import timedelta

from django.db.models import Count, Min, Q
from django.db.models.functions import Least
from django.urls import reverse
from django.utils import timezone
from django.utils.timesince import timesince

from posts.models import Post, Report
from posts.queue import MOST_URGENT_FIRST, list_url, why_it_waits
from werkplaats.moderation.reasons import ABOUT_A_CHILD
from werkplaats.words import excerpt

AT_MOST = 5
LENGTH = 100  # characters to recognise a contribution by, the name included


def today(request) -> list[dict]:
    """What was reported and what waits, the oldest first; nothing for users who may not see it."""
    if not request.user.has_perm("posts.view_post"):
        return []
    return [reported(), waiting()]


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
    return f"{name}: {excerpt(text, LENGTH - len(name) - 2)}"


def since(moment) -> str:
    now = timezone.now()
    return "zojuist" if now - moment < timedelta(minutes=1) else f"{timesince(moment, now, depth=1)} geleden"
