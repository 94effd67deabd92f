"""The design cycle: five steps from a question to something that works, with all perspectives at the table."""

import datetime
from types import SimpleNamespace
from typing import Any

import pghistory
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils import timezone

from werkplaats.fields import Day, Line, Position, Prose, Slug
from werkplaats.register.entries import of_the_site
from werkplaats.versions import bumps_site_version

# To the letter from the second source document.
STEPS = [
    "verkennen & formuleren van het vraagstuk",
    "genereren van ideeën & selecteren",
    "genereren & selecteren van concepten (definiëren)",
    "bouwen van het 1e prototype",
    "uitproberen & optimaliseren",
]
DONE, NOW, LATER = "done", "now", "later"
WORDS = {DONE: "klaar", NOW: "nu", LATER: "komt nog"}


class DesignCycleQuerySet(models.QuerySet["DesignCycle"]):
    def public(self) -> "DesignCycleQuerySet":
        return self.filter(published_at__isnull=False)

    def whole(self) -> "DesignCycleQuerySet":
        """With `step_rows`, `addition_rows`, `perspective_rows` and `origin_rows`: all in the same query."""

        def rows(model, *fields, **more):
            values = {name: name for name in fields} | more
            found = model.objects.filter(cycle=OuterRef("pk")).values(row=JSONObject(**values))
            return ArraySubquery(found)

        public = DesignCycle.objects.public().order_by("pk")
        named = JSONObject(slug="slug", subject="subject")
        into = ArraySubquery(public.filter(split_from=OuterRef("pk")).values(row=named))
        split = Addition.objects.filter(cycle=OuterRef("pk"), into=OuterRef(OuterRef("pk")))
        return self.annotate(
            step_rows=rows(Step, "number", "name", "yielded", "feedback", "done_on"),
            addition_rows=rows(Addition, "date", "occasion", "text", into=into),
            perspective_rows=rows(Perspective, "name", "state", "note"),
            origin_rows=ArraySubquery(public.filter(Exists(split)).values(row=named)),
        )


@pghistory.track()
class DesignCycle(models.Model):
    """A subject that people design something for together. Its rounds, questions and cafés feed one yield."""

    slug = Slug()
    subject = Line("onderwerp", max_length=120, help_text="Bijvoorbeeld «Het schoolondersteuningsprofiel (SOP)».")
    summary = Line("in één zin", max_length=200, blank=True)
    purpose = Prose("de bedoeling", max_length=3000, blank=True)
    research_questions = Prose(
        "onderzoeksvragen", max_length=2000, blank=True, help_text="Begin elke vraag met een streepje en een spatie."
    )
    definition = Prose(
        "definitie", max_length=1500, blank=True, help_text="Kort: wat het is, en waarin het verschilt van iets anders."
    )
    description = Prose("beschrijving", max_length=3000, blank=True, help_text="Langer: hoe het eruitziet.")
    sounding_board = Line("klankbord", max_length=120, blank=True, help_text="Wie denkt bij elke stap mee?")
    background_title = Line("tekst van de link naar achtergrond", max_length=120, blank=True)
    background_url = models.URLField("link naar achtergrond", max_length=500, blank=True)
    next_text = Prose("wordt vervolgd: wat komt hierna?", max_length=2000, blank=True)
    questions = models.ManyToManyField(
        "posts.Question", blank=True, limit_choices_to={"kind": "asked"}, related_name="cycles", verbose_name="vragen"
    )
    cafes = models.ManyToManyField("events.Cafe", blank=True, related_name="cycles", verbose_name="cafés")
    published_at = models.DateTimeField("zichtbaar sinds", null=True, blank=True, default=timezone.now)

    in_register = of_the_site(
        "slug",
        "subject",
        "summary",
        "purpose",
        "research_questions",
        "definition",
        "description",
        "sounding_board",
        "background_title",
        "background_url",
        "next_text",
    )

    objects = DesignCycleQuerySet.as_manager()

    step_rows: list[dict[str, Any]]  # `whole` brings these three along, and the properties below read them
    addition_rows: list[dict[str, Any]]
    perspective_rows: list[dict[str, Any]]

    class Meta:
        ordering = ["published_at", "pk"]
        verbose_name = "ontwerptraject"
        verbose_name_plural = "ontwerptrajecten"
        constraints = [
            models.CheckConstraint(
                condition=Q(background_url="") | ~Q(background_title=""),
                name="background_link_has_words",
                violation_error_message="Geef de link naar de achtergrond ook een tekst.",
            )
        ]
        triggers = [bumps_site_version()]

    def __str__(self):
        return self.subject

    def save(self, *args, **kwargs):
        """A new cycle begins with its five steps."""
        is_new = self._state.adding
        with transaction.atomic():
            super().save(*args, **kwargs)
            if is_new:
                Step.objects.bulk_create(
                    Step(cycle=self, number=number, name=name) for number, name in enumerate(STEPS, start=1)
                )

    def get_absolute_url(self):
        return reverse("polls:cycle", args=[self.slug])

    @property
    def shown_steps(self) -> list[SimpleNamespace]:
        """The steps with a `state` (done, now, later) and the `word` for it: the first that is not done is now."""
        steps, current = [], True
        for row in self.step_rows:
            step = SimpleNamespace(**row | {"done_on": date(row["done_on"])})
            step.state = DONE if step.done_on else NOW if current else LATER
            current = current and step.state == DONE
            step.word = WORDS[step.state]
            steps.append(step)
        return steps

    @property
    def shown_additions(self) -> list[SimpleNamespace]:
        return [SimpleNamespace(**row | {"date": date(row["date"])}) for row in self.addition_rows]

    @property
    def took_part(self) -> list[dict]:
        return [row for row in self.shown_perspectives if row["state"] in Perspective.HEARD]

    @property
    def missing(self) -> list[dict]:
        """The perspectives that are still to be heard."""
        return [row for row in self.shown_perspectives if row["state"] not in Perspective.HEARD]

    @property
    def shown_perspectives(self) -> list[dict]:
        return [row | {"word": Perspective.State(row["state"]).label} for row in self.perspective_rows]


def date(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


@pghistory.track()
class Step(models.Model):
    """One of the five steps: its outcome, and the words of the sounding board."""

    cycle = models.ForeignKey(DesignCycle, models.CASCADE, related_name="steps", verbose_name="ontwerptraject")
    number = models.PositiveSmallIntegerField("stap")
    name = Line("naam", max_length=120)
    yielded = Prose("wat leverde deze stap op?", max_length=4000, blank=True)
    feedback = Prose("wat zei het klankbord?", max_length=2000, blank=True)
    done_on = Day("klaar op", null=True, blank=True, help_text="Leeg: deze stap loopt nog, of komt nog.")

    in_register = of_the_site("name", "yielded", "feedback")

    class Meta:
        ordering = ["number"]
        verbose_name = "stap"
        verbose_name_plural = "stappen"
        constraints = [
            models.UniqueConstraint(fields=["cycle", "number"], name="one_step_per_number"),
            models.CheckConstraint(condition=Q(number__range=(1, len(STEPS))), name="step_in_the_cycle"),
        ]

    def __str__(self):
        return f"stap {self.number}: {self.name}"


@pghistory.track()
class Addition(models.Model):
    """A dated addition from later on: «Aanvulling …». It may tell that the cycle split."""

    cycle = models.ForeignKey(DesignCycle, models.CASCADE, related_name="additions", verbose_name="ontwerptraject")
    date = Day("datum")
    occasion = Line("naar aanleiding van", max_length=200, blank=True)
    text = Prose("aanvulling", max_length=4000)
    into = models.ManyToManyField(
        DesignCycle,
        blank=True,
        related_name="split_from",
        verbose_name="gaat verder als",
        help_text="Na een splitsing.",
    )

    in_register = of_the_site("occasion", "text")

    class Meta:
        ordering = ["date", "pk"]
        verbose_name = "aanvulling"
        verbose_name_plural = "aanvullingen"

    def __str__(self):
        return f"aanvulling van {self.date}"


@pghistory.track()
class Perspective(models.Model):
    """A group of people whose view the subject needs, and whether they have been heard."""

    class State(models.TextChoices):  # in words that fit «ouders» and «de raad» alike
        TOOK_PART = "took-part", "aanwezig"
        MISSING = "missing", "niet aanwezig, we vragen het nog"
        INVITED = "invited", "uitgenodigd"
        HEARD_LATER = "heard-later", "later gehoord"

    HEARD = {State.TOOK_PART, State.HEARD_LATER}

    cycle = models.ForeignKey(DesignCycle, models.CASCADE, related_name="perspectives", verbose_name="ontwerptraject")
    name = Line("wie", max_length=80)
    state = models.CharField("deed mee?", max_length=20, choices=State, default=State.INVITED)
    note = Line("toelichting", max_length=200, blank=True)
    position = Position()

    in_register = of_the_site("name", "note")

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = "perspectief"
        verbose_name_plural = "perspectieven"
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "name"],
                name="one_perspective_per_name",
                violation_error_message="Dit perspectief staat er al.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["took-part", "missing", "invited", "heard-later"]),
                name="perspective_has_a_state",
            ),
        ]

    def __str__(self):
        return self.name
