from posts.models.posts import Post
from werkplaats import mail
from werkplaats.mutes.links import headers, switches_url, wants
from werkplaats.mutes.models import Kind
from werkplaats.people.models import User


def to_writer(context, post: Post, template: str, **data) -> None:
    """Mails whoever has the address of the post, unless they switched these mails off."""
    user = User.objects.filter(email=post.email).first()
    if user and not wants(user, Kind.DECISIONS):
        return
    data |= {"post": post, "stop_url": switches_url(user, Kind.DECISIONS) if user else ""}
    mail.send(
        context,
        template=f"posts/mail/{template}",
        to=post.email,
        data=data,
        headers=headers(user, Kind.DECISIONS) if user else None,
    )


def find(post_id: int, **conditions) -> Post | None:
    posts = Post.objects.filter(pk=post_id, **conditions).exclude(email="")
    return posts.select_related("question", "author").first()


def deliver(context, post: Post, template: str, **data) -> None:
    mail.send(context, template=f"posts/mail/{template}", to=post.email, data={"post": post, **data})
