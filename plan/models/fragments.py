"""A fragment points to one thing that was said. It holds no words: they come by join, so erasing leaves nothing."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.db.models.lookups import Exact

from plan.models.harvests import Harvest
from plan.models.notes import Note
from polls.models import Idea, Poll, Wensbeeld
from posts.models import Post

KINDS = ("post", "wensbeeld", "idea", "poll", "note")
WITHOUT_DESTINATION = Q(live=True, destinations=0)
# In the order in which moderators lock what was said: who sorts and who moderates wait for each other, and no more.
LOCK_ORDER = tuple(f"{kind}_id" for kind in KINDS)


class FragmentQuerySet(models.QuerySet["Fragment"]):
    def without_destination(self) -> "FragmentQuerySet":
        return self.filter(WITHOUT_DESTINATION)

    def with_words(self) -> "FragmentQuerySet":
        """With the things that were said, in the same query."""
        return self.select_related(*KINDS)

    def alike_after_alike(self) -> "FragmentQuerySet":
        """In the order «soort bij soort»; those that were not compared yet are the last, oldest first."""
        return self.order_by(models.F("compared__place").asc(nulls_last=True), "pk")

    def locked(self) -> "FragmentQuerySet":
        """Locked until the end of the transaction. Who moderates what was said waits for it."""
        return self.order_by(*LOCK_ORDER).select_for_update(no_key=True)


def _said(model: type[models.Model], name: str) -> models.OneToOneField:
    """Deleting what was said deletes the fragment, by a trigger: see `plan.models.listening`."""
    return models.OneToOneField(
        model, models.DO_NOTHING, null=True, related_name="fragment", verbose_name=name, editable=False
    )


class Fragment(models.Model):
    """Triggers on what was said make it as soon as that may be read, and keep it: nobody else writes here but acts.

    `live` is whether it may be read now. `source_version` is that of what was said, as it is now; what a destination
    was given for says `Destination.source_version`. `version` is the number of the last act that changed where it
    lies, 0 before the first.
    """

    harvest = models.ForeignKey(Harvest, models.PROTECT, related_name="fragments", verbose_name="opbrengst")
    post = _said(Post, "bijdrage")
    wensbeeld = _said(Wensbeeld, "wensbeeld")
    idea = _said(Idea, "idee")
    poll = _said(Poll, "peiling")
    note = _said(Note, "aantekening")
    source_version = models.PositiveBigIntegerField("versie van wat er is gezegd", editable=False)
    live = models.BooleanField("te lezen", editable=False)
    destinations = models.PositiveIntegerField("aantal bestemmingen", default=0, editable=False)
    version = models.PositiveBigIntegerField(default=0, editable=False)

    objects = FragmentQuerySet.as_manager()

    class Meta:
        verbose_name = "stem"
        verbose_name_plural = "stemmen"
        constraints = [
            models.CheckConstraint(
                condition=Exact(models.Func(*KINDS, function="num_nonnulls", output_field=models.IntegerField()), 1),
                name="fragment_of_one_thing",
                violation_error_message="Een stem is precies één bijdrage, wensbeeld, idee, peiling of aantekening.",
            )
        ]
        indexes = [
            # The figure on top, and the list under it.
            models.Index(fields=["harvest", "id"], name="voices_without_destination", condition=WITHOUT_DESTINATION),
            # How many there are.
            models.Index(fields=["harvest"], name="voices_to_read", condition=Q(live=True)),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="recounts_destinations",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("harvest_id"),
                condition=pgtrigger.Q(old__harvest__df=pgtrigger.F("new__harvest")),
                func="""
                    NEW.destinations = (
                        SELECT count(*) FROM plan_destination
                        WHERE fragment_id = NEW.id AND harvest_id = NEW.harvest_id
                    );
                    RETURN NEW;
                """,
            ),
            # Of what is gone for good nothing stays behind, also not where a step could be undone.
            pgtrigger.Trigger(
                name="leaves_nothing",
                when=pgtrigger.After,
                operation=pgtrigger.Delete,
                func="""
                    DELETE FROM plan_destination WHERE fragment_id = OLD.id;
                    DELETE FROM plan_heardvoice WHERE fragment_id = OLD.id;
                    DELETE FROM plan_toldvoice WHERE fragment_id = OLD.id;
                    DELETE FROM plan_ground WHERE fragment_id = OLD.id;
                    DELETE FROM plan_likeness WHERE fragment_id = OLD.id OR other_id = OLD.id;
                    DELETE FROM plan_compared WHERE fragment_id = OLD.id;
                    UPDATE plan_source SET fragment_id = NULL WHERE fragment_id = OLD.id;
                    UPDATE plan_act SET before = NULL WHERE fragments @> ARRAY[OLD.id];
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"stem {self.pk}"

    @property
    def kind(self) -> str:
        """One of KINDS."""
        return next(kind for kind in KINDS if getattr(self, f"{kind}_id"))

    @property
    def said(self) -> models.Model:
        """What it points to; `FragmentQuerySet.with_words` brings it along."""
        found: models.Model = getattr(self, self.kind)
        return found

    @property
    def text(self) -> str:
        """The words of it; of a poll its question, of a picture alone nothing."""
        return str(self.poll.question) if self.poll else str(getattr(self.said, "text"))  # noqa: B009
