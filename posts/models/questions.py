"""The questions to the field, by phase; one of them is current."""

from datetime import datetime
from typing import Self

import pghistory
from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils import timezone

from posts.models.thumb_kinds import Thumbs
from posts.models.translations import Translation
from werkplaats.fields import Line, Moment, Prose, Slug
from werkplaats.lists import ListedName
from werkplaats.register.entries import of_the_site
from werkplaats.versions import bumps_site_version
from werkplaats.words import excerpt

BEGIN = 80  # characters of a sentence of the plan, where its number stands for it

OTHER = "Intussen is een andere vraag aan de beurt. Lees opnieuw welke er sluit."
UNLINKED = (
    "De duimpjes bij deze vraag zijn losgemaakt van wie ze gaf. Daarom blijft ze gesloten: stel een nieuwe vraag."
)


class Phase(ListedName):
    """When a question is about: nu, over 1 jaar … The names are the coordinator's."""

    name = Line("naam", max_length=40, unique=True)

    in_register = of_the_site("name")

    class Meta(ListedName.Meta):
        ordering = ["position", "pk"]
        verbose_name = "fase"
        verbose_name_plural = "fasen"


class QuestionKind(models.TextChoices):
    """What is asked: a question to the field, or what people think of something on a page of its own."""

    ASKED = "asked", "vraag"
    PLAN = "plan", "zin van het plan"


class QuestionQuerySet(models.QuerySet["Question"]):
    def asked(self) -> Self:
        """The questions to the field: all that is in lists, on the programme, and can be the current one."""
        return self.filter(kind=QuestionKind.ASKED)

    def readable(self) -> Self:
        """What visitors may read: the current question and earlier ones, no concepts."""
        return self.asked().opened()

    def opened(self) -> Self:
        """Under which one may write, or could before: with the sentences of the plan."""
        return self.filter(opened_at__isnull=False).select_related("phase")

    def with_translations(self) -> Self:
        translations = Translation.objects.filter(question=OuterRef("pk")).order_by()
        return self.annotate(translation_rows=ArraySubquery(translations.values(row=_json("lang", *Translation.WORDS))))

    def current(self) -> "Question | None":
        return self.readable().filter(closed_at__isnull=True).first()

    def due(self) -> "QuestionQuerySet":
        """What was planned for now or earlier and never opened, the earliest first."""
        ahead = self.asked().filter(opened_at__isnull=True, planned_for__lte=timezone.now())
        return ahead.order_by("planned_for", "pk")

    def open_due(self) -> "list[Question]":
        """Makes each question that is due the current one, in order; the last one stays current."""
        due = list(self.due())
        for question in due:
            question.make_current()
        return due

    def announced(self) -> "QuestionQuerySet":
        """What the programme may tell: all that is readable or planned, each with its `poll_slug`, if any.

        Each also knows all `cafe_rows` that are published and go on, by time, and the `poll_row` of the landing page:
        their addresses, names and times; and its `translation_rows`.
        """
        told = self.with_translations().asked().filter(Q(opened_at__isnull=False) | Q(planned_for__isnull=False))
        every_cafe = self.model.cafes.rel.related_model._default_manager
        cafes = every_cafe.filter(published_at__isnull=False, called_off_at=None).order_by("starts_at", "pk")
        polls = self.model.poll.related.related_model._default_manager.filter(on_landing_page=True)
        return told.select_related("phase").annotate(
            poll_slug=F("poll__slug"),
            cafe_rows=ArraySubquery(cafes.values(row=_json("slug", "starts_at"))),
            poll_row=Subquery(polls.values(row=_json("slug", "question", "opens_at", "closes_at"))),
        )


def _json(*names: str) -> JSONObject:
    return JSONObject(**{name: name for name in names})


@pghistory.track()
class Question(models.Model):
    """A question to the field. The current one is opened and not closed: the database allows one such row.

    Not so of what is asked about a sentence of the plan, which stands on a `page` of its own: many are open at once,
    whoever publishes the plan opens and closes them, and `intro` is the sentence itself, of which `text` is the begin;
    it reads so since `reworded_at`, if it was another before.
    """

    kind = models.CharField("soort", max_length=5, choices=QuestionKind, default=QuestionKind.ASKED, editable=False)
    page = models.CharField("eigen bladzijde", max_length=200, blank=True, editable=False)
    slug = Slug()
    title = Line("naam", max_length=80, help_text="Bijvoorbeeld «De Eerste Vraag».")
    text = Line("de vraag", max_length=200)
    easy = Line(
        "in makkelijke woorden",
        max_length=120,
        help_text="Voor wie weinig Nederlands leest. Bijvoorbeeld: «Wat helpt jouw kind op school?» "
        "Korte, gewone woorden, zonder vaktaal. Staat onder de vraag.",
    )
    intro = Prose("inleiding", max_length=3000, blank=True)
    take_part = Prose(
        "hoe je meedoet", max_length=1000, blank=True, help_text="Onder de inleiding, zolang de vraag open is."
    )
    promise = Prose("belofte onder de vraag", max_length=600, blank=True)
    phase = models.ForeignKey(Phase, models.PROTECT, verbose_name="fase")
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name="deelvraag van",
        help_text="Een deelvraag heeft een eigen bladzijde. Op de bladzijde van de hele vraag staat een link.",
    )
    thumbs = models.CharField("duimpjes", max_length=4, choices=Thumbs, default=Thumbs.BOTH)
    invitation = Prose(
        "tekst om mee uit te nodigen",
        max_length=3000,
        blank=True,
        help_text="Consulenten kopiëren deze tekst of openen hem in hun mail. De eerste regel vullen ze zelf in. "
        "Leeg: een algemene tekst.",
    )
    planned_for = Moment(
        "komt aan de beurt op",
        null=True,
        blank=True,
        help_text="Op dit moment wordt deze vraag vanzelf de vraag van nu, en sluit de vorige.",
    )
    opened_at = models.DateTimeField("geopend", null=True, editable=False)
    closed_at = models.DateTimeField("gesloten", null=True, editable=False)
    unlinked_at = models.DateTimeField("duimpjes losgemaakt", null=True, editable=False)
    reworded_at = models.DateTimeField("anders sinds", null=True, editable=False)
    translation_rows: list[dict]  # by `with_translations`
    poll_slug: str | None  # these three by `announced`
    cafe_rows: list[dict]
    poll_row: dict | None

    in_register = of_the_site("page", "slug", "title", "text", "easy", "intro", "take_part", "promise", "invitation")

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["phase__position", "planned_for", "pk"]
        verbose_name = "vraag"
        verbose_name_plural = "vragen"
        constraints = [
            models.UniqueConstraint(
                models.Value(1),
                condition=Q(kind=QuestionKind.ASKED, opened_at__isnull=False, closed_at__isnull=True),
                name="one_current_question",
                violation_error_message="Er is al een vraag aan de beurt.",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(opened_at__isnull=False),
                name="closed_question_was_open",
                violation_error_message="Deze vraag is nooit geopend.",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=models.F("pk")),
                name="question_is_no_part_of_itself",
                violation_error_message="Een vraag kan geen deelvraag van zichzelf zijn.",
            ),
            models.CheckConstraint(
                condition=Q(kind=QuestionKind.ASKED, page="") | Q(kind=QuestionKind.PLAN) & ~Q(page=""),
                name="question_of_the_plan_has_a_page",
            ),
            # Whose thumbs these were nobody knows any more: who gave one could give another.
            models.CheckConstraint(
                condition=Q(unlinked_at=None) | Q(closed_at__isnull=False),
                name="unlinked_question_stays_closed",
                violation_error_message=UNLINKED,
            ),
        ]
        triggers = [bumps_site_version()]

    def __str__(self):
        return self.text

    def get_absolute_url(self) -> str:
        return self.page or reverse("posts:question", args=[self.slug])

    def translation_into(self, lang: str) -> dict | None:
        """Its words in this language, of a question that came `with_translations`; None when nobody translated it."""
        return next((row for row in self.translation_rows if row["lang"] == lang), None)

    def earlier_for(self, said_at: datetime) -> str:
        """Where to read how a sentence was of which somebody wrote at this moment; empty when it still is so.

        Who mends a letter of it later does not read the sentence anew.
        """
        return f"{self.page}#eerder" if self.reworded_at and said_at < self.reworded_at else ""

    @property
    def words(self) -> str:
        """All that it asks: a sentence of the plan may be longer than a question."""
        return self.intro if self.kind == QuestionKind.PLAN else self.text

    @property
    def called(self) -> str:
        """What it is called in one line: a question by its words, a sentence of the plan by its number."""
        return self.title if self.kind == QuestionKind.PLAN and self.parent_id else self.text

    @property
    def begin(self) -> str:
        """How a sentence of the plan begins; nothing of a question, which is `called` by its words."""
        return excerpt(self.intro, BEGIN) if self.kind == QuestionKind.PLAN else ""

    @property
    def beside(self) -> str:
        """Behind «bij»: ««Wat werkt goed?»» or «zin 1.1 van het plan («Elk kind …»)»."""
        return f"{self.called[:1].lower()}{self.called[1:]} («{self.begin}»)" if self.begin else f"«{self.called}»"

    @property
    def is_current(self) -> bool:
        """Whether people may write under it now. Under the plan as a whole nobody may: they do under its sentences."""
        is_whole_plan = self.kind == QuestionKind.PLAN and self.parent_id is None
        return self.opened_at is not None and self.closed_at is None and not is_whole_plan

    def make_current(self, *, closes: int | None = None) -> None:
        """Opens this question, and closes the one that was current at the same moment.

        With `closes`, the number of that one as a page told it, or 0 for none. Raises ValidationError when nobody can
        tell any more who gave a thumb here, and when it would close another ("other").
        """
        with transaction.atomic():
            # Locking all questions in one order lets two coordinators press at once.
            list(Question.objects.asked().select_for_update().order_by("pk").values_list("pk"))
            now = timezone.now()
            others = Question.objects.asked().exclude(pk=self.pk)
            current = others.filter(opened_at__isnull=False, closed_at__isnull=True)
            if closes is not None and closes != (current.values_list("pk", flat=True).first() or 0):
                raise ValidationError(OTHER, code="other")
            current.update(closed_at=now)
            self.refresh_from_db()
            if self.unlinked_at:
                raise ValidationError(UNLINKED, code="unlinked")
            if not self.is_current:
                self.opened_at, self.closed_at = self.opened_at or now, None
                self.save(update_fields=["opened_at", "closed_at"])
