"""Photos of the flip-overs that lines are typed from, and who types from which."""

from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils import timezone

from plan.models.notes import Notes
from werkplaats.fields import Day
from werkplaats.models import Picture, User
from werkplaats.register.entries import Entry, Purpose, Term, of_an_account

KEPT_FOR = timedelta(days=90)
MOST_PHOTOS = 60  # of one evening
TURNS = (0, 90, 180, 270)  # degrees, clockwise


def last_day() -> date:
    return timezone.localdate() + KEPT_FOR


class NotesPhoto(models.Model):
    """Seen by who may sort, and by nobody else: its picture asks for that right (`Picture.right`).

    It goes on the night after `kept_until`, files and all. `turn` is how it is shown, in degrees clockwise.
    """

    notes = models.ForeignKey(Notes, models.CASCADE, related_name="photos", verbose_name="aantekeningen")
    picture = models.OneToOneField(Picture, models.CASCADE, related_name="of_notes", verbose_name="foto")
    turn = models.PositiveSmallIntegerField("gedraaid", default=0)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name="van")
    kept_until = Day("bewaard tot en met", default=last_day)

    in_register = Entry(
        what="foto's van flappen", purpose=Purpose.PARTICIPATION, term=Term.PHOTOS, staff=("by",), children=True
    )

    class Meta:
        ordering = ["notes", "pk"]
        verbose_name = "foto van een flap"
        verbose_name_plural = "foto's van flappen"
        constraints = [models.CheckConstraint(condition=Q(turn__in=TURNS), name="photo_turned_by_quarters")]

    def __str__(self) -> str:
        return f"foto {self.pk}"


@receiver(post_delete, sender=NotesPhoto)
def take_picture_along(sender: type[NotesPhoto], instance: NotesPhoto, **kwargs: Any) -> None:
    """The picture of a deleted row goes, and with it its files, however the row was deleted."""
    Picture.objects.filter(pk=instance.picture_id).delete()


class Typist(models.Model):
    """Who types in the notes of an evening, from which photo, and when they last did something."""

    notes = models.ForeignKey(Notes, models.CASCADE, related_name="typists", verbose_name="aantekeningen")
    user = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name="wie")
    photo = models.ForeignKey(NotesPhoto, models.SET_NULL, null=True, related_name="+", verbose_name="foto")
    at = models.DateTimeField("wanneer", default=timezone.now)

    in_register = of_an_account("wie een avond intypt", Purpose.KEEPING, Term.BRIEF, only_staff=True)

    class Meta:
        verbose_name = "wie er typt"
        verbose_name_plural = "wie er typen"
        constraints = [models.UniqueConstraint(fields=["notes", "user"], name="once_at_an_evening")]

    def __str__(self) -> str:
        return f"{self.user} typt"
