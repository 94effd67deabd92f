"""What somebody wrote, and what others answered: for who wrote it alone."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    DateTimeField,
    ExpressionWrapper,
    F,
    Func,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
    Window,
)
from django.db.models.functions import Coalesce, RowNumber

from posts.models import AnswersSeen, Post
from posts.models.holds import UNFINISHED
from posts.models.whose import Reader
from posts.reading.roots import COUNT
from werkplaats import compiled
from werkplaats.moderation.models import WAITING
from werkplaats.web.addresses import Numbered, page_number

PER_PAGE = 20
MOST_ANSWERS = 3  # below each; the thread has them all
NEVER = Value(datetime(1970, 1, 1, tzinfo=UTC))
WITH_THEM = ("question", "role", "visitor", "author", "parent", "picture")


def seen_until(reader: Reader) -> Coalesce:
    if reader.visitor is None:
        return Coalesce(NEVER, NEVER)
    return Coalesce(Subquery(AnswersSeen.objects.filter(visitor=reader.visitor).values("until")), NEVER)


class Yours(NamedTuple):
    """How much somebody wrote, of which so many are unfinished; how many answers are new, and the last of when."""

    written: int
    unfinished: int
    new: int
    until: datetime | None = None  # if that was asked for


class Own(NamedTuple):
    """One post of theirs, with its newest answers of others, oldest first; `more` are not among them."""

    post: Post
    answers: list[Post]
    more: int
    new: int


@dataclass(frozen=True)
class Page(Numbered):
    rows: list[Own]
    yours: Yours

    @property
    def shows_all_new(self) -> bool:
        """Whether who reads on from the first page to this one has now been told of all answers that are new."""
        return bool(self.yours.new and self.rows and (self.number == self.last or not self.rows[-1].new))


def yours(reader: Reader, *, until: bool = False) -> Yours | None:
    """None when they wrote nothing. One query, and none for a stranger."""
    if reader.is_stranger:
        return None
    ((written, unfinished, new, *last),) = compiled.rows(counted, *reader.shape, until, **reader.values)
    return Yours(written, unfinished, int(new or 0), *last) if written else None


def counted(known: bool, person: bool, until: bool):
    """One row of numbers, see Yours. No aggregates to Django, which would group by them."""
    reader = Reader.given(known, person)
    new = answers_to_each(reader).filter(published_at__gt=seen_until(reader))
    numbers: list[Any] = [
        COUNT,
        Func(Case(When(UNFINISHED & WAITING, then="pk")), function="COUNT", output_field=BigIntegerField()),
        Func(Subquery(new.values(count=COUNT)), function="SUM", output_field=BigIntegerField()),
    ]
    if until:
        last = Func("published_at", function="MAX", output_field=DateTimeField())
        numbers.append(Func(Subquery(new.values(last=last)), function="MAX", output_field=DateTimeField()))
    return Post.objects.filter(reader.wrote()).order_by().values_list(*numbers)


def answers(reader: Reader):
    """What others answered, to anybody."""
    return Post.objects.readable().filter(~reader.wrote(), parent__isnull=False).order_by()


def answers_to_each(reader: Reader):
    """Those to the post of the query around it, or below it as long as they are to nothing else of theirs."""
    below = Q(root=OuterRef("pk")) & ~reader.wrote("parent__")
    return answers(reader).filter(Q(parent=OuterRef("pk")) | below, root=OuterRef("root"))


def page_of(reader: Reader, asked: str | None) -> Page | None:
    """The page that is asked for, or the last one; None when they wrote nothing. Three queries.

    First what is unfinished, then what got new answers, then the rest, the newest on top.
    """
    totals = yours(reader, until=True)
    if totals is None:
        return None
    last = -(-totals.written // PER_PAGE)
    number = page_number(asked, last)
    posts = list(in_order(reader)[(number - 1) * PER_PAGE : number * PER_PAGE])
    shown = newest_answers(reader, posts)
    rows = [Own(post, found := shown[post.pk], post.answer_count - len(found), post.new_count) for post in posts]
    return Page(number, last, rows, totals)


def in_order(reader: Reader):
    found = answers_to_each(reader)
    new = found.filter(published_at__gt=seen_until(reader))
    posts = Post.objects.filter(reader.wrote()).select_related(*WITH_THEM)
    posts = posts.annotate(answer_count=Subquery(found.values(n=COUNT)), new_count=Subquery(new.values(n=COUNT)))
    first = Case(When(UNFINISHED & WAITING, then=0), When(new_count__gt=0, then=1), default=2)
    return posts.order_by(first, "-created_at", "-pk")


def newest_answers(reader: Reader, posts: list[Post]) -> dict[int, list[Post]]:
    """The newest few below each of these posts, oldest first; `is_new` says which. One query."""
    pks = [post.pk for post in posts]
    to = Case(When(parent__in=pks, then=F("parent")), default=F("root"), output_field=BigIntegerField())
    is_new = ExpressionWrapper(Q(published_at__gt=seen_until(reader)), output_field=BooleanField())
    found = answers(reader).filter(Q(parent__in=pks) | Q(root__in=pks) & ~reader.wrote("parent__"))
    newest = Window(RowNumber(), partition_by="to", order_by=["-published_at", "-pk"])
    found = found.annotate(to=to, is_new=is_new, nth=newest).filter(nth__lte=MOST_ANSWERS)
    below: dict[int, list[Post]] = defaultdict(list)
    for answer in found.select_related("role").order_by("published_at", "pk"):
        answer.bubble = answer.pk % 10
        below[answer.to].append(answer)
    return below
