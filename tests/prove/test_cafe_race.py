"""A café is never oversold, and the queue keeps its order: at full size, and with proof that it can fail."""

import threading

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from events.models import Cafe, Registration
from tests import factories
from tests.events import race

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE, THREADS, ROOM, ONLINE = 500, 16, 20, 10


@pytest.mark.parametrize("turn", range(1, 6))
def test_500_sign_ups_for_20_and_10_places(turn):
    cafe = factories.cafe(room_capacity=ROOM, online_capacity=ONLINE)
    result = race.run(cafe, race.guests(PEOPLE), threads=THREADS)
    p99 = result.seconds[int(len(result.seconds) * 0.99)]
    print(f"turn {turn}: p50 {result.seconds[PEOPLE // 2] * 1000:.0f} ms, p99 {p99 * 1000:.0f} ms")
    assert result.answers == {302: PEOPLE}
    assert race.seats(cafe) == (ROOM, ONLINE)
    race.assert_fair(cafe, PEOPLE)


def test_without_the_lock_the_same_race_oversells(monkeypatch):
    """The control: if this does not oversell, the race above cannot tell a lock from none."""
    together = threading.Barrier(THREADS)

    def not_locked(self):
        cafe = Cafe.objects.get(pk=self.pk)
        assert cafe.counts  # asked now, and kept
        try:
            together.wait(1)  # all have counted, and none has written yet
        except threading.BrokenBarrierError:
            pass  # the last round has fewer people than the barrier waits for
        return cafe

    monkeypatch.setattr(Cafe, "locked", not_locked)
    cafe = factories.cafe(room_capacity=ROOM, online_capacity=ONLINE)
    result = race.run(cafe, race.guests(PEOPLE), threads=THREADS)
    assert result.answers == {302: PEOPLE}
    room, online = race.seats(cafe)
    print(f"without the lock: {room} of {ROOM} and {online} of {ONLINE}")
    assert room > ROOM and online > ONLINE
    with pytest.raises(AssertionError):
        race.assert_fair(cafe, PEOPLE)


def test_20_times_the_same_sign_up_by_16_threads():
    cafe = factories.cafe(room_capacity=ROOM, online_capacity=ONLINE)
    for number, guest in enumerate(race.guests(10), start=1):
        assert race.run(cafe, [guest] * 20, threads=THREADS).answers == {302: 20}
        assert Registration.objects.count() == ProcrastinateJob.objects.count() == number
