"""What a writer sees after sending a form: the way to the post, what became of it, and somebody to answer."""

from django.db.models import Exists, OuterRef

from posts.models import A_PUPIL, SOMEBODY, Hold, Post, Question
from posts.models.holds import FIRST, SOON, why_it_waits
from posts.models.whose import Reader
from werkplaats.site.context import site_of

# What `arrived` needs of a post.
ARRIVED = (
    *("root", "parent", "visitor", "published_at", "removed_at", "removal", "picture", "picture_shown_at"),
    *("name", "role", "email", "author", "asked_at", "held_for", "finished_at"),
)


def arrival(post: Post, what: str = "geplaatst") -> str:
    """The address that tells at its top what became of a post: it is geplaatst, gewijzigd or teruggezet."""
    return f"{post.get_absolute_url()}?{what}"


def what_follows(post: Post, soon: str, *, just_sent: bool = False) -> list[str]:
    """What happens now with a post that was just sent, step by step; `soon` is `Site.soon`.

    Only the answer to what was `just_sent` says to which address: a page that a cookie opens again may be read by
    another, who sits here by then. The card says it in other words as long as it waits.
    """
    if post.is_public:
        return []
    if post.held_for == Hold.PUPIL:
        return [
            f"Een moderator leest je bijdrage, {SOON}".format(soon=soon),
            f"Daarna kan iedereen je bijdrage lezen. Er staat ‘{A_PUPIL}’ bij.",
        ]
    where = f" ({masked(post.email)})" if just_sent else ""
    asks = post.asked_at and not post.author_id
    read = "Daarna staat je bijdrage online. Toch niet? Dan past die misschien niet bij de huisregels."
    if post.held_for:
        steps = [why_it_waits(post.held_for, False, soon), read]
        look = f"Kijk in je mail{where} en druk op de knop. Dan weten we dat jij dit schreef."
        return [look, *steps] if asks else steps
    if asks:
        return [f"Kijk in je mail{where} en druk op de knop.", "Dan staat je bijdrage meteen online."]
    return [FIRST.format(soon=soon), read]


def masked(email: str) -> str:
    """Enough of an address to know it by, for who typed it."""
    name, _, host = email.partition("@")
    return f"{name[:1]}…\u2060@{host}"


def called(post: Post) -> str:
    """The name to thank, if one was given."""
    return "" if post.name in (SOMEBODY, A_PUPIL) else post.name


def thanks(request, post: Post, what: str = "geplaatst", *, just_sent: bool = False) -> dict:
    """The context of posts/arrived.html; `just_sent`, as `what_follows`."""
    offer = unanswered(post.question, post) if what == "geplaatst" else None
    steps = what_follows(post, site_of(request).soon, just_sent=just_sent)
    about = {"steps": steps, "called": called(post), "theirs": True}
    return {"written": post, "what": what, "offer": offer, **about}


def arrived(request, post: Post) -> dict:
    """The context of posts/arrived.html for a writer who follows `arrival`; empty for everyone else."""
    for what in ("geplaatst", "gewijzigd", "teruggezet"):
        if what in request.GET:
            theirs = Reader.of(request).has_written(post.author_id, post.visitor_id)
            if post.is_public or (theirs and not (post.is_unfinished and what == "geplaatst")):
                told = thanks(request, post, what) | {"thanked": True}
                return told if theirs else told | {"called": "", "theirs": False}
    return {}


def unanswered(question: Question, written: Post) -> Post | None:
    """The newest contribution of somebody else without an answer, for the writer of `written`. One query."""
    if not question.is_current:
        return None
    theirs = Post.objects.readable().filter(question=question, parent=None).exclude(pk=written.root_id)
    theirs = theirs.exclude(visitor__isnull=False, visitor=written.visitor_id)
    answered = Post.objects.readable().filter(parent=OuterRef("pk"))
    return theirs.filter(~Exists(answered)).only("name", "text", "lang").order_by("-created_at", "-pk").first()
