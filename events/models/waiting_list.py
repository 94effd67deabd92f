"""The waiting list: who waits for which kind of place, in what order, and how free places come to them.

`Queue` is the part of a Cafe that gives places away, `Waiting` the part of a Registration that waits for one.
"""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Func, Q, Subquery, Sum
from django.db.models.functions import Least
from django.db.models.lookups import GreaterThan
from django.utils import timezone

from events.models import mail_jobs
from events.places import Places, Seat, Standing
from werkplaats.words import number


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
        """Those who wait for a place of any kind."""
        return self.filter(Q(queued_for_room_at__isnull=False) | Q(queued_for_online_at__isnull=False))

    def queued_for(self, seat: str):
        """Those who wait for a place of this kind, in the order of the waiting list."""
        return self.filter(**{f"{since(seat)}__isnull": False}).order_by(*order(seat))

    def ahead_of(self, registration, seat: str):
        """Those whose turn in this queue comes before `registration`; nobody once it has left the queue."""
        turn = Func(*order(seat), function="ROW", output_field=models.Field())
        queue = self.queued_for(seat)
        own = queue.filter(pk=registration.pk).order_by().values(turn=turn)
        return queue.filter(GreaterThan(Subquery(own), turn))


class LetIn(list):
    """Those who got a place. In the hours of asking that is nobody, and `asked` are those who wait for a free place."""

    def __init__(self, let_in=(), asked=()):
        super().__init__(let_in)
        self.asked = list(asked)

    def add(self, other: "LetIn") -> None:
        """Takes in what became of another place; somebody who is asked about both counts once."""
        known = {each.pk for each in self.asked}
        self.asked += [each for each in other.asked if each.pk not in known]
        self.extend(other)


class Queue:
    """The part of a Cafe that gives its free places to those who wait."""

    def let_in(self) -> LetIn:
        """Gives each free place to whoever is first of those who fit, mails them and returns them.

        In the hours of asking it gives nothing away, and asks those who wait. Call it on `locked()`.
        """
        if not self.is_ahead:
            return LetIn()
        self.recount()
        if self.asks_now:
            return LetIn(asked=self._ask())
        free = {seat: self.places(seat).free for seat in Seat}
        waiting = {seat: self.places(seat).waiting for seat in Seat}
        let_in = LetIn()
        while registration := self._next(free, waiting):
            seat = next(each for each in registration.waits_for if free[each] >= registration.people)
            if registration.seat:
                free[registration.seat] += registration.people
            for queue in registration.waits_for:
                waiting[queue] -= registration.people
            free[seat] -= registration.people
            registration.promote(seat)
            for queue in registration.waits_for:
                waiting[queue] += registration.people
            let_in.append(registration)
        self.recount()
        return let_in

    def _next(self, free: dict[Seat, int], waiting: dict[Seat, int]):
        """The first in the queue of those who fit in what is free."""
        for seat in Seat:
            if free[seat] and waiting[seat]:
                fits = self.registrations.queued_for(seat).filter(people__lte=free[seat])
                if registration := fits.first():
                    return registration
        return None

    def _ask(self) -> list:
        """Mails everybody who waits for a place that is free now, and returns them all.

        Those who have the mail already get no second one. Once the place is taken they count as not asked, so that
        the next place brings them another mail.
        """
        free = {seat: self.places(seat).free for seat in Seat}
        asked, passed, know = [], [], []
        for registration in self.registrations.waiting():
            fits = any(free[seat] >= registration.people for seat in registration.waits_for)
            if fits:
                know.append(registration)
            if fits and not registration.was_asked:
                asked.append(registration)
            elif registration.asked_at and not fits:
                passed.append(registration.pk)
        self.registrations.filter(pk__in=passed).update(asked_at=None)
        self.registrations.filter(pk__in=[each.pk for each in asked]).update(asked_at=timezone.now())
        mail_jobs.leave("events.tasks.send_offer", asked)
        return know

    def resize(self, **capacities: int) -> LetIn:
        """Changes `room_capacity`, `online_capacity` or both, lets people in, and returns what `let_in` does.

        Raises ValidationError with a message per field when more places are taken than would be left.
        """
        with transaction.atomic():
            cafe = self.locked()
            cafe.check_capacities(capacities)
            for field, capacity in capacities.items():
                setattr(cafe, field, capacity)
                setattr(self, field, capacity)
            cafe.save(update_fields=capacities)
            return cafe.let_in()

    def check_capacities(self, capacities: dict[str, int]) -> None:
        """Raises ValidationError with a message per field that leaves too few places. Call it on `locked()`."""
        errors = {}
        for seat in Seat:
            field, taken = f"{seat}_capacity", self.places(seat).taken
            if capacities.get(field, taken) < taken:
                errors[field] = (
                    f"Er {'is' if taken == 1 else 'zijn'} al {number(taken, 'plaats,plaatsen')} {seat.label} "
                    f"vergeven. Vul minstens {taken} in, of meld eerst mensen af."
                )
        if errors:
            raise ValidationError(errors)


class Waiting:
    """The part of a Registration that waits for a place, or is offered one."""

    @property
    def waits_for(self) -> list[Seat]:
        """The kinds of places this person waits for."""
        return [seat for seat in Seat if getattr(self, since(seat))]

    def position(self, seat: str) -> int:
        """The number in the queue for this kind, in people; 1 for somebody who was let in since this row was read."""
        ahead = self.cafe.registrations.ahead_of(self, seat)
        return 1 + (ahead.aggregate(people=Sum("people"))["people"] or 0)

    @property
    def queues(self) -> list[tuple[Seat, int]]:
        """What this person waits for, each with their number in that queue."""
        return [(seat, self.position(seat)) for seat in self.waits_for]

    @property
    def was_asked(self) -> bool:
        """Whether the mail about a free place went out, in the hours of asking of the café as it is planned now."""
        return self.asked_at is not None and self.asked_at >= self.cafe.asking_from

    @property
    def offers(self) -> list[Places]:
        """The free places that this person waits for and can take by saying yes."""
        return self._for_the_asking(self.waits_for)

    @property
    def offers_back(self) -> list[Places]:
        """As `offers`, for somebody who cancelled and would come back to the queue."""
        return self._for_the_asking(self.back.queues)

    def _for_the_asking(self, seats) -> list[Places]:
        if not (seats and self.cafe.asks_now):
            return []
        found = [self.cafe.places(seat) for seat in seats]
        return [places for places in found if places.free >= self.people]

    def accept(self, seat: str) -> bool:
        """Says yes to a free place, which goes to the first who does; returns whether it was still there."""
        with transaction.atomic():
            cafe = self.locked()
            if not (cafe.is_ahead and seat in self.waits_for and cafe.places(seat).free >= self.people):
                return False
            self.promote(Seat(seat))
            cafe.let_in()
            return True

    def promote(self, seat: Seat) -> None:
        """Moves this person from the queue to a place, and mails them. Call it under the café's lock.

        Everybody who waits for both prefers the room, so those who got a place online keep waiting for it.
        """
        keeps = [] if seat == Seat.ROOM else [each for each in self.waits_for if each != seat]
        self.settle(Standing(seat, tuple(keeps)))
        mail_jobs.leave("events.tasks.send_promotion", [self])
