"""The mails of the conversation. Each looks again whether it still makes sense at the moment that it goes."""

from django.conf import settings
from django.urls import reverse

from posts import tokens
from posts.models import Post
from posts.telling import send_answers
from werkplaats import mail
from werkplaats.models import Site

__all__ = ["send_answers"]  # the worker looks for its jobs here


@mail.task
def send_confirmation(context, *, post_id: int) -> None:
    """Asks whoever reads the address whether they wrote this."""
    post = Post.objects.waiting().filter(pk=post_id).exclude(email="").select_related("question").first()
    if post:
        path = reverse("posts:confirm", args=[tokens.make(post)])
        deliver(context, post, "confirm", url=settings.SITE_URL + path)


@mail.task
def send_approved(context, *, post_id: int) -> None:
    post = Post.objects.public().filter(pk=post_id, removed_at=None).exclude(email="").first()
    if post:
        deliver(context, post, "approved", url=settings.SITE_URL + post.get_absolute_url())


@mail.task
def send_removed(context, *, post_id: int) -> None:
    post = Post.objects.filter(pk=post_id, removed_at__isnull=False).exclude(email="").first()
    if post:
        url = settings.SITE_URL + post.question.get_absolute_url()
        deliver(context, post, "removed", url=url, contact_email=Site.objects.load().contact_email)


def deliver(context, post: Post, template: str, **data) -> None:
    mail.send(context, template=f"posts/mail/{template}", to=post.email, data={"post": post, **data})
