"""Who is looked up at the door, and how many have come."""

from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce

from events.models.reaching import ReachQuerySet
from werkplaats.names import part_of_name


class ArrivingQuerySet(ReachQuerySet):
    """The part of a queryset of registrations that the door asks."""

    def called(self, typed: str) -> "ArrivingQuerySet":
        """Those in whose name this stands, in the order of names; everyone when nothing was typed."""
        found = self.filter(name_order__contains=part_of_name(typed)) if typed else self
        return found.order_by("name_order", "pk")

    def at_the_door(self) -> dict[str, int]:
        """How many rows there are, and of people: expected, of these arrived, and arrived besides, who waited."""
        seated, there = Q(seat__isnull=False), Q(came_at__isnull=False)
        return self.aggregate(
            rows=Count("pk"),
            expected=Coalesce(Sum("people", filter=seated), 0),
            came=Coalesce(Sum("people", filter=seated & there), 0),
            besides=Coalesce(Sum("people", filter=~seated & there), 0),
        )
