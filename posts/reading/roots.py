"""The threads of a page, and what in each is the visitor's own: one query."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, Count, Exists, Func, OuterRef, Q, Subquery, UUIDField, Window
from django.db.models.functions import Greatest, Least

from posts.models import Post, PostTally, Question, Removal, Thumb
from posts.reading import conditions
from posts.reading.filters import EVERYTHING, Wanted
from werkplaats import compiled
from werkplaats.compiled import Given
from werkplaats.web.addresses import page_number

PER_PAGE = 20
# No aggregate to Django, which would group by it.
COUNT = Func("pk", function="COUNT", output_field=BigIntegerField())


class Root(NamedTuple):
    """A thread: what its kept card is found by, and what in it is the visitor's.

    `alone`: they see more than others do. `own`: their posts that are not removed. `thumbs`: the posts that they gave a
    thumb, each with its value.
    """

    pk: int
    version: int
    alone: bool = False
    own: Sequence[int] = ()
    thumbs: Sequence[tuple[int, int]] = ()


class Page(NamedTuple):
    roots: list[Root]
    total: int
    number: int
    last: int

    @property
    def previous(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        return self.number + 1 if self.number < self.last else None


def page_of(question: Question, visitor_id, asked: str | None, wanted: Wanted = EVERYTHING) -> Page:
    """The threads of the page that is asked for, or of the last page. One query."""
    number = page_number(asked, last=10**9)
    roots, total = find_roots("question", question.pk, visitor_id, wanted=wanted, page=number)
    last = max(1, -(-total // PER_PAGE))
    return Page(roots, total, min(number, last), last)


def root_of(root_id: int, visitor_id) -> Root | None:
    """The thread that begins with this post, if the visitor may see it."""
    roots, _ = find_roots("pk", root_id, visitor_id)
    return roots[0] if roots else None


def find_roots(
    place: str, value: int, visitor_id, *, wanted: Wanted = EVERYTHING, page: int = 1
) -> tuple[list[Root], int]:
    """The visible roots on a page, and how many there are in all. Past the end: the last page."""
    found = compiled.rows(
        *(roots_of, place, visitor_id is not None, *wanted.shape, PER_PAGE),
        skip=places_before if page > 1 else None,
        **{"value": value, "visitor": visitor_id, "before": (page - 1) * PER_PAGE, **wanted.values},
    )
    return [Root(pk, version, *mine) for pk, version, _, *mine in found], found[0][2] if found else 0


def roots_of(place: str, known: bool, order: str, filters: tuple[str, ...], most: int):
    """A query of pk, version and total; for a `known` visitor also of what in Root is theirs."""
    visitor = Given("visitor", UUIDField()) if known else None
    # With a window PostgreSQL cannot stop after a page; counting apart, it would look for words twice.
    apart = Subquery(listed(place, known, order, filters).values(total=COUNT))
    total = Window(Count("*")) if filters else apart
    tally = PostTally.objects.filter(post=OuterRef("pk")).values("thread_version")
    columns: dict[str, Any] = {"thread_version": Subquery(tally), "total": total}
    columns |= mine(visitor) if visitor else {}
    ordered = conditions.sort(listed(place, known, order, filters), order, filters)
    return ordered.annotate(**columns).values_list("pk", *columns)[:most]


def places_before(place: str, known: bool, order: str, filters: tuple[str, ...], most: int):
    """A query of one number: how many roots come before the page that is asked, or the last page."""
    before_last = Greatest(COUNT - 1, 0) / most * most
    before = Least(Given("before", BigIntegerField()), before_last)
    return listed(place, known, order, filters).values(before=before)


def listed(place: str, known: bool, order: str, filters: tuple[str, ...]):
    """The roots that the visitor may see and asked for: of a question, or one post."""
    visitor = Given("visitor", UUIDField()) if known else None
    roots = Post.objects.visible_to(visitor).filter(parent=None, **{place: Given("value", BigIntegerField())})
    return roots.filter(conditions.listed(order, filters)).order_by()


def mine(visitor: Given) -> dict:
    """The columns of a root that are about this visitor."""
    written = Post.objects.filter(root=OuterRef("pk"), visitor=visitor)
    waits = Q(removal=Removal.HELD) | Q(removed_at=None, published_at=None)
    picture_waits = Q(removed_at=None, picture__isnull=False, picture_shown_at=None)
    pair = Func("post_id", "value", template="ARRAY[%(expressions)s]", output_field=ArrayField(BigIntegerField()))
    given = Thumb.objects.filter(visitor=visitor, post__root=OuterRef("pk"))
    return {
        "alone": Exists(written.filter(waits | picture_waits)),
        "own": ArraySubquery(written.filter(removed_at=None, denied_at=None).order_by().values("pk")),
        "given": ArraySubquery(given.values_list(pair)),
    }
