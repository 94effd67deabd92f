"""Until when somebody saw what others answered them."""

from datetime import datetime

from django.db import models
from django.utils import timezone

from werkplaats.models import Visitor


class AnswersSeenQuerySet(models.QuerySet["AnswersSeen"]):
    def look(self, visitor: Visitor, until: datetime) -> None:
        """Notes that this visitor saw the answers of until then; never less than before, nor what is still to come."""
        until = min(until, timezone.now())
        row, is_new = self.get_or_create(visitor=visitor, defaults={"until": until})
        if not is_new:
            self.filter(pk=row.pk, until__lt=until).update(until=until)


class AnswersSeen(models.Model):
    """Answers of after this moment are new to this visitor: to a person on all their devices, else to one browser."""

    goes_along = True  # see werkplaats.people.merging

    visitor = models.OneToOneField(Visitor, models.CASCADE, related_name="answers_seen")
    until = models.DateTimeField()

    objects = AnswersSeenQuerySet.as_manager()

    def __str__(self):
        return f"antwoorden gezien tot {self.until}"

    def give_to(self, visitor: Visitor) -> None:
        """What was new to one of the two stays new: the older moment counts.

        Who looked nowhere yet saw nothing, unless there was nothing of theirs: then they came with this row's visitor.
        """
        seen = AnswersSeen.objects.filter(visitor=visitor)
        if visitor.created_at > self.until and not seen.exists():
            AnswersSeen.objects.filter(pk=self.pk).update(visitor=visitor)
            return
        seen.filter(until__gt=self.until).update(until=self.until)
        self.delete()
