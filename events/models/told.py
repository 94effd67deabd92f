"""What the page and the mails of a sign-up tell of places that are free.

Who is firm is told how it is now. Who is not is told what everyone is, of some minutes ago: from a figure of now one
would read whether the address that somebody signed up just then was new.
"""

from typing import TYPE_CHECKING, Any

from django.db import models

from events.places import Places, Seat, Standing, Wish

if TYPE_CHECKING:
    from events.models.cafes import Cafe


class Told(models.Model):
    """The part of a registration that tells of free places."""

    class Meta:
        abstract = True

    # Of the registration.
    cafe: Any
    seat: Any
    people: int
    gave_up: Any
    gave_up_seat: Any
    if TYPE_CHECKING:

        @property
        def is_firm(self) -> bool: ...
        @property
        def standing(self) -> Standing: ...
        @property
        def waits_for(self) -> list[Seat]: ...

    @property
    def maybe_free(self) -> Seat | None:
        """A place that seemed free some minutes ago, for somebody who is not firm and has none: «Ik kom» tells."""
        if self.is_firm or self.seat or not self.cafe.is_ahead:
            return None
        return next((seat for seat in self.waits_for if self.cafe.places_told(seat).free >= self.people), None)

    @property
    def offers(self) -> list[Places]:
        """The free places that this person waits for and can take by saying yes; who is not firm says that first."""
        return self._for_the_asking(self.waits_for) if self.is_firm else []

    @property
    def instead(self) -> Places | None:
        """Free places of the other kind for so many, when they have none and wait for one kind only."""
        standing = self.standing
        others = [seat for seat in Seat if seat not in standing.queues]
        if standing.seat or len(others) != 1 or not self.cafe.is_ahead or self.maybe_free:
            return None
        other = self.cafe.places(others[0]) if self.is_firm else self.cafe.places_told(others[0])
        return other if other.fits(self.people) else None

    @property
    def asks_for(self) -> Wish:
        """What this person wishes, or wished before they cancelled."""
        return self.standing.wish or Wish(self.gave_up or Wish.ROOM)

    @property
    def back(self) -> Standing:
        """What somebody who cancelled would have got back some minutes ago."""
        return self.gets_back(told=True)

    @property
    def offers_back(self) -> list[Places]:
        """As `offers`, for somebody who cancelled and would come back to the queue."""
        return self._for_the_asking(self.back.queues, told=True)

    def gets_back(self, *, told: bool = False) -> Standing:
        """What somebody who cancelled gets back: what they wished, or else the place they had."""
        cafe: Cafe = self.cafe
        places = {seat: cafe.places_told(seat) if told else cafe.places(seat) for seat in Seat}
        found, had = Standing.wished(self.asks_for, self.people, places), self.gave_up_seat
        if found.seat or not had or not places[Seat(had)].fits(self.people):
            return found
        return Standing(Seat(had), found.queues)

    def _for_the_asking(self, seats, *, told: bool = False) -> list[Places]:
        if not (seats and self.cafe.asks_now):
            return []
        found = [self.cafe.places_told(seat) if told else self.cafe.places(seat) for seat in seats]
        return [places for places in found if places.free >= self.people]
