"""The threads of a page, and what in each is the visitor's own: one query."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    Subquery,
    UUIDField,
    When,
    Window,
)
from django.db.models.functions import Greatest, Least
from django.db.models.lookups import GreaterThan, IsNull

from posts.finding import asking
from posts.models import Post, PostTally, Question, Removal, Thumb
from posts.models.posts import PINNED
from posts.models.whose import STRANGER, Reader
from posts.reading import conditions
from posts.reading.conditions import MOST_THUMBS, Filters, looks_for_words
from posts.reading.filters import EVERYTHING, PRESENT, Wanted
from posts.reading.searching import Search, search
from werkplaats import compiled
from werkplaats.compiled import Given
from werkplaats.web.addresses import Numbered, page_number
from werkplaats.web.places import AFTER, BEFORE, Key, Place, micros, moment_of, number_of

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

    `fillers`: nothing was looked for, as words were typed that stand in every text. `after` and `before` are the places
    that the links to the next and the previous page name; `here` is the one that was asked for.
    """

    roots: list[Root]
    total: int
    after: Place | None = None
    before: Place | None = None
    here: Place | None = None
    many: int = 0
    near: bool = False
    fillers: bool = False


def page_of(question: Question, reader: Reader, asked: Mapping[str, str], wanted: Wanted = EVERYTHING) -> Page:
    """The threads of the page that is asked for by a place or by its number, or of the last page.

    One query, besides those of `search`; two when it is asked for by a place.
    """
    words = search(question.pk, wanted.words) if wanted.words else None
    if wanted.words and not words:
        return Page(1, 1, [], 0, fillers=asking.read(wanted.words).only_fillers)
    look = Look("question", question.pk, reader, wanted, words, PER_PAGE)
    place = Place.asked(asked)
    number = page_number(asked.get("pagina"), last=10**9)
    skipped = look.skipped_to(place) if place else (number - 1) * PER_PAGE
    found = look.rows(skipped)
    total = found[0].total if found else 0
    many = ENOUGH if words and total > ENOUGH else 0
    shown = many or total
    skipped = skipped if skipped < shown else max(0, shown - 1) // PER_PAGE * PER_PAGE
    number, last = number_of(skipped, shown, PER_PAGE)
    ends = ends_of(found, skipped, shown)
    return Page(
        number, last, [row.root for row in found], total, *ends, place, many, bool(words and words.near and total)
    )


def ends_of(found: list["Row"], skipped: int, shown: int) -> tuple[Place | None, Place | None]:
    """The places that the links to the next and to the previous page name."""
    after = Place(AFTER, found[-1].key) if found and skipped + len(found) < shown else None
    return after, Place(BEFORE, found[0].key) if found and skipped else None


def newest_of(question: Question, reader: Reader, most: int) -> tuple[list[Root], int]:
    """The first threads of a question that were not removed, and how many there are in all. One query."""
    found = Look("question", question.pk, reader, PRESENT, most=most).rows()
    return [row.root for row in found], found[0].total if found else 0


def root_of(root_id: int, reader: Reader = STRANGER) -> Root | None:
    """The thread that begins with this post, if the reader may see it."""
    found = Look("pk", root_id, reader, EVERYTHING).rows()
    return found[0].root if found else None


class Row(NamedTuple):
    """A root of the list, how many there are in all, and what it is sorted by."""

    root: Root
    total: int
    key: Key


class Look(NamedTuple):
    """What is looked for: the visible roots of a question, or one root; in an order, with filters, with words."""

    place: str
    value: int
    reader: Reader
    wanted: Wanted
    words: Search | None = None
    most: int = PER_PAGE

    @property
    def shape(self) -> tuple[str, tuple[bool, bool], str, Filters]:
        order, narrowed = self.wanted.shape
        filters: Filters = (*narrowed, self.words.filter) if self.words else narrowed
        return self.place, self.reader.shape, order, filters

    @property
    def given(self) -> dict[str, Any]:
        given = {"value": self.value, **self.reader.values, **self.wanted._asdict()}
        return given | self.words.values if self.words else given

    def rows(self, skipped: int = 0) -> list[Row]:
        """A page of them after so many; past the end the last page. One query."""
        skip = places_before if skipped else None
        found = compiled.rows(roots_of, *self.shape, self.most, skip=skip, before=skipped, **self.given)
        return [row_of(*each) for each in found]

    def skipped_to(self, place: Place) -> int:
        """How many come before the page that a place asks for. One query."""
        first = moment_of(place.key.first) if self.wanted.order != MOST_THUMBS else place.key.first
        given: dict[str, Any] = {"key_first": first, "key_at": place.key.at, "key_pk": place.key.pk}
        pinned = bool(place.key.first)
        ((before,),) = compiled.rows(counted_before, *self.shape, place.word, pinned, **self.given, **given)
        return place.skipped(before, self.most)


def roots_of(place: str, who: tuple[bool, bool], order: str, filters: Filters, most: int):
    """A query of pk, version, total and what it is sorted by; for who is no stranger also of what in Root is theirs."""
    reader = Reader.given(*who)
    # With a window PostgreSQL cannot stop after a page; counting apart, it would look for words twice.
    apart = Subquery(listed(place, who, order, filters).values(total=COUNT))
    total = Window(Count("*")) if filters else apart
    tally = PostTally.objects.filter(post=OuterRef("pk")).values("thread_version")
    first, *_ = conditions.sorted_by(order, filters)
    columns: dict[str, Any] = {
        "thread_version": Subquery(tally),
        "total": total,
        "first": first,
        "came": F("created_at"),
    }
    columns |= {} if reader.is_stranger else mine(reader)
    found = first_of if looks_for_words(filters) else listed
    ordered = conditions.sort(found(place, who, order, filters), order, filters)
    return ordered.annotate(**columns).values_list("pk", *columns)[:most]


def row_of(pk: int, version: int, total: int, first: int | datetime, came: datetime, *mine: Any) -> Row:
    key = Key(micros(first) if isinstance(first, datetime) else first, came, pk)
    return Row(Root(pk, version, *mine), total, key)


def counted_before(place: str, who: tuple[bool, bool], order: str, filters: Filters, word: str, pinned: bool):
    """A query of one number: how many roots stand before the place that a link names, which may be `pinned`.

    Mostly it is not: then the pins are counted, and those that came after it, each by an index.
    """
    found = first_of if looks_for_words(filters) else listed
    roots = conditions.sort(found(place, who, order, filters), order, filters).order_by()
    if not pinned and conditions.is_loose(order, filters):
        pins = roots.filter(IsNull(PINNED, False)).values(count=COUNT)
        return roots.filter(conditions.unpinned_before(word)).values(before=COUNT + Subquery(pins))
    return roots.filter(conditions.stands_before(order, filters, word)).values(before=COUNT)


def first_of(place: str, who: tuple[bool, bool], order: str, filters: Filters):
    """As `listed`, no more than one over ENOUGH: then PostgreSQL stops looking."""
    first = conditions.sort(listed(place, who, order, filters), order, filters).values("pk")[: ENOUGH + 1]
    return Post.objects.filter(pk__in=first).order_by()


def places_before(place: str, who: tuple[bool, bool], order: str, filters: Filters, most: int):
    """A query of one number: how many roots come before the page that is asked, or the last page."""
    shown = Least(COUNT, ENOUGH) if looks_for_words(filters) else COUNT
    before_last = Greatest(shown - 1, 0) / most * most
    asked = Given("before", BigIntegerField())
    before = Case(When(GreaterThan(shown, asked), then=asked), default=before_last)
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
