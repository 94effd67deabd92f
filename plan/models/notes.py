"""What was said in a room, one thought a line."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from events.models import Cafe
from plan.models.harvests import Harvest
from plan.models.listening import note_triggers, notes_triggers
from werkplaats.fields import Day, Line
from werkplaats.models import Role, User
from werkplaats.register.entries import Entry, Purpose, Term, of_the_site
from werkplaats.versions import raises_version

MOST_TIMES = 999
MOST_TABLES = 99
LONGEST = 500  # characters of a line


class OnBehalf(models.TextChoices):
    """How a voice came that somebody else typed."""

    TELEPHONE = "telephone", "per telefoon"
    LETTER = "letter", "per brief"


class Notes(models.Model):
    """All lines of one evening: of a café, or of a meeting with a name and a day.

    Those of a café belong to the harvest of its question, and go along when it gets another. `version` rises with each
    change of a line (`plan.actions.noting`): a page asks what came after the one that it shows.
    """

    harvest = models.ForeignKey(Harvest, models.PROTECT, related_name="notes", verbose_name="opbrengst")
    cafe = models.OneToOneField(Cafe, models.PROTECT, null=True, blank=True, related_name="notes", verbose_name="café")
    meeting = Line("naam van de bijeenkomst", max_length=120, blank=True)
    held_on = Day("gehouden op", null=True, blank=True)
    by = models.ForeignKey(
        User, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name="begonnen door"
    )
    begun_at = models.DateTimeField("begonnen", default=timezone.now, editable=False)
    version = models.PositiveBigIntegerField(default=0, editable=False)

    in_register = of_the_site("meeting", staff=("by",))

    class Meta:
        ordering = ["-begun_at", "-pk"]
        verbose_name = "aantekeningen"
        verbose_name_plural = "aantekeningen"
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(cafe__isnull=False, meeting="", held_on=None)
                    | Q(cafe=None, held_on__isnull=False) & ~Q(meeting="")
                ),
                name="notes_of_a_cafe_or_a_meeting",
                violation_error_message="Kies een café, of vul de naam en de dag van de bijeenkomst in.",
            ),
            models.UniqueConstraint(
                fields=["meeting", "held_on"],
                condition=~Q(meeting=""),
                name="one_sheet_per_meeting",
                violation_error_message="Van deze bijeenkomst zijn er al aantekeningen.",
            ),
        ]
        triggers = notes_triggers()

    def __str__(self) -> str:
        return str(self.cafe or self.meeting)

    @property
    def title(self) -> str:
        """Its name without the day."""
        return self.cafe.title if self.cafe else self.meeting


class Note(models.Model):
    """One thought. `number` counts the lines of an evening from 1, in the order in which they came.

    `changed` is the version of the notes with which it came, or was changed last. `counted` are the keys of the lines
    that were not written anew since they say the same: they raised `times`.
    """

    # A line that a lost connection sends twice comes with the same key.
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    notes = models.ForeignKey(Notes, models.CASCADE, related_name="lines", verbose_name="aantekeningen")
    number = models.PositiveIntegerField("regel", editable=False)
    table = models.PositiveSmallIntegerField("tafel", null=True, blank=True)
    role = models.ForeignKey(Role, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="rol")
    text = Line("wat er is gezegd", max_length=LONGEST)
    times = models.PositiveSmallIntegerField("aantal keer gezegd", default=1)
    on_behalf = models.CharField("namens iemand", max_length=10, choices=OnBehalf, blank=True)
    by = models.ForeignKey(
        User, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name="getypt door"
    )
    at = models.DateTimeField("getypt", default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    changed = models.PositiveBigIntegerField(default=0, editable=False)
    counted = ArrayField(models.UUIDField(), default=list, editable=False)

    in_register = Entry(
        what="aantekeningen van avonden",
        purpose=Purpose.PARTICIPATION,
        term=Term.WORDS,
        personal={"text": "wat iemand zei"},
        staff=("by",),
        plain=("key", "counted"),
        children=True,
    )

    class Meta:
        ordering = ["notes", "number"]
        verbose_name = "aantekening"
        verbose_name_plural = "aantekeningen"
        constraints = [
            models.UniqueConstraint(fields=["notes", "number"], name="one_note_per_number"),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="note_says_something",
                violation_error_message="Schrijf op wat er is gezegd.",
            ),
            models.CheckConstraint(
                condition=Q(times__range=(1, MOST_TIMES)),
                name="note_said_once_or_more",
                violation_error_message=f"Vul 1 tot en met {MOST_TIMES} keer in.",
            ),
            models.CheckConstraint(
                condition=Q(table__isnull=True) | Q(table__range=(1, MOST_TABLES)),
                name="note_at_a_table",
                violation_error_message=f"Vul een tafel in van 1 tot en met {MOST_TABLES}.",
            ),
            models.CheckConstraint(
                condition=Q(on_behalf__in=["", *OnBehalf.values]),
                name="note_on_behalf_known",
                violation_error_message="Kies per telefoon of per brief.",
            ),
        ]
        triggers = [raises_version("text", "table", "role_id", "times", "on_behalf"), *note_triggers()]

    def __str__(self) -> str:
        return f"regel {self.number}"
