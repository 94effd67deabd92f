"""The order of the waiting list: who is let in and which number people read follow from the one expression."""


import pytest
from django.db.models import Case, When

from events.models import waiting_list
from tests.helpers import factories

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
