"""Asking a moderator to look at something that others wrote or sent."""

from django.db import models
from django.utils import timezone

from werkplaats.people.models import User, Visitor


class ReportQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(handled_at=None)

    def settle(self, by: User | None) -> None:
        """A moderator has looked at them; the first who did is remembered."""
        self.waiting().update(handled_at=timezone.now(), handled_by=by)


class BaseReport(models.Model):
    """A subclass adds what it is about, and that each visitor reports that once."""

    class Reason(models.TextChoices):
        PRIVACY = "privacy", "Er staat een naam of iets persoonlijks in"
        CHILD = "child", "Er staat een kind herkenbaar op"
        HURTFUL = "hurtful", "Het is kwetsend"
        OFF_TOPIC = "off-topic", "Het gaat ergens anders over"
        SPAM = "spam", "Het is reclame"

        @classmethod
        def about(cls, picture: bool) -> list[tuple[str, str]]:
            """The choices for something with or without a picture."""
            return [(value, label) for value, label in cls.choices if picture or value != cls.CHILD]

    visitor = models.ForeignKey(Visitor, models.CASCADE, verbose_name="gemeld door")
    reason = models.CharField("wat is er aan de hand?", max_length=20, choices=Reason)
    created_at = models.DateTimeField("gemeld", default=timezone.now, editable=False)
    handled_at = models.DateTimeField("afgehandeld", null=True, editable=False)
    handled_by = models.ForeignKey(
        User, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name="afgehandeld door"
    )

    class Meta:
        abstract = True
        ordering = ["-created_at"]
        verbose_name = "melding"
        verbose_name_plural = "meldingen"

    def handle(self, by: User) -> None:
        """A moderator has looked at it; twice is once."""
        type(self).objects.filter(pk=self.pk).settle(by)
        self.refresh_from_db(fields=["handled_at", "handled_by"])
