import functools
from collections.abc import Sequence
from typing import NamedTuple

from django.db import connection

from posts.models.questions import Question
from posts.reading.filters import EVERYTHING, Wanted
from werkplaats.web.addresses import page_number

PER_PAGE = 20


class Root(NamedTuple):
    """What one needs to know to find a thread's kept card, and what of it is this visitor's.

    `alone`: they see more in it than others do. `own`: the posts they wrote that are not taken away.
    `thumbs`: the posts they gave a thumb, negative for down.
    """

    pk: int
    version: int
    alone: bool = False
    own: Sequence[int] = ()
    thumbs: Sequence[int] = ()


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
    """The threads of one page, the last one when there are not so many; one query."""
    number = page_number(asked, last=10**9)
    offset = (number - 1) * PER_PAGE
    roots, total = find_roots("question_id", question.pk, visitor_id, wanted=wanted, offset=offset)
    last = max(1, -(-total // PER_PAGE))
    return Page(roots, total, min(number, last), last)


def root_of(root_id: int, visitor_id) -> Root | None:
    """The thread of a post, if this visitor may see its beginning."""
    roots, _ = find_roots("id", root_id, visitor_id)
    return roots[0] if roots else None


def find_roots(
    column: str, value: int, visitor_id, *, wanted: Wanted = EVERYTHING, offset=0
) -> tuple[list[Root], int]:
    """The roots that this visitor may see, as `Post.objects.visible_to` says, and how many there are in all.

    In SQL because the page of a question spends more on building this query in Python than on anything else.
    Too great an offset gives the last page.
    """
    conditions, given = wanted.where()
    sql = roots_sql(column, visitor_id is not None, wanted.sorting, tuple(conditions), offset > 0)
    given |= {"value": value, "visitor": visitor_id, "limit": PER_PAGE, "offset": offset}
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        rows = cursor.fetchall()
    roots = [
        Root(pk, version, *((bool(mine[0]), mine[1] or (), mine[2] or ()) if mine else ()))
        for pk, version, _, *mine in rows
    ]
    return roots, rows[0][2] if rows else 0


@functools.cache
def roots_sql(column: str, known: bool, sorting: str, conditions: tuple[str, ...], later: bool) -> str:
    """A query of id, version and total, for a `known` visitor also of `alone`, `own` and `thumbs` as in Root."""
    visible = "post.published_at IS NOT NULL"
    if known:
        visible = f"({visible} OR post.visitor_id = %(visitor)s AND post.removed_at IS NULL)"
    where = " AND ".join([f"post.{column} = %(value)s", "post.parent_id IS NULL", visible, *conditions])
    first = "0"
    if later:
        first = f"""(SELECT LEAST(%(offset)s, GREATEST(count(*) - 1, 0) / %(limit)s * %(limit)s)
            FROM posts_post AS post WHERE {where})"""  # noqa: S608  ours too
    page = f"""
        SELECT post.id, tally.thread_version, count(*) OVER () AS total
            {f", row_number() OVER (ORDER BY {sorting}) AS place" if known else ""}
        FROM posts_post AS post JOIN posts_posttally AS tally ON tally.post_id = post.id
        WHERE {where} ORDER BY {sorting} LIMIT %(limit)s OFFSET {first}"""  # noqa: S608  ours
    if not known:
        return page
    return f"""
        SELECT page.id, page.thread_version, page.total, mine.alone, mine.own, (
            SELECT array_agg(thumb.post_id * thumb.value) FROM posts_thumb AS thumb
            JOIN posts_post AS post ON post.id = thumb.post_id
            WHERE thumb.visitor_id = %(visitor)s AND post.root_id = page.id
        )
        FROM ({page}) AS page LEFT JOIN LATERAL (
            SELECT array_agg(post.id) FILTER (WHERE post.removed_at IS NULL) AS own, bool_or(
                post.removal = 'held' OR post.removed_at IS NULL AND (post.published_at IS NULL
                OR post.picture_id IS NOT NULL AND post.picture_shown_at IS NULL)
            ) AS alone
            FROM posts_post AS post WHERE post.root_id = page.id AND post.visitor_id = %(visitor)s
        ) AS mine ON true
        ORDER BY page.place
    """  # noqa: S608  all of it is ours
