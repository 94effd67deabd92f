"""How free places come to who waits for them."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from events.places import Seat
from werkplaats.words import number


class LetIn(list):
    """Who got a place; in the hours of asking nobody, and `asked` are those who wait for what is free."""

    def __init__(self, let_in=(), asked=()):
        super().__init__(let_in)
        self.asked = list(asked)

    def add(self, other: "LetIn") -> None:
        """Takes in what came of another place; who is asked twice is one."""
        known = {each.pk for each in self.asked}
        self.asked += [each for each in other.asked if each.pk not in known]
        self.extend(other)


class Queue:
    """The part of a Cafe that gives its places to who waits."""

    def let_in(self) -> LetIn:
        """Gives free places to whoever waits longest and fits, and mails them; returns them. Call it on `locked()`.

        From the hour of asking on it asks those who wait instead, and gives nothing away.
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
        """Who waits longest of those who fit in what is free."""
        for seat in Seat:
            if free[seat] and waiting[seat]:
                fits = self.registrations.queued_for(seat).filter(people__lte=free[seat])
                if registration := fits.first():
                    return registration
        return None

    def _ask(self) -> list:
        """Mails everyone who waits for a place that is free, and returns them all.

        Who has the mail already gets no second one. When it is taken they are marked as not asked: the next place is
        another mail.
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
        self.registrations.model.tell_all("send_offer", asked)
        return know

    def resize(self, **capacities: int) -> LetIn:
        """Changes `room_capacity`, `online_capacity` or both; lets the queue in, and returns what `let_in` does.

        Raises ValidationError with a message per field when more is taken than would be left.
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
        """Raises ValidationError with a message per field that leaves too little. Call it on `locked()`."""
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
