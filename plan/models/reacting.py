"""Thumbs on a sentence of the plan: given to the wording that was read, and never carried over to the next."""

import json
from collections import Counter
from datetime import datetime
from functools import partial
from typing import NamedTuple
from uuid import UUID

import pgtrigger
from django.db import connection, models
from django.db.models import Count, Q
from django.utils import timezone

from plan.models.sentences import Wording
from posts.models.thumb_kinds import KINDS
from werkplaats.models import Role, Visitor
from werkplaats.people.handing import until_it_fits

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


class WordingThumbQuerySet(models.QuerySet["WordingThumb"]):
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
        counts = Counter({int(kind): number for kind, number in json.loads(thumbs).items()})
        if done := bool(open_now and newest and visitor_id):
            counts.update([value] if value else [])
            counts.subtract([before] if before else [])
        given = value if done else before
        return Counted(f"{chapter}.{sentence}", open_now, newest, counts, given, unknown and done)

    def hand_over(self, old: UUID, new: UUID) -> None:
        """Gives the thumbs of visitor `old` to `new`. Where both gave one, the last in time stays.

        Taking one away changes the counts of its wording: these rows are locked first, in the order of their keys.
        """
        of_both = self.filter(visitor__in=[old, new])
        twice = of_both.order_by().values("wording").annotate(times=Count("pk")).filter(times=2)
        wordings = list(twice.values_list("wording", flat=True))
        list(Wording.objects.filter(pk__in=wordings).order_by("pk").select_for_update(no_key=True).values_list("pk"))
        last = dict(of_both.filter(wording__in=wordings).order_by("created_at", "pk").values_list("wording", "pk"))
        of_both.filter(wording__in=wordings).exclude(pk__in=last.values()).delete()
        self.filter(visitor=old).update(visitor=new)


class WordingThumb(models.Model):
    """One visitor's thumb on one wording. A trigger counts it in `Wording.thumbs`.

    It still counts when its `visitor` is emptied. `role` is the visitor's at the moment they gave it.
    """

    wording = models.ForeignKey(
        Wording, models.CASCADE, db_index=False, related_name="given", verbose_name="formulering"
    )
    visitor = models.ForeignKey(
        Visitor, models.CASCADE, null=True, related_name="wording_thumbs", verbose_name="bezoeker"
    )
    value = models.SmallIntegerField(choices=[(kind.value, kind.label) for kind in KINDS])
    role = models.ForeignKey(Role, models.PROTECT, null=True, db_index=False, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = WordingThumbQuerySet.as_manager()

    class Meta:
        verbose_name = "duimpje bij een zin van het plan"
        verbose_name_plural = "duimpjes bij zinnen van het plan"
        constraints = [
            models.UniqueConstraint(fields=["wording", "visitor"], name="one_thumb_per_wording"),
            models.CheckConstraint(
                condition=Q(value__in=[kind.value for kind in KINDS]), name="wording_thumb_of_a_kind"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="counts_wording_thumbs",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("value") | pgtrigger.Delete,
                func="""
                    IF TG_OP = 'UPDATE' AND OLD.value = NEW.value THEN
                        RETURN NULL;
                    END IF;
                    UPDATE plan_wording SET thumbs = thumbs
                        || CASE WHEN TG_OP = 'INSERT' THEN '{}' ELSE
                            jsonb_build_object(OLD.value, COALESCE((thumbs ->> OLD.value::text)::int, 0) - 1) END
                        || CASE WHEN TG_OP = 'DELETE' THEN '{}' ELSE
                            jsonb_build_object(NEW.value, COALESCE((thumbs ->> NEW.value::text)::int, 0) + 1) END
                    WHERE id = COALESCE(NEW.wording_id, OLD.wording_id);
                    RETURN NULL;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_value_display()} bij formulering {self.wording_id}"

    def give_to(self, visitor: Visitor) -> None:
        """Hands over all thumbs of its visitor to the one that it turned out to be; the next row finds it done."""
        if self.visitor_id and self.visitor_id != visitor.pk:
            until_it_fits(partial(WordingThumb.objects.hand_over, self.visitor_id, visitor.pk))

    @staticmethod
    def take_role(visitor: Visitor) -> None:
        WordingThumb.objects.filter(visitor=visitor, role=None).update(role=visitor.role_id)

    @staticmethod
    def shows_somebody(before: datetime) -> Q:
        return Q(created_at__lt=before)
