"""How many people have a place at a café and how many wait, for one café and for a whole list."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Min, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce, JSONObject

from events.models.waiting_list import since
from events.places import Seat

if TYPE_CHECKING:
    from events.models.cafes import Cafe  # noqa: F401, quoted below


def _counts(seat: str) -> dict:
    # Who did not confirm has not begun to wait.
    queued = Q(**{f"{since(seat)}__isnull": False}, confirmed_at__isnull=False)
    return {
        f"{seat}_taken": Coalesce(Sum("people", filter=Q(seat=seat)), 0),
        f"{seat}_waiting": Coalesce(Sum("people", filter=queued), 0),
        f"{seat}_smallest": Coalesce(Min("people", filter=queued), 0),
        f"{seat}_unsure": Coalesce(Sum("people", filter=Q(seat=seat, confirmed_at=None)), 0),
    }


# In people: somebody who brings another counts for two.
COUNTS = _counts(Seat.ROOM) | _counts(Seat.ONLINE)
NOBODY = dict.fromkeys(COUNTS, 0)


class CafeQuerySet(models.QuerySet["Cafe"]):
    def public(self) -> "CafeQuerySet":
        """What visitors may see: everything but concepts, in order of time."""
        return self.filter(published_at__isnull=False).order_by("starts_at", "pk")

    def with_counts(self) -> "CafeQuerySet":
        """Brings `counts` along for a whole list, by a subquery: a join would multiply rows."""
        registrations = self.model.registrations.rel.related_model._default_manager
        rows = registrations.filter(cafe=OuterRef("pk")).order_by().values("cafe")
        counts = rows.values(counts=JSONObject(**COUNTS))
        nobody = Value(NOBODY, models.JSONField())
        return self.annotate(counts=Coalesce(F("final_counts"), Subquery(counts), nobody))
