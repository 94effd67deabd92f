"""A small race, for every run of the suite. tests/prove/test_cafe_race.py has the whole promise."""

from collections import Counter

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from events.models.cafes import Cafe
from events.models.registrations import Registration
from tests.events import hold_race, ledger, race
from tests.helpers import factories

pytestmark = pytest.mark.django_db(transaction=True)


def test_sixty_sign_ups_at_once_for_ten_and_five_places():
    cafe = factories.cafe(room_capacity=10, online_capacity=5)
    result = race.run(cafe, race.guests(60), threads=8)
    assert result.answers == {302: 60}
    assert race.seats(cafe) == (10, 5)
    race.assert_fair(cafe, 60)


def test_twenty_times_the_same_at_once_is_one():
    cafe = factories.cafe()
    result = race.run(cafe, race.guests(1) * 20, threads=8)
    assert result.answers == {302: 20}
    assert Registration.objects.count() == ProcrastinateJob.objects.count() == 1


def test_places_given_back_at_once_go_to_the_first_who_wait():
    cafe = factories.cafe(room_capacity=6, online_capacity=0)
    made = [factories.registration(cafe) for _ in range(12)]
    ProcrastinateJob.objects.all()._raw_delete(using="default")
    race.together(lambda registration: registration.cancel(), [*made[:4], *made[:4]], threads=8)
    seats = list(Registration.objects.order_by("pk").values_list("seat", flat=True))
    assert seats == [None] * 4 + ["room"] * 6 + [None] * 2
    assert race.seats(Cafe.objects.get()) == (6, 0)
    kinds = Counter(job.task_name.rpartition("_")[2] for job in ProcrastinateJob.objects.all())
    assert kinds == {"cancellation": 4, "promotion": 4}


def test_cancellations_and_changes_alongside():
    cafe = factories.cafe(room_capacity=5, online_capacity=3)
    with ledger.kept():
        forms = race.all_at_once(cafe, people=40, cancelled=20, changed=10, confirmed=10, seed=1)
        assert race.send(forms, threads=8).answers == {302: 80}
        assert ledger.assert_right() > 8


def test_a_hold_ends_in_one_way():
    for seed in range(5):
        hold_race.one_round(seed)
