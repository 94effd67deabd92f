"""Who is at the desk now, and which voice they have before them."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

from plan.models.fragments import Fragment
from plan.models.harvests import Harvest
from werkplaats import compiled
from werkplaats.compiled import Given
from werkplaats.models import User
from werkplaats.register.entries import Purpose, Term, of_an_account

# A page that is open tells it once a minute; one beat may be lost.
GONE_AFTER = timedelta(seconds=150)


class Presence(models.Model):
    """A person at the desk of a harvest. `backwards`: who came second begins at the other end of the list.

    `fragment` is what they read; it may be gone, so it is no key of the database.
    """

    harvest = models.ForeignKey(Harvest, models.CASCADE, related_name="+")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    fragment = models.ForeignKey(Fragment, models.DO_NOTHING, null=True, related_name="+", db_constraint=False)
    backwards = models.BooleanField(default=False)
    since = models.DateTimeField(default=timezone.now)
    at = models.DateTimeField(default=timezone.now)

    in_register = of_an_account("wie er nu sorteert", Purpose.KEEPING, Term.BRIEF, only_staff=True)

    class Meta:
        verbose_name = "wie er sorteert"
        verbose_name_plural = "wie er sorteert"
        constraints = [models.UniqueConstraint(fields=["harvest", "user"], name="present_once")]

    def __str__(self) -> str:
        return str(self.user)


def here_since() -> compiled.AnyQuerySet:
    since = Given("since", models.DateTimeField())
    here = Presence.objects.filter(harvest=Given("harvest", models.BigIntegerField()), at__gt=since)
    shown = ("harvest", "fragment", "backwards", "user__name", "user__email")
    return here.select_related("user").only(*shown).order_by("since", "pk")


def present_at(harvest: Harvest) -> list[Presence]:
    """Those whose page of this harvest is open, who came first in front. One query."""
    return compiled.objects(here_since, harvest=harvest.pk, since=timezone.now() - GONE_AFTER)


def backwards(present: list[Presence], user: User) -> bool:
    """Whether this person works from the end of the list: as they began, or because somebody works from its start."""
    own = next((each for each in present if each.user_id == user.pk), None)
    return own.backwards if own else any(not each.backwards for each in present)


def keep(harvest: Harvest, user: User, fragment_id: int | None, present: list[Presence] | None = None) -> None:
    """Keeps that this person has this voice before them now. `present`: who is at the desk, where that was read."""
    present = present_at(harvest) if present is None else present
    here = any(each.user_id == user.pk for each in present)
    came = [] if here else ["since", "backwards"]
    row = Presence(harvest=harvest, user=user, fragment_id=fragment_id, backwards=backwards(present, user))
    Presence.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["harvest", "user"], update_fields=["fragment", "at", *came]
    )
