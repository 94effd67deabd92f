"""Thumbs: the one statement that gives one or takes it back, and the trigger that counts it."""

from typing import NamedTuple
from uuid import UUID

import pgtrigger
from django.db import connection, models
from django.db.models import Q
from django.utils import timezone

from posts.models.posts import Post
from werkplaats.people.models import Role, Visitor


class Counted(NamedTuple):
    """The thumbs of a post after a wish: the slug of its question, whether that still takes thumbs, and which; how
    many there are; whether the wish was one that the question takes."""

    question: str
    open: bool
    kinds: str
    up: int
    down: int
    allowed: bool


# One statement for a thumb: what it may be, the thumb itself, and the counts. A trigger counts it on the post, which
# this statement does not see yet: so what it changes is added. In SQL because a thumb would spend more on building
# queries in Python than on anything else.
WISH = """
    WITH post AS (
        SELECT post.id, question.slug, question.closed_at IS NULL AS open, question.thumbs,
            tally.thumbs_up, tally.thumbs_down, question.closed_at IS NULL AND {allowed} AS allowed
        FROM posts_post AS post JOIN posts_question AS question ON question.id = post.question_id
        JOIN posts_posttally AS tally ON tally.post_id = post.id
        WHERE post.id = %(post)s AND post.published_at IS NOT NULL AND post.removed_at IS NULL
    ), changed AS ({change})
    SELECT slug, open, thumbs,
        thumbs_up + COALESCE((new_value = 1)::int, 0) - COALESCE((old_value = 1)::int, 0),
        thumbs_down + COALESCE((new_value = -1)::int, 0) - COALESCE((old_value = -1)::int, 0), allowed
    FROM post LEFT JOIN changed ON true
"""
GIVE = WISH.format(
    allowed="(question.thumbs = 'both' OR question.thumbs = 'up' AND %(value)s = 1)",
    change="""
        INSERT INTO posts_thumb (post_id, visitor_id, value, role_id, created_at)
        SELECT id, %(visitor)s, %(value)s, (SELECT role_id FROM werkplaats_visitor WHERE id = %(visitor)s), now()
        FROM post WHERE allowed AND %(visitor)s::uuid IS NOT NULL
        ON CONFLICT (post_id, visitor_id) DO UPDATE SET value = EXCLUDED.value, created_at = now()
        WHERE posts_thumb.value <> EXCLUDED.value
        RETURNING old.value AS old_value, new.value AS new_value
    """,
)
TAKE_BACK = WISH.format(  # what was given can always be taken back
    allowed="true",
    change="""
        DELETE FROM posts_thumb USING post
        WHERE allowed AND post_id = post.id AND visitor_id = %(visitor)s
        RETURNING value AS old_value, NULL::int AS new_value
    """,
)


class ThumbQuerySet(models.QuerySet):
    def wish(self, post_id: int, visitor_id: UUID | None, value: int | None) -> Counted | None:
        """Makes the thumb of a visitor on a post that everyone may see `value`: 1, -1, or None for no thumb.

        One statement, whatever happens at the same time; the same wish again changes nothing, and one that the
        question does not take is not `allowed`. Without a visitor nothing is written. Returns None when there is
        no such post; raises IntegrityError, outside a transaction at once, when there is no such visitor.
        """
        with connection.cursor() as cursor:
            names = {"post": post_id, "visitor": visitor_id, "value": value}
            cursor.execute(GIVE if value else TAKE_BACK, names)
            row = cursor.fetchone()
        return row and Counted._make(row)


class Thumb(models.Model):
    """Up or down on a post: one per visitor, changeable. A trigger counts it in the post's tally.

    A thumb whose `visitor` was emptied still counts. `role` is what the visitor said to be when they gave it.
    """

    class Value(models.IntegerChoices):
        UP = 1, "omhoog"
        DOWN = -1, "omlaag"

    post = models.ForeignKey(Post, models.CASCADE, related_name="thumbs", db_index=False)
    visitor = models.ForeignKey(Visitor, models.CASCADE, null=True, related_name="thumbs")
    value = models.SmallIntegerField(choices=Value)
    role = models.ForeignKey(Role, models.PROTECT, null=True, db_index=False, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = ThumbQuerySet.as_manager()

    class Meta:
        verbose_name = "duimpje"
        verbose_name_plural = "duimpjes"
        constraints = [
            models.UniqueConstraint(fields=["post", "visitor"], name="one_thumb_per_visitor"),
            models.CheckConstraint(condition=Q(value__in=[1, -1]), name="thumb_up_or_down"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="counts_thumbs",
                when=pgtrigger.After,
                # Handing many thumbs to another visitor changes no count, so it locks no tallies.
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("value") | pgtrigger.Delete,
                # First the post, then the beginning of its thread: everyone locks the two in this order.
                func="""
                    UPDATE posts_posttally SET
                        thumbs_up = thumbs_up + COALESCE((NEW.value = 1)::int, 0) - COALESCE((OLD.value = 1)::int, 0),
                        thumbs_down =
                            thumbs_down + COALESCE((NEW.value = -1)::int, 0) - COALESCE((OLD.value = -1)::int, 0),
                        thread_version = thread_version + 1
                    WHERE post_id = COALESCE(NEW.post_id, OLD.post_id);
                    UPDATE posts_posttally AS tally SET thread_version = tally.thread_version + 1
                    FROM posts_post AS post
                    WHERE post.id = COALESCE(NEW.post_id, OLD.post_id) AND post.root_id <> post.id
                        AND tally.post_id = post.root_id;
                    RETURN NULL;
                """,
            )
        ]

    def __str__(self):
        return f"{self.get_value_display()} op {self.post_id}"
