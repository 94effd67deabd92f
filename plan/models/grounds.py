"""What is told by role of the thumbs or stickers of a voice, as it was told last."""

from django.db import models
from django.utils import timezone

from plan.models.fragments import Fragment


class Ground(models.Model):
    """Who looks reads this, and not the thumbs of now: two looks in a row must not differ by one of them.

    `shown` and `seen` are tables by role as `plan.reading.withholding` has them: {"key of the role, 0 for unknown":
    [up or green, blue, down or red]}. `seen` is never shown. `version` counts how often it was told anew. Nobody's name
    or key stands in it, so it stays as it is when somebody is erased.
    """

    # Deleting the fragment deletes it, by a trigger.
    fragment = models.OneToOneField(Fragment, models.DO_NOTHING, primary_key=True, related_name="ground")
    shown = models.JSONField(default=dict)
    seen = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "telling per rol"
        verbose_name_plural = "tellingen per rol"

    def __str__(self) -> str:
        return f"telling per rol van stem {self.pk}"
