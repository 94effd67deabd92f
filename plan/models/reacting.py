"""Thumbs on a sentence of the plan: given to the wording that was read, and never carried over to the next."""

from datetime import datetime
from typing import Any

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone

from plan.models.sentences import Wording
from posts.models.thumb_kinds import KINDS
from werkplaats.models import Role, Visitor


class WordingThumb(models.Model):
    """One visitor's thumb on one wording. A trigger counts it in `Wording.thumbs`."""

    wording = models.ForeignKey(
        Wording, models.CASCADE, db_index=False, related_name="given", verbose_name="formulering"
    )
    visitor = models.ForeignKey(
        Visitor, models.CASCADE, null=True, related_name="wording_thumbs", verbose_name="bezoeker"
    )
    value = models.SmallIntegerField(choices=[(kind.value, kind.label) for kind in KINDS])
    role = models.ForeignKey(Role, models.PROTECT, null=True, db_index=False, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

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
        """Its visitor turned out to be this one: where both gave a thumb, the last in time stays."""
        theirs = WordingThumb.objects.filter(wording=self.wording_id, visitor=visitor)
        own: Any = WordingThumb.objects.filter(pk=self.pk)
        if theirs.filter(created_at__gt=self.created_at).exists():
            own.delete()
            return
        theirs.delete()
        own.update(visitor=visitor)

    @staticmethod
    def take_role(visitor: Visitor) -> None:
        WordingThumb.objects.filter(visitor=visitor, role=None).update(role=visitor.role_id)

    @staticmethod
    def shows_somebody(before: datetime) -> Q:
        return Q(created_at__lt=before)
