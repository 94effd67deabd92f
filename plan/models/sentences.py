"""The sentences of the ondersteuningsplan: chapters, and each sentence with its wordings."""

from datetime import datetime

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from plan.models.chain import raises_plan_version
from posts.models import Question
from werkplaats.fields import Day, Line, Prose
from werkplaats.models import User
from werkplaats.register.entries import of_the_site

# In SQL, in a trigger that locked the row of the plan: whether its sentences stand.
ADOPTED = "EXISTS (SELECT FROM plan_planstep WHERE does = 'adopt' AND reached_at IS NOT NULL)"


class Chapter(models.Model):
    """`number` stands before its sentences, in print too: it never changes."""

    number = models.PositiveSmallIntegerField("hoofdstuk", unique=True)
    title = Line("titel", max_length=120)

    in_register = of_the_site("title")

    class Meta:
        ordering = ["number"]
        verbose_name = "hoofdstuk"
        verbose_name_plural = "hoofdstukken"
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=""),
                name="chapter_has_a_title",
                violation_error_message="Geef het hoofdstuk een titel.",
            )
        ]
        triggers = [
            pgtrigger.Protect(name="chapter_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="chapter_keeps_number", fields=["number"]),
            raises_plan_version("chapter_shows"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    @classmethod
    def lock_plan(cls) -> None:
        """Who gives out numbers in the plan waits for whoever else does, until the end of the transaction."""
        list(cls.objects.order_by("pk").select_for_update(no_key=True).values_list("pk"))


class Origin(models.TextChoices):
    VOICES = "voices", "uit wat er is gezegd"
    LAW = "law", "de wet schrijft dit voor"


class SentenceQuerySet(models.QuerySet["Sentence"]):
    def standing(self) -> "SentenceQuerySet":
        """Those that were not withdrawn."""
        return self.filter(withdrawn_at=None)

    def with_newest(self) -> "SentenceQuerySet":
        """Each with the text, the number and the moment of its newest wording, and with `sources_count`."""
        newest = Wording.objects.filter(sentence=models.OuterRef("pk")).order_by("-number")
        return self.select_related("chapter").annotate(
            newest_text=models.Subquery(newest.values("text")[:1]),
            newest_number=models.Subquery(newest.values("number")[:1]),
            newest_at=models.Subquery(newest.values("at")[:1]),
            sources_count=models.Count("footnotes"),
        )


class Sentence(models.Model):
    """`number` counts the sentences of its chapter from 1. It stays in its place, and its number is never used again.

    So a sentence is never deleted, and never goes to another chapter: it is withdrawn, and another one written.
    """

    chapter = models.ForeignKey(Chapter, models.PROTECT, related_name="sentences", verbose_name="hoofdstuk")
    newest_text: str  # these four by `with_newest`
    newest_number: int
    newest_at: datetime
    sources_count: int

    number = models.PositiveSmallIntegerField("zin")
    origin = models.CharField("waar die vandaan komt", max_length=10, choices=Origin, default=Origin.VOICES)
    withdrawn_at = models.DateTimeField("vervallen op", null=True, editable=False)
    # Where people react to it; made when the first wording is public.
    question = models.OneToOneField(
        Question, models.PROTECT, null=True, editable=False, related_name="sentence", verbose_name="reacties"
    )

    objects = SentenceQuerySet.as_manager()

    class Meta:
        ordering = ["chapter__number", "number"]
        verbose_name = "zin van het plan"
        verbose_name_plural = "zinnen van het plan"
        constraints = [
            models.UniqueConstraint(fields=["chapter", "number"], name="one_sentence_per_number"),
            models.CheckConstraint(
                condition=Q(origin__in=Origin.values),
                name="sentence_has_an_origin",
                violation_error_message="Kies waar deze zin vandaan komt.",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="sentence_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="sentence_keeps_number", fields=["chapter", "number"]),
            raises_plan_version("sentence_shows"),
            pgtrigger.Trigger(
                name="adopted_sentence_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("withdrawn_at"),
                condition=pgtrigger.Q(old__withdrawn_at__df=pgtrigger.F("new__withdrawn_at")),
                func=f"""
                    PERFORM FROM plan_plan FOR UPDATE;
                    IF {ADOPTED} AND EXISTS (
                        SELECT FROM plan_wording WHERE sentence_id = NEW.id AND published_at IS NOT NULL
                    ) THEN
                        RAISE EXCEPTION 'the plan was adopted'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'adopted_sentence_stays';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"zin {self.shown_number}"

    @property
    def shown_number(self) -> str:
        """As it stands before the sentence and in addresses: «2.3»."""
        return f"{self.chapter.number}.{self.number}"


# What nobody changes of a wording that is public; why it changed is erased when it names somebody, and nothing else.
FIXED = ("sentence_id", "number", "text", "at", "published_at", "sources", "decided_on")


class WordingQuerySet(models.QuerySet["Wording"]):
    def published(self) -> "WordingQuerySet":
        """All that were ever public, the newest of a sentence in front."""
        return self.filter(published_at__isnull=False).order_by("sentence_id", "-number")

    def public(self) -> "WordingQuerySet":
        """What everyone reads of each sentence: the last wording that was published, with its own list of sources.

        What was decided after the plan was adopted stands under it, as a dated addition.
        """
        shown = self.published().filter(sentence__withdrawn_at=None, decided_on=None)
        return shown.distinct("sentence_id")


class Wording(models.Model):
    """A version of a sentence: who wrote it, and when. Once published, it stays as it is.

    `sources` are the numbers of what the sentence leaned on when it was published. What is linked afterwards shows
    with the next one that is published, and not before.

    Once the plan is adopted the sentences stand still: what comes after it is a dated addition, with `decided_on`.
    """

    sentence = models.ForeignKey(Sentence, models.PROTECT, related_name="wordings", verbose_name="zin")
    number = models.PositiveIntegerField("versie")
    text = Prose("zin", max_length=800)
    by = models.ForeignKey(
        User, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name="geschreven door"
    )
    at = models.DateTimeField("geschreven", default=timezone.now, editable=False)
    published_at = models.DateTimeField("openbaar sinds", null=True, editable=False)
    sources = ArrayField(models.PositiveIntegerField(), default=list, editable=False, verbose_name="bronnen")
    why = Line("waarom deze zin anders werd", max_length=200, blank=True)
    decided_on = Day("besloten op", null=True, blank=True)
    thumbs = models.JSONField(
        default=dict, db_default=models.Value({}, models.JSONField()), editable=False
    )  # the value of a kind → how many; kept by the trigger of WordingThumb
    common = models.TextField(
        blank=True, db_default="", editable=False
    )  # «bijna alle ouders, de meeste leerkrachten»; told when reacting is over
    source_numbers: list[int]  # by `plan.reading.changes`

    in_register = of_the_site("text", "why", "thumbs", "common", staff=("by",))

    objects = WordingQuerySet.as_manager()

    class Meta:
        ordering = ["sentence", "number"]
        verbose_name = "formulering"
        verbose_name_plural = "formuleringen"
        constraints = [
            models.UniqueConstraint(fields=["sentence", "number"], name="one_wording_per_number"),
            models.CheckConstraint(
                condition=~Q(text=""), name="wording_says_something", violation_error_message="Schrijf eerst de zin op."
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="published_wording_stays",
                operation=pgtrigger.Update,
                # Who wrote it may be forgotten.
                condition=pgtrigger.Condition(
                    "(OLD.published_at IS NOT NULL AND ((NEW.why <> '' AND NEW.why <> OLD.why) OR "
                    f"({', '.join(f'OLD.{column}' for column in FIXED)}) IS DISTINCT FROM "
                    f"({', '.join(f'NEW.{column}' for column in FIXED)})))"
                ),
            ),
            pgtrigger.Trigger(
                name="adopted_plan_stands",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("published_at"),
                condition=pgtrigger.Q(new__published_at__isnull=False),
                func=f"""
                    IF TG_OP = 'UPDATE' AND OLD.published_at IS NOT NULL THEN
                        RETURN NEW;
                    END IF;
                    PERFORM FROM plan_plan FOR UPDATE;
                    IF {ADOPTED} <> (NEW.decided_on IS NOT NULL) THEN
                        RAISE EXCEPTION 'only what is decided later has a day, and it alone is added'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'adopted_plan_stands';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Protect(
                name="published_wording_remains",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__published_at__isnull=False),
            ),
            raises_plan_version("wording_shows", "published_at", "common", "why"),
        ]

    def __str__(self) -> str:
        return f"versie {self.number} van zin {self.sentence_id}"
