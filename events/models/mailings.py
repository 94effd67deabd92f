"""What was mailed to many at once: reminders, changes, and what a coordinator wrote."""

import uuid
from typing import TYPE_CHECKING

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from events.models.cafes import Cafe
from events.places import Seat
from werkplaats import mail
from werkplaats.fields import Line, Prose
from werkplaats.models import User
from werkplaats.register.entries import of_the_site

if TYPE_CHECKING:
    from events.models.registrations import Registration, RegistrationQuerySet


class MailingQuerySet(models.QuerySet["Mailing"]):
    def write(self, cafe: Cafe, *, key: uuid.UUID, audience: str, **fields) -> "tuple[Mailing, bool]":
        """Mails what a coordinator wrote; the same `key` again mails nothing.

        `fields` are `subject`, `text` and `by`. Returns the Mailing and whether it went now.
        """
        with transaction.atomic():
            cafe = cafe.locked()
            if sent := self.filter(key=key).first():
                return sent, False
            people = Mailing(cafe=cafe, audience=audience).meant
            return cafe.mail_to("message", people, key=key, audience=audience, **fields), True

    def of_another_moment(self) -> "MailingQuerySet":
        """Those that told that the café begins at another moment."""
        return self.filter(kind="moved").exclude(was=F("starts_at"))

    def test(self, cafe: Cafe, *, by: User, **fields) -> "Mailing":
        """Mails what a coordinator wrote to `by` alone."""
        with transaction.atomic():
            made = self.create(cafe=cafe, kind="test", starts_at=cafe.starts_at, people=1, by=by, **fields)
            mail.later("events.tasks.send_test", to=by.email, mailing_id=made.pk)
            return made


class Mailing(models.Model):
    """One mail to everyone it is meant for, once: its row and its jobs are written in one transaction."""

    class Kind(models.TextChoices):
        WEEK = "week", "herinnering, een week ervoor"
        DAY = "day", "herinnering, een dag ervoor"
        LINK = "link", "de link om online mee te doen"
        THANKS = "thanks", "bedankt voor het komen"
        MOVED = "moved", "het café is verplaatst"
        CALLED_OFF = "called_off", "het café gaat niet door"
        MESSAGE = "message", "bericht van de coördinator"
        TEST = "test", "proef van een bericht"

    class Audience(models.TextChoices):
        ALL = "all", "iedereen"
        ROOM = "room", "wie een plaats in de zaal heeft"
        ONLINE = "online", "wie online meedoet"
        QUEUE = "queue", "wie op de wachtlijst staat"

    REMINDERS = (Kind.WEEK, Kind.DAY, Kind.LINK, Kind.THANKS)

    cafe = models.ForeignKey(Cafe, models.CASCADE, related_name="mailings", verbose_name="café")
    kind = models.CharField("soort", max_length=10, choices=Kind)
    audience = models.CharField("aan", max_length=10, choices=Audience, default=Audience.ALL)
    subject = Line("onderwerp", max_length=120, blank=True)
    text = Prose("tekst", max_length=5000, blank=True)
    starts_at = models.DateTimeField("over het café van", editable=False)
    was = models.DateTimeField("eerst op", null=True, editable=False)
    # How often it had been moved by then: moved away and back, it is announced again.
    moves = models.PositiveSmallIntegerField(default=0, editable=False)
    by = models.ForeignKey(User, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name="door")
    sent_at = models.DateTimeField("verstuurd", default=timezone.now, editable=False)
    people = models.PositiveIntegerField("aan hoeveel adressen", editable=False)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    in_register = of_the_site("subject", "text", "key", staff=("by",))

    objects = MailingQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "-pk"]
        verbose_name = "mail aan deelnemers"
        verbose_name_plural = "mails aan deelnemers"
        constraints = [
            # A café that moves to another date is announced again.
            models.UniqueConstraint(
                fields=["cafe", "kind", "starts_at", "moves"],
                condition=Q(kind__in=["week", "day", "link", "thanks"]),
                name="each_reminder_once",
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.cafe}"

    @property
    def recipients(self) -> "list[Registration]":
        """The registrations that a message to this audience goes to."""
        return self.meant.to_mail()

    @property
    def meant(self) -> "RegistrationQuerySet":
        """This audience, with those who gave no address, or one that was shut out."""
        rows = self.cafe.registrations.coming().telling_access()
        if self.audience in Seat:
            return rows.filter(seat=self.audience)
        return rows.waiting() if self.audience == self.Audience.QUEUE else rows
