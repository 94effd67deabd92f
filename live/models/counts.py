"""Hands that were counted at a table: counts beside the votes of people, and marked so."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from live.models.cafes import MOST_TABLES
from live.models.scenes import Scene
from live.models.seats import MOST_PEOPLE, Seat
from polls.models import Choice, Idea
from werkplaats.register.entries import Entry, Purpose, Term, by_visitor


class Headcount(models.Model):
    """How many people of a source chose one option.

    A source is a table; in a rehearsal it is also one phone, whose vote or sticker is none of the site. Each phone has
    its own count of a table: that of the last one that still sits there is the one (`live.reading.results.hands_of`),
    so who took a wrong seat took nothing away.
    """

    scene = models.ForeignKey(Scene, models.CASCADE, related_name="headcounts", verbose_name="onderdeel")
    table = models.PositiveSmallIntegerField("tafel", null=True, blank=True)
    seat = models.ForeignKey(Seat, models.CASCADE, null=True, blank=True, related_name="headcounts")
    counted_by = models.ForeignKey(Seat, models.CASCADE, null=True, blank=True, related_name="counted")
    choice = models.ForeignKey(Choice, models.CASCADE, null=True, blank=True, related_name="headcounts")
    idea = models.ForeignKey(Idea, models.CASCADE, null=True, blank=True, related_name="headcounts")
    colour = models.PositiveSmallIntegerField(null=True, blank=True)
    people = models.PositiveSmallIntegerField("mensen")
    at = models.DateTimeField(default=timezone.now)

    in_register = Entry(
        what="handen die aan een tafel werden geteld",
        purpose=Purpose.PARTICIPATION,
        term=Term.BRIEF,
        personal={"seat": "plek in de zaal, alleen bij een proef", "counted_by": "plek van wie telde"},
        of=(by_visitor("seat__visitor"), by_visitor("counted_by__visitor")),
    )

    class Meta:
        verbose_name = "telling van handen"
        verbose_name_plural = "tellingen van handen"
        constraints = [
            models.UniqueConstraint(
                fields=["scene", "table", "seat", "choice", "idea", "counted_by"],
                name="one_count_per_source_and_option",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(table__range=(1, MOST_TABLES), seat=None, counted_by__isnull=False)
                | Q(table=None, seat__isnull=False, counted_by=None),
                name="count_of_a_table_or_a_phone",
            ),
            models.CheckConstraint(
                condition=Q(choice__isnull=False, idea=None, colour=None)
                | Q(choice=None, idea__isnull=False, colour__in=[1, 2, 3]),
                name="count_of_a_choice_or_a_sticker",
            ),
            models.CheckConstraint(
                condition=Q(people__lte=MOST_PEOPLE),
                name="count_of_so_many_people",
                violation_error_message=f"Vul 0 tot en met {MOST_PEOPLE} mensen in.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.people} bij onderdeel {self.scene_id}"
