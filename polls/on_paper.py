"""What was counted by hand on paper, and typed in afterwards by one or two people at once."""

from django.db import models
from django.utils import timezone

from werkplaats.models import User

MOST_ON_PAPER = 999  # in one box of a sheet


class OnPaper(models.Model):
    """A row with numbers, empty where nobody counted yet. `by` and `at` are of the last number."""

    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name="geteld door")
    at = models.DateTimeField("geteld", default=timezone.now)

    class Meta:
        abstract = True

    def take(self, name: str, count: int | None, seen: int | None, by: User) -> bool:
        """Keeps the number `name`, or None when nobody counted it; `seen` is what stood there on the page of `by`.

        Returns whether this changed it: not when another put something else there meanwhile, and the same number twice
        is once. Call it with what it is about locked.
        """
        if count == seen or getattr(self, name) != seen:
            return False
        setattr(self, name, count)
        self.by, self.at = by, timezone.now()
        self.save()
        return True
