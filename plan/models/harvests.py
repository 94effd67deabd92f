"""What is sorted together: all that was said about a question, at a café or in a design cycle."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from events.models import Cafe
from polls.models import DesignCycle
from posts.models import Question
from werkplaats import compiled
from werkplaats.compiled import Given

SORT = "sort_voices"
OF_NOTHING = Q(question=None, cafe=None, cycle=None)
# What `str` of a harvest needs, of its question, café or design cycle.
NAMES = ("question__text", "cafe__title", "cafe__starts_at", "cycle__subject")


class HarvestManager(models.Manager["Harvest"]):
    def named(self) -> "models.QuerySet[Harvest]":
        """With what each is called by, in the same query."""
        return self.select_related("question", "cafe", "cycle")

    def with_figures(self) -> Any:
        """Each with `voices`, how many may be read now, and `left`, how many of these have no destination.

        The ones with work first. One query.
        """
        live = Q(fragments__live=True)
        voices = models.Count("fragments", filter=live)
        left = models.Count("fragments", filter=live & Q(fragments__destinations=0))
        harvests: Any = self.named().annotate(voices=voices, left=left)
        return harvests.order_by("-left", "-voices", "-pk")

    def of_cafe(self, cafe: Cafe) -> "Harvest":
        """The harvest that the notes of a café belong to; made when there is none yet.

        That of its question; without one that of the first design cycle that it belongs to; else one of its own. In
        SQL it stands in `plan.models.voices`, for when its question changes afterwards.
        """
        if cafe.topic_id:
            return self.get_or_create(question_id=cafe.topic_id)[0]
        cycle = DesignCycle.objects.filter(cafes=cafe).order_by("pk").first()
        return self.get_or_create(cycle=cycle)[0] if cycle else self.get_or_create(cafe=cafe)[0]

    def of_subject(self, *, question_id: int | None = None, cycle_id: int | None = None) -> "Harvest":
        """The harvest of a question or a design cycle, or of neither; made when there is none yet."""
        subject: dict[str, Any] = {"question_id": question_id, "cafe_id": None, "cycle_id": cycle_id}
        return self.get_or_create(**subject)[0]


class Harvest(models.Model):
    """Of exactly one question, café or design cycle; one row has none: there lies what belongs to no question.

    Triggers make it when the first voice comes that belongs to it. `version` is the number of the last act
    (`plan.models.acts`), 0 before the first: what a page shows of the work of others is as old as the version it read.
    """

    question = models.OneToOneField(
        Question, models.CASCADE, null=True, blank=True, related_name="harvest", verbose_name="vraag"
    )
    cafe = models.OneToOneField(
        Cafe, models.CASCADE, null=True, blank=True, related_name="harvest", verbose_name="café"
    )
    cycle = models.OneToOneField(
        DesignCycle, models.CASCADE, null=True, blank=True, related_name="harvest", verbose_name="ontwerptraject"
    )
    version = models.PositiveBigIntegerField(default=0, editable=False)

    objects = HarvestManager()

    class Meta:
        verbose_name = "opbrengst"
        verbose_name_plural = "opbrengsten"
        permissions = [(SORT, "Mag sorteren")]
        constraints = [
            models.CheckConstraint(
                condition=(
                    OF_NOTHING
                    | Q(question__isnull=False, cafe=None, cycle=None)
                    | Q(question=None, cafe__isnull=False, cycle=None)
                    | Q(question=None, cafe=None, cycle__isnull=False)
                ),
                name="harvest_of_one_thing",
                violation_error_message="Een opbrengst hoort bij één vraag, café of ontwerptraject.",
            ),
            models.UniqueConstraint(
                models.Value(1),
                condition=OF_NOTHING,
                name="one_harvest_of_nothing",
                violation_error_message="Er is al een opbrengst van wat bij geen vraag hoort.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.question or self.cafe or self.cycle or "Bij geen vraag")

    def get_absolute_url(self) -> str:
        return reverse("plan:desk", args=[self.pk])

    @classmethod
    def locked(cls, pk: int) -> "Harvest":
        """The row, locked until the end of the transaction: acts in one harvest wait for each other.

        Voices that come in do not wait for it. Raises Harvest.DoesNotExist.
        """
        for found in compiled.objects(to_lock, pk=pk):
            return found
        raise cls.DoesNotExist

    @property
    def voices_left(self) -> int:
        """The one figure that counts: voices without destination. One query, on an index of these alone."""
        return self.fragments.without_destination().count()


def to_lock() -> compiled.AnyQuerySet:
    return Harvest.objects.select_for_update(no_key=True).filter(pk=Given("pk", models.BigIntegerField()))
