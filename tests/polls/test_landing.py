"""The piece of the landing page: the poll to vote in right there, and the newest wensbeelden."""

import pytest
from django.template.loader import render_to_string

from polls.landing import read
from tests.helpers import factories, kept
from tests.helpers.browsers import as_visitor
from werkplaats.site.models import Site

pytestmark = pytest.mark.django_db


def piece(rf, visitor=None) -> str:
    request = rf.get("/")
    request.visitor_id = visitor and visitor.pk
    return render_to_string("polls/landing.html", read(request, Site.objects.load()), request)


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("who", ["stranger", "voter"])
def test_two_queries_whoever_asks(rf, django_assert_num_queries, rows, who):
    poll, visitor = factories.poll(), factories.visitor()
    for _ in range(rows):
        factories.wensbeeld(role=factories.role())
        factories.vote(poll, factories.visitor(), poll.choices.first())
    factories.vote(poll, visitor, poll.choices.first())
    request = rf.get("/")
    request.visitor_id = visitor.pk if who == "voter" else None
    site = Site.objects.load()
    for _ in ("cold", "warm"):
        with django_assert_num_queries(2):  # the poll with its results, the newest wensbeelden
            render_to_string("polls/landing.html", read(request, site), request)


def test_stranger_can_vote_and_voter_sees_the_answer(rf):
    poll, visitor = factories.poll(), factories.visitor()
    factories.vote(poll, visitor, poll.choices.get(text="nee"))
    assert 'class="vote"' in piece(rf)
    voted = piece(rf, visitor)
    assert 'class="vote"' not in voted
    assert "Toch bedankt dat je meedenkt" in voted
    assert "Stem opnieuw" in voted


def test_newest_four_that_are_public(rf):
    for number in range(6):
        factories.wensbeeld(text=f"Wens {number}")
    sender = factories.visitor()
    factories.wensbeeld(text="Wacht nog", published=False, visitor=sender)
    page = piece(rf, sender)
    assert [f"Wens {number}" in page for number in range(6)] == [False, False, True, True, True, True]
    assert "Wacht nog" not in page


def test_nothing_to_show_is_no_section(rf):
    factories.poll(on_landing_page=False)
    assert "<section" not in piece(rf)


def test_cards_are_kept_and_hold_no_personal_state(client):
    kept.forget()
    sender = factories.visitor()
    factories.wensbeeld(visitor=sender, text="Van mij")
    as_visitor(client, sender)
    assert "Haal je wensbeeld terug" in client.get("/wensbeelden/").text
    client.cookies.clear()
    page = client.get("/wensbeelden/").text
    assert "Van mij" in page
    assert "Haal je wensbeeld terug" not in page
