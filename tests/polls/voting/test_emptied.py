"""Votes outlive their visitor: emptying it changes no count, and the movement stays as far as it can be known."""

from datetime import UTC, datetime

import pytest

from polls.voting.models import Ballot, Poll
from polls.voting.movement import latest_of, movement_of, per_day
from tests.helpers import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def poll():
    """Three people: one moved, one went there and back and there again, one voted once."""
    poll = factories.poll()
    choices = {choice.text: choice for choice in poll.choices.all()}
    for votes in (["nee", "ja"], ["nee", "ja", "nee", "ja"], ["ja"]):
        visitor = factories.visitor()
        for number, text in enumerate(votes, start=1):
            at = datetime(2026, 10, number, 12, tzinfo=UTC)
            Ballot.objects.create(poll=poll, choice=choices[text], visitor=visitor, number=number, voted_at=at)
    return poll


def counted(poll) -> list:
    shown = Poll.objects.shown_to(None, poll.slug)
    votes = [(option.text, option.votes, option.first_votes) for option in shown.options]
    return [votes, shown.people, latest_of(shown), per_day(shown)]


def moves(poll) -> list:
    movement = movement_of(Poll.objects.shown_to(None, poll.slug))
    return [(move.before, move.after, move.people, move.counts) for move in movement.moves]


def test_every_count_stays(poll):
    before = counted(poll)
    assert before[:2] == [[("ja", 4, 1), ("nee", 3, 2), ("nog niet", 0, 0)], 3]
    assert sum(before[2].values()) == 3
    Ballot.objects.update(visitor=None)
    assert counted(poll) == before


def test_movement_stays_also_of_those_who_went_back_and_forth(poll):
    before = [("nee", "ja", 2, [1 + 1, 0, 1]), ("ja", "nee", 1, [0, 1, 0])]
    assert moves(poll) == before
    Ballot.objects.update(visitor=None)
    assert moves(poll) == before


def test_without_a_series_nobody_knows_that_two_steps_were_one_persons(poll):
    Ballot.objects.update(visitor=None)
    Ballot.objects.update(series=None)
    assert moves(poll) == [("nee", "ja", 3, [1 + 1, 0, 1]), ("ja", "nee", 1, [0, 1, 0])]


def test_whoever_votes_again_counts_as_somebody_new(poll):
    visitor = Ballot.objects.order_by("pk").first().visitor
    Ballot.objects.update(visitor=None)
    factories.vote(poll, visitor, poll.choices.get(text="nee"), number=3)
    ballot = Ballot.objects.get(visitor=visitor)
    assert (ballot.number, ballot.before) == (1, None)
    assert Poll.objects.shown_to(None, poll.slug).people == 4


def test_a_merge_remembers_what_was_chosen_before(poll):
    choice = {choice.text: choice for choice in poll.choices.all()}
    old, new = factories.visitor(), factories.visitor()
    factories.vote(poll, new, choice["nog niet"])
    factories.vote(poll, old, choice["ja"])
    Ballot.objects.get(visitor=old).give_to(new)
    assert Ballot.objects.get(visitor=new, number=2).before == choice["nog niet"]
