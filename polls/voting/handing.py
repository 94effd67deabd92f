"""Votes that change hands: two devices turned out to be one person, who now thinks what they voted last.

`ballots` are all there are: the models are built on this. Counts stay exact, because triggers keep them.
"""

from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from werkplaats.people.handing import until_it_fits


def hand_over(ballots: QuerySet[Any], old: UUID, new: UUID) -> None:
    """Gives the votes of visitor `old` to `new`."""
    until_it_fits(lambda: in_one_go(ballots, old, new))


def in_one_go(ballots: QuerySet[Any], old: UUID, new: UUID) -> None:
    """Poll by poll: in another order two who log in at the same moment would wait for each other's counts."""
    for given in by_poll(ballots, old, new):
        if not given[0].poll.repeat_votes:
            keep_last(ballots, given)
        renumber(ballots, given, new)


def by_poll(ballots: QuerySet[Any], old: UUID, new: UUID) -> list[list[Any]]:
    """The votes of both in each poll in which `old` voted, in order of time."""
    polls = ballots.filter(visitor=old).order_by().values("poll")
    votes = ballots.filter(visitor__in=[old, new], poll__in=polls).select_related("poll")
    in_order = votes.order_by("poll", "voted_at", "number", "pk")
    return [list(given) for _, given in groupby(in_order, key=lambda vote: vote.poll_id)]


def keep_last(ballots: QuerySet[Any], given: list[Any]) -> None:
    ballots.filter(pk__in=[vote.pk for vote in given[:-1]]).delete()
    del given[:-1]


def renumber(ballots: QuerySet[Any], given: list[Any], new: UUID) -> None:
    """Makes these, in order, the votes of one visitor, and has the trigger note again what came before each."""
    numbered = list(enumerate(given, start=1))
    for number, vote in reversed(numbered):  # from above: where a vote goes, none of the visitor's stands any more
        if (vote.visitor_id, vote.number) != (new, number):
            ballots.filter(pk=vote.pk).update(visitor=new, number=number, before=None)
    for number, vote in numbered[1:]:
        ballots.filter(pk=vote.pk).update(number=number)
