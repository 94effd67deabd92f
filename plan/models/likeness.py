"""Which voices are alike, as the worker found them: suggestions, that decide nothing. They hold no words."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F

from plan.models.fragments import Fragment
from plan.models.harvests import Harvest


class Comparison(models.Model):
    """When the voices of a harvest were compared last, and how long that took."""

    harvest = models.OneToOneField(
        Harvest, models.CASCADE, primary_key=True, related_name="comparison", verbose_name="opbrengst"
    )
    at = models.DateTimeField("begonnen")
    took = models.DurationField("duur")

    class Meta:
        verbose_name = "vergelijking"
        verbose_name_plural = "vergelijkingen"

    def __str__(self) -> str:
        return f"vergelijking van opbrengst {self.harvest_id}"


class Compared(models.Model):
    """That a voice was compared with the others of a harvest, in the words of `source_version`.

    `place` counts from 0 in the order «soort bij soort», alike after alike. Deleting the fragment deletes it.
    """

    fragment = models.OneToOneField(
        Fragment, models.DO_NOTHING, primary_key=True, related_name="compared", verbose_name="stem"
    )
    harvest = models.ForeignKey(Harvest, models.CASCADE, related_name="+", verbose_name="opbrengst")
    source_version = models.PositiveBigIntegerField("vergeleken versie")
    place = models.PositiveIntegerField("plaats, soort bij soort")

    class Meta:
        verbose_name = "vergeleken stem"
        verbose_name_plural = "vergeleken stemmen"
        # The list of the desk, from any place on.
        indexes = [models.Index(fields=["harvest", "place"], name="alike_after_alike")]

    def __str__(self) -> str:
        return f"plaats van stem {self.fragment_id}"


class LikenessQuerySet(models.QuerySet["Likeness"]):
    def of(self, fragment: Fragment) -> "LikenessQuerySet":
        """Those of a voice that still hold, most alike first: in words that have not changed, of voices still here."""
        return self.filter(
            fragment=fragment.pk,
            source_version=fragment.source_version,
            other_version=F("other__source_version"),
            other__live=True,
            other__harvest=fragment.harvest_id,
        ).order_by("-strength", "other")


class Likeness(models.Model):
    """That `other` is alike to a voice, both in the words of the version named; it is good for these alone.

    `strength` in thousandths, 1,000 for the same words. `marks` are the words in the text of `other` that they have in
    common: where each begins and ends, two numbers after each other, in characters from 0, the end not included.
    """

    fragment = models.ForeignKey(
        Fragment, models.DO_NOTHING, db_index=False, related_name="likenesses", verbose_name="stem"
    )
    other = models.ForeignKey(Fragment, models.DO_NOTHING, related_name="alike_to", verbose_name="lijkt op")
    source_version = models.PositiveBigIntegerField("vergeleken versie")
    other_version = models.PositiveBigIntegerField("vergeleken versie van de ander")
    strength = models.PositiveSmallIntegerField("hoe sterk, in duizendsten")
    marks = ArrayField(models.PositiveIntegerField(), default=list, verbose_name="wat ze delen")

    objects = LikenessQuerySet.as_manager()

    class Meta:
        verbose_name = "gelijkenis"
        verbose_name_plural = "gelijkenissen"
        constraints = [models.UniqueConstraint(fields=["fragment", "other"], name="alike_once")]

    def __str__(self) -> str:
        return f"{self.fragment_id} lijkt op {self.other_id}"
