"""Many votes at the same moment: the database decides, and the counts are exact."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import psycopg
import pytest
from django.db import connection, transaction
from django.test import Client

from polls.voting.models import Poll, Tally
from tests.helpers import factories
from tests.helpers.races import until_somebody_waits

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(vote, times: int, threads: int = 16) -> list:
    def run(number):
        try:
            return vote(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(run, range(times)))


def counted(poll) -> tuple[int, int]:
    shown = Poll.objects.shown_to(None, poll.slug)
    return shown.votes, shown.people


@pytest.mark.parametrize("repeat_votes", [True, False])
def test_fifty_taps_of_one_person_are_one_vote(repeat_votes):
    poll = factories.poll(repeat_votes=repeat_votes)
    visitor, choices = factories.visitor(), list(poll.choices.all())
    at_once(lambda number: factories.vote(poll, visitor, choices[number % 3], 1), 50)
    assert counted(poll) == (1, 1)
    assert poll.ballots.count() == 1


def test_fifty_second_votes_are_one():
    poll = factories.poll()
    visitor, choice = factories.visitor(), poll.choices.first()
    factories.vote(poll, visitor, choice)
    at_once(lambda number: factories.vote(poll, visitor, choice, 2), 50)
    assert counted(poll) == (2, 1)


def test_double_tap_of_a_stranger_is_one_person():
    poll = factories.poll()
    page = Client(enforce_csrf_checks=True)
    html = page.get("/peilingen/wensbeeld/").text
    token = html.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]

    def tap(number):
        browser = Client(enforce_csrf_checks=True)  # both taps leave before the first answer is there
        browser.cookies["csrf"] = page.cookies["csrf"].value
        data = {"choice": poll.choices.first().pk, "number": "1", "csrfmiddlewaretoken": token}
        return browser.post("/peilingen/wensbeeld/stem/", data).status_code

    assert at_once(tap, 8, threads=8) == [302] * 8
    assert counted(poll) == (1, 1)


def test_two_hundred_people_at_once_are_two_hundred_votes():
    poll = factories.poll()
    choices = list(poll.choices.all())

    def vote(number):
        data = {"choice": choices[number % 3].pk, "number": "1"}
        return Client().post("/peilingen/wensbeeld/stem/", data).status_code

    assert at_once(vote, 200) == [302] * 200
    shown = Poll.objects.shown_to(None, poll.slug)
    assert [option.votes for option in shown.options] == [67, 67, 66]
    assert shown.people == 200


def test_changing_votes_in_opposite_directions_leaves_exact_counts():
    poll = factories.poll(repeat_votes=False)
    choices, visitors = list(poll.choices.all()), [factories.visitor() for _ in range(8)]
    at_once(lambda number: factories.vote(poll, visitors[number % 8], choices[number % 3]), 120)
    shown = Poll.objects.shown_to(None, poll.slug)
    assert shown.votes == shown.people == 8
    assert [option.votes for option in shown.options] == [option.ballots.count() for option in shown.options]


def two_in_one_shard(opened: ExitStack) -> list[psycopg.Connection]:
    """Two connections that count in the same row of Tally; `opened` closes them."""
    by_shard: dict[int, psycopg.Connection] = {}
    while True:
        one = opened.enter_context(psycopg.connect(**connection.get_connection_params(), autocommit=True))
        shard = one.info.backend_pid % 16
        if shard in by_shard:
            return [by_shard[shard], one]
        by_shard[shard] = one


def test_votes_that_change_the_other_way_round_do_not_wait_for_each_other_for_ever():
    poll = factories.poll(repeat_votes=False)
    yes, no = poll.choices.order_by("pk")[:2]
    with ExitStack() as opened, ThreadPoolExecutor(2) as pool:
        pair = two_in_one_shard(opened)
        vote = "INSERT INTO polls_ballot (poll_id, choice_id, visitor_id, number, voted_at)"
        for database, choice in zip(pair, (yes, no)):
            database.execute(f"{vote} VALUES (%s, %s, %s, 1, now())", [poll.pk, choice.pk, factories.visitor().pk])

        def change(database, choice, to):
            database.execute("UPDATE polls_ballot SET choice_id = %s WHERE choice_id = %s", [to.pk, choice.pk])

        with transaction.atomic():
            Tally.objects.select_for_update().get(choice=yes)  # both come to stand behind this
            there = pool.submit(change, pair[0], yes, no)
            until_somebody_waits()
            back = pool.submit(change, pair[1], no, yes)
            until_somebody_waits(2)
        there.result(), back.result()
    assert [option.votes for option in Poll.objects.shown_to(None, poll.slug).options] == [1, 1, 0]


def test_choice_that_is_taken_away_while_it_is_made():
    poll = factories.poll()
    choice = poll.choices.get(text="nee")

    def vote(_):
        return Client().post("/peilingen/wensbeeld/stem/", {"choice": choice.pk, "number": "1"})

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            poll.choices.filter(pk=choice.pk).delete()
            answer = pool.submit(at_once, vote, 1, 1)
            until_somebody_waits()
        [response] = answer.result()
    assert response.status_code == 409
    assert "Deze keuze is er niet meer. Kies opnieuw." in response.text
    assert ">nee<" not in response.text
    assert counted(poll) == (0, 0)
