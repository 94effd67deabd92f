"""Where a voice goes: a stack, or a choice of its own."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from plan.models.choices import Chosen
from plan.models.fragments import Fragment
from plan.models.harvests import Harvest
from plan.models.stacks import Stack
from werkplaats.models import User
from werkplaats.register.entries import Entry, Purpose, Term

AS_READ = Q(source_version=F("fragment__source_version"))


class DestinationQuerySet(models.QuerySet["Destination"]):
    def standing(self) -> "DestinationQuerySet":
        """Those that count: of voices that may be read, and that still belong to this harvest."""
        return self.filter(fragment__live=True, fragment__harvest=F("harvest"))

    def as_read(self) -> "DestinationQuerySet":
        """Those of words that have not changed since they were read."""
        return self.filter(AS_READ)

    def changed(self) -> "DestinationQuerySet":
        """Those of words that say something else by now."""
        return self.exclude(AS_READ)

    def as_stack(self) -> "DestinationQuerySet":
        """Those that go where their stack goes: without a choice of their own that is another one."""
        return self.filter(Q(choice="") | Q(choice=F("stack__choice")), stack__isnull=False)


class Destination(Chosen):
    """A voice on a stack, or without one a voice that is dealt with by itself; a card on the desk.

    It has the choice of its stack, unless it has its own. `source_version` is the version of the words that were read
    when it was laid, or found right since: a marked part (`quote_from` to `quote_to`, counted in characters of the
    text from 0, the end not included) is good for that version alone. A quote without a marked part is all of the
    words. `version` is the number of the act that last changed it.

    `harvest` is where it was laid: a voice that moves to another question has none there, until it comes back.
    """

    harvest = models.ForeignKey(Harvest, models.PROTECT, related_name="destinations", editable=False)
    # Deleting the fragment deletes it, by a trigger.
    fragment = models.ForeignKey(Fragment, models.DO_NOTHING, related_name="lies_on", verbose_name="stem")
    stack = models.ForeignKey(
        Stack, models.PROTECT, null=True, blank=True, related_name="cards_on", verbose_name="stapel"
    )
    source_version = models.PositiveBigIntegerField("gelezen versie", editable=False)
    quote_from = models.PositiveIntegerField("citaat vanaf", null=True, blank=True)
    quote_to = models.PositiveIntegerField("citaat tot", null=True, blank=True)
    is_quote = models.BooleanField("citaat", default=False)
    by = models.ForeignKey(
        User, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name="neergelegd door"
    )
    at = models.DateTimeField("neergelegd", default=timezone.now, editable=False)
    version = models.PositiveBigIntegerField(editable=False)

    in_register = Entry(
        # Whose it is finds nobody: what is thought of doing is no decision. What was published tells `HeardVoice`.
        what="waar elke stem terechtkwam",
        purpose=Purpose.PARTICIPATION,
        term=Term.WORDS,
        personal={"words": "het antwoord"},
        staff=("by",),
        plain=("decided_by",),
    )

    objects = DestinationQuerySet.as_manager()
    QUOTE: ClassVar = ("is_quote", "quote_from", "quote_to", "source_version")

    class Meta(Chosen.Meta):
        verbose_name = "bestemming"
        verbose_name_plural = "bestemmingen"
        constraints = [
            *Chosen.Meta.constraints,
            models.CheckConstraint(
                condition=Q(stack__isnull=False) | ~Q(choice=""),
                name="destination_is_a_stack_or_a_choice",
                violation_error_message="Kies een stapel, of wat jullie met deze stem doen.",
            ),
            models.UniqueConstraint(
                fields=["fragment", "stack"],
                nulls_distinct=False,
                name="once_on_a_stack",
                violation_error_message="Deze stem ligt daar al.",
            ),
            models.CheckConstraint(
                condition=(
                    Q(quote_from=None, quote_to=None)
                    | Q(quote_from__isnull=False, quote_to__isnull=False, quote_from__lt=F("quote_to"), is_quote=True)
                ),
                name="quote_has_a_begin_and_an_end",
                violation_error_message="Markeer de woorden van het citaat nog eens.",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="lies_in_harvest_of_stack",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("stack_id"),
                condition=pgtrigger.Q(new__stack__isnull=False),
                func="SELECT harvest_id INTO NEW.harvest_id FROM plan_stack WHERE id = NEW.stack_id; RETURN NEW;",
            ),
            pgtrigger.Trigger(
                name="counts_destinations",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("fragment_id", "harvest_id") | pgtrigger.Delete,
                func="""
                    UPDATE plan_fragment f SET destinations = (
                        SELECT count(*) FROM plan_destination d
                        WHERE d.fragment_id = f.id AND d.harvest_id = f.harvest_id
                    )
                    WHERE f.id IN (OLD.fragment_id, NEW.fragment_id);
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"bestemming {self.pk}"
