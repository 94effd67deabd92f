"""Thumbs: the one statement that gives one or takes it back, and the trigger that counts it."""

from typing import Any, NamedTuple
from uuid import UUID

import pgtrigger
from django.db import connection, models

from posts.models.giving import COUNTED, SAME_VALUE, Given, GivenQuerySet, counts_after
from posts.models.posts import Post
from posts.models.tallies import lock_threads
from posts.models.thumb_kinds import settings_with
from werkplaats.register.entries import of_a_browser


class Counted(NamedTuple):
    """The thumbs of a post after a wish.

    `question` is a slug, `setting` which thumbs it takes; it is `open` while it takes any. `counts` has how many there
    are of each value; `allowed` is whether the question takes what was wished. `version` is that of the words now, and
    `same` whether the page showed these: else nothing was given. `unknown`: a thumb was given, and its visitor never
    said in which role.
    """

    question: str
    open: bool
    setting: str
    counts: dict[int, int]
    allowed: bool
    version: int
    same: bool
    before: int = 0
    unknown: bool = False


# One statement: whether the thumb is allowed, the thumb itself, what this visitor gave before, and the counts. These
# last two are of the moment before, whatever the trigger does to the tally, so the change is added afterwards. In SQL
# because building queries in Python would take a thumb more time than all the rest. The row of the visitor is locked as
# the foreign key does anyway: who says at this moment in which role they look, waits or is waited for.
WISH = """
    WITH who AS MATERIALIZED (
        SELECT role_id FROM werkplaats_visitor WHERE id = %(visitor)s FOR KEY SHARE
    ), post AS (
        SELECT post.id, question.slug, question.closed_at IS NULL AS open, question.thumbs, tally.thumbs AS counts,
            tally.before, tally.reworded_at, post.version,
            question.closed_at IS NULL AND {allowed} AS allowed, {same} AS same
        FROM posts_post AS post JOIN posts_question AS question ON question.id = post.question_id
        JOIN posts_posttally AS tally ON tally.post_id = post.id
        WHERE post.id = %(post)s AND post.published_at IS NOT NULL AND post.removed_at IS NULL
    ), changed AS ({change})
    SELECT slug, open, thumbs, counts, allowed, version, same, before, thumb.value,
        COALESCE(thumb.created_at < reworded_at, false), {unknown}
    FROM post LEFT JOIN posts_thumb AS thumb ON thumb.post_id = post.id AND thumb.visitor_id = %(visitor)s
"""
GIVE = WISH.format(
    allowed="question.thumbs = ANY(%(settings)s)",
    same="COALESCE(post.version = %(seen)s, true)",
    unknown="NOT EXISTS (SELECT FROM who WHERE role_id IS NOT NULL)",
    change="""
        INSERT INTO posts_thumb (post_id, visitor_id, value, role_id, created_at)
        SELECT id, %(visitor)s, %(value)s, (SELECT role_id FROM who), now()
        FROM post WHERE allowed AND same AND %(visitor)s::uuid IS NOT NULL
        ON CONFLICT (post_id, visitor_id) DO UPDATE
        SET value = EXCLUDED.value, role_id = COALESCE(EXCLUDED.role_id, posts_thumb.role_id), created_at = now()
        WHERE posts_thumb.value <> EXCLUDED.value
    """,
)
TAKE_BACK = WISH.format(  # what was given can always be taken back
    allowed="true",
    same="true",
    unknown="false",
    change="""
        DELETE FROM posts_thumb USING post
        WHERE allowed AND post_id = post.id AND visitor_id = %(visitor)s
    """,
)


class ThumbQuerySet(GivenQuerySet):
    about, question = "post", "post__question"

    def wish(self, post_id: int, visitor_id: UUID | None, value: int | None, seen: int | None = None) -> Counted | None:
        """Gives a public post the thumb with this value from a visitor, or takes theirs back: None.

        One statement, safe against others at the same moment; the same wish again changes nothing. Without a visitor
        nothing is written, nor when the words are in another version than `seen`, which a page names. Returns None when
        there is no such post. Raises IntegrityError when there is no such visitor, at once outside a transaction.
        """
        names: dict[str, Any] = {"post": post_id, "visitor": visitor_id, "value": value}
        names |= {"settings": settings_with(value), "seen": seen}
        with connection.cursor() as cursor:
            cursor.execute(GIVE if value else TAKE_BACK, names)
            row = cursor.fetchone()
        if row is None:
            return None
        slug, is_open, setting, thumbs, allowed, version, same, older, given, is_older, unknown = row
        done = bool(allowed and same and visitor_id)
        counts = counts_after(thumbs, given, value, done=done)
        older -= bool(done and is_older and given != value)
        return Counted(slug, is_open, setting, counts, allowed, version, same, older, unknown and done)

    def lock_counts(self, pks: list[int]) -> None:
        lock_threads(pks)


class Thumb(Given):
    """A visitor's thumb on a post: one each, changeable. A trigger counts it in the post's tally."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="thumbs", db_index=False)

    in_register = of_a_browser("duimpjes bij bijdragen")

    objects = ThumbQuerySet.as_manager()

    class Meta:
        verbose_name = "duimpje"
        verbose_name_plural = "duimpjes"
        constraints = [
            models.UniqueConstraint(fields=["post", "visitor"], name="one_thumb_per_visitor"),
            *Given.Meta.constraints,
        ]
        triggers = [
            pgtrigger.Trigger(
                name="counts_thumbs",
                when=pgtrigger.After,
                # Handing thumbs to another visitor changes no count, so it locks no tallies.
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("value") | pgtrigger.Delete,
                # First the post, then its root: everyone locks the two in this order.
                func=f"""
                    {SAME_VALUE}
                    UPDATE posts_posttally SET thread_version = thread_version + 1, thumbs = {COUNTED},
                        before = before - COALESCE(before > 0 AND OLD.created_at < reworded_at, false)::int
                    WHERE post_id = COALESCE(NEW.post_id, OLD.post_id);
                    UPDATE posts_posttally AS tally SET thread_version = tally.thread_version + 1
                    FROM posts_post AS post
                    WHERE post.id = COALESCE(NEW.post_id, OLD.post_id) AND post.root_id <> post.id
                        AND tally.post_id = post.root_id;
                    RETURN NULL;
                """,  # noqa: S608, all of it is ours
            )
        ]

    def __str__(self):
        return f"{self.get_value_display()} op {self.post_id}"
