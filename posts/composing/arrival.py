"""What a writer sees after sending a form: the way to the post, what became of it, and somebody to answer."""

from django.db.models import Exists, OuterRef

from posts.models import Post, Question

# What `arrived` needs of a post.
ARRIVED = ("root", "parent", "visitor", "published_at", "removed_at", "removal", "picture", "picture_shown_at")


def arrival(post: Post, what: str = "geplaatst") -> str:
    """The address that tells what became of a post: it is geplaatst, gewijzigd or teruggezet."""
    return f"{post.get_absolute_url()}?{what}#bijdrage-{post.pk}"


def arrived(request, post: Post) -> dict:
    """The context of posts/arrived.html for a writer who follows `arrival`; empty for everyone else."""
    for what in ("geplaatst", "gewijzigd", "teruggezet"):
        if what in request.GET:
            offer = unanswered(post.question, post) if what == "geplaatst" else None
            return {"written": post, "what": what, "offer": offer}
    return {}


def unanswered(question: Question, written: Post) -> Post | None:
    """The newest contribution of somebody else without an answer, for the writer of `written`. One query."""
    if not question.is_current:
        return None
    theirs = Post.objects.readable().filter(question=question, parent=None).exclude(pk=written.root_id)
    theirs = theirs.exclude(visitor__isnull=False, visitor=written.visitor_id)
    answered = Post.objects.readable().filter(parent=OuterRef("pk"))
    return theirs.filter(~Exists(answered)).only("name", "text").order_by("-created_at", "-pk").first()
