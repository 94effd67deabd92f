"""Stickers of people on ideas, with counts that the database keeps."""

from datetime import datetime
from functools import partial
from uuid import UUID

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone

from polls.rounds.models.ideas import RECOUNT, Idea
from polls.rounds.models.rounds import Colour, StickerRound
from polls.tallies import SHARD, BaseTally
from werkplaats.models import Role, Visitor
from werkplaats.people.handing import until_it_fits
from werkplaats.register.entries import of_a_browser

# A person is a visitor and a number from 1, or nobody's: then the number tells them apart from all others.
IS_A_PERSON = Q(visitor__isnull=False, person__gte=1) | Q(visitor__isnull=True, person__lt=0)


class StickerQuerySet(models.QuerySet["Sticker"]):
    def hand_over(self, old: UUID, new: UUID) -> None:
        """Gives the stickers of visitor `old` to `new`. Where both gave an idea one, the last in time stays."""
        mine, of_both = self.filter(visitor=old), self.filter(visitor__in=[old, new])
        self._lock_counts(mine)
        last: dict[tuple[int, int], Sticker] = {}
        for sticker in of_both.filter(idea__in=mine.values("idea")).order_by("placed_at", "pk"):
            older = last.get((sticker.idea_id, sticker.person))
            if older:
                older.delete()
            last[sticker.idea_id, sticker.person] = sticker
        mine.update(visitor=new)

    def _lock_counts(self, mine: "StickerQuerySet") -> None:
        """First of ideas, then of the wordings that they are joined into, as a sticker takes them."""
        ideas = Idea.objects.filter(stickers__in=mine).order_by()
        tallies = StickerTally.objects.order_by("idea", "shard").select_for_update(of=("self",))
        list(tallies.filter(idea__in=ideas.filter(group__isnull=False).values("pk")).values_list("pk"))
        wordings = Q(idea__in=ideas.filter(group__isnull=True).values("pk")) | Q(idea__in=ideas.values("joined_into"))
        list(tallies.filter(wordings).values_list("pk"))


class Sticker(models.Model):
    """One per person and idea, changeable until the round closes.

    A person is a visitor and a number: 1 for the owner of the browser, another number for each next person who takes
    over a shared phone or tablet (`polls.rounds.person`). A sticker outlives its visitor: see Scorer. `role` is what
    the visitor said to be when they placed it.
    """

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="stickers", verbose_name="idee")
    visitor = models.ForeignKey(Visitor, models.CASCADE, null=True, related_name="stickers", verbose_name="bezoeker")
    person = models.IntegerField("persoon", default=1)
    colour = models.PositiveSmallIntegerField("kleur", choices=Colour)
    role = models.ForeignKey(Role, models.PROTECT, null=True, db_index=False, related_name="+")
    placed_at = models.DateTimeField("geplakt", default=timezone.now)

    in_register = of_a_browser("stickers bij ideeën")

    objects = StickerQuerySet.as_manager()

    class Meta:
        verbose_name = "sticker"
        verbose_name_plural = "stickers"
        constraints = [
            models.UniqueConstraint(
                fields=["idea", "visitor", "person"], nulls_distinct=False, name="one_sticker_per_person"
            ),
            models.CheckConstraint(condition=Q(colour__in=Colour.values), name="sticker_has_a_colour"),
            models.CheckConstraint(condition=IS_A_PERSON, name="sticker_person_from_one"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="counts_stickers",
                when=pgtrigger.After,
                # Not of the role: who says theirs afterwards changes no count, so it locks none.
                operation=pgtrigger.Insert
                | pgtrigger.UpdateOf("idea_id", "visitor_id", "person", "colour")
                | pgtrigger.Delete,
                declare=[("wording", "bigint"), ("is_wording", "boolean"), ("of_round", "bigint")],
                # The lock lets a sticker and a coordinator who joins ideas wait for each other.
                func=f"""
                    SELECT CASE WHEN i.group_id IS NULL THEN i.id WHEN i.removed_at IS NULL THEN i.joined_into_id END,
                        i.group_id IS NULL, i.round_id
                    INTO wording, is_wording, of_round
                    FROM polls_idea i WHERE i.id = COALESCE(NEW.idea_id, OLD.idea_id) FOR KEY SHARE;
                    IF TG_OP = 'INSERT' THEN
                        INSERT INTO polls_scorer (round_id, visitor_id, person)
                        VALUES (of_round, NEW.visitor_id, NEW.person) ON CONFLICT DO NOTHING;
                    END IF;
                    IF is_wording THEN
                        NULL;
                    ELSIF TG_OP = 'DELETE' THEN
                        UPDATE polls_stickertally SET green = green - (OLD.colour = 1)::int,
                            blue = blue - (OLD.colour = 2)::int, red = red - (OLD.colour = 3)::int
                        WHERE idea_id = OLD.idea_id AND shard = (
                            SELECT min(shard) FROM polls_stickertally WHERE idea_id = OLD.idea_id
                        );
                    ELSIF NEW.colour IS DISTINCT FROM OLD.colour THEN
                        INSERT INTO polls_stickertally AS t (idea_id, shard, green, blue, red)
                        VALUES (
                            NEW.idea_id, {SHARD},
                            (NEW.colour = 1)::int - COALESCE((OLD.colour = 1)::int, 0),
                            (NEW.colour = 2)::int - COALESCE((OLD.colour = 2)::int, 0),
                            (NEW.colour = 3)::int - COALESCE((OLD.colour = 3)::int, 0)
                        )
                        ON CONFLICT (idea_id, shard) DO UPDATE SET green = t.green + EXCLUDED.green,
                            blue = t.blue + EXCLUDED.blue, red = t.red + EXCLUDED.red;
                    END IF;
                    IF wording IS NOT NULL THEN
                        {RECOUNT}
                    END IF;
                    RETURN NULL;
                """,  # noqa: S608, all of it is ours
            )
        ]

    def __str__(self):
        return f"{self.get_colour_display()} op idee {self.idea_id}"

    def give_to(self, visitor: Visitor) -> None:
        """Hands over all stickers of its visitor to the one that it turned out to be; the next row finds it done."""
        if self.visitor_id and self.visitor_id != visitor.pk:
            until_it_fits(partial(Sticker.objects.hand_over, self.visitor_id, visitor.pk))

    @staticmethod
    def take_role(visitor: Visitor) -> None:
        """Of the owner of the browser: for who took it over they cannot speak."""
        Sticker.objects.filter(visitor=visitor, person=1, role=None).update(role=visitor.role_id)

    @staticmethod
    def shows_somebody(before: datetime) -> Q:
        return Q(placed_at__lt=before)


class StickerTally(BaseTally):
    """How many stickers of each colour an idea has. Stickers keep it by trigger. A wording has one row: see RECOUNT."""

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="tallies")
    green = models.IntegerField()
    blue = models.IntegerField()
    red = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["idea", "shard"], name="one_sticker_tally_per_shard")]

    def __str__(self):
        return f"telling {self.shard} van idee {self.idea_id}"


class Scorer(models.Model):
    """Somebody who placed at least one sticker in a round: counting them needs no counting of stickers.

    When `visitor` is emptied, a trigger empties it on their stickers in this round too, and gives all of them a
    `person` of their own: they still count, as one person.
    """

    round = models.ForeignKey(StickerRound, models.CASCADE, related_name="scorers")
    visitor = models.ForeignKey(Visitor, models.CASCADE, null=True, related_name="scorings")
    person = models.IntegerField()

    goes_along = True  # see werkplaats.people.merging

    in_register = of_a_browser("wie in een ronde stickers plakte")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "visitor", "person"], nulls_distinct=False, name="one_scorer_per_person"
            ),
            models.CheckConstraint(condition=IS_A_PERSON, name="scorer_person_from_one"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="forgets_visitor",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("visitor_id"),
                condition=pgtrigger.Q(old__visitor__isnull=False, new__visitor__isnull=True),
                func="""
                    NEW.person = -NEW.id;
                    UPDATE polls_sticker sticker SET visitor_id = NULL, person = NEW.person
                    FROM polls_idea idea
                    WHERE sticker.visitor_id = OLD.visitor_id AND sticker.person = OLD.person
                        AND idea.id = sticker.idea_id AND idea.round_id = OLD.round_id;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self):
        return f"plakker in ronde {self.round_id}"
