"""Until when somebody saw what is new to them: one row a visitor, and nothing of what was opened when."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.utils import timezone

from werkplaats.people.models import Visitor


class SeenQuerySet(models.QuerySet[Any]):
    def look(self, visitor: Visitor, until: datetime) -> None:
        """Notes that this visitor saw what came until then; never less than before, nor what is still to come."""
        until = min(until, timezone.now())
        row, is_new = self.get_or_create(visitor=visitor, defaults={"until": until})
        if not is_new:
            self.filter(pk=row.pk, until__lt=until).update(until=until)


class Seen(models.Model):
    """What came after this moment is new to this visitor: to a person on all their devices, else to one browser."""

    goes_along: ClassVar = True  # see werkplaats.people.merging

    visitor = models.OneToOneField(Visitor, models.CASCADE, related_name="%(class)s")
    until = models.DateTimeField()

    objects = SeenQuerySet.as_manager()

    class Meta:
        abstract = True

    def give_to(self: Self, visitor: Visitor) -> None:
        """What was new to one of the two stays new: the older moment counts.

        Who looked nowhere yet saw nothing, unless there was nothing of theirs: then they came with this row's visitor.
        """
        rows = type(self)._base_manager
        theirs = rows.filter(visitor=visitor)
        if visitor.created_at > self.until and not theirs.exists():
            rows.filter(pk=self.pk).update(visitor=visitor)
            return
        theirs.filter(until__gt=self.until).update(until=self.until)
        self.delete()
