"""What waits for a moderator, and why: for the back office, the start page and the morning mail."""

from collections.abc import Callable
from datetime import timedelta

from django.db.models import Case, Count, Exists, OuterRef, Q, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from posts.models import Language, Post, Removal, Report
from posts.models.holds import HELD, NOT_TAKEN_AWAY, UNFINISHED
from posts.models.visibility import PostQuerySet
from werkplaats.moderation.models import WAITING
from werkplaats.moderation.reasons import ABOUT_A_CHILD
from werkplaats.moderation.terms import working_days_ago
from werkplaats.site.current import site_now
from werkplaats.words import number

LEFT_BEHIND = timedelta(days=30)  # a text without a sender of which nobody expects one any more
REPORTS_OF_IT = Report.objects.waiting().filter(post=OuterRef("pk"))
OPEN_REPORT = Exists(REPORTS_OF_IT)
# On top what somebody says is about a child, then what was reported, whoever did: that is what a report is for.
CALLED = Case(
    When(Exists(REPORTS_OF_IT.filter(reason__in=ABOUT_A_CHILD)), then=2), When(OPEN_REPORT, then=1), default=0
)
MOST_URGENT_FIRST = (CALLED.desc(), "created_at", "pk")


def queue(posts: PostQuerySet) -> PostQuerySet:
    """The posts that need a moderator: they wait, or were reported."""
    return posts.filter(Q(pk__in=Post.objects.for_moderator().order_by().values("pk")) | Q(OPEN_REPORT))


def late(posts: PostQuerySet) -> PostQuerySet:
    """Those that wait longer than a coordinator promises."""
    before = working_days_ago(timezone.now(), site_now().reads_within)
    new, again = WAITING & Q(created_at__lt=before), HELD & Q(removed_at__lt=before)
    picture = Q(published_at__isnull=False, removed_at=None, shown_last__lt=before)
    waits = Q(pk__in=Post.objects.for_moderator().order_by().values("pk")) & (new | again | picture)
    reported = Exists(REPORTS_OF_IT.filter(created_at__lt=before))
    return posts.alias(shown_last=Coalesce("edited_at", "created_at")).filter(waits | Q(reported))


def unfinished(posts: PostQuerySet, *, left_behind: bool) -> PostQuerySet:
    """Those whose sender may still come, or those that were left behind: they would hide the first."""
    since = timezone.now() - LEFT_BEHIND
    return posts.unfinished().filter(**{"created_at__lte" if left_behind else "created_at__gt": since})


ABOUT_ONE_CHILD = "over-een-kind"  # in no other list
# The states in the address of the list: each with its label and its condition.
STATES: dict[str, tuple[str, Callable[[PostQuerySet], PostQuerySet]]] = {
    "te-doen": ("vraagt om een moderator", queue),
    "wacht": ("wacht", lambda posts: posts.for_moderator()),
    "te-laat": ("wacht langer dan beloofd", late),
    "nog-een-stap": ("nog één stap: zonder naam en rol", lambda posts: unfinished(posts, left_behind=False)),
    "blijven-liggen": ("nog één stap, al een maand", lambda posts: unfinished(posts, left_behind=True)),
    "anderstalig": (
        "in een andere taal, nog niet in het Nederlands",
        lambda posts: posts.exclude(lang=Language.DUTCH).filter(
            NOT_TAKEN_AWAY, rendered_at=None, rendering_refused_at=None
        ),
    ),
    "gemeld": ("gemeld", lambda posts: posts.filter(OPEN_REPORT)),
    "zichtbaar": ("zichtbaar", lambda posts: posts.public().filter(removed_at=None)),
    "weggehaald": (
        "weggehaald",
        lambda posts: posts.filter(removed_at__isnull=False, erased_at=None).exclude(removal=Removal.HELD),
    ),
    ABOUT_ONE_CHILD: ("gaat over één kind", lambda posts: posts.about_child()),
    "gewist": ("echt gewist", lambda posts: posts.filter(erased_at__isnull=False)),
}


def state_of(post: Post) -> str:
    """What has become of a post, in a word or a few."""
    if post.erased_at:
        return "echt gewist"
    if post.is_unfinished:
        return "nog één stap"
    if post.is_waiting or post.is_held:
        return "wacht"
    return post.get_removal_display() if post.removed_at else "zichtbaar"


def why_it_waits(post: Post) -> list[str]:
    """What a moderator has to decide about, in words; empty when there is nothing."""
    why = ["de schrijver vulde nog geen naam en rol in; met «Goedkeuren» staat er ‘Iemand’"] * post.is_unfinished
    if post.held_for:
        why.append(post.get_held_for_display())
    elif post.is_waiting and not post.is_unfinished:
        stranger = "van een leerling" if post.role and post.role.is_pupil else "van iemand zonder bevestigd adres"
        why.append("vraagt om een bevestigd adres" if post.asked_at else stranger)
    if post.picture_waits:
        why.append("een afbeelding die nog niemand bekeek")
    return why


def what_waits() -> list[tuple[str, str]]:
    """What needs a moderator, in words with the address of its list. Two queries; empty when nothing waits."""
    held = Q(removal=Removal.HELD)
    picture = Q(picture__isnull=False, picture_shown_at=None) & (Q(removed_at=None) | held)
    posts = Post.objects.aggregate(
        new=Count("pk", filter=WAITING & ~UNFINISHED & Q(held_for="")),
        held=Count("pk", filter=held | WAITING & ~UNFINISHED & ~Q(held_for="")),
        pictures=Count("pk", filter=picture),
    )
    reports = Report.objects.filter(handled_at=None).aggregate(posts=Count("post", distinct=True))["posts"]
    lines = [
        (reports, "gemelde bijdrage,gemelde bijdragen", "gemeld"),
        (posts["new"], "nieuwe bijdrage,nieuwe bijdragen", "wacht"),
        (posts["held"], "bijdrage die is aangehouden,bijdragen die zijn aangehouden", "wacht"),
        (posts["pictures"], "afbeelding bij een bijdrage,afbeeldingen bij een bijdrage", "wacht"),
    ]
    return [(number(count, words), list_url(state)) for count, words, state in lines if count]


def list_url(state: str) -> str:
    return f"{reverse('admin:posts_post_changelist')}?toestand={state}"
