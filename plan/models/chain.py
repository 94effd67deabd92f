"""The plan as a whole: its name, the steps from concept to inspectie, and what is said when it is finished."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from werkplaats.fields import Day, Line, Position, Prose
from werkplaats.models import User
from werkplaats.register.entries import of_the_site
from werkplaats.versions import bumps_site_version
from werkplaats.words import short_day

DONE, NOW, LATER = "done", "now", "later"
TOLD = {DONE: "gedaan", NOW: "nu", LATER: "gepland"}


def unbroken(day: date) -> str:
    """«12 januari 2027», which no narrow column takes apart."""
    return short_day(day).replace(" ", "\N{NO-BREAK SPACE}")


def raises_plan_version(name: str, *columns: str) -> pgtrigger.Trigger:
    """A trigger for a table of which the public pages of the plan show something, or only these columns of it."""
    changed = pgtrigger.UpdateOf(*columns) if columns else pgtrigger.Update
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert | changed | pgtrigger.Delete,
        func="UPDATE plan_plan SET version = version + 1; RETURN NULL;",
    )


class Plan(models.Model):
    """One row. `version` rises with everything that its public pages show but thumbs and reactions.

    `speech` is what a coordinator writes at the end, as it would be held years later.
    """

    title = Line("naam", max_length=80, default="Ondersteuningsplan")
    intro = Prose(
        "inleiding bij het concept", max_length=1000, blank=True, help_text="Staat er tot reageren niet meer kan."
    )
    speech_title = Line("titel van de toespraak", max_length=120, blank=True)
    speech = Prose(
        "de toespraak",
        max_length=12_000,
        blank=True,
        help_text="Zoals die over vier jaar klinkt. Leeg: de bladzijde van het jaar laat haar weg.",
    )
    version = models.PositiveBigIntegerField(default=1, editable=False)

    in_register = of_the_site("title", "intro", "speech_title", "speech")

    class Meta:
        verbose_name = "het plan"
        verbose_name_plural = "het plan"
        constraints = [
            models.UniqueConstraint(models.Value(1), name="one_plan", violation_error_message="Er is al een plan.")
        ]
        triggers = [
            pgtrigger.Trigger(
                name="plan_changes",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("title", "intro", "speech_title", "speech"),
                func="NEW.version = OLD.version + 1; RETURN NEW;",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def load(cls) -> "Plan":
        """The one row; made when there is none yet."""
        return cls.objects.first() or cls.objects.get_or_create()[0]

    @classmethod
    def locked(cls) -> "Plan":
        """The one row, locked until the end of the transaction: who publishes, and who takes a step, wait for it."""
        return cls.objects.select_for_update(no_key=True).get(pk=cls.load().pk)


class Does(models.TextChoices):
    """What happens when a step is reached, beside showing it."""

    NOTHING = "", "niets anders"
    REACT = "react", "iedereen kan reageren"
    AGREE = "agree", "niets anders: dit is de instemming"
    ADOPT = "adopt", "de zinnen staan vast"


def open_for_reactions(chain: "list[PlanStep]", today: date) -> "PlanStep | None":
    """The step of a whole chain in which people may react on a day; None when they may not.

    As long as it is the step of now, as everyone reads it there: no later one was taken, and its last day is not over.
    """
    last = next((step for step in reversed(chain) if step.reached_at), None)
    if last is None or last.does != Does.REACT or (last.until and last.until < today):
        return None
    return last


class PlanStepQuerySet(models.QuerySet["PlanStep"]):
    def reached(self) -> "PlanStepQuerySet":
        return self.filter(reached_at__isnull=False)

    def is_adopted(self) -> bool:
        """Whether the sentences stand. One query."""
        return self.reached().filter(does=Does.ADOPT).exists()

    def takes_reactions(self, today: date | None = None) -> bool:
        """Whether people may react now. One query.

        From when that step is reached until its last day is over, or until the next step is taken before that.
        """
        return open_for_reactions(list(self), today or timezone.localdate()) is not None


class PlanStep(models.Model):
    """A step of the chain. Names and order are the coordinator's; `does` says what the site has to know.

    `reached_at` is when a coordinator said that it was taken: a date that passes takes no step by itself.
    """

    name = Line("naam", max_length=60, help_text="Bijvoorbeeld «overleg met gemeenten».")
    short = Line("afkorting", max_length=20, blank=True, help_text="Bijvoorbeeld «OOGO».")
    body = Line("door wie", max_length=120, blank=True, help_text="Bijvoorbeeld «de gemeenten» of «het bestuur».")
    explained = Line("in gewone woorden", max_length=200, blank=True)
    day = Day("op", null=True, blank=True)
    until = Day("tot en met", null=True, blank=True, help_text="Zonder «op»: uiterlijk op die dag.")
    document = models.URLField("link naar het stuk", blank=True, max_length=300)
    does = models.CharField("wat er dan gebeurt", max_length=10, choices=Does, blank=True, default=Does.NOTHING)
    reached_at = models.DateTimeField("bereikt", null=True, editable=False)
    reached_by = models.ForeignKey(
        User, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name="volgens"
    )
    position = Position()

    in_register = of_the_site("name", "short", "body", "explained", "document", staff=("reached_by",))

    objects = PlanStepQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = "stap van het plan"
        verbose_name_plural = "stappen van het plan"
        constraints = [
            models.CheckConstraint(
                condition=~Q(name=""), name="step_has_a_name", violation_error_message="Geef de stap een naam."
            ),
            models.CheckConstraint(condition=Q(does__in=Does.values), name="step_does_something_known"),
            models.UniqueConstraint(
                fields=["does"],
                condition=~Q(does=""),
                name="one_step_does_it",
                violation_error_message="Er is al een stap waarbij dit gebeurt.",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(day=None) | Q(until__gte=F("day")),
                name="step_ends_after_it_begins",
                violation_error_message="Een stap eindigt niet voor hij begint.",
            ),
        ]
        triggers = [
            raises_plan_version("step_shows"),
            bumps_site_version(),  # the programme shows them
            pgtrigger.Protect(
                name="reached_step_stays",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__reached_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Stage(NamedTuple):
    """A step of the chain: taken, the last that was taken, or still to come.

    `last_day` is that of a period which began, None of a step that takes no time.
    """

    step: PlanStep
    state: str
    last_day: date | None = None

    @property
    def ends(self) -> date | None:
        """The last day of what goes on now, or a day at the latest of what is to come."""
        is_last = self.state == NOW or self.state == LATER and not self.step.day
        return self.step.until if is_last else None

    @property
    def since(self) -> date | None:
        """The day of a step that was taken: the one that was planned, unless it was taken before."""
        reached = self.step.reached_at and timezone.localdate(self.step.reached_at)
        return min(filter(None, (self.step.day, reached)), default=None)

    def when(self, say: Callable[[date], str] = unbroken) -> str:
        """«gedaan: tot en met 29 december», «nu: sinds 17 november», «gepland: uiterlijk 15 februari», «komt nog»."""
        told = TOLD[self.state]
        if self.ends:
            return f"{told}: {'tot en met' if self.state == NOW else 'uiterlijk'} {say(self.ends)}"
        if self.state == LATER:
            return f"{told}: {say(self.step.day)}" if self.step.day else "komt nog"
        if self.state == DONE and self.last_day:
            return f"{told}: tot en met {say(self.last_day)}"
        if self.since is None:
            return told
        return f"{told}: {say(self.since)}" if self.state == DONE else f"{told}: sinds {say(self.since)}"


def stages(steps: list[PlanStep], today: date) -> list[Stage]:
    """The whole chain on a day. A step before the last that was taken is done, whoever forgot to say so.

    So is that last one when its own last day is over.
    """
    last = max((place for place, step in enumerate(steps) if step.reached_at), default=-1)
    found = []
    for place, step in enumerate(steps):
        is_over = place < last or step.until is not None and step.until < today
        state = LATER if place > last else DONE if is_over else NOW
        found.append(Stage(step, state, None if state == LATER else _last_day(step, steps[place + 1 :])))
    return found


def _last_day(step: PlanStep, later: Sequence[PlanStep]) -> date | None:
    """The planned one, or the day on which a later step was taken before that. Of a day at the latest there is none."""
    if step.does != Does.REACT and not (step.day and step.until):
        return None
    taken = (timezone.localdate(each.reached_at) for each in later if each.reached_at)
    return min([*taken, *([step.until] if step.until else [])], default=None)


def agreeing(chain: Sequence[Stage]) -> str:
    """That reacting is not agreeing, and who will agree; nothing once the plan is adopted."""
    if any(stage.step.does == Does.ADOPT and stage.step.reached_at for stage in chain):
        return ""
    said = "Reageren is geen instemmen."
    ahead = (stage.step for stage in chain if stage.step.does == Does.AGREE and stage.state == LATER)
    step = next(ahead, None)
    if step is None:
        return said
    who = step.body or (f"de {step.short}" if step.short else f"«{step.name}»")
    planned = f". Dat is gepland op {unbroken(step.day)}" if step.day else ""
    return f"{said} Instemmen doet {who}{planned}."
