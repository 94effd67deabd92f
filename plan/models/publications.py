"""What was made public of a harvest: «Wat we hoorden», and where each voice went."""

from datetime import date, timedelta
from typing import Any

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from plan.models.chain import raises_plan_version
from plan.models.choices import Chosen
from plan.models.fragments import Fragment
from plan.models.harvests import Harvest
from plan.models.stacks import Stack
from werkplaats.fields import Day, Line
from werkplaats.models import User
from werkplaats.register.entries import Entry, Purpose, Term, by_user, by_visitor, of_the_site
from werkplaats.versions import bumps_site_version

# Pages of what it is about lead to it, and know nothing of publications.
KEEPS_PAGE = pgtrigger.Trigger(
    name="keeps_heard_page",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    func="""
        INSERT INTO werkplaats_heardpage (kind, key, since, changed_at)
        SELECT kind, key, NEW.at, NEW.at FROM plan_harvest h
        CROSS JOIN LATERAL (
            VALUES ('question', h.question_id), ('cafe', h.cafe_id), ('cycle', h.cycle_id)
        ) AS about (kind, key)
        WHERE h.id = NEW.harvest_id AND key IS NOT NULL
        ON CONFLICT (kind, key) DO UPDATE SET changed_at = EXCLUDED.changed_at;
        RETURN NULL;
    """,
)
# Who published by mistake can stop the mails until then.
PAUSE = timedelta(minutes=15)
# How long people may say whether they were understood, where the plan names no term.
REACTION_TERM = timedelta(weeks=8)


class PublicationQuerySet(models.QuerySet["Publication"]):
    def newest_of(self, **subject: Any) -> "Publication | None":
        """The last one of a question, café or design cycle: `question=…`, `cafe=…` or `cycle=…`, or keys."""
        of = {f"harvest__{name}": value for name, value in subject.items()}
        return self.filter(**of).select_related("harvest").order_by("-number").first()


class Publication(models.Model):
    """One of a harvest; `number` counts from 1. What was public stays as it was: a correction is the next one.

    `version` is that of the harvest when it was drawn. `figures` are how many were heard, of whom, and who was missing,
    as `plan.reading.heard` makes them: two readers at two moments must not see figures that differ by one person.
    The letters leave at `leaves_at`, unless they were stopped; `told_at` is when they were put in the queue.
    """

    harvest = models.ForeignKey(Harvest, models.PROTECT, related_name="publications", verbose_name="opbrengst")
    number = models.PositiveIntegerField("nummer")
    version = models.PositiveBigIntegerField("stand van de werkbank")
    by = models.ForeignKey(
        User, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name="openbaar gemaakt door"
    )
    at = models.DateTimeField("openbaar sinds", default=timezone.now, editable=False)
    changed = Line("wat er veranderde", max_length=300, blank=True)
    figures = models.JSONField("getallen", default=dict, editable=False)
    reacts_until = Day("reageren kan tot en met")
    leaves_at = models.DateTimeField("de mails gaan om", editable=False)
    stopped_at = models.DateTimeField("mails tegengehouden", null=True, editable=False)
    stopped_by = models.ForeignKey(
        User, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name="tegengehouden door"
    )
    told_at = models.DateTimeField("verteld", null=True, editable=False)

    in_register = of_the_site("changed", "figures", staff=("by", "stopped_by"))

    objects = PublicationQuerySet.as_manager()

    class Meta:
        ordering = ["harvest", "-number"]
        verbose_name = "publicatie"
        verbose_name_plural = "publicaties"
        constraints = [
            models.UniqueConstraint(fields=["harvest", "number"], name="one_publication_per_number"),
            models.CheckConstraint(
                condition=Q(number=1, changed="") | Q(number__gt=1) & ~Q(changed=""),
                name="correction_says_what_changed",
                violation_error_message="Schrijf in één zin op wat er veranderde.",
            ),
            models.CheckConstraint(condition=Q(stopped_at=None) | Q(told_at=None), name="told_or_stopped"),
        ]
        triggers = [
            KEEPS_PAGE,
            bumps_site_version(),
            pgtrigger.Protect(name="publication_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="publication_is_done", fields=["harvest", "number", "version", "at", "figures", "changed"]
            ),
        ]

    def __str__(self) -> str:
        return f"wat we hoorden: {self.harvest}"

    def get_absolute_url(self) -> str:
        """Where the newest one is read: it stays there, however often it is corrected."""
        harvest = self.harvest
        for kind in ("question", "cafe", "cycle"):
            if of := getattr(harvest, kind):
                return reverse(f"heard:{kind}", args=[of.slug])
        return reverse("heard:rest")

    @property
    def is_waiting(self) -> bool:
        """Whether the letters can still be stopped."""
        return self.told_at is None and self.stopped_at is None

    def takes_answers(self, today: date | None = None) -> bool:
        """Whether people may still say, or change, whether they were understood."""
        return (today or timezone.localdate()) <= self.reacts_until


class Heard(Chosen):
    """What was public of one stack: the sentence, the choice in words, and how often it was said, in figures of then.

    Only erasing its words changes it, and the file says that they are gone. `speakers` are [name of a role, how many
    people or None], and `others` how many more; `by_role` what that was told from, for the next time, and never public
    (`plan.reading.heard`). `stacks` are the keys of the stack and of those that were joined into it.
    """

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="heard", verbose_name="publicatie")
    stack = models.ForeignKey(Stack, models.PROTECT, related_name="heard_as", verbose_name="stapel")
    place = models.PositiveIntegerField("plaats")
    heard = Line("wat we hoorden", max_length=200, blank=True)
    times = models.PositiveIntegerField("aantal keer gehoord")
    speakers = models.JSONField("van wie", default=list)
    others = models.PositiveIntegerField("van anderen", default=0)
    by_role = models.JSONField("per rol", default=dict, editable=False)
    stacks = ArrayField(models.BigIntegerField(), default=list, verbose_name="stapels")
    erased_at = models.DateTimeField("gewist", null=True, editable=False)

    in_register = Entry(
        what="wat we hoorden, zoals het online kwam",
        purpose=Purpose.ANSWERING,
        term=Term.WORDS,
        personal={"heard": "de zin van de coördinator", "words": "het antwoord"},
        plain=("decided_by", "speakers", "by_role"),
    )

    class Meta(Chosen.Meta):
        ordering = ["publication", "place"]
        verbose_name = "wat we hoorden"
        verbose_name_plural = "wat we hoorden"
        constraints = [
            models.UniqueConstraint(fields=["publication", "stack"], name="heard_once"),
            models.CheckConstraint(
                condition=Q(erased_at=None) & ~Q(heard="") & ~Q(choice="") | Q(erased_at__isnull=False, heard=""),
                name="heard_says_something",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="heard_stays", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="heard_is_public",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("(OLD.erased_at IS NOT NULL OR NEW.erased_at IS NULL)"),
            ),
            # It stands behind the sentences of the plan.
            raises_plan_version("heard_shows"),
        ]

    def __str__(self) -> str:
        return self.heard


class HeardVoiceQuerySet(models.QuerySet["HeardVoice"]):
    def standing(self) -> "HeardVoiceQuerySet":
        """Of voices that may still be read."""
        return self.filter(fragment__live=True)

    def as_heard(self) -> "HeardVoiceQuerySet":
        """Those that stand under what was heard in public: without an answer of their own that is another one."""
        return self.filter(Q(choice="") | Q(choice=F("heard__choice")), heard__isnull=False)

    def quotes(self) -> "HeardVoiceQuerySet":
        """Those that are quoted in public: in words that have not changed since they were chosen."""
        return self.standing().filter(is_quote=True, source_version=F("fragment__source_version"))


class HeardVoice(Chosen):
    """Where a voice went: under what was heard of a stack, or with an answer of its own, which only its writer reads.

    It holds no words of the voice. A card that has its own choice on a stack has both.
    """

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="voices", verbose_name="publicatie")
    heard = models.ForeignKey(Heard, models.PROTECT, null=True, related_name="voices", verbose_name="wat we hoorden")
    # Deleting the fragment deletes it, by a trigger.
    fragment = models.ForeignKey(Fragment, models.DO_NOTHING, related_name="heard_as", verbose_name="stem")
    source_version = models.PositiveBigIntegerField("gelezen versie", editable=False)
    is_quote = models.BooleanField("citaat", default=False)
    quote_from = models.PositiveIntegerField("citaat vanaf", null=True)
    quote_to = models.PositiveIntegerField("citaat tot", null=True)

    in_register = Entry(
        what="welke stemmen bij wat we hoorden horen",
        purpose=Purpose.ANSWERING,
        term=Term.WORDS,
        personal={"words": "het antwoord"},
        of=(
            by_user("fragment__post__author"),
            by_visitor("fragment__post__visitor", unless="fragment__post__author"),
            by_visitor("fragment__wensbeeld__visitor"),
            by_visitor("fragment__idea__visitor"),
        ),
        plain=("decided_by",),
    )

    objects = HeardVoiceQuerySet.as_manager()

    class Meta(Chosen.Meta):
        verbose_name = "stem in een publicatie"
        verbose_name_plural = "stemmen in publicaties"
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "fragment", "heard"], nulls_distinct=False, name="voice_heard_once"
            ),
            models.CheckConstraint(condition=Q(heard__isnull=False) | ~Q(choice=""), name="voice_is_heard_or_answered"),
        ]

    def __str__(self) -> str:
        return f"stem {self.fragment_id} in publicatie {self.publication_id}"
