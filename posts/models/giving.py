"""What thumbs have in common, whatever they are given to: one a visitor, changeable, counted by a trigger."""

import json
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any, ClassVar, Self
from uuid import UUID

from django.db import models, transaction
from django.db.models import Count, Q
from django.utils import timezone

from posts.models.questions import Question
from posts.models.thumb_kinds import KINDS
from werkplaats.models import Role, Visitor
from werkplaats.people.handing import until_it_fits

# For the trigger that counts: the new value of the column `thumbs`, of how many there are of each kind.
COUNTED = """thumbs
    || CASE WHEN TG_OP = 'INSERT' THEN '{}' ELSE
        jsonb_build_object(OLD.value, COALESCE((thumbs ->> OLD.value::text)::int, 0) - 1) END
    || CASE WHEN TG_OP = 'DELETE' THEN '{}' ELSE
        jsonb_build_object(NEW.value, COALESCE((thumbs ->> NEW.value::text)::int, 0) + 1) END"""
SAME_VALUE = "IF TG_OP = 'UPDATE' AND OLD.value = NEW.value THEN RETURN NULL; END IF;"


def counts_after(thumbs: str, before: int | None, value: int | None, *, done: bool) -> Counter[int]:
    """How many there are of each value after a wish, from the column as it was before it.

    `before` is the visitor's own thumb then, `value` the one that they wished; `done` is whether the wish was done.
    """
    counts = Counter({int(kind): number for kind, number in json.loads(thumbs).items()})
    if done:
        counts.update([value] if value else [])
        counts.subtract([before] if before else [])
    return counts


class GivenQuerySet(models.QuerySet[Any]):
    """`about` is the name of the field that says what a thumb is given to; `question` the way to the question of it."""

    about: ClassVar[str]
    question: ClassVar[str]

    def lock_counts(self, pks: list[int]) -> None:
        """Locks what changes with the thumbs on these, in the order of everyone who changes several."""
        raise NotImplementedError

    def hand_over(self, old: UUID, new: UUID) -> None:
        """Gives the thumbs of visitor `old` to `new`. Where both gave one, the last in time stays."""
        of_both = self.filter(visitor__in=[old, new])
        twice = of_both.order_by().values(self.about).annotate(times=Count("pk")).filter(times=2)
        pks = list(twice.values_list(self.about, flat=True))
        if pks:
            self.lock_counts(pks)
        theirs = of_both.filter(**{f"{self.about}__in": pks})
        last = dict(theirs.order_by("created_at", "pk").values_list(self.about, "pk"))
        theirs.exclude(pk__in=last.values()).delete()
        self.filter(visitor=old).update(visitor=new)

    def take_back(self, visitors: Iterable[UUID], open_still: Q) -> dict[str, int]:
        """Of who is erased: those that are `open_still` go, else somebody could give them twice; the rest counts on for
        nobody. Returns how many of both.
        """
        given = self.filter(visitor__in=visitors)
        goes = given.filter(open_still)
        self.lock_counts(sorted(goes.values_list(self.about, flat=True)))
        taken_back, _ = goes.delete()
        return {"thumbs_taken_back": taken_back, "thumbs_unlinked": given.update(visitor=None)}

    def of_closed(self, before: datetime) -> Self:
        """Those that still are somebody's, on what closed by then or was unlinked already."""
        closed = Q(**{f"{self.question}__closed_at__lte": before})
        unlinked = Q(**{f"{self.question}__unlinked_at__isnull": False})
        return self.filter(closed | unlinked, visitor__isnull=False)

    def unlink(self, pks: list[int], before: datetime) -> int:
        """Nobody can tell any more whose these were. Their question stays closed from now on: see its constraint."""
        rows = self.filter(pk__in=pks)
        with transaction.atomic():
            questions = list(rows.order_by().values_list(self.question, flat=True).distinct())
            closed = Question.objects.filter(pk__in=questions, closed_at__lte=before, unlinked_at=None)
            closed.update(unlinked_at=timezone.now())
            return rows.filter(**{f"{self.question}__unlinked_at__isnull": False}).update(visitor=None)


class Given(models.Model):
    """It still counts when its `visitor` is emptied. `role` is the visitor's at the moment they gave it."""

    visitor = models.ForeignKey(Visitor, models.CASCADE, null=True, related_name="%(class)ss", verbose_name="bezoeker")
    value = models.SmallIntegerField(choices=[(kind.value, kind.label) for kind in KINDS])
    role = models.ForeignKey(Role, models.PROTECT, null=True, db_index=False, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=Q(value__in=[kind.value for kind in KINDS]), name="%(class)s_of_a_kind")
        ]

    def give_to(self: Self, visitor: Visitor) -> None:
        """Hands over all thumbs of its visitor to the one that it turned out to be; the next row finds it done."""
        if self.visitor_id and self.visitor_id != visitor.pk:
            rows: Any = type(self)._default_manager
            until_it_fits(partial(rows.hand_over, self.visitor_id, visitor.pk))

    @classmethod
    def take_role(cls, visitor: Visitor) -> None:
        cls._default_manager.filter(visitor=visitor, role=None).update(role=visitor.role_id)

    @staticmethod
    def shows_somebody(before: datetime) -> Q:
        return Q(created_at__lt=before)
