"""The running order of an evening: one scene after the other."""

from datetime import timedelta
from typing import cast

from django.db import models
from django.db.models import Q
from django.utils import timezone

from live.models.cafes import LiveCafe
from live.models.kinds import ASKING, Kind
from polls.models import Poll, Stage, StickerRound
from posts.models import Question
from werkplaats.fields import Line
from werkplaats.register.entries import of_the_site

ABOUT = {"question": Q(kind__in=ASKING), "poll": Q(kind=Kind.POLL), "round": Q(kind=Kind.STICKERS)}


def has_just_what_it_needs() -> Q:
    """Each kind has its own subject, and no other."""
    condition = Q()
    for name, kinds in ABOUT.items():
        condition &= Q(**{f"{name}__isnull": False}) & kinds | Q(**{f"{name}__isnull": True}) & ~kinds
    return condition


class Scene(models.Model):
    """`position` counts from 1. `revealed_at`: since when everyone sees the result of a poll or of stickers.

    `ends_at` is when the time that was given is over; nothing goes on by itself then. `result` are the figures that
    stay when the room is closed, and it is forgotten who sat where.
    """

    live = models.ForeignKey(LiveCafe, models.CASCADE, related_name="scenes", verbose_name="zaal")
    position = models.PositiveSmallIntegerField("plaats")
    kind = models.CharField("soort", max_length=12, choices=Kind)
    question = models.ForeignKey(
        Question, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="vraag"
    )
    poll = models.ForeignKey(Poll, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="peiling")
    round = models.ForeignKey(
        StickerRound, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="stickerronde"
    )
    says = Line("zeg dit", max_length=200, blank=True, help_text="Eén zin voor wie leidt. Leeg: een gewone zin.")
    minutes = models.PositiveSmallIntegerField("minuten", default=8)
    starts_at = models.TimeField("begint rond", null=True, blank=True)
    started_at = models.DateTimeField("begonnen", null=True, editable=False)
    ends_at = models.DateTimeField("tijd is om", null=True, editable=False)
    revealed_at = models.DateTimeField("uitslag getoond", null=True, editable=False)
    result = models.JSONField("uitslag die blijft", null=True, editable=False)

    in_register = of_the_site("says", "result")

    class Meta:
        ordering = ["live", "position"]
        verbose_name = "onderdeel"
        verbose_name_plural = "draaiboek"
        constraints = [
            models.UniqueConstraint(
                fields=["live", "position"],
                name="one_scene_per_position",
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message="Op deze plaats staat al een onderdeel.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values),
                name="scene_of_a_known_kind",
                violation_error_message="Kies wat er op het scherm komt.",
            ),
            models.CheckConstraint(
                condition=has_just_what_it_needs(),
                name="scene_is_about_what_its_kind_needs",
                violation_error_message="Kies bij dit onderdeel precies wat erbij hoort: een vraag, een peiling of een "
                "stickerronde.",
            ),
            models.CheckConstraint(
                condition=Q(minutes__range=(1, 120)),
                name="scene_takes_1_to_120_minutes",
                violation_error_message="Vul 1 tot en met 120 minuten in.",
            ),
            models.CheckConstraint(
                condition=Q(revealed_at=None) | Q(kind__in=[Kind.POLL, Kind.STICKERS]),
                name="scene_has_a_result_to_reveal",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.get_kind_display()}"

    @property
    def sentence(self) -> str:
        """What whoever leads says at it."""
        return self.says or next(kind.says for kind in Kind if kind == self.kind)

    @property
    def its_poll(self) -> Poll:
        """Of a scene that has one."""
        return cast(Poll, self.poll)

    @property
    def its_round(self) -> StickerRound:
        """Of a scene that has one."""
        return cast(StickerRound, self.round)

    @property
    def its_question(self) -> Question:
        """Of a scene that has one."""
        return cast(Question, self.question)

    @property
    def has_result(self) -> bool:
        return self.kind in (Kind.POLL, Kind.STICKERS)

    @property
    def is_revealed(self) -> bool:
        return self.revealed_at is not None

    @property
    def was_over(self) -> bool:
        """Whether its round has its result from elsewhere: from before it came on here, or closed on the site since."""
        return self.round is not None and self.round.stage == Stage.RESULT and self.revealed_at is None

    @property
    def shows_result(self) -> bool:
        """Whether everyone sees its result as soon as it is on: nobody can answer any more."""
        return self.is_revealed or self.was_over

    @property
    def minutes_left(self) -> int | None:
        """Whole minutes, rounded up; 0 when the time is over, None when no time was given."""
        if self.ends_at is None:
            return None
        return max(0, -((timezone.now() - self.ends_at) // timedelta(minutes=1)))
