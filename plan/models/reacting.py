"""Thumbs on a sentence of the plan: given to the wording that was read, and never carried over to the next."""

from typing import NamedTuple
from uuid import UUID

import pgtrigger
from django.db import connection, models

from plan.models.sentences import Wording
from posts.models.giving import COUNTED, SAME_VALUE, Given, GivenQuerySet, counts_after
from werkplaats.register.entries import of_a_browser

# One statement, as that of a thumb on a contribution (`posts.models.thumbs`): whether it may be given, the thumb, and
# the counts before it. It may on the wording that everyone reads now, while people may react.
WISH = """
    WITH who AS MATERIALIZED (
        SELECT role_id FROM werkplaats_visitor WHERE id = %(visitor)s FOR KEY SHARE
    ), wording AS (
        SELECT w.id, w.thumbs, chapter.number AS chapter, sentence.number AS sentence,
            question.opened_at IS NOT NULL AND question.closed_at IS NULL AS open,
            w.decided_on IS NULL AND NOT EXISTS (
                SELECT FROM plan_wording later WHERE later.sentence_id = w.sentence_id AND later.number > w.number
                    AND later.published_at IS NOT NULL AND later.decided_on IS NULL
            ) AS newest
        FROM plan_wording w JOIN plan_sentence sentence ON sentence.id = w.sentence_id
        JOIN plan_chapter chapter ON chapter.id = sentence.chapter_id
        JOIN posts_question question ON question.id = sentence.question_id
        WHERE w.id = %(wording)s AND w.published_at IS NOT NULL AND sentence.withdrawn_at IS NULL
    ), changed AS ({change})
    SELECT chapter, sentence, wording.thumbs, open, newest, given.value, {unknown}
    FROM wording LEFT JOIN plan_wordingthumb given ON given.wording_id = wording.id AND given.visitor_id = %(visitor)s
"""
GIVE = WISH.format(
    unknown="NOT EXISTS (SELECT FROM who WHERE role_id IS NOT NULL)",
    change="""
        INSERT INTO plan_wordingthumb AS thumb (wording_id, visitor_id, value, role_id, created_at)
        SELECT id, %(visitor)s, %(value)s, (SELECT role_id FROM who), now()
        FROM wording WHERE open AND newest AND %(visitor)s::uuid IS NOT NULL
        ON CONFLICT (wording_id, visitor_id) DO UPDATE
        SET value = EXCLUDED.value, role_id = COALESCE(EXCLUDED.role_id, thumb.role_id), created_at = now()
        WHERE thumb.value <> EXCLUDED.value
    """,
)
TAKE_BACK = WISH.format(
    unknown="false",
    change="""
        DELETE FROM plan_wordingthumb USING wording
        WHERE open AND newest AND wording_id = wording.id AND visitor_id = %(visitor)s
    """,
)


class Counted(NamedTuple):
    """The thumbs of a wording after a wish.

    `number` is that of its sentence: «2.3». It is `open` while people may react, and `newest` when everyone reads this
    wording; only then the wish was done. `counts` has how many there are of each value, `given` is the visitor's own.
    `unknown`: a thumb was given, and its visitor never said in which role.
    """

    number: str
    open: bool
    newest: bool
    counts: dict[int, int]
    given: int | None
    unknown: bool = False


class WordingThumbQuerySet(GivenQuerySet):
    about, question = "wording", "wording__sentence__question"

    def wish(self, wording_id: int, visitor_id: UUID | None, value: int | None) -> Counted | None:
        """Gives a wording the thumb with this value from a visitor, or takes theirs back: None.

        One statement, safe against others at the same moment; the same wish again changes nothing. Without a visitor
        nothing is written. Returns None when no such wording is public. Raises IntegrityError when there is no such
        visitor, at once outside a transaction.
        """
        with connection.cursor() as cursor:
            asked = {"wording": wording_id, "visitor": visitor_id, "value": value}
            cursor.execute(GIVE if value else TAKE_BACK, asked)
            row = cursor.fetchone()
        if row is None:
            return None
        chapter, sentence, thumbs, open_now, newest, before, unknown = row
        done = bool(open_now and newest and visitor_id)
        counts = counts_after(thumbs, before, value, done=done)
        given = value if done else before
        return Counted(f"{chapter}.{sentence}", open_now, newest, counts, given, unknown and done)

    def lock_counts(self, pks: list[int]) -> None:
        """In the order of their keys: their rows hold the counts."""
        list(Wording.objects.filter(pk__in=pks).order_by("pk").select_for_update(no_key=True).values_list("pk"))


class WordingThumb(Given):
    """One visitor's thumb on one wording. A trigger counts it in `Wording.thumbs`."""

    wording = models.ForeignKey(
        Wording, models.CASCADE, db_index=False, related_name="given", verbose_name="formulering"
    )

    in_register = of_a_browser("duimpjes bij zinnen van het plan")

    objects = WordingThumbQuerySet.as_manager()

    class Meta:
        verbose_name = "duimpje bij een zin van het plan"
        verbose_name_plural = "duimpjes bij zinnen van het plan"
        constraints = [
            models.UniqueConstraint(fields=["wording", "visitor"], name="one_thumb_per_wording"),
            *Given.Meta.constraints,
        ]
        triggers = [
            pgtrigger.Trigger(
                name="counts_wording_thumbs",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("value") | pgtrigger.Delete,
                func=f"""
                    {SAME_VALUE}
                    UPDATE plan_wording SET thumbs = {COUNTED}
                    WHERE id = COALESCE(NEW.wording_id, OLD.wording_id);
                    RETURN NULL;
                """,  # noqa: S608, all of it is ours
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_value_display()} bij formulering {self.wording_id}"
