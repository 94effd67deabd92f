"""Two devices become one person: what they voted last in time is what they think, and every count is exact."""

from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime
from itertools import permutations
from threading import Barrier, BrokenBarrierError, Thread

import pytest
from django.db import OperationalError, connection

from polls.voting import handing
from polls.voting.models import Ballot, Poll
from tests.helpers import factories
from werkplaats.people import handing as people_handing
from werkplaats.people import visitors

pytestmark = pytest.mark.django_db
NAMES = {"j": "ja", "n": "nee", "w": "nog niet"}


def voted(poll, visitor, choices: str, days) -> None:
    """These votes of one visitor, in order, each on its day of October 2026."""
    for number, (letter, day) in enumerate(zip(choices, days, strict=True), start=1):
        choice = poll.choices.get(text=NAMES[letter])
        at = datetime(2026, 10, day, 12, tzinfo=UTC)
        poll.ballots.create(visitor=visitor, choice=choice, number=number, voted_at=at)


def votes_of(visitor) -> list[tuple[int, str, str]]:
    """Number, choice and the choice before, in order."""
    rows = Ballot.objects.filter(visitor=visitor).order_by("number")
    return [(row.number, row.choice.text[0], row.before.text[0] if row.before else "") for row in rows]


def is_exact(poll) -> bool:
    """Whether the counts of the triggers are those of the rows."""
    shown = Poll.objects.shown_to(None, poll.slug)
    rows = list(poll.ballots.values_list("choice", "number"))
    votes, first = Counter(choice for choice, _ in rows), Counter(choice for choice, number in rows if number == 1)
    return all((each.votes, each.first_votes) == (votes[each.pk], first[each.pk]) for each in shown.options)


@pytest.mark.parametrize("merged", ["old", "new"])
def test_an_older_vote_does_not_become_the_second(merged):
    """The laptop said «nee» on the 1st, the phone «ja» on the 2nd: ja, whichever is merged into which."""
    poll = factories.poll()
    laptop, phone = factories.visitor(), factories.visitor()
    voted(poll, laptop, "n", [1])
    voted(poll, phone, "j", [2])
    old, new = (laptop, phone) if merged == "old" else (phone, laptop)
    visitors.merge(old, new)
    assert votes_of(new) == [(1, "n", ""), (2, "j", "n")]
    assert Poll.objects.shown_to(new.pk, poll.slug).own.text == "ja"
    assert is_exact(poll)


@pytest.mark.parametrize("merged", ["old", "new"])
def test_without_repeat_votes_the_last_in_time_stays(merged):
    poll = factories.poll(repeat_votes=False)
    laptop, phone = factories.visitor(), factories.visitor()
    voted(poll, laptop, "n", [1])
    voted(poll, phone, "j", [2])
    old, new = (laptop, phone) if merged == "old" else (phone, laptop)
    visitors.merge(old, new)
    assert votes_of(new) == [(1, "j", "")]
    assert is_exact(poll)


@pytest.mark.parametrize("days", list(permutations([1, 2, 3, 4])))
def test_votes_of_two_devices_are_put_in_order_of_time(days):
    """Also when a device voted once after the other had voted several times."""
    poll = factories.poll()
    old, new = factories.visitor(), factories.visitor()
    voted(poll, old, "jw", sorted(days[:2]))
    voted(poll, new, "nj", sorted(days[2:]))
    by_time = sorted(zip([*sorted(days[:2]), *sorted(days[2:])], "jwnj", strict=True))
    visitors.merge(old, new)
    expected = [NAMES[letter][0] if letter != "w" else "n" for _, letter in by_time]
    assert [(number, choice) for number, choice, _ in votes_of(new)] == list(enumerate(expected, start=1))
    assert [before for *_, before in votes_of(new)] == ["", *expected[:-1]]
    assert is_exact(poll)


def test_a_device_that_never_voted_gets_the_votes_as_they_are():
    poll = factories.poll()
    old, new = factories.visitor(), factories.visitor()
    voted(poll, old, "nj", [1, 2])
    visitors.merge(old, new)
    assert votes_of(new) == [(1, "n", ""), (2, "j", "n")] and is_exact(poll)


# At the same moment


def in_shard(number: int) -> None:
    """Gives this thread a connection that counts in this shard: only then two wait for each other."""
    while True:
        connection.ensure_connection()
        if connection.connection.info.backend_pid % 16 == number:
            return
        connection.close()


def two_at_once(meet: Barrier, monkeypatch) -> list[Exception]:
    """Two people log in at once; each voted in two polls on both devices. Each waits after the first poll."""
    one, two = factories.poll(repeat_votes=False), factories.poll(repeat_votes=False, slug="b", on_landing_page=False)
    pairs = []
    for days in ([1, 2], [2, 1]):  # the one voted in the polls in another order than the other
        old, new = factories.visitor(), factories.visitor()
        for poll, day in zip((one, two), days, strict=True):
            voted(poll, old, "n", [day])
            voted(poll, new, "j", [day + 5])
        pairs.append((old, new))
    renumber, problems = handing.renumber, []

    def renumber_and_meet(*args):
        renumber(*args)
        with suppress(BrokenBarrierError):
            meet.wait()

    monkeypatch.setattr(handing, "renumber", renumber_and_meet)

    def log_in(old, new):
        try:
            in_shard(3)
            visitors.merge(old, new)
        except OperationalError as error:
            problems.append(error)
        finally:
            meet.abort()  # nobody comes any more
            connection.close()

    threads = [Thread(target=log_in, args=pair) for pair in pairs]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    if not problems:
        assert is_exact(one) and is_exact(two)
        assert {choice for _, new in pairs for _, choice, _ in votes_of(new)} == {"j"}
    return problems


@pytest.mark.django_db(transaction=True)
def test_two_who_log_in_at_once_do_not_wait_for_each_other_for_ever(monkeypatch):
    monkeypatch.setattr(people_handing, "ATTEMPTS", 1)
    assert two_at_once(Barrier(2, timeout=0.3), monkeypatch) == []


@pytest.mark.django_db(transaction=True)
def test_in_order_of_time_they_would(monkeypatch):
    """The negative control: as it was before, each in the order of their own votes."""
    by_poll = handing.by_poll

    def by_time(*args):
        return sorted(by_poll(*args), key=lambda given: given[0].voted_at)

    monkeypatch.setattr(people_handing, "ATTEMPTS", 1)
    monkeypatch.setattr(handing, "by_poll", by_time)
    problems = two_at_once(Barrier(2, timeout=60), monkeypatch)
    assert [type(problem) for problem in problems] == [OperationalError]
    assert "deadlock" in str(problems[0])


@pytest.mark.django_db(transaction=True)
def test_a_vote_on_the_one_device_while_the_other_is_merged(monkeypatch):
    """The vote takes the number that the merge meant to give: the merge counts again, and nothing is lost."""
    poll = factories.poll()
    old, new = factories.visitor(), factories.visitor()
    voted(poll, old, "n", [1])
    voted(poll, new, "j", [2])
    by_poll, pressed = handing.by_poll, []

    def vote():
        try:
            factories.vote(poll, new, poll.choices.get(text="nog niet"), number=2)
        finally:
            connection.close()

    def read_and_vote(*args):
        found = by_poll(*args)
        if not pressed:
            pressed.append(Thread(target=vote))
            pressed[0].start()
            pressed[0].join()
        return found

    monkeypatch.setattr(handing, "by_poll", read_and_vote)
    visitors.merge(old, new)
    assert [(number, choice) for number, choice, _ in votes_of(new)] == [(1, "n"), (2, "j"), (3, "n")]
    assert Poll.objects.shown_to(new.pk, poll.slug).own.text == "nog niet"
    assert is_exact(poll)
