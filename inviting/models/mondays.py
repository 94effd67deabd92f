"""When consulenten get their mail, with which texts, and that each got it once."""

# mypy: warn-return-any=false
# What our own fields hold is Any to mypy: see werkplaats/fields.py.

import datetime

from django.db import models
from django.db.models import F, Q

from inviting.models.consulenten import Consulent
from posts.models import Post
from werkplaats.fields import Day, Line, Prose
from werkplaats.invited.models import Kind
from werkplaats.register.entries import Entry, Purpose, Term, by_user, of_the_site

WEEKDAYS = [(0, "maandag"), (1, "dinsdag"), (2, "woensdag"), (3, "donderdag"), (4, "vrijdag")]
TOO_LATE = datetime.time(12)  # a mail that could not leave before that is dropped
LONGEST = 1200  # characters of a text: with the address it fits in a mailto of 1,800


class MondayManager(models.Manager["Monday"]):
    def load(self) -> "Monday":
        """The one row, made when it is first asked for."""
        return self.get_or_create(pk=1)[0]


class Monday(models.Model):
    """What a coordinator sets: the day, the time, the texts to copy (empty: a general one), a voice to show."""

    is_on = models.BooleanField("de mail gaat uit", default=True)
    weekday = models.PositiveSmallIntegerField("dag", choices=WEEKDAYS, default=0)
    at = models.TimeField("tijd", default=datetime.time(8), help_text="Voor 12.00 uur.")
    plain = Prose("tekst: gewoon", max_length=LONGEST, blank=True)
    bulletin = Prose("tekst: voor wie in het Maandbericht stond", max_length=LONGEST, blank=True)
    meeting = Prose("tekst: voor een overleg", max_length=LONGEST, blank=True)
    voice = models.ForeignKey(
        Post,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="stem van de week",
        help_text="Leeg: een bijdrage van de afgelopen weken met veel duimpjes.",
    )

    in_register = of_the_site("plain", "bulletin", "meeting")

    objects = MondayManager()

    class Meta:
        verbose_name = "de maandagmail"
        verbose_name_plural = "de maandagmail"
        constraints = [
            models.CheckConstraint(
                condition=Q(at__lt=TOO_LATE),
                name="monday_before_noon",
                violation_error_message="Kies een tijd voor 12.00 uur: later gaat de mail die dag niet meer uit.",
            ),
            models.CheckConstraint(condition=Q(pk=1), name="one_monday"),
        ]

    def __str__(self) -> str:
        return "de maandagmail"

    def text_of(self, kind: Kind) -> str:
        """What the coordinator wrote for this kind; empty for the general text."""
        return {Kind.PLAIN: self.plain, Kind.BULLETIN: self.bulletin, Kind.MEETING: self.meeting}[kind]


class FreePeriod(models.Model):
    """Days on which no mail goes: school holidays and free days."""

    name = Line("wat", max_length=60, help_text="Bijvoorbeeld «herfstvakantie».")
    first_day = Day("eerste dag")
    last_day = Day("laatste dag")

    in_register = of_the_site("name")

    class Meta:
        verbose_name = "vrije periode"
        verbose_name_plural = "vrije periodes"
        ordering = ["first_day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="free_period_ends_after_it_begins",
                violation_error_message="De laatste dag is niet voor de eerste.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class MondayMail(models.Model):
    """That a consulent gets, or got, the mail of a day: asked twice it goes once."""

    consulent = models.ForeignKey(Consulent, models.CASCADE, related_name="mails")
    day = models.DateField("dag")
    sent_at = models.DateTimeField("vertrokken", null=True)
    dropped_at = models.DateTimeField("kon niet voor 12.00 uur vertrekken", null=True)

    in_register = Entry(
        what="welke maandagmail een consulent kreeg",
        purpose=Purpose.PARTICIPATION,
        term=Term.BRIEF,
        personal={"consulent": "consulent"},
        of=(by_user("consulent__user"),),
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["consulent", "day"], name="one_monday_mail_a_day")]

    def __str__(self) -> str:
        return f"{self.consulent}, {self.day}"
