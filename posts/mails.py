"""The post that a mail is about, and mailing its writer."""

from typing import Any

from posts.models import Post
from werkplaats import mail
from werkplaats.models import User
from werkplaats.mutes import links
from werkplaats.mutes.models import Kind


def find(post_id: int, **conditions: Any) -> Post | None:
    """The post, if it has an address and still is as the mail says."""
    posts = Post.objects.filter(pk=post_id, **conditions).exclude(email="")
    return posts.select_related("question", "author").first()


def to_writer(context, post: Post, template: str, **data: Any) -> None:
    """Mails the writer about a decision, unless they switched these mails off: a proven one at their address of now."""
    user = post.author or User.objects.reachable().filter(email=post.email).first()
    data["post"] = post
    if user:
        links.send(context, user, Kind.DECISIONS, template=template, data=data, about=about(post.root_id))
    elif not User.objects.shut_out(post.email):
        mail.send(context, template=template, to=post.email, data=data, about=about(post.root_id))


def about(root_id: int) -> str:
    """What keeps the mails about one conversation together in a mail program."""
    return f"conversation-{root_id}"
