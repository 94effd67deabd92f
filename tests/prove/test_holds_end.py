"""A hold ends in one way: whatever happens to it at the same moment, one thing becomes of it."""

from collections import Counter

import pytest
from django.db import IntegrityError, OperationalError

from tests.events import hold_race
from tests.helpers.no_lock import no_lock

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS, CONTROL = 200, 10


def test_200_rounds_of_everything_at_once():
    ends: Counter[str] = Counter()
    for seed in range(ROUNDS):
        ends.update(hold_race.one_round(seed))
    print(", ".join(f"{state}: in {times} rounds" for state, times in ends.most_common()))
    # Or the rounds were all alike, and nothing raced.
    assert {"cancelled", "firm, room", "firm, waits", "unconfirmed, waits"} <= ends.keys()


def test_without_the_lock_a_hold_ends_in_two_ways(monkeypatch):
    """The control: if nothing goes wrong here, the rounds above cannot tell a lock from none.

    People overwrite what others did, or wait for each other for good (a deadlock, which PostgreSQL breaks off).
    """
    wrong: Counter[str] = Counter()
    with no_lock(monkeypatch, pause=0.005):
        for seed in range(CONTROL):
            try:
                hold_race.one_round(seed)
            except (AssertionError, IntegrityError, OperationalError) as error:
                wrong[str(error).partition("\n")[0] or "something impossible"] += 1
    print(f"without the lock: {wrong.total()} of {CONTROL} rounds go wrong: {dict(wrong)}")
    assert wrong.total() > CONTROL // 2
