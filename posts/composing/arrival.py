from django.db.models import Exists, OuterRef

from posts.models.posts import Post
from posts.models.questions import Question


def unanswered(question: Question, written: Post) -> Post | None:
    """A contribution of someone else that nobody has answered yet, for who has just written: the newest. One query."""
    if not question.is_current:
        return None
    theirs = Post.objects.readable().filter(question=question, parent=None).exclude(pk=written.root_id)
    theirs = theirs.exclude(visitor__isnull=False, visitor=written.visitor_id)
    answered = Post.objects.readable().filter(parent=OuterRef("pk"))
    return theirs.filter(~Exists(answered)).only("name", "text").order_by("-created_at", "-pk").first()


# What `arrived` needs to know of a post.
ARRIVED = (
    "root",
    "parent",
    "visitor",
    "published_at",
    "removed_at",
    "removal",
    "picture",
    "picture_shown_at",
)


def arrived(request, post: Post) -> dict:
    """What templates/posts/arrived.html tells a writer who comes from a form, as `arrival` says."""
    for what in ("geplaatst", "gewijzigd", "teruggezet"):
        if what in request.GET:
            offer = unanswered(post.question, post) if what == "geplaatst" else None
            return {"written": post, "what": what, "offer": offer}
    return {}


def arrival(post: Post, what: str = "geplaatst") -> str:
    """Where the writer sees what became of it: geplaatst, gewijzigd or teruggezet."""
    return f"{post.get_absolute_url()}?{what}#bijdrage-{post.pk}"
