"""A stack: voices that say the same, with one sentence of what was heard and one choice."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from plan.models.choices import Chosen
from plan.models.harvests import Harvest
from werkplaats.fields import Line
from werkplaats.register.entries import Entry, Purpose, Term

# The left block of the keyboard: fifteen places, each with its key.
KEYS = "QWERTASDFGZXCVB"
THERE_IS_ONE = "Er is al een stapel met deze naam."


class StackQuerySet(models.QuerySet["Stack"]):
    def lying(self) -> "StackQuerySet":
        """Those that are there: not joined into another."""
        return self.filter(joined_into=None)

    def in_place(self) -> "StackQuerySet":
        """As they lie on the desk: by key, then those that have none."""
        places = [models.When(key=key, then=place) for place, key in enumerate(KEYS)]
        return self.lying().order_by(models.Case(*places, default=len(KEYS)), "pk")

    def with_cards(self) -> "StackQuerySet":
        """Each with `cards`: how many voices lie on it that may be read now."""
        here = Q(cards_on__fragment__live=True, cards_on__fragment__harvest=F("harvest"))
        return self.annotate(cards=models.Count("cards_on", filter=here))


class Stack(Chosen):
    """`version` is the number of the act that last changed it. Acts of `plan.actions` alone write here."""

    cards: int  # by `with_cards`, or `plan.reading.desk`

    harvest = models.ForeignKey(Harvest, models.PROTECT, related_name="stacks", verbose_name="opbrengst")
    key = models.CharField("plaats", max_length=1, blank=True)
    name = Line("naam", max_length=28)
    heard = Line("wat we hoorden", max_length=200, blank=True)
    joined_into = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="joined", verbose_name="samengevoegd tot"
    )
    version = models.PositiveBigIntegerField(editable=False)

    in_register = Entry(
        what="stapels: wat we hoorden",
        purpose=Purpose.PARTICIPATION,
        term=Term.WORDS,
        personal={"heard": "de zin van de coördinator", "words": "het antwoord", "name": "naam van de stapel"},
        plain=("decided_by", "key"),
    )

    objects = StackQuerySet.as_manager()
    EDITED: ClassVar = ("key", "name", "heard", "choice", "words", "decided_by", "decided_on", "joined_into_id")

    class Meta(Chosen.Meta):
        verbose_name = "stapel"
        verbose_name_plural = "stapels"
        constraints = [
            *Chosen.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(name=""), name="stack_has_a_name", violation_error_message="Geef de stapel een naam."
            ),
            models.CheckConstraint(
                condition=Q(key__in=["", *KEYS]),
                name="stack_lies_on_a_key",
                violation_error_message="Kies een van de vijftien plaatsen, of geen.",
            ),
            models.UniqueConstraint(
                fields=["harvest", "key"],
                condition=~Q(key=""),
                name="one_stack_per_key",
                violation_error_message="Op deze plaats ligt al een stapel.",
            ),
            models.UniqueConstraint(
                "harvest",
                Lower("name"),
                condition=Q(joined_into=None),
                name="one_stack_per_name",
                violation_error_message=THERE_IS_ONE,
            ),
            models.CheckConstraint(
                condition=Q(joined_into=None) | Q(key=""),
                name="joined_stack_has_no_key",
                violation_error_message="Een samengevoegde stapel heeft geen plaats.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_done(self) -> bool:
        """Whether it has a sentence and a choice."""
        return bool(self.heard and self.choice)
