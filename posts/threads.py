"""Threads as people read them: flattened without recursion and rendered once per version.

What is kept holds no personal state: a visitor's own thumbs and the post that a link points to are put in by
replacing tags that we wrote ourselves. User text cannot look like a tag, because it is escaped. A thread in
which the visitor has something waiting is rendered for them alone, and not kept.
"""

from collections import defaultdict
from typing import NamedTuple

from django.core.cache import caches
from django.db import connection
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from posts.models import Post, Question, Thumb
from werkplaats.fields import page_number

PER_PAGE = 10
DEEPEST = 2  # levels of indentation; what is deeper says whom it answers
WORDS = {Thumb.Value.UP: "op", Thumb.Value.DOWN: "neer"}


class Root(NamedTuple):
    """What one needs to know to find a thread's kept card."""

    pk: int
    version: int
    own_waiting: bool


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


def page_of(question: Question, visitor_id, asked: str | None) -> Page:
    """The threads of one page, newest first. The first page takes one query, a later one two."""
    number, last = 1, None
    if page_number(asked, last=10**9) > 1:
        last = pages_for(find_roots("question_id", question.pk, visitor_id, limit=1)[1])
        number = page_number(asked, last)
    roots, total = find_roots("question_id", question.pk, visitor_id, offset=(number - 1) * PER_PAGE)
    return Page(roots, total, number, last or pages_for(total))


def pages_for(total: int) -> int:
    return max(1, -(-total // PER_PAGE))


def root_of(root_id: int, visitor_id) -> Root | None:
    """The thread of a post, if this visitor may see its beginning."""
    roots, _ = find_roots("id", root_id, visitor_id)
    return roots[0] if roots else None


def find_roots(column: str, value: int, visitor_id, *, limit=PER_PAGE, offset=0) -> tuple[list[Root], int]:
    """The roots that this visitor may see, as `Post.objects.visible_to` says, and how many there are in all.

    In SQL because the page of a question spends more on building this query in Python than on anything else.
    """
    sql = f"""
        SELECT post.id, post.thread_version, EXISTS (
            SELECT FROM posts_post AS own WHERE own.root_id = post.id AND own.visitor_id = %(visitor)s
            AND own.published_at IS NULL AND own.removed_at IS NULL
        ), count(*) OVER ()
        FROM posts_post AS post
        WHERE post.{column} = %(value)s AND post.parent_id IS NULL AND (
            post.published_at IS NOT NULL OR post.visitor_id = %(visitor)s AND post.removed_at IS NULL
        )
        ORDER BY post.created_at DESC, post.id DESC LIMIT %(limit)s OFFSET %(offset)s
    """  # noqa: S608  the column's name is ours
    with connection.cursor() as cursor:
        cursor.execute(sql, {"value": value, "visitor": visitor_id, "limit": limit, "offset": offset})
        rows = cursor.fetchall()
    return [Root(*row[:3]) for row in rows], rows[0][3] if rows else 0


def draw(
    roots: list[Root], *, site, question: Question, visitor_id, target: int | None = None
) -> list[SafeString]:
    """The HTML of each thread as this visitor may see it: one query for the posts that are not kept, one for
    the visitor's thumbs.
    """
    cache = caches["cards"]
    # The year is in the key because dates leave out the current one.
    keys = {
        root.pk: f"thread:{root.pk}:{root.version}:{site.version}:{timezone.localdate().year}"
        for root in roots
    }
    kept = cache.get_many([keys[root.pk] for root in roots if not root.own_waiting])
    cards = {root.pk: kept[keys[root.pk]] for root in roots if keys[root.pk] in kept}
    missing = [root for root in roots if root.pk not in cards]
    rows = posts_of(missing, visitor_id) if missing else {}
    for root in missing:
        # What this visitor wrote a moment ago may be among the rows: it must not get into what is kept.
        seen = rows[root.pk] if root.own_waiting else [row for row in rows[root.pk] if row["published_at"]]
        cards[root.pk] = render(root.pk, seen, question)
        if not root.own_waiting:
            cache.set(keys[root.pk], cards[root.pk])
    if visitor_id:
        press_own_thumbs(cards, visitor_id)
    return [mark_safe(highlight(cards[root.pk], target)) for root in roots]  # noqa: S308  our own templates


SHOWN = [
    *("id", "parent_id", "root_id", "text", "name", "role__name", "role__is_pupil", "werkgebied__name"),
    *("meeting", "meeting_size", "email", "asked_at", "created_at", "published_at", "removed_at"),
    *("thumbs_up", "thumbs_down"),
]


def posts_of(roots: list[Root], visitor_id) -> dict[int, list[dict]]:
    """The posts of these threads that the visitor may see, oldest first; one query for all."""
    rows = defaultdict(list)
    posts = Post.objects.visible_to(visitor_id).filter(root__in=[root.pk for root in roots])
    for row in posts.order_by("created_at", "pk").values(*SHOWN):
        rows[row["root_id"]].append(row)
    return rows


def render(root_id: int, rows: list[dict], question: Question) -> str:
    context = {"posts": lay_out(rows, root_id), "open": question.is_current}
    return render_to_string("posts/thread.html", context)


def lay_out(rows: list[dict], root_id: int) -> list[dict]:
    """The rows in reading order, each with what its card needs; `after` closes what ends there."""
    by_pk = {row["id"]: row for row in rows}
    answers = defaultdict(list)
    for row in rows:
        if row["id"] != root_id:
            answers[row["parent_id"] if row["parent_id"] in by_pk else root_id].append(row)
    ordered, stack = [], [(by_pk[root_id], 0, None)] if root_id in by_pk else []
    while stack:
        row, level, parent = stack.pop()
        ordered.append(row)
        prepare(row, depth=min(level, DEEPEST), answers=parent if level > DEEPEST else None)
        stack += [(answer, level + 1, row) for answer in reversed(answers[row["id"]])]
    for row, depth in zip(ordered, [*(row["depth"] for row in ordered[1:]), 0], strict=True):
        deeper = depth > row["depth"]
        ends = (
            '<div class="answers">' if deeper else "</article>" + "</div></article>" * (row["depth"] - depth)
        )
        row["after"] = mark_safe(ends)  # noqa: S308  only our own tags
    return ordered


def prepare(row: dict, *, depth: int, answers: dict | None) -> None:
    pk = row["id"]
    row |= {
        "pk": str(pk),  # a number in a template is formatted for people, and takes ten times as long
        "depth": depth,
        "answers": answers,
        "path": reverse("posts:post", args=[pk]),
        "bubble": pk % 10,
        "initial": row["name"][:1].upper(),
        "up_tag": thumb_tag(pk, Thumb.Value.UP),
        "down_tag": thumb_tag(pk, Thumb.Value.DOWN),
        "waiting": row["published_at"] is None,
    }
    if row["removed_at"]:
        row |= {"text": "", "name": "", "initial": "", "meeting": ""}


def thumb_tag(pk: int, value: int, pressed: bool = False) -> SafeString:
    """The opening tag of a thumb's button. A pressed one takes the thumb back."""
    word = WORDS[value]
    path = reverse("posts:thumb", args=[pk, "weg" if pressed else word])
    return mark_safe(  # noqa: S308  a number and two words of ours
        f'<button class="thumb" form="act" id="{word}-{pk}" formaction="{path}" hx-post="{path}"'
        f' aria-pressed="{"true" if pressed else "false"}">'
    )


def press_own_thumbs(cards: dict[int, str], visitor_id) -> None:
    given = Thumb.objects.filter(visitor=visitor_id, post__root__in=list(cards))
    for root_id, pk, value in given.values_list("post__root_id", "post_id", "value"):
        cards[root_id] = cards[root_id].replace(thumb_tag(pk, value), thumb_tag(pk, value, pressed=True), 1)


def highlight(card: str, target: int | None) -> str:
    if target is None:
        return card
    place = f'<article id="bijdrage-{target}" tabindex="-1" class="post'
    return card.replace(
        place, f'<article id="bijdrage-{target}" tabindex="-1" data-focus class="post is-target', 1
    )
