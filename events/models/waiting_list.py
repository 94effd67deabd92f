"""The waiting list: who waits for which kind of place, in what order, and how free places come to them."""

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Func, Q, Subquery
from django.db.models.functions import Least
from django.db.models.lookups import GreaterThan
from django.utils import timezone

from events.models import holds, mail_jobs
from events.places import Seat

if TYPE_CHECKING:
    from events.models.cafes import Cafe
    from events.models.registrations import Registration


OFFERS_APART = timedelta(hours=1)


def since(seat: str) -> str:
    """The field that holds since when somebody waits for a place of this kind."""
    return f"queued_for_{seat}_at"


def order(*seats: str) -> list:
    """The order of the waiting list, first come first: of one kind of place, or of several together.

    This is its only home: the next to be let in and everybody's number in the queue follow from it.
    """
    moments = [F(since(seat)) for seat in seats]
    return [Least(*moments) if len(moments) > 1 else moments[0], F("pk")]


class WaitingQuerySet(models.QuerySet):
    """The part of a queryset of registrations that knows the waiting list."""

    def waiting(self):
        """Those who wait for a place of any kind, also unconfirmed."""
        return self.filter(Q(queued_for_room_at__isnull=False) | Q(queued_for_online_at__isnull=False))

    def asking_for(self, seat: str):
        """Those who wait for a place of this kind, also unconfirmed, in the order of the waiting list."""
        return self.filter(**{f"{since(seat)}__isnull": False}).order_by(*order(seat))

    def queued_for(self, seat: str):
        """Those who get a place of this kind when one falls free, in that order: the unconfirmed are passed over."""
        return self.asking_for(seat).filter(confirmed_at__isnull=False)

    def holds(self):
        """Unconfirmed sign-ups that hold a seat."""
        return self.filter(confirmed_at=None, seat__isnull=False)

    def passed(self):
        """Those who were offered a place that somebody else took: a next one is offered later."""
        return self.waiting().filter(asked_at=None, offered_at__isnull=False)

    def firm(self) -> models.QuerySet:
        """Those who said that they come, with a place or in a queue."""
        return self.filter(confirmed_at__isnull=False, cancelled_at=None)

    def unconfirmed(self):
        """Those who have not said yet that they come: with a seat, or before they wait for one."""
        return self.filter(confirmed_at=None, cancelled_at=None)

    def ahead_of(self, registration, seat: str):
        """Those whose turn in this queue comes before `registration`; nobody once it has left the queue.

        For somebody unconfirmed: those whose turn would come before, were it confirmed now.
        """
        turn = Func(*order(seat), function="ROW", output_field=models.Field())
        queue = self.queued_for(seat)
        own = self.asking_for(seat).filter(pk=registration.pk).order_by().values(turn=turn)
        return queue.filter(GreaterThan(Subquery(own), turn))


class LetIn(list["Registration"]):
    """Those who got a place. In the hours of asking that is nobody, and `asked` are those who wait for a free place."""

    def __init__(self, let_in: "Iterable[Registration]" = (), asked: "Iterable[Registration]" = ()) -> None:
        super().__init__(let_in)
        self.asked = list(asked)

    def add(self, other: "LetIn") -> None:
        """Takes in what became of another place; somebody who is asked about both counts once."""
        known = {each.pk for each in self.asked}
        self.asked += [each for each in other.asked if each.pk not in known]
        self.extend(other)


def let_in(cafe: "Cafe") -> LetIn:
    """Gives each free place to whoever is first of those who fit, mails them and returns them.

    Before that, holds whose term is over make way; after it, those that somebody needs get a term.
    In the hours of asking it gives nothing away, and asks those who wait. Call it on `cafe.locked()`.
    """
    if not cafe.is_ahead:
        return LetIn()
    cafe.recount()
    going_on = holds.lapse(cafe)
    if cafe.asks_now:
        return LetIn(asked=ask(cafe))
    free: dict[str, int] = {seat: cafe.places(seat).free for seat in Seat}
    waiting: dict[str, int] = {seat: cafe.places(seat).waiting for seat in Seat}
    found = LetIn()
    while registration := first_who_fits(cafe, free, waiting):
        seat = next(each for each in registration.waits_for if free[each] >= registration.people)
        if registration.seat:
            free[registration.seat] += registration.people
        for queue in registration.waits_for:
            waiting[queue] -= registration.people
        free[seat] -= registration.people
        registration.promote(seat)
        for queue in registration.waits_for:
            waiting[queue] += registration.people
        found.append(registration)
    cafe.recount()
    if going_on:
        holds.give_terms(cafe, going_on)
    return found


def first_who_fits(cafe: "Cafe", free: dict[str, int], waiting: dict[str, int]) -> "Registration | None":
    """The first in the queue of those who fit in what is free."""
    for seat in Seat:
        if free[seat] and waiting[seat]:
            fits = cafe.registrations.queued_for(seat).filter(people__lte=free[seat])
            if registration := fits.first():
                return registration
    return None


def ask(cafe: "Cafe") -> "list[Registration]":
    """Mails everybody who waits for a place that is free now, and returns them all.

    Those who have the mail already get no second one. Once the place is taken they count as not asked, so that
    the next place brings them another mail, at the earliest an hour after the last: who cancels and comes back again
    and again mails nobody each time. The worker looks whether a place is left then.
    """
    lately = timezone.now() - OFFERS_APART
    free = {seat: cafe.places(seat).free for seat in Seat}
    asked, passed, know = [], [], []
    for registration in cafe.registrations.waiting().filter(confirmed_at__isnull=False):
        fits = any(free[seat] >= registration.people for seat in registration.waits_for)
        if fits:
            know.append(registration)
        if fits and not registration.was_asked and (registration.offered_at or lately) <= lately:
            asked.append(registration)
        elif registration.asked_at and not fits:
            passed.append(registration.pk)
    cafe.registrations.filter(pk__in=passed).update(asked_at=None)
    cafe.registrations.filter(pk__in=[each.pk for each in asked]).update(
        asked_at=timezone.now(), offered_at=timezone.now()
    )
    mail_jobs.leave("events.tasks.send_offer", asked)
    return know
