"""When consulenten get their mail, with which texts, and that each got it once."""

# mypy: warn-return-any=false
# What our own fields hold is Any to mypy: see werkplaats/fields.py.

import datetime

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from inviting.models.consulenten import Consulent
from posts.models import Post
from werkplaats.fields import Day, Line, Prose
from werkplaats.invited.models import Kind
from werkplaats.register.entries import Entry, Purpose, Term, by_user, of_the_site

WEEKDAYS = [(0, "maandag"), (1, "dinsdag"), (2, "woensdag"), (3, "donderdag"), (4, "vrijdag")]
TOO_LATE = datetime.time(12)  # a mail that could not leave before that is dropped
LONGEST = 1200  # characters of a text; whether it fits in a mailto depends on which: `inviting.reading`
KEPT = datetime.timedelta(days=7)  # how long it is known which mails went, and which did not


class Region(models.TextChoices):
    """Of the national school holidays."""

    NORTH = "noord", "Noord"
    MIDDLE = "midden", "Midden"
    SOUTH = "zuid", "Zuid"


class MondayManager(models.Manager["Monday"]):
    def load(self) -> "Monday":
        """The one row, made when it is first asked for."""
        return self.get_or_create(pk=1)[0]


class Monday(models.Model):
    """What a coordinator sets: the day, the time, the texts to copy (empty: a general one), a voice to show."""

    is_on = models.BooleanField("de mail gaat uit", default=True)
    weekday = models.PositiveSmallIntegerField("dag", choices=WEEKDAYS, default=0)
    at = models.TimeField("tijd", default=datetime.time(8), help_text="Voor 12.00 uur.")
    region = models.CharField(
        "regio van de schoolvakanties",
        max_length=10,
        choices=Region,
        default=Region.NORTH,
        help_text="In vakanties van deze regio, en op vrije dagen, gaat er geen mail uit.",
    )
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
        help_text="Voor de eerstvolgende mail. Leeg: een bijdrage van de afgelopen weken met veel duimpjes.",
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

    def is_due(self, now: datetime.datetime) -> bool:
        """Whether mails may leave at this moment, on the clock here: on its day, after its time, and before noon."""
        here = timezone.localtime(now)
        on_its_day = self.is_on and here.weekday() == self.weekday and self.at <= here.time() < TOO_LATE
        return on_its_day and not FreePeriod.objects.covers(here.date(), self.region)

    def text_of(self, kind: Kind) -> str:
        """What the coordinator wrote for this kind; empty for the general text."""
        return {Kind.PLAIN: self.plain, Kind.BULLETIN: self.bulletin, Kind.MEETING: self.meeting}[kind]


class FreePeriodManager(models.Manager["FreePeriod"]):
    def covers(self, day: datetime.date, region: str) -> bool:
        return self.filter(first_day__lte=day, last_day__gte=day, region__in=["", region]).exists()

    def known_until(self) -> datetime.date | None:
        """Until when they are known."""
        return self.order_by("last_day").values_list("last_day", flat=True).last()


class FreePeriod(models.Model):
    """Days on which no mail goes: school holidays of a region, and free days of the whole country."""

    name = Line("wat", max_length=60, help_text="Bijvoorbeeld «herfstvakantie».")
    region = models.CharField(
        "regio", max_length=10, choices=Region, blank=True, help_text="Leeg: overal, zoals tweede paasdag."
    )
    first_day = Day("eerste dag")
    last_day = Day("laatste dag")

    in_register = of_the_site("name")

    objects = FreePeriodManager()

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


class MondayMailQuerySet(models.QuerySet["MondayMail"]):
    def dropped(self) -> "MondayMailQuerySet":
        return self.filter(dropped_at__isnull=False)

    def forget_old(self) -> None:
        self.filter(day__lt=timezone.localdate() - KEPT).delete()


class MondayMail(models.Model):
    """That a consulent gets, or got, the mail of a day: asked twice it goes once. `voice`: the coordinator's choice."""

    consulent = models.ForeignKey(Consulent, models.CASCADE, related_name="mails")
    day = models.DateField("dag")
    voice = models.ForeignKey(Post, models.SET_NULL, null=True, related_name="+", verbose_name="stem van de week")
    sent_at = models.DateTimeField("vertrokken", null=True)
    dropped_at = models.DateTimeField("kon niet voor 12.00 uur vertrekken", null=True)

    in_register = Entry(
        what="welke maandagmail een consulent kreeg",
        purpose=Purpose.PARTICIPATION,
        term=Term.BRIEF,
        personal={"consulent": "consulent"},
        of=(by_user("consulent__user"),),
    )

    objects = MondayMailQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["consulent", "day"], name="one_monday_mail_a_day")]

    def __str__(self) -> str:
        return f"{self.consulent}, {self.day}"

    @property
    def is_open(self) -> bool:
        """Whether it did not leave yet, and was not given up."""
        return self.sent_at is None and self.dropped_at is None

    def is_too_late(self, now: datetime.datetime) -> bool:
        here = timezone.localtime(now)
        return here.date() != self.day or here.time() >= TOO_LATE

    def drop(self, now: datetime.datetime) -> None:
        self.dropped_at = now
        self.save(update_fields=["dropped_at"])
