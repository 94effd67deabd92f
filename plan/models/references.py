"""What the sentences of the plan lean on, numbered."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone

from plan.models.fragments import Fragment
from plan.models.sentences import Sentence
from plan.models.stacks import Stack
from werkplaats.models import User
from werkplaats.register.entries import of_the_site


class Source(models.Model):
    """A stack or a voice with its number in the plan, the same under each sentence.

    The number is never used again. When its voice is erased it stays, and points to nothing.
    """

    number = models.PositiveIntegerField("bron", unique=True)
    stack = models.OneToOneField(Stack, models.PROTECT, null=True, related_name="source", verbose_name="stapel")
    # Emptied by a trigger when the fragment is deleted.
    fragment = models.OneToOneField(Fragment, models.DO_NOTHING, null=True, related_name="source", verbose_name="stem")

    class Meta:
        ordering = ["number"]
        verbose_name = "bron"
        verbose_name_plural = "bronnen"
        constraints = [
            models.CheckConstraint(
                condition=Q(stack=None) | Q(fragment=None),
                name="source_is_a_stack_or_a_voice",
                violation_error_message="Een bron is een stapel of een stem.",
            )
        ]
        triggers = [
            pgtrigger.Protect(name="source_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="source_keeps_number", fields=["number"]),
        ]

    def __str__(self) -> str:
        return f"[{self.number}]"

    @property
    def is_erased(self) -> bool:
        """Whether what it pointed to is gone for good."""
        return self.stack_id is None and self.fragment_id is None


class Footnote(models.Model):
    """That a sentence leans on a source. It changes nothing that the public sees: see `Wording.sources`."""

    sentence = models.ForeignKey(Sentence, models.PROTECT, related_name="footnotes", verbose_name="zin")
    source = models.ForeignKey(Source, models.PROTECT, related_name="footnotes", verbose_name="bron")
    by = models.ForeignKey(
        User, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name="gekoppeld door"
    )
    at = models.DateTimeField("gekoppeld", default=timezone.now, editable=False)

    in_register = of_the_site(staff=("by",))

    class Meta:
        ordering = ["sentence", "source__number"]
        verbose_name = "voetnoot"
        verbose_name_plural = "voetnoten"
        constraints = [
            models.UniqueConstraint(
                fields=["sentence", "source"],
                name="one_footnote_per_source",
                violation_error_message="Deze bron staat al bij de zin.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} bij {self.sentence}"
