"""A café is never oversold, and the queue keeps its order: at full size, and with proof that it can fail."""

from itertools import accumulate

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from events.models import sign_up
from events.models.cafes import Cafe
from events.models.registrations import Registration
from tests.events import ledger, race
from tests.helpers import factories

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE, THREADS, ROOM, ONLINE = 500, 16, 20, 10
CANCELLED, CHANGED = 100, 50


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
def test_the_same_with_100_cancellations_and_50_changes_alongside(turn):
    cafe = factories.cafe(room_capacity=ROOM, online_capacity=ONLINE)
    with ledger.kept():
        forms = race.all_at_once(cafe, people=PEOPLE, cancelled=CANCELLED, changed=CHANGED, seed=turn)
        result = race.send(forms, threads=THREADS)
        told(turn, result)
        assert result.answers == {302: PEOPLE + CANCELLED + CHANGED}
        promoted = ledger.assert_right(cafe)
    print(f"{promoted} moved up, one mail each")
    assert promoted > ROOM + ONLINE
    rows = list(cafe.registrations.all())
    assert len({row.email for row in rows}) == len(rows) == PEOPLE + CANCELLED + CHANGED
    for seat in cafe.kinds:
        queue = list(cafe.registrations.queued_for(seat))
        numbers = accumulate((row.people for row in queue), initial=1)
        assert [row.position(seat) for row in queue] == list(numbers)[:-1]


@pytest.fixture
def no_lock(monkeypatch):
    """Nobody waits for anybody, and what was counted is a little old when it is written."""
    monkeypatch.setattr(sign_up, "LOCK", "SELECT %(cafe)s::bigint;")
    monkeypatch.setattr(Cafe, "locked", lambda self: Cafe.objects.get(pk=self.pk))
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION slow_down() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN PERFORM pg_sleep(0.1); RETURN NEW; END $$;"
            "CREATE TRIGGER slow_down BEFORE INSERT OR UPDATE ON events_registration"
            " FOR EACH ROW EXECUTE FUNCTION slow_down()"
        )
        yield
        cursor.execute("DROP FUNCTION slow_down CASCADE")


def test_without_the_lock_the_same_race_oversells(no_lock):
    """The control: if this does not oversell, the race above cannot tell a lock from none."""
    cafe = factories.cafe(room_capacity=ROOM, online_capacity=ONLINE)
    result = race.run(cafe, race.guests(PEOPLE), threads=THREADS)
    assert result.answers == {302: PEOPLE}
    room, online = race.seats(cafe)
    print(f"without the lock: {room} of {ROOM} and {online} of {ONLINE}")
    assert room + online > ROOM + ONLINE
    with pytest.raises(AssertionError):
        race.assert_fair(cafe, PEOPLE)


def test_without_the_lock_the_ledger_is_wrong(no_lock):
    cafe = factories.cafe(room_capacity=ROOM, online_capacity=ONLINE)
    with ledger.kept():
        forms = race.all_at_once(cafe, people=PEOPLE, cancelled=CANCELLED, changed=CHANGED, seed=1)
        race.send(forms, threads=THREADS)
        with pytest.raises(AssertionError) as wrong:
            ledger.assert_right(cafe)
    print(f"without the lock: {wrong.value}")


def test_20_times_the_same_sign_up_by_16_threads():
    cafe = factories.cafe(room_capacity=ROOM, online_capacity=ONLINE)
    for number, guest in enumerate(race.guests(10), start=1):
        assert race.run(cafe, [guest] * 20, threads=THREADS).answers == {302: 20}
        assert Registration.objects.count() == ProcrastinateJob.objects.count() == number
