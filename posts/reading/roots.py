"""The threads of a page, and what in each is the visitor's own: one query."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, Count, Exists, Func, OuterRef, Q, Subquery, UUIDField, Window
from django.db.models.functions import Greatest, Least

from posts.finding import asking
from posts.models import Post, PostTally, Question, Removal, Thumb
from posts.models.whose import STRANGER, Reader
from posts.reading import conditions
from posts.reading.conditions import Filters, looks_for_words
from posts.reading.filters import EVERYTHING, PRESENT, Wanted
from posts.reading.searching import Search, search
from werkplaats import compiled
from werkplaats.compiled import Given
from werkplaats.web.addresses import Numbered, page_number

PER_PAGE = 20
ENOUGH = 100  # threads that a search shows and counts: for a common word the rest would take long
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


@dataclass(frozen=True)
class Page(Numbered):
    """`many`: so many are shown of a search that found more. `near`: something was found with a wrong letter only.

    `fillers`: nothing was looked for, as words were typed that stand in every text.
    """

    roots: list[Root]
    total: int
    many: int = 0
    near: bool = False
    fillers: bool = False


def page_of(question: Question, reader: Reader, asked: str | None, wanted: Wanted = EVERYTHING) -> Page:
    """The threads of the page that is asked for, or of the last page. One query, besides those of `search`."""
    number = page_number(asked, last=10**9)
    words = search(question.pk, wanted.words) if wanted.words else None
    if wanted.words and not words:
        return Page(1, 1, [], 0, fillers=asking.read(wanted.words).only_fillers)
    roots, total = find_roots("question", question.pk, reader, wanted=wanted, page=number, words=words)
    many = ENOUGH if words and total > ENOUGH else 0
    last = max(1, -(-(many or total) // PER_PAGE))
    return Page(min(number, last), last, roots, total, many, near=bool(words and words.near and total))


def newest_of(question: Question, reader: Reader, most: int) -> tuple[list[Root], int]:
    """The first threads of a question that were not removed, and how many there are in all. One query."""
    return find_roots("question", question.pk, reader, wanted=PRESENT, most=most)


def root_of(root_id: int, reader: Reader = STRANGER) -> Root | None:
    """The thread that begins with this post, if the reader may see it."""
    roots, _ = find_roots("pk", root_id, reader)
    return roots[0] if roots else None


def find_roots(
    place: str,
    value: int,
    reader: Reader,
    *,
    wanted: Wanted = EVERYTHING,
    page: int = 1,
    most: int | None = None,
    words: Search | None = None,
) -> tuple[list[Root], int]:
    """The visible roots on a page, and how many there are in all. Past the end: the last page."""
    most = most or PER_PAGE
    order, narrowed = wanted.shape
    filters: Filters = (*narrowed, words.filter) if words else narrowed
    given = {"value": value, "before": (page - 1) * most, **reader.values, **wanted._asdict()}
    found = compiled.rows(
        *(roots_of, place, reader.shape, order, filters, most),
        skip=places_before if page > 1 else None,
        **(given | words.values if words else given),
    )
    return [Root(pk, version, *mine) for pk, version, _, *mine in found], found[0][2] if found else 0


def roots_of(place: str, who: tuple[bool, bool], order: str, filters: Filters, most: int):
    """A query of pk, version and total; for who is no stranger also of what in Root is theirs."""
    reader = Reader.given(*who)
    # With a window PostgreSQL cannot stop after a page; counting apart, it would look for words twice.
    apart = Subquery(listed(place, who, order, filters).values(total=COUNT))
    total = Window(Count("*")) if filters else apart
    tally = PostTally.objects.filter(post=OuterRef("pk")).values("thread_version")
    columns: dict[str, Any] = {"thread_version": Subquery(tally), "total": total}
    columns |= {} if reader.is_stranger else mine(reader)
    found = first_of if looks_for_words(filters) else listed
    ordered = conditions.sort(found(place, who, order, filters), order, filters)
    return ordered.annotate(**columns).values_list("pk", *columns)[:most]


def first_of(place: str, who: tuple[bool, bool], order: str, filters: Filters):
    """As `listed`, no more than one over ENOUGH: then PostgreSQL stops looking."""
    first = conditions.sort(listed(place, who, order, filters), order, filters).values("pk")[: ENOUGH + 1]
    return Post.objects.filter(pk__in=first).order_by()


def places_before(place: str, who: tuple[bool, bool], order: str, filters: Filters, most: int):
    """A query of one number: how many roots come before the page that is asked, or the last page."""
    shown = Least(COUNT, ENOUGH) if looks_for_words(filters) else COUNT
    before_last = Greatest(shown - 1, 0) / most * most
    before = Least(Given("before", BigIntegerField()), before_last)
    found = first_of if looks_for_words(filters) else listed
    return found(place, who, order, filters).values(before=before)


def listed(place: str, who: tuple[bool, bool], order: str, filters: Filters):
    """The roots that the reader may see and asked for: of a question, or one post."""
    roots = Post.objects.visible_to(Reader.given(*who)).filter(
        parent=None, **{place: Given("value", BigIntegerField())}
    )
    return roots.filter(conditions.listed(order, filters)).order_by()


def mine(reader: Reader) -> dict:
    """The columns of a root that are about this reader. Thumbs are of a visitor: without one there are none."""
    written = Post.objects.filter(reader.wrote(), root=OuterRef("pk"))
    waits = Q(removal=Removal.HELD) | Q(removed_at=None, published_at=None)
    picture_waits = Q(removed_at=None, picture__isnull=False, picture_shown_at=None)
    pair = Func("post_id", "value", template="ARRAY[%(expressions)s]", output_field=ArrayField(BigIntegerField()))
    given = Thumb.objects.filter(visitor=Given("visitor", UUIDField()), post__root=OuterRef("pk"))
    return {
        "alone": Exists(written.filter(waits | picture_waits)),
        "own": ArraySubquery(written.filter(removed_at=None, denied_at=None).order_by().values("pk")),
        "given": ArraySubquery(given.values_list(pair)),
    }
