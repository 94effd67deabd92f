"""Threads as people read them, rendered once per version as a card.

A thread in which the visitor sees more than others is rendered for them alone, and not kept.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.core.cache import caches
from django.db.models import OuterRef
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from posts.models import Post, Question, Removal, Theme
from posts.models.holds import WITHOUT_PLACE, told
from posts.models.languages import spoken
from posts.models.telling import says_role
from posts.models.thumb_kinds import taken_by
from posts.models.whose import STRANGER, Reader
from posts.reading import cards
from posts.reading.nesting import lay_out
from posts.reading.roots import Root
from posts.tokens import is_old
from werkplaats.kept import key_of
from werkplaats.pictures import files
from werkplaats.words import first_sign


def draw(
    roots: list[Root],
    *,
    site,
    question: Question,
    reader: Reader,
    target: int | None = None,
    mine: Iterable[cards.Key] = (),
) -> list[SafeString]:
    """The HTML of each thread for this reader. One query, if some are not kept.

    `target` is the post that a link points to, `mine` more of what is this reader's.
    """
    cache = caches["cards"]
    keys = {root.pk: key_of(site, "posts/thread.html", root.pk, root.version) for root in roots}
    kept = cache.get_many([keys[root.pk] for root in roots if not root.alone])
    made = {root.pk: kept[keys[root.pk]] for root in roots if keys[root.pk] in kept}
    missing = [root for root in roots if root.pk not in made]
    rows = posts_of(missing, reader) if missing else {}
    for root in missing:
        # What this reader wrote a moment ago may be among the rows: it must not get into what is kept.
        seen = rows[root.pk] if root.alone else [row for row in rows[root.pk] if row["published_at"]]
        posts = lay_out(prepared(seen, site, question, reader if root.alone else STRANGER), root.pk)
        made[root.pk] = cards.make(posts, question)
        if not root.alone:
            cache.set(keys[root.pk], made[root.pk])
    return [made[root.pk].draw(keys_of(root) | {*mine}, target) for root in roots]


def keys_of(root: Root) -> set[cards.Key]:
    """What in a thread is the visitor's: the thumbs they gave, and the posts they wrote."""
    return {("own", pk) for pk in root.own} | {("thumb", pk, value) for pk, value in root.thumbs}


def draw_answer(post: Post, parent: Post, *, site, question: Question, reader: Reader) -> SafeString:
    """A new answer to `parent` for its writer, put in its place in the thread on the page by htmx.

    The rest of that thread is left alone: what is typed in other boxes stays, and nothing moves.
    """
    row = Post.objects.filter(pk=post.pk).values(*SHOWN, **THEMES).get()
    level = 1 if parent.pk == post.root_id else 2 if parent.parent_id == post.root_id else 3
    answers = {"pk": str(parent.pk), "name": parent.name}
    posts = lay_out(prepared([row], site, question, reader), post.pk, level=level, answers=answers)
    card = cards.make(posts, question).draw({("own", post.pk)}, target=post.pk)
    place = f'"#antwoorden-{parent.pk}" hx-swap="beforeend"'
    if level > 2:
        place = f'"#bijdrage-{parent.pk}" hx-swap="afterend"'
    return mark_safe(f"<hx-partial hx-target={place}>{card}</hx-partial>")  # noqa: S308


PICTURE = ("name", "width", "height", "alt")
SHOWN = [
    *("id", "version", "parent_id", "root_id", "visitor_id", "author_id", "email"),
    *("asked_at", "created_at", "finished_at", "edited_at"),
    *("text", "name", "role__name", "role__is_pupil", "werkgebied__name", "meeting", "meeting_size", "in_room"),
    *("lang", "rendering", "rendered_at", "rendering_refused_at"),
    *("held_for", "published_at", "removed_at", "removal", "pinned_at"),
    *(f"tally__{name}" for name in ("thumbs", "before", "reworded_at", "common", "common_version")),
    *("picture_shown_at", *(f"picture__{name}" for name in PICTURE)),
    *("outcome__words", "outcome__address", "outcome__version"),
]
THEMES = {"theme_names": ArraySubquery(Theme.objects.filter(posttheme__post=OuterRef("pk")).values("name"))}


WITHOUT_WORDS = {
    "text": "",
    "name": "",
    "initial": "",
    "meeting": "",
    "in_room": False,
    "theme_names": (),
    "pinned_at": None,
}
WITHOUT_WORDS |= {"rendering": ""}


def posts_of(roots: list[Root], reader: Reader) -> dict[int, list[dict]]:
    """The posts of these threads that the reader may see, oldest first. One query."""
    rows = defaultdict(list)
    posts = Post.objects.visible_to(reader).filter(root__in=[root.pk for root in roots])
    for row in posts.order_by("created_at", "pk").values(*SHOWN, **THEMES):
        rows[row["root_id"]].append(row)
    return rows


BRIEF = {"phone": 140, "everywhere": 300}  # characters that fit in the four lines of a thread in brief


def reads_on(text: str, answers: int) -> str:
    """Where a thread in brief leaves something out, so that it says «Lees verder»: BRIEF's widest, or empty."""
    lines = text.count("\n")
    if answers > 1 or len(text) > BRIEF["everywhere"] or lines > 3:
        return "everywhere"
    return "phone" if len(text) > BRIEF["phone"] or lines > 1 else ""


def given_before(before: int, counts: Mapping[Any, int]) -> str:
    """What is said beside the thumbs of which `before` were given to what stood there earlier; `counts` are of all."""
    if not before:
        return ""
    return "deels vóór de wijziging" if before < sum(counts.values()) else "gegeven vóór de wijziging"


def answers_what_changed(row: dict, parent: dict | None) -> bool:
    """Whether it was written, for the last time, before what it answers became what it is."""
    reworded = parent and not parent["removed_at"] and parent["tally__reworded_at"]
    return bool(reworded and (row["edited_at"] or row["created_at"]) < reworded)


def prepared(rows: list[dict], site, question: Question, reader: Reader) -> list[dict]:
    """The rows with what a card needs. The reader sees more of their own posts; STRANGER is everyone."""
    kinds = taken_by(question.thumbs)
    by_pk = {row["id"]: row for row in rows}
    for row in rows:
        pk, own = row["id"], reader.has_written(row["author_id"], row.pop("visitor_id"))
        held = row["removal"] == Removal.HELD
        row |= {
            "pk": str(pk),  # a number in a template is formatted for people, and takes ten times as long
            "path": reverse("posts:post", args=[pk]),
            "seen": f"{pk}.{row['version']}",
            "bubble": pk % 10,
            "initial": first_sign(row["name"]),
            "spoken": spoken(row["lang"], row["text"]),
            "rendering": row["rendering"] if row["rendered_at"] and not row["rendering_refused_at"] else "",
            "thumbs": [(kind, row["tally__thumbs"].get(str(kind.value), 0)) for kind in kinds],
            "given_before": given_before(row["tally__before"], row["tally__thumbs"]),
            "common": row["tally__common"] if row["tally__common_version"] == row["version"] else "",
            "answers_what_changed": answers_what_changed(row, by_pk.get(row["parent_id"])),
            "waiting": own and (held or row["published_at"] is None),
            "told": told(row["held_for"], row["role__is_pupil"], site.soon),
            "link_is_old": own and row["asked_at"] and is_old(row["asked_at"]),  # in what is never kept
            "held": held,
            "outcome": row["outcome__words"] if row["outcome__version"] == row["version"] else "",
            "gone": row["removed_at"] and not (own and held),
            "earlier": "" if row["parent_id"] else question.earlier_for(row["created_at"]),
            "reads_on": "" if row["parent_id"] else reads_on(row["text"], len(rows) - 1),
        }
        if row["name"] in WITHOUT_PLACE:
            row["werkgebied__name"] = None
        if says_role(row["name"], row["role__name"], row["role__is_pupil"]):
            row["role__name"] = None
        if row["gone"]:
            row |= WITHOUT_WORDS
        elif row["picture__name"] and (own or row["picture_shown_at"]):
            row["picture"] = files.sources(*(row[f"picture__{name}"] for name in PICTURE))
    return rows
