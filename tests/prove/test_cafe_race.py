"""A café is never oversold, and the queue keeps its order: at full size, and with proof that it can fail."""

from itertools import accumulate

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from events.models.registrations import Registration
from tests.events import ledger, race
from tests.helpers import factories
from tests.helpers.no_lock import no_lock

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE, THREADS, ROOM, ONLINE = 500, 16, 20, 10
CROWD = {"people": PEOPLE, "cancelled": 100, "changed": 50, "confirmed": 50}


def told(turn: int, result: race.Result) -> None:
    """Prints how long people waited: a figure of this machine, which nothing here judges."""
    p50, p99 = (result.seconds[int(len(result.seconds) * part)] * 1000 for part in (0.5, 0.99))
    print(f"turn {turn}: p50 {p50:.0f} ms, p99 {p99:.0f} ms")


@pytest.mark.parametrize("turn", range(1, 6))
def test_500_sign_ups_for_20_and_10_places(turn):
    cafe = factories.cafe(room_capacity=ROOM, online_capacity=ONLINE)
    result = race.run(cafe, race.guests(PEOPLE), threads=THREADS)
    told(turn, result)
    assert result.answers == {302: PEOPLE}
    assert race.seats(cafe) == (ROOM, ONLINE)
    race.assert_fair(cafe, PEOPLE)


@pytest.mark.parametrize("turn", range(1, 6))
def test_the_same_with_100_cancellations_50_changes_and_50_times_ik_kom_alongside(turn):
    cafe = factories.cafe(room_capacity=ROOM, online_capacity=ONLINE)
    with ledger.kept():
        forms = race.all_at_once(cafe, **CROWD, seed=turn)
        result = race.send(forms, threads=THREADS)
        told(turn, result)
        assert result.answers == {302: sum(CROWD.values())}
        promoted = ledger.assert_right()
    print(f"{promoted} moved up, one mail each")
    assert promoted > ROOM + ONLINE
    rows = list(cafe.registrations.all())
    assert len({row.email for row in rows}) == len(rows) == sum(CROWD.values())
    for seat in cafe.kinds:
        queue = list(cafe.registrations.queued_for(seat))
        numbers = accumulate((row.people for row in queue), initial=1)
        assert [row.position(seat) for row in queue] == list(numbers)[:-1]


def test_without_the_lock_the_same_race_oversells(monkeypatch):
    """The control: if this does not oversell, the race above cannot tell a lock from none."""
    cafe = factories.cafe(room_capacity=ROOM, online_capacity=ONLINE)
    with no_lock(monkeypatch):
        result = race.run(cafe, race.guests(PEOPLE), threads=THREADS)
    assert result.answers == {302: PEOPLE}
    room, online = race.seats(cafe)
    print(f"without the lock: {room} of {ROOM} and {online} of {ONLINE}")
    assert room + online > ROOM + ONLINE
    with pytest.raises(AssertionError):
        race.assert_fair(cafe, PEOPLE)


def test_without_the_lock_the_ledger_is_wrong(monkeypatch):
    cafe = factories.cafe(room_capacity=ROOM, online_capacity=ONLINE)
    with ledger.kept(), no_lock(monkeypatch):
        race.send(race.all_at_once(cafe, **CROWD, seed=1), threads=THREADS)
        with pytest.raises(AssertionError) as wrong:
            ledger.assert_right()
    print(f"without the lock: {wrong.value}")


def test_20_times_the_same_sign_up_by_16_threads():
    cafe = factories.cafe(room_capacity=ROOM, online_capacity=ONLINE)
    for number, guest in enumerate(race.guests(10), start=1):
        assert race.run(cafe, [guest] * 20, threads=THREADS).answers == {302: 20}
        assert Registration.objects.count() == ProcrastinateJob.objects.count() == number
