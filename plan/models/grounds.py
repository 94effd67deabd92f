"""What is told by role of the thumbs or stickers of a voice, as it was told last, and over which ideas."""

from django.db import models
from django.utils import timezone

from plan.models.fragments import Fragment
from plan.models.sentences import Wording
from werkplaats.register.entries import of_the_site


class ToldByRole(models.Model):
    """Who looks reads this, and not the thumbs of now: two looks in a row must not differ by one of them.

    `shown` and `seen` are tables by role as `plan.reading.withholding` has them: {"key of the role, 0 for unknown":
    [up or green, blue, down or red]}. `seen` is never shown. `version` counts how often it was told anew. Nobody's name
    or key stands in it, so it stays as it is when somebody is erased.
    """

    shown = models.JSONField(default=dict)
    seen = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True


class Ground(ToldByRole):
    """Of the thumbs or stickers of a voice."""

    # Deleting the fragment deletes it, by a trigger.
    fragment = models.OneToOneField(Fragment, models.DO_NOTHING, primary_key=True, related_name="ground")

    in_register = of_the_site("shown", "seen")

    class Meta:
        verbose_name = "telling per rol"
        verbose_name_plural = "tellingen per rol"

    def __str__(self) -> str:
        return f"telling per rol van stem {self.pk}"


class WordingGround(ToldByRole):
    """Of the thumbs on one wording of a sentence of the plan."""

    wording = models.OneToOneField(
        Wording, models.CASCADE, primary_key=True, related_name="ground", verbose_name="formulering"
    )

    in_register = of_the_site("shown", "seen")

    class Meta:
        verbose_name = "telling per rol van een formulering"
        verbose_name_plural = "tellingen per rol van formuleringen"
        default_permissions = ()

    def __str__(self) -> str:
        return f"telling per rol van formulering {self.pk}"


class Telling(models.Model):
    """In which voice the stickers on an idea are told by role: in the first that was looked at, for good.

    An idea and the wording that it is joined into would else be told both, and the one subtracted from the other. It
    outlives both: who erases a wording, or takes it apart, gets nothing told anew. Keys alone, which lead nowhere then.
    """

    idea = models.BigIntegerField("nummer van het idee", primary_key=True)
    voice = models.BigIntegerField("nummer van de stem", db_index=True)

    class Meta:
        verbose_name = "vertelling"
        verbose_name_plural = "vertellingen"
        default_permissions = ()

    def __str__(self) -> str:
        return f"idee {self.idea} in stem {self.voice}"
