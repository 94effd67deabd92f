from posts.models.posts import Post
from werkplaats import mail
from werkplaats.mutes import links
from werkplaats.mutes.models import Kind
from werkplaats.people.models import User


def to_writer(context, post: Post, template: str, **data) -> None:
    """Mails whoever has the address of the post, unless they switched these mails off."""
    user = User.objects.filter(email=post.email).first()
    if user:
        data["post"] = post
        links.send(context, user, Kind.DECISIONS, template=f"posts/mail/{template}", data=data)
    else:
        deliver(context, post, template, **data)


def find(post_id: int, **conditions) -> Post | None:
    posts = Post.objects.filter(pk=post_id, **conditions).exclude(email="")
    return posts.select_related("question", "author").first()


def deliver(context, post: Post, template: str, **data) -> None:
    mail.send(context, template=f"posts/mail/{template}", to=post.email, data={"post": post, **data})
