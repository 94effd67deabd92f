"""In which state a post is, in words and as a condition: for the queue, its filters and the start page."""

from collections.abc import Callable

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.text import Truncator

from posts.models import Post, Removal, Report

OPEN_REPORT = Exists(Report.objects.filter(post=OuterRef("pk"), handled_at=None))


def queue(posts: QuerySet) -> QuerySet:
    """All that asks for a moderator: what waits, and what was reported."""
    return posts.filter(Q(pk__in=Post.objects.for_moderator().order_by().values("pk")) | Q(OPEN_REPORT))


# What a filter of the list is called, and what it leaves.
STATES: dict[str, tuple[str, Callable[[QuerySet], QuerySet]]] = {
    "te-doen": ("vraagt om een moderator", queue),
    "wacht": ("wacht", lambda posts: posts.for_moderator()),
    "gemeld": ("gemeld", lambda posts: posts.filter(OPEN_REPORT)),
    "zichtbaar": ("zichtbaar", lambda posts: posts.public().filter(removed_at=None)),
    "weggehaald": (
        "weggehaald",
        lambda posts: posts.filter(removed_at__isnull=False, erased_at=None).exclude(removal=Removal.HELD),
    ),
    "gewist": ("echt gewist", lambda posts: posts.filter(erased_at__isnull=False)),
}


def state_of(post: Post) -> str:
    """One word, or a few, for what has become of a post."""
    if post.erased_at:
        return "echt gewist"
    if post.is_waiting or post.is_held:
        return "wacht"
    return post.get_removal_display() if post.removed_at else "zichtbaar"


def why_it_waits(post: Post) -> list[str]:
    """What a moderator has to decide about, in words; nothing when there is nothing to decide."""
    why = []
    if post.held_for:
        why.append(post.get_held_for_display())
    elif post.is_waiting:
        why.append("vraagt om een bevestigd adres" if post.asked_at else "van iemand zonder bevestigd adres")
    if picture_waits(post):
        why.append("een afbeelding die nog niemand bekeek")
    return why


def picture_waits(post: Post) -> bool:
    shown_or_gone = post.picture_shown_at or (post.removed_at and not post.is_held)
    return bool(post.picture_id and not shown_or_gone)


def excerpt(text: str, length: int) -> str:
    """The beginning of a text on one line, of at most so many characters, in whole words."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    whole = line[: length - 1].rpartition(" ")[0]
    # One word longer than that is cut all the same: an address, a language without spaces.
    return f"{whole} …" if len(whole) > length // 2 else Truncator(line).chars(length)
