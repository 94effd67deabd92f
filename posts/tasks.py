"""The mails of the conversation. Each looks again whether it still makes sense at the moment that it goes."""

from django.conf import settings
from django.urls import reverse

from posts import tokens
from posts.decisions import (
    morning_summary,
    send_approved,
    send_held,
    send_removed,
    send_reported,
    send_summary,
)
from posts.models import Post
from posts.schedule import open_planned_questions
from posts.telling import send_answers
from werkplaats import mail

# The worker looks for its jobs here.
__all__ = [
    "morning_summary",
    "open_planned_questions",
    "send_answers",
    "send_approved",
    "send_confirmation",
    "send_held",
    "send_removed",
    "send_reported",
    "send_summary",
]


@mail.task
def send_confirmation(context, *, post_id: int) -> None:
    """Asks whoever reads the address whether they wrote this."""
    post = Post.objects.waiting().filter(pk=post_id).exclude(email="").select_related("question").first()
    if post:
        path = reverse("posts:confirm", args=[tokens.make(post)])
        deliver(context, post, "confirm", url=settings.SITE_URL + path)


def deliver(context, post: Post, template: str, **data) -> None:
    mail.send(context, template=f"posts/mail/{template}", to=post.email, data={"post": post, **data})
