"""A tick at the door beside everyone who hands out places: it locks the café first, as they do."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError, transaction
from django.utils import timezone
from psycopg.errors import DeadlockDetected

from events import gate
from events.models.registrations import Registration
from events.places import Seat
from tests.helpers import factories
from tests.helpers.races import in_between

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def waits():
    """Somebody who waits, in the hours in which a free place is asked about."""
    cafe = factories.cafe(starts_at=timezone.now() + timedelta(hours=1), room_capacity=1, online_capacity=0)
    seated = factories.registration(cafe)
    made = factories.registration(cafe)
    assert made.waits_for == [Seat.ROOM] and cafe.asks_now
    seated.cancel()
    return Registration.objects.select_related("cafe").get(pk=made.pk)


def ticked_while_let_in(waits: Registration) -> list[Exception]:
    """Somebody holds the café and gives them the place while a coordinator ticks that they came."""
    giving, by = Registration.objects.select_related("cafe").get(pk=waits.pk), factories.coordinator()
    return in_between(giving.locked, lambda: waits.check_in(by=by), then=lambda: giving.promote(Seat.ROOM))


def test_a_tick_waits_for_who_hands_out_places_and_both_are_kept(waits):
    assert ticked_while_let_in(waits) == []
    row = Registration.objects.get(pk=waits.pk)
    assert (row.seat, bool(row.came_at), bool(row.checked_in_by)) == (Seat.ROOM, True, True)


def test_a_tick_that_takes_its_own_row_first_deadlocks(waits, monkeypatch):
    """The control: if this does not go wrong, the one above cannot tell the one order from the other."""

    def row_first(self, *, by):
        with transaction.atomic():
            Registration.objects.filter(pk=self.pk).update(came_at=timezone.now(), checked_in_by=by)
            self.locked()

    monkeypatch.setattr(Registration, "check_in", row_first)
    (error,) = ticked_while_let_in(waits)
    assert isinstance(error.__cause__, DeadlockDetected)


def test_who_is_the_victim_of_a_deadlock_is_asked_to_press_again():
    with pytest.raises(ValidationError) as said, gate.Gate(1).through():
        raise OperationalError from DeadlockDetected()
    assert isinstance(said.value, gate.Busy)
    with pytest.raises(OperationalError), gate.Gate(1).through():
        raise OperationalError("the server closed the connection")
