"""Roles under five are withheld, and nothing betrays them: an attacker subtracts all from all, over time too."""

import random
from collections import defaultdict
from itertools import cycle, islice, product

import pytest

from plan.reading.withholding import FEW, NONE, Told, tell

UP, DOWN = 0, 2


def table(votes) -> dict[int, tuple[int, int, int]]:
    """Of (role, value) each."""
    counts: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
    for role, value in votes:
        counts[role][value] += 1
    return {role: tuple(of_role) for role, of_role in counts.items()}


@pytest.mark.parametrize(
    ("now", "shown", "others"),
    [
        ({1: (8, 0, 1), 2: (11, 0, 3)}, {1: (8, 0, 1), 2: (11, 0, 3)}, 0),  # as in the issue
        ({1: (4, 0, 0)}, None, 0),
        ({1: (4, 0, 0), 2: (4, 0, 0)}, {}, 8),
        ({1: (8, 0, 1), 2: (1, 0, 1)}, {}, 11),  # else the totals tell the two
        ({1: (8, 0, 1), 2: (6, 0, 0), 3: (1, 0, 1)}, {1: (8, 0, 1)}, 8),
        ({1: (8, 0, 1), 2: (1, 0, 1), 3: (3, 0, 0)}, {1: (8, 0, 1)}, 5),
        ({1: (8, 0, 1), 2: (1, 0, 0), 3: (3, 0, 0)}, {}, 13),  # four left are too few
        ({0: (5, 0, 1), 1: (2, 3, 1)}, {0: (5, 0, 1), 1: (2, 3, 1)}, 0),  # unknown is told as such
    ],
)
def test_what_is_told_at_first(now, shown, others):
    told = tell(None, now)
    if shown is None:
        assert told is None
    else:
        assert (told.shown, told.others) == (shown, others)


def test_one_more_changes_nothing_and_five_more_of_a_role_are_told():
    first = tell(None, {1: (8, 0, 1), 2: (11, 0, 3)})
    for now in (
        {1: (9, 0, 1), 2: (11, 0, 3)},
        {1: (7, 0, 1), 2: (11, 0, 3)},
        {1: (7, 0, 2), 2: (11, 0, 3)},
        {1: (8, 0, 1), 2: (11, 0, 3), 3: (1, 0, 0)},
        {1: (10, 0, 1), 2: (13, 0, 3)},
    ):
        assert tell(first, now) is first
    assert tell(first, {1: (10, 0, 1), 2: (13, 0, 4)}).shown == first.shown, "five more, but of two roles"
    assert tell(first, {1: (13, 0, 1), 2: (11, 0, 3)}).shown == {1: (13, 0, 1), 2: (11, 0, 3)}


def test_a_role_that_fell_below_five_goes_with_company():
    first = tell(None, {1: (9, 0, 0), 2: (9, 0, 0)})
    assert tell(first, {1: (2, 0, 0), 2: (9, 0, 0)}).shown == first.shown, "else the two that stay are betrayed"
    assert tell(first, {1: (2, 0, 0), 2: (9, 0, 0), 3: (4, 0, 0)}).shown == {2: (9, 0, 0)}


def worlds_of(values: tuple[int, ...], of: tuple[int, ...]) -> dict[tuple, list[tuple[int, ...]]]:
    """Every way in which these votes can be of these roles, by what somebody sees who looks after each of them.

    They know when each vote came and what it was; all but whose.
    """
    found: dict[tuple, list[tuple[int, ...]]] = defaultdict(list)

    def vote(roles: tuple[int, ...], told: Told | None, looks: tuple) -> None:
        if len(roles) == len(values):
            found[looks].append(roles)
            return
        for role in of:
            more = (*roles, role)
            then = tell(told, table(zip(more, values)))
            vote(more, then, (*looks, tuple(then.shown.items()) if then else ()))

    vote((), None, ())
    return found


PATTERNS = {"up": (UP,), "turns": (UP, DOWN), "thirds": (UP, UP, DOWN), "halves": (DOWN,) * 5 + (UP,) * 6}


@pytest.mark.parametrize(
    ("pattern", "of"), [("turns", (1, 2, 3)), *((name, (1, 2)) for name in PATTERNS)], ids=lambda each: str(each)
)
def test_the_differencing_attack_over_time_tells_no_small_role(pattern, of):
    """What looks the same to the attacker is compared: of whom no role is told, whose vote it was cannot be known.

    Nor how a role under five voted, before and after one more vote, or five.
    """
    values = tuple(islice(cycle(PATTERNS[pattern]), 12 if len(of) == 2 else 10))
    worlds = worlds_of(values, of)
    assert len(worlds) > 5, "the control: something is told"
    for looks, alike in worlds.items():
        told = {role for look in looks for role, _ in look}
        for number in range(1, len(values) + 1):
            tables = [table(zip(world[:number], values)) for world in alike]
            for role in set(of) - told:
                counts = {each.get(role, NONE) for each in tables}
                assert len(counts) > 1 or counts == {NONE}, (looks, number, role)
        for place in range(len(values)):
            possible = {world[place] for world in alike}
            assert len(possible) > 1 or possible <= told, (looks, place)


def test_one_more_vote_never_shows_whose_it_is():
    """All up, so that the votes themselves tell nothing: when more is told, the last who voted may be of two roles.

    Unless the last five are told together, or everybody is.
    """
    states: dict[tuple, set] = {(): {((), None)}}  # what was seen → the tables that there can be, with what was told
    for _ in range(16):
        then: dict[tuple, set] = defaultdict(set)
        last: dict[tuple, set[int]] = defaultdict(set)
        for looks, alike in states.items():
            for (now, told), role in product(alike, (1, 2, 3)):
                counts = dict(now) | {role: (dict(now).get(role, NONE)[0] + 1, 0, 0)}
                after = tell(Told(*map(dict, told)) if told else None, counts)
                shown = tuple(after.shown.items()) if after else ()
                seen = (*looks, (shown, bool(after and after.others)))
                key = after and (shown, tuple(sorted(after.seen.items())))
                then[seen].add((tuple(sorted(counts.items())), key))
                last[seen].add(role)
        for looks, roles in last.items():
            (old, _), (new, others) = looks[-2] if len(looks) > 1 else ((), False), looks[-1]
            more = sum(counts[0] for _, counts in new) - sum(counts[0] for _, counts in old)
            if old != new and others and more > FEW:  # else these very five are of one role, and all are told
                assert len(roles) > 1, looks
        states = then


@pytest.mark.parametrize(
    ("without", "always", "fails"),
    [
        ("is_safe", lambda *_: True, lambda: test_the_differencing_attack_over_time_tells_no_small_role("up", (1, 2))),
        ("tables_apart", lambda *_: FEW, test_one_more_vote_never_shows_whose_it_is),
    ],
    ids=["company", "five more"],
)
def test_the_attack_would_succeed_without_either_rule(monkeypatch, without, always, fails):
    """The control: the totals minus what is told are one role; one more vote shows whose it is."""
    monkeypatch.setattr(f"plan.reading.withholding.{without}", always)
    with pytest.raises(AssertionError):
        fails()


def test_over_a_long_time_with_changes_no_difference_is_small():
    """Thousands of steps: giving, changing, taking back. Of all that is told, each is set beside the one before."""
    chance = random.Random(16)
    votes: dict[int, tuple[int, int]] = {}
    told, told_anew = Told(), 0
    for _ in range(5000):
        who = chance.randrange(60)
        role, _ = votes.pop(who, (chance.choice((0, 1, 1, 1, 2, 2, 3)), 0))
        if chance.random() < 0.7:
            votes[who] = (role, chance.randrange(3))
        then = tell(told, table(votes.values()))
        if then.shown != told.shown:
            told_anew += 1
            check_step(told, then)
        told = then
    assert told_anew > 50


def check_step(before: Told, now: Told) -> None:
    for role in before.shown.keys() | now.shown.keys():
        old, new = before.shown.get(role, NONE), now.shown.get(role, NONE)
        assert old == new or sum(abs(one - other) for one, other in zip(old, new)) >= FEW, "of one role"
    rest = [
        sum(abs(all_of_it - told) for all_of_it, told in zip(now.seen.get(role, NONE), now.shown.get(role, NONE)))
        for role in now.seen.keys() | now.shown.keys()
    ]
    rest = [people for people in rest if people]
    assert not rest or (len(rest) > 1 and sum(rest) >= FEW), "the totals minus what is told"
