"""Stickers that were placed on paper, counted by hand: three numbers an idea."""

import pgtrigger
from django.db import models, transaction
from django.db.models import Q

from polls.on_paper import MOST_ON_PAPER, OnPaper
from polls.rounds.models.ideas import Idea
from polls.rounds.models.rounds import Colour
from werkplaats.models import User
from werkplaats.register.entries import of_the_site


class PaperCountManager(models.Manager["PaperCount"]):
    def put(
        self, idea_id: int, colour: Colour, count: int | None, seen: int | None, by: User
    ) -> "tuple[bool, PaperCount]":
        """Keeps how many stickers of a colour an idea has on paper; None when nobody counted them.

        `seen` is what stood there on the page of who counted. Returns whether it stands as asked, and the row: it does
        not when another put something else there meanwhile. The same number twice is once. Raises Idea.DoesNotExist.
        """
        with transaction.atomic():
            Idea.objects.select_for_update(no_key=True).get(pk=idea_id)
            row = self.filter(idea=idea_id).select_related("by").first() or self.model(idea_id=idea_id)
            row.take(colour.css, count, seen, by)
            return getattr(row, colour.css) == count, row


class PaperCount(OnPaper):
    """What was counted of an idea, by colour.

    They are in the result beside the stickers of the round, and marked there: on paper nobody knows who placed one.
    """

    idea = models.OneToOneField(Idea, models.CASCADE, primary_key=True, related_name="on_paper", verbose_name="idee")
    green = models.PositiveSmallIntegerField("groen", null=True, blank=True)
    blue = models.PositiveSmallIntegerField("blauw", null=True, blank=True)
    red = models.PositiveSmallIntegerField("rood", null=True, blank=True)

    in_register = of_the_site(staff=("by",))

    objects = PaperCountManager()

    class Meta:
        verbose_name = "telling op papier"
        verbose_name_plural = "tellingen op papier"
        constraints = [
            models.CheckConstraint(
                # A comparison with nothing is nothing, and that is no refusal.
                condition=Q(green__lte=MOST_ON_PAPER) & Q(blue__lte=MOST_ON_PAPER) & Q(red__lte=MOST_ON_PAPER),
                name="paper_count_fits",
                violation_error_message=f"Vul hooguit {MOST_ON_PAPER} in.",
            )
        ]
        triggers = [
            # What stands in a round has a version: see StickerRound.version.
            pgtrigger.Trigger(
                name="bumps_round_version",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func="""
                    UPDATE polls_stickerround SET version = version WHERE id IN (
                        SELECT round_id FROM polls_idea WHERE id IN (OLD.idea_id, NEW.idea_id)
                    );
                    RETURN NULL;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"telling op papier van idee {self.pk}"

    @property
    def is_complete(self) -> bool:
        return None not in (self.green, self.blue, self.red)
