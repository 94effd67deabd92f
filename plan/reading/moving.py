"""What moves on the pages of the plan while people react: thumbs, reactions, and what of it is this reader's own."""

import json
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

# The wordings that everyone reads, of one chapter, one sentence or all, with the version of the plan: so both are of
# one moment. Of contributions and answers those count that `PostQuerySet.readable` finds.
READ = """
    WITH shown AS (
        SELECT DISTINCT ON (w.sentence_id) w.id, w.sentence_id, w.number, w.thumbs, w.published_at, s.question_id
        FROM plan_wording w JOIN plan_sentence s ON s.id = w.sentence_id
        JOIN plan_chapter c ON c.id = s.chapter_id
        WHERE w.published_at IS NOT NULL AND w.decided_on IS NULL
            AND (%(chapter)s::int IS NULL OR c.number = %(chapter)s)
            AND (%(sentence)s::int IS NULL OR s.number = %(sentence)s)
        ORDER BY w.sentence_id, w.number DESC
    )
    SELECT NULL AS id, NULL AS thumbs, NULL AS reactions, (SELECT version FROM plan_plan) AS value, NULL AS earlier,
        NULL AS wrote, NULL AS reacted, NULL AS open
    UNION ALL
    SELECT shown.id, shown.thumbs, (
            SELECT count(*) FROM posts_post post JOIN posts_post root ON root.id = post.root_id
            WHERE post.question_id = shown.question_id AND post.published_at IS NOT NULL
                AND post.removed_at IS NULL AND root.published_at IS NOT NULL
        ), mine.value, earlier.value, wrote.wrote,
        CASE WHEN earlier.value IS NULL THEN wrote.number ELSE earlier.number END,
        question.opened_at IS NOT NULL AND question.closed_at IS NULL
    FROM shown LEFT JOIN posts_question question ON question.id = shown.question_id
    LEFT JOIN plan_wordingthumb mine ON mine.wording_id = shown.id AND mine.visitor_id = %(visitor)s
    LEFT JOIN LATERAL (
        SELECT thumb.value, old.number FROM plan_wordingthumb thumb JOIN plan_wording old ON old.id = thumb.wording_id
        WHERE %(visitor)s::uuid IS NOT NULL AND old.sentence_id = shown.sentence_id AND old.number < shown.number
            AND thumb.visitor_id = %(visitor)s
        ORDER BY old.number DESC LIMIT 1
    ) earlier ON true
    LEFT JOIN LATERAL (
        SELECT true AS wrote, (
                SELECT max(old.number) FROM plan_wording old WHERE old.sentence_id = shown.sentence_id
                    AND old.published_at <= post.created_at AND old.decided_on IS NULL
            ) AS number
        FROM posts_post post
        WHERE shown.number > 1 AND post.question_id = shown.question_id AND post.created_at < shown.published_at
            AND post.removed_at IS NULL AND post.denied_at IS NULL
            AND (post.author_id = %(user)s OR post.author_id IS NULL AND post.visitor_id = %(visitor)s)
        ORDER BY post.created_at DESC LIMIT 1
    ) wrote ON true
"""


class Moves(NamedTuple):
    """Of one wording. `mine` is the value of the reader's thumb on it, `earlier` that on a wording before it.

    `wrote`: they reacted before it was public. `reacted`: the number of the wording that they gave a thumb or, without
    one, reacted to last. `open`: people may react now.
    """

    thumbs: dict[str, int] = {}
    reactions: int = 0
    mine: int | None = None
    earlier: int | None = None
    wrote: bool = False
    reacted: int | None = None
    open: bool = False

    def count(self, value: int) -> int:
        return self.thumbs.get(str(value), 0)

    @property
    def is_asked_again(self) -> bool:
        """Whether they reacted to other words, and not to these yet."""
        return self.open and self.mine is None and (self.earlier is not None or self.wrote)


@dataclass(frozen=True)
class Moving:
    """`version` is that of the plan at the same moment, 0 without one; `rows` by the key of a wording."""

    version: int
    rows: dict[int, Moves] = field(default_factory=dict)

    def of(self, wording: int) -> Moves:
        return self.rows.get(wording, Moves())


def moving(
    visitor: UUID | None, user: int | None, *, chapter: int | None = None, sentence: int | None = None
) -> Moving:
    """As this reader sees it: of a chapter by its number, of one of its sentences by theirs, or of all. One query."""
    asked: dict[str, Any] = {"visitor": visitor, "user": user, "chapter": chapter, "sentence": sentence}
    with connection.cursor() as cursor:
        cursor.execute(READ, asked)
        found = cursor.fetchall()
    version, rows = 0, {}
    for pk, thumbs, reactions, mine, earlier, wrote, reacted, open_now in found:
        if pk is None:
            version = mine or 0
        else:
            rows[pk] = Moves(json.loads(thumbs), reactions, mine, earlier, bool(wrote), reacted, bool(open_now))
    return Moving(version, rows)
