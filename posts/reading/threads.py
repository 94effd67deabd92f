"""Threads as people read them: flattened without recursion and rendered once per version.

What is kept holds no personal state: a visitor's own thumbs, the links to change what they wrote and the post that a
link points to are put in by replacing tags that we wrote ourselves. User text cannot look like a tag, because it is
escaped. A thread in which the visitor sees more than others do is rendered for them alone, and not kept.
"""

from collections import defaultdict

from django.contrib.postgres.expressions import ArraySubquery
from django.core.cache import caches
from django.db.models import OuterRef
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from posts.models.holds import Removal
from posts.models.posts import Post
from posts.models.questions import Question
from posts.models.themes import Theme
from posts.models.thumbs import Thumb
from posts.reading.marks import highlight, mark_own, own_place, thumb_tag
from posts.reading.nesting import lay_out
from posts.reading.roots import Root
from werkplaats.pictures import files


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


PICTURE = ("name", "width", "height", "alt")
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
    *("published_at", "removed_at", "removal", "pinned_at", "tally__thumbs_up", "tally__thumbs_down"),
    "picture_shown_at",
    *(f"picture__{name}" for name in PICTURE),
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
            row["picture"] = files.sources(*(row[f"picture__{name}"] for name in PICTURE))
    return rows
