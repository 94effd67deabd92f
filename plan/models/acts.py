"""What was done on the desk, by whom: told to who was second, and undone."""

from typing import Any

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils import timezone

from plan.models.harvests import Harvest
from plan.models.stacks import Stack
from werkplaats.models import User
from werkplaats.register.entries import Entry, Purpose, Term
from werkplaats.words import number


class Verb(models.TextChoices):
    """Each with the words in which another reads it; they begin with a name."""

    LAY = "lay", "legde {cards} op «{stack}»"
    MOVE = "move", "verplaatste {cards} naar «{stack}»"
    TAKE_OFF = "take_off", "haalde {cards} van een stapel"
    SETTLE = "settle", "handelde {cards} los af"
    QUOTE = "quote", "veranderde een citaat op «{stack}»"
    DECIDE = "decide", "gaf {cards} een eigen keuze"
    MAKE = "make", "maakte de stapel «{stack}»"
    RENAME = "rename", "gaf «{stack}» een andere naam"
    HEAR = "hear", "veranderde de zin van «{stack}»"
    CHOOSE = "choose", "veranderde de keuze van «{stack}»"
    JOIN = "join", "voegde een stapel bij «{stack}»"
    SPLIT = "split", "haalde {cards} uit elkaar tot «{stack}»"
    UNDO = "undo", "maakte een stap ongedaan"


SHORTLY: dict[str, str] = {
    Verb.LAY: "{cards} op «{stack}»",
    Verb.MOVE: "{cards} naar «{stack}»",
    Verb.TAKE_OFF: "{cards} terug",
    Verb.SETTLE: "{cards} los",
    Verb.QUOTE: "citaat op «{stack}»",
    Verb.DECIDE: "eigen keuze, {cards}",
    Verb.MAKE: "nieuw: «{stack}»",
    Verb.RENAME: "andere naam: «{stack}»",
    Verb.HEAR: "zin van «{stack}»",
    Verb.CHOOSE: "keuze van «{stack}»",
    Verb.JOIN: "samen in «{stack}»",
    Verb.SPLIT: "{cards} naar «{stack}»",
}


class ActQuerySet(models.QuerySet["Act"]):
    def to_undo(self, harvest_id: Any, by: Any) -> "ActQuerySet":
        """The own steps that were not undone, the last first; without what was there before them."""
        own = self.own(harvest_id, by).filter(Q(is_undone=False))
        return own.defer("before").select_related("stack").order_by("-number")

    def own(self, harvest_id: Any, by: Any) -> "ActQuerySet":
        """All steps of this person here but undoing; each says whether it `is_undone`."""
        # As a subquery PostgreSQL looks from the last step back and stops at the first; as a join it reads all steps.
        undone = models.Exists(Act.objects.filter(undoes=models.OuterRef("pk")))
        return self.filter(harvest=harvest_id, by=by).exclude(verb=Verb.UNDO).annotate(is_undone=undone)


class Act(models.Model):
    """One step, never changed afterwards: `number` counts those of a harvest from 1.

    Rows of the desk carry the number of the act that gave them what is in them as their version, and no number is used
    twice: who names a version names what was seen. Undoing gives a row back what it had, with the number that goes
    with that; so the same check that undoes the last step undoes the one before it.

    `before` is, by kind and key, what was in the rows that it changed (None for one that it made), `after` their
    version (None for one that it took away). `before` goes when a voice is erased that it was about.
    """

    harvest = models.ForeignKey(Harvest, models.PROTECT, related_name="acts", verbose_name="opbrengst")
    number = models.PositiveBigIntegerField("stap")
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name="door")
    at = models.DateTimeField("wanneer", default=timezone.now)
    verb = models.CharField("wat", max_length=10, choices=Verb)
    stack = models.ForeignKey(Stack, models.SET_NULL, null=True, related_name="+", verbose_name="stapel")
    fragments = ArrayField(models.BigIntegerField(), default=list, verbose_name="stemmen")
    before = models.JSONField("wat er stond", null=True)
    after = models.JSONField("versies daarna", default=dict)
    undoes = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="undone_by", verbose_name="maakt ongedaan"
    )

    in_register = Entry(
        what="stappen van wie sorteert, om terug te kunnen",
        purpose=Purpose.KEEPING,
        term=Term.WORDS,
        personal={"before": "wat er stond voor de stap"},
        staff=("by",),
        plain=("after",),
        only_staff=True,
    )

    objects = ActQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        verbose_name = "stap"
        verbose_name_plural = "stappen"
        constraints = [
            models.UniqueConstraint(fields=["harvest", "number"], name="one_act_per_number"),
            models.CheckConstraint(condition=Q(verb__in=Verb.values), name="act_has_a_known_verb"),
            models.CheckConstraint(
                condition=Q(verb=Verb.UNDO, undoes__isnull=False) | ~Q(verb=Verb.UNDO) & Q(undoes=None),
                name="only_undo_undoes",
            ),
        ]
        indexes = [
            models.Index(fields=["harvest", "by", "-number"], name="own_steps"),
            GinIndex(fields=["fragments"], name="acts_about_a_voice"),
        ]
        triggers = [
            pgtrigger.Protect(name="act_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="act_is_done", fields=["harvest", "number", "at", "verb", "fragments", "after", "undoes"]
            ),
        ]

    def __str__(self) -> str:
        return self.told()

    @property
    def shortly(self) -> str:
        """What it did, for a button that undoes it: «3 stemmen op «Korte lijnen»», «de zin van «Korte lijnen»»."""
        cards = number(len(self.fragments), "stem,stemmen")
        verb = Verb.LAY if self.verb == Verb.MAKE and self.fragments else self.verb
        return SHORTLY[verb].format(cards=cards, stack=self.stack or "een stapel")

    def told(self, reader: Any = None) -> str:
        """What was done, as a sentence without its full stop: «Anouk legde 3 stemmen op «Korte lijnen»»."""
        who = "Je" if reader and reader.pk == self.by_id else str(self.by or "Iemand")
        cards = "deze stem" if len(self.fragments) == 1 else number(len(self.fragments), "stem,stemmen")
        return f"{who} {Verb(self.verb).label.format(cards=cards, stack=self.stack or 'een stapel')}"
