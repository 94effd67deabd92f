"""What is done with a voice: the six choices, for a stack and for one card."""

from typing import Any

from django.db import models
from django.db.models import Q

from werkplaats.fields import Day, Line


class Choice(models.TextChoices):
    """Those whose words end with dots need words of their own."""

    PLAN = "plan", "voorstel voor het plan"
    GOOD = "good", "dit gaat goed, dit houden we"
    TAKEN_UP = "taken_up", "al opgepakt door …"
    NEXT = "next", "nemen we mee naar een volgende stap"
    ANSWER = "answer", "antwoord: …"
    NOT = "not", "doen we niet, want …"

    @property
    def asks_words(self) -> bool:
        return self.label.endswith("…")

    def said(self, words: str) -> str:
        """The choice with its words: «antwoord: dat doen we al»."""
        return self.label.replace("…", words)


ASK_WORDS = [choice.value for choice in Choice if choice.asks_words]
CHOICE_FIELDS = ("choice", "words", "decided_by", "decided_on")


class Chosen(models.Model):
    """Something with a choice. «Doen we niet» says which body decided it, and when."""

    choice = models.CharField("wat we ermee doen", max_length=10, choices=Choice, blank=True)
    words = Line("in woorden", max_length=300, blank=True)
    decided_by = Line("wie dat besloot", max_length=120, blank=True)
    decided_on = Day("besloten op", null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(choice__in=["", *Choice.values]),
                name="%(class)s_has_a_known_choice",
                violation_error_message="Kies wat jullie ermee doen.",
            ),
            models.CheckConstraint(
                condition=Q(choice__in=ASK_WORDS) & ~Q(words="") | ~Q(choice__in=ASK_WORDS) & Q(words=""),
                name="%(class)s_choice_has_its_words",
                violation_error_message="Vul in wat er op de puntjes moet staan.",
            ),
            models.CheckConstraint(
                condition=(
                    Q(choice=Choice.NOT, decided_on__isnull=False) & ~Q(decided_by="")
                    | ~Q(choice=Choice.NOT) & Q(decided_by="", decided_on=None)
                ),
                name="%(class)s_refusal_says_who_and_when",
                violation_error_message="Vul bij «doen we niet» in wie dat besloot, en wanneer.",
            ),
        ]

    @property
    def said_choice(self) -> str:
        """The choice with its words, empty without one: «al opgepakt door het loket»."""
        return Choice(self.choice).said(self.words) if self.choice else ""

    @property
    def chosen(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in CHOICE_FIELDS}
