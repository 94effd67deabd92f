"""Filters and orders of the list of a question, as conditions on the root of a thread.

`posts.reading.roots` builds a query once per order and set of filters; values are given when it runs.
"""

import re
from collections.abc import Iterable

from django.contrib.postgres.search import SearchQuery
from django.db.models import BigIntegerField, DateTimeField, Exists, F, OuterRef, Q, TextField

from posts.models import Post, PostTheme
from posts.models.holds import TELLS_PLACE
from posts.models.posts import PINNED, SEARCH_CONFIG, SEARCHED
from posts.models.visibility import PostQuerySet
from werkplaats.compiled import Given

NEWEST, MOST_THUMBS, UNANSWERED = "nieuwste", "duimpjes", "zonder-antwoord"

HAS_WORDS = Q(searched=SearchQuery(Given("words", TextField()), config=SEARCH_CONFIG, search_type="websearch"))

# PostgreSQL reads a minus as "not" and refuses several in a row: one stays if a word or phrase follows.
LONE_MINUS = re.compile(r'(?<=\S)-|-(?!"?\w)')


def with_readable(found: Q, **annotations) -> Q:
    """Threads that begin in public and have a readable post like this."""
    hits = Post.objects.public().filter(question=OuterRef("question"), removed_at=None).annotate(**annotations)
    return Q(published_at__isnull=False, pk__in=hits.filter(found).order_by().values("root"))


def with_words() -> Q:
    return with_readable(HAS_WORDS, searched=SEARCHED)


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
    "words": with_words,
    "present": lambda: Q(removed_at=None),
    "since": lambda: with_readable(Q(published_at__gt=Given("since", DateTimeField()))),
}


def listed(order: str, filters: Iterable[str]) -> Q:
    """What a root has to meet to be listed."""
    found = Q(*(CONDITIONS[name]() for name in filters))
    if order == UNANSWERED:
        found &= without_answer()
    if order == UNANSWERED or not {"role", "werkgebied", "theme"}.isdisjoint(filters):
        found &= Q(removed_at=None)
    return found


def sort(posts: PostQuerySet, order: str, filters: Iterable[str]) -> PostQuerySet:
    """Sorts the roots. Neither a pin nor thumbs lift what was removed: its moment alone counts."""
    if order == MOST_THUMBS:
        # By the tally's own columns, which an index has in this order.
        by_tally = ("-tally__rank", "-tally__created_at", F("tally__post_id").desc())
        return posts.filter(tally__question=F("question")).order_by(*by_tally)
    if order == UNANSWERED or not {"words", "since"}.isdisjoint(filters):
        return posts.order_by("-created_at", "-pk")
    return posts.order_by(PINNED.desc(nulls_last=True), "-created_at", "-pk")
