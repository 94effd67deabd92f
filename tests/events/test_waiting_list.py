"""The order of the waiting list: who is let in and which number people read follow from the one expression."""

from datetime import timedelta

import pytest
from django.db.models import Case, When
from django.utils import timezone

from events.models import waiting_list
from events.models.registrations import Registration
from events.places import Wish
from tests.helpers import factories
from tests.helpers.shown import seen

pytestmark = pytest.mark.django_db


def test_another_order_is_one_change(monkeypatch):
    cafe, parent = factories.cafe(room_capacity=1), factories.role("ouder")
    leaves, first = factories.registration(cafe), factories.registration(cafe)
    second, third = (factories.registration(cafe, role_id=parent.pk) for _ in range(2))
    assert [each.position("room") for each in (first, second, third)] == [1, 2, 3]
    parents_first = Case(When(role=parent, then=0), default=1)
    first_come = waiting_list.order
    monkeypatch.setattr(waiting_list, "order", lambda *seats: [parents_first, *first_come(*seats)])
    assert [each.position("room") for each in (first, second, third)] == [3, 1, 2]
    assert list(cafe.registrations.queued_for("room")) == [second, third, first]
    assert leaves.cancel() == [second]


def test_several_who_say_yes_by_telephone_get_the_place_in_the_order_of_the_list(client, coordinator):
    cafe = factories.cafe(room_capacity=1)
    leaves, first_signed_up = factories.registration(cafe), factories.registration(cafe, wish="online")
    waits_longest = factories.registration(cafe)
    first_signed_up.change(wish=Wish.BOTH, people=1)
    type(cafe).objects.update(asks_from=timezone.now() - timedelta(minutes=1))
    Registration.objects.get(pk=leaves.pk).cancel()
    chosen = [first_signed_up, waits_longest]
    data = {"action": "accept", "_selected_action": [each.pk for each in chosen], "gezien": seen(chosen)}
    client.post("/beheer/events/registration/", data)
    waits_longest.refresh_from_db()
    assert waits_longest.seat == "room"
