"""A picture that went through the pipeline of `werkplaats.images`; the files hang on its random name."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver

from werkplaats import images
from werkplaats.fields import Line

PERCENT = [MinValueValidator(0), MaxValueValidator(100)]


class Picture(models.Model):
    name = models.CharField(max_length=32, unique=True, editable=False)
    width = models.PositiveIntegerField("breedte", editable=False)
    height = models.PositiveIntegerField("hoogte", editable=False)
    alt = Line("wat zie je?", max_length=300, blank=True, help_text="Voor wie de foto niet ziet.")
    credit = Line("maker", max_length=120, blank=True)
    focus_x = models.PositiveSmallIntegerField(
        "belangrijkste punt, van links (%)", default=50, validators=PERCENT
    )
    focus_y = models.PositiveSmallIntegerField(
        "belangrijkste punt, van boven (%)", default=50, validators=PERCENT
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "afbeelding"
        verbose_name_plural = "afbeeldingen"

    def __str__(self):
        return self.alt or f"afbeelding {self.pk}"

    @property
    def small(self) -> str:
        """The address of the file that is at most 640 px wide."""
        return images.url(self.name, 640)

    @property
    def large(self) -> str:
        """The address of the file that is at most 1600 px wide."""
        return images.url(self.name, 1600)


@receiver(post_delete, sender=Picture)
def take_files_along(sender, instance: Picture, **kwargs) -> None:
    """Removes the files of a deleted row once that is committed, however it was deleted."""
    transaction.on_commit(lambda: images.delete(instance.name))
