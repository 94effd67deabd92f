"""What the coordinator's first page tells about the conversation."""

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.timesince import timesince

from posts.models import Post, Report

AT_MOST = 5


def today(request) -> list[dict]:
    """The contributions that wait, the oldest first, and those that were reported."""
    return [waiting(), reported()]


def waiting() -> dict:
    posts = Post.objects.waiting().select_related("role").order_by("created_at")
    items = [
        {"text": f"{post.name}: {post.text[:80]}", "url": admin_url(post.pk), "meta": since(post.created_at)}
        for post in posts[:AT_MOST]
    ]
    url = f"{reverse('admin:posts_post_changelist')}?toestand=wacht"
    return {"title": "Bijdragen die wachten", "count": posts.count(), "url": url, "items": items}


def reported() -> dict:
    open_reports = Report.objects.filter(handled_at=None)
    posts = open_reports.values("post_id", "post__name", "post__text")
    rows = posts.annotate(times=Count("pk"), first=Min("created_at")).order_by("first")
    items = [
        {
            "text": f"{row['post__name']}: {row['post__text'][:80]}",
            "url": admin_url(row["post_id"]),
            "meta": f"{row['times']} × gemeld, {since(row['first'])}",
        }
        for row in rows[:AT_MOST]
    ]
    url = f"{reverse('admin:posts_post_changelist')}?gemeld=ja"
    return {"title": "Gemelde bijdragen", "count": rows.count(), "url": url, "items": items}


def admin_url(pk: int) -> str:
    return reverse("admin:posts_post_change", args=[pk])


def since(moment) -> str:
    return f"{timesince(moment, depth=1)} geleden"
