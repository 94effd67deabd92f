"""What people write is counted per person and per address, in one statement, and no address is kept."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from werkplaats.web import limits
from werkplaats.web.limits import Limit


@pytest.fixture(autouse=True)
def rates(settings):
    minute = timedelta(minutes=1)
    settings.WRITE_RATE_LIMITS = {"write": [(3, minute), (5, timedelta(days=1))], "mail": [(2, minute)]}


@pytest.fixture
def clock(monkeypatch):
    """A function that lets time pass."""
    now = [timezone.now()]
    monkeypatch.setattr(timezone, "now", lambda: now[0])

    def later(**passed):
        now[0] += timedelta(**passed)

    return later


def writes(who: str = "a", times: int = 1) -> list[bool]:
    return [not limits.beyond({"write": who}) for _ in range(times)]


@pytest.mark.django_db
def test_so_many_in_a_period_and_no_more_each_for_themselves(clock):
    assert writes(times=4) == [True, True, True, False]
    assert writes("b") == [True]
    clock(seconds=59)
    assert writes() == [False]
    clock(seconds=1)
    assert writes(times=3) == [True, True, False]  # the day's five are full


@pytest.mark.django_db
def test_what_is_refused_is_not_counted_and_the_period_slides(clock):
    limits.beyond({"mail": "a"})
    clock(seconds=40)
    assert [limits.beyond({"mail": "a"}) for _ in range(3)] == [set(), {"mail"}, {"mail"}]
    clock(seconds=21)  # the first is a minute ago, the second is not
    assert [limits.beyond({"mail": "a"}) for _ in range(2)] == [set(), {"mail"}]


@pytest.mark.django_db
def test_all_limits_of_one_write_take_one_statement(django_assert_num_queries):
    for refused in (set(), set(), {"mail"}):
        with django_assert_num_queries(1):
            assert limits.beyond({"write": "a", "mail": "ouder@example.org"}) == refused


@pytest.mark.django_db
def test_capitals_make_no_other_address_and_none_is_kept():
    limits.beyond({"mail": "Ouder@Example.org"})
    limits.beyond({"mail": "ouder@example.org"})
    assert limits.beyond({"mail": "ouder@example.org"}) == {"mail"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT werkplaats_limit::text FROM werkplaats_limit")
        assert "example" not in str(cursor.fetchall())


@pytest.mark.django_db
def test_what_counts_no_more_is_forgotten(clock):
    limits.beyond({"write": "a", "mail": "b"})
    clock(minutes=2)
    limits.forget_old()
    assert [row.most for row in Limit.objects.all()] == [[3, 5]]
    clock(days=1)
    limits.forget_old()
    assert not Limit.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_sixteen_at_once_count_each_other():
    def write(_):
        try:
            return limits.beyond({"write": "a"})
        finally:
            connection.close()

    with ThreadPoolExecutor(16) as pool:
        assert list(pool.map(write, range(16))).count(set()) == 3
