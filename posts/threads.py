"""Threads as people read them: flattened without recursion and rendered once per version.

What is kept holds no personal state: a visitor's own thumbs, the links to change what they wrote and the post that a
link points to are put in by replacing tags that we wrote ourselves. User text cannot look like a tag, because it is
escaped. A thread in which the visitor sees more than others do is rendered for them alone, and not kept.
"""

import functools
import re
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.core.cache import caches
from django.db import connection
from django.db.models import OuterRef
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from posts.finding import EVERYTHING, Wanted
from posts.models import Post, Question, Removal, Theme, Thumb
from posts.nesting import FOLD, lay_out
from werkplaats import images
from werkplaats.fields import page_number

PER_PAGE = 20
WORDS = {Thumb.Value.UP: "op", Thumb.Value.DOWN: "neer"}


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
        SELECT post.id, post.thread_version, count(*) OVER () AS total
            {f", row_number() OVER (ORDER BY {sorting}) AS place" if known else ""}
        FROM posts_post AS post WHERE {where} ORDER BY {sorting} LIMIT %(limit)s OFFSET {first}"""  # noqa: S608  ours
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


def draw(
    roots: list[Root], *, site, question: Question, visitor_id, target: int | None = None
) -> list[SafeString]:
    """The HTML of each thread as this visitor may see it: one query, for the posts that are not kept."""
    cache = caches["cards"]
    # The year is in the key because dates leave out the current one.
    version = f"{site.version}:{timezone.localdate().year}"
    keys = {root.pk: f"thread:{root.pk}:{root.version}:{version}" for root in roots}
    kept = cache.get_many([keys[root.pk] for root in roots if not root.alone])
    cards = {root.pk: kept[keys[root.pk]] for root in roots if keys[root.pk] in kept}
    missing = [root for root in roots if root.pk not in cards]
    rows = posts_of(missing, visitor_id) if missing else {}
    for root in missing:
        # What this visitor wrote a moment ago may be among the rows: it must not get into what is kept.
        seen = rows[root.pk] if root.alone else [row for row in rows[root.pk] if row["published_at"]]
        cards[root.pk] = render(
            lay_out(prepared(seen, visitor_id if root.alone else None), root.pk), question
        )
        if not root.alone:
            cache.set(keys[root.pk], cards[root.pk])
    drawn = (mark_own(cards[root.pk], root) for root in roots)
    return [mark_safe(highlight(card, target)) for card in drawn]  # noqa: S308  our own templates


def draw_answer(post: Post, *, question: Question, visitor_id) -> SafeString:
    """A new answer for the one who wrote it, with the place where it belongs in a thread that is being read.

    Nothing else in that thread is touched: what is typed in other boxes stays, and what is read does not move.
    """
    parent, root_id = post.parent, post.root_id
    row = Post.objects.filter(pk=post.pk).values(*SHOWN, **THEMES).get()
    level = 1 if parent.pk == root_id else 2 if parent.parent_id == root_id else 3
    answers = {"pk": str(parent.pk), "name": parent.name}
    (shown,) = lay_out(prepared([row], visitor_id), post.pk, level=level, answers=answers)
    card = mark_own(render([shown], question), Root(root_id, 0, own=[post.pk]))
    place = f'"#antwoorden-{parent.pk}" hx-swap="beforeend"'
    if level > 2:
        place = f'"#bijdrage-{parent.pk}" hx-swap="afterend"'
    return mark_safe(f"<hx-partial hx-target={place}>{highlight(card, post.pk)}</hx-partial>")  # noqa: S308


SHOWN = [
    *(
        "id",
        "parent_id",
        "root_id",
        "visitor_id",
        "author_id",
        "text",
        "name",
        "role__name",
        "role__is_pupil",
    ),
    *(
        "werkgebied__name",
        "meeting",
        "meeting_size",
        "email",
        "asked_at",
        "created_at",
        "edited_at",
        "held_for",
    ),
    *("published_at", "removed_at", "removal", "pinned_at", "thumbs_up", "thumbs_down"),
    *("picture_shown_at", "picture__name", "picture__width", "picture__height", "picture__alt"),
]
THEMES = {"theme_names": ArraySubquery(Theme.objects.filter(posttheme__post=OuterRef("pk")).values("name"))}


def posts_of(roots: list[Root], visitor_id) -> dict[int, list[dict]]:
    """The posts of these threads that the visitor may see, oldest first; one query for all."""
    rows = defaultdict(list)
    posts = Post.objects.visible_to(visitor_id).filter(root__in=[root.pk for root in roots])
    for row in posts.order_by("created_at", "pk").values(*SHOWN, **THEMES):
        rows[row["root_id"]].append(row)
    return rows


def render(posts: list[dict], question: Question) -> str:
    context = {"posts": posts, "open": question.is_current, "kinds": question.thumbs}
    return render_to_string("posts/thread.html", context)


def prepared(rows: list[dict], visitor_id) -> list[dict]:
    """The rows, each with what its card needs; `visitor_id` sees more of their own, None sees what everyone sees."""
    for row in rows:
        pk, writer = row["id"], row.pop("visitor_id")
        own = visitor_id is not None and writer == visitor_id
        held = row["removal"] == Removal.HELD
        row |= {
            "pk": str(pk),  # a number in a template is formatted for people, and takes ten times as long
            "path": reverse("posts:post", args=[pk]),
            "bubble": pk % 10,
            "initial": row["name"][:1].upper(),
            "up_tag": thumb_tag(pk, Thumb.Value.UP),
            "down_tag": thumb_tag(pk, Thumb.Value.DOWN),
            "own_place": own_place(pk),
            "waiting": own and (held or row["published_at"] is None),
            "held": held,
            "gone": row["removed_at"] and not (own and held),
        }
        if row["gone"]:
            row |= {
                "text": "",
                "name": "",
                "initial": "",
                "meeting": "",
                "theme_names": [],
                "pinned_at": None,
            }
        elif row["picture__name"] and (own or row["picture_shown_at"]):
            row["picture"] = picture_of(row)
    return rows


def picture_of(row: dict) -> dict:
    """What the <img> of a post needs."""
    width, height = row["picture__width"], row["picture__height"]
    small, large = (images.url(row["picture__name"], size) for size in images.SIZES)
    sizes = {"width": width, "height": height, "small_width": images.small_width(width, height)}
    return {"small": small, "large": large, "alt": row["picture__alt"], **sizes}


def thumb_tag(pk: int, value: int, pressed: bool = False) -> SafeString:
    """The opening tag of a thumb's button. A pressed one takes the thumb back."""
    word = WORDS[value]
    path = reverse("posts:thumb", args=[pk, "weg" if pressed else word])
    return mark_safe(  # noqa: S308  a number and two words of ours
        f'<button class="thumb" form="act" id="{word}-{pk}" formaction="{path}" hx-post="{path}"'
        f' aria-pressed="{"true" if pressed else "false"}">'
    )


def own_place(pk: int) -> SafeString:
    """Where the links come with which someone changes their own post."""
    return mark_safe(f"<!--{pk}-->")  # noqa: S308  a number


BUTTONS = re.compile(r'<button class="thumb" form="act" id="(op|neer)-([0-9]+)"[^>]*>')
OWN_PLACES = re.compile(r"<!--([0-9]+)-->")


def mark_own(card: str, root: Root) -> str:
    """Puts in the visitor's own thumbs, and the links to change what they wrote; each in one pass over the card."""
    if root.thumbs:
        card = BUTTONS.sub(functools.partial(pressed_if_given, set(root.thumbs)), card)
    if root.own:
        own = set(root.own)
        card = OWN_PLACES.sub(lambda place: own_links(place[1]) if int(place[1]) in own else place[0], card)
    return card


def pressed_if_given(given: set[int], button: re.Match) -> str:
    word, pk = button.groups()
    if (int(pk) if word == WORDS[Thumb.Value.UP] else -int(pk)) not in given:
        return button[0]
    return button[0].replace(f"/{word}/", "/weg/").replace('pressed="false"', 'pressed="true"')


def own_links(pk: str) -> str:
    return own_links_of(ANY_POST).replace(str(ANY_POST), pk)


ANY_POST = 10**17  # a number that no post has


@functools.cache
def own_links_of(pk: int) -> str:
    context = {name: reverse(f"posts:{name}", args=[pk]) for name in ("edit", "withdraw")}
    return render_to_string("posts/thread.html#own", context | {"icons": static("img/icons.svg")})


FOLDS = re.compile(f"{FOLD}|</details>")


def highlight(card: str, target: int | None) -> str:
    """Marks the post that a link points to, and opens the folds around it."""
    place = f'<article id="bijdrage-{target}" tabindex="-1" class="post'
    if target is None or place not in card:
        return card
    around = []
    for found in FOLDS.finditer(card, 0, card.index(place)):
        if found[0] == FOLD:
            around.append(found.end())
        else:
            around.pop()
    for end in reversed(around):
        card = f"{card[: end - 1]} open{card[end - 1 :]}"
    return card.replace(
        place, f'<article id="bijdrage-{target}" tabindex="-1" data-focus class="post is-target', 1
    )
