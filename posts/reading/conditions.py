"""Filters and orders of the list of a question, as conditions on the root of a thread.

`posts.reading.roots` builds a query once per order and set of filters; values are given when it runs.
"""

from typing import Any, NamedTuple

from django.db.models import BigIntegerField, DateTimeField, Exists, F, OuterRef, Q, Subquery, TextField, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact, GreaterThan, GreaterThanOrEqual, IsNull

from posts.finding.looking import has_words
from posts.models import Post, PostTheme
from posts.models.holds import TELLS_PLACE
from posts.models.posts import PINNED
from posts.models.visibility import PostQuerySet
from werkplaats.compiled import Given, among
from werkplaats.web.places import AFTER, EPOCH

NEWEST, MOST_THUMBS, UNANSWERED = "nieuwste", "duimpjes", "zonder-antwoord"
NEWEST_FIRST = ("-created_at", "-pk")
HITS = "hits"  # the filter by posts in which words were looked up


class Words(NamedTuple):
    """The filter by words, by how many patterns have to be in one post, and whether one may not be.

    Their values go by the names `wanted0`, `wanted1` … and `unwanted`.
    """

    wanted: int
    unwanted: bool

    def found(self) -> Q:
        """The condition on a post."""
        wanted = [Given(f"wanted{place}", TextField()) for place in range(self.wanted)]
        return has_words(wanted, Given("unwanted", TextField()) if self.unwanted else "")


type Filters = tuple[str | Words, ...]


def with_readable(found: Q) -> Q:
    """Threads that begin in public and have a readable post like this."""
    hits = Post.objects.public().filter(question=OuterRef("question"), removed_at=None)
    return Q(published_at__isnull=False, pk__in=hits.filter(found).order_by().values("root"))


def with_words(words: Words) -> Q:
    """Threads with a readable post that has these words, when many have them: looked at one by one until enough are
    found. As an EXISTS, PostgreSQL would first look up all such posts.
    """
    hits = Post.objects.public().filter(words.found(), root=OuterRef("pk"), removed_at=None).order_by()
    return Q(IsNull(Subquery(hits.values("pk")[:1]), False), published_at__isnull=False)


def with_hits() -> Q:
    """Threads of which the keys are given: those of the posts with some words, when few have them."""
    return Q(among("id", HITS), published_at__isnull=False)


def without_answer() -> Q:
    answers = Post.objects.public().filter(root=OuterRef("pk"), parent__isnull=False, removed_at=None)
    return Q(~Exists(answers), published_at__isnull=False)


def with_theme() -> Exists:
    return Exists(PostTheme.objects.filter(post=OuterRef("pk"), theme=Given("theme", BigIntegerField())))


# Per filter the condition on a root.
CONDITIONS = {
    "role": lambda: Q(role=Given("role", BigIntegerField())),
    "werkgebied": lambda: Q(TELLS_PLACE, werkgebied=Given("werkgebied", BigIntegerField())),
    "theme": lambda: Q(with_theme()),
    "present": lambda: Q(removed_at=None),
    "since": lambda: with_readable(Q(published_at__gt=Given("since", DateTimeField()))),
}


def condition_of(each: str | Words) -> Q:
    if isinstance(each, Words):
        return with_words(each)
    return with_hits() if each == HITS else CONDITIONS[each]()


def listed(order: str, filters: Filters) -> Q:
    """What a root has to meet to be listed."""
    found = Q(*map(condition_of, filters))
    if order == UNANSWERED:
        found &= without_answer()
    if order == UNANSWERED or not {"role", "werkgebied", "theme"}.isdisjoint(filters):
        found &= Q(removed_at=None)
    return found


def sort(posts: PostQuerySet, order: str, filters: Filters) -> PostQuerySet:
    """Sorts the roots. Neither a pin nor thumbs lift what was removed: its moment alone counts."""
    if order == MOST_THUMBS:
        # By the tally's own columns, which an index has in this order.
        by_tally = ("-tally__rank", "-tally__created_at", F("tally__post_id").desc())
        return posts.filter(tally__question=F("question")).order_by(*by_tally)
    if order == UNANSWERED or "since" in filters or looks_for_words(filters):
        return posts.order_by(*NEWEST_FIRST)
    return posts.order_by(PINNED.desc(nulls_last=True), "-created_at", "-pk")


def sorted_by(order: str, filters: Filters) -> tuple[Any, Any, Any]:
    """What `sort` goes by, the highest first: the columns of a `Key`. The first one is 0 where there is none."""
    if order == MOST_THUMBS:
        return F("tally__rank"), F("tally__created_at"), F("tally__post_id")
    if order == UNANSWERED or "since" in filters or looks_for_words(filters):
        return Value(0), F("created_at"), F("pk")
    return Coalesce(PINNED, Value(EPOCH, DateTimeField())), F("created_at"), F("pk")


def stands_before(order: str, filters: Filters, word: str) -> Q:
    """Whether a root stands before the place that a link names by its `key`; with AFTER, that row too."""
    first, at, pk = sorted_by(order, filters)
    given = Given("key_first", BigIntegerField() if isinstance(first, F) else DateTimeField())
    newer = came_before(at, pk, word)
    if isinstance(first, Value):
        return newer
    return Q(GreaterThan(first, given)) | Q(Exact(first, given)) & newer


def came_before(at: F, pk: F, word: str) -> Q:
    """The same by when it came; PostgreSQL finds the first part in an index."""
    key_at, key_pk = Given("key_at", DateTimeField()), Given("key_pk", BigIntegerField())
    last = GreaterThanOrEqual(pk, key_pk) if word == AFTER else GreaterThan(pk, key_pk)
    return Q(GreaterThanOrEqual(at, key_at)) & (Q(GreaterThan(at, key_at)) | Q(last))


def unpinned_before(word: str) -> Q:
    """Those before a place that is not pinned, without the pins, which all are."""
    return Q(IsNull(PINNED, True)) & came_before(F("created_at"), F("pk"), word)


def is_loose(order: str, filters: Filters) -> bool:
    """Whether a list has pins on top, and the rest by when it came."""
    return isinstance(sorted_by(order, filters)[0], Coalesce)


def looks_for_words(filters: Filters) -> bool:
    return any(each == HITS or isinstance(each, Words) for each in filters)
