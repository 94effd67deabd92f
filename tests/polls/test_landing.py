"""The piece of the landing page: the poll to vote in right there, and the newest wensbeelden."""

import pytest
from django.test import Client

from tests.helpers import factories, kept
from tests.helpers.browsers import as_visitor, browser_of

pytestmark = pytest.mark.django_db


def piece(visitor=None) -> str:
    return (browser_of(visitor) if visitor else Client()).get("/").text


def test_stranger_can_vote_and_voter_sees_the_answer():
    poll, visitor = factories.poll(), factories.visitor()
    factories.vote(poll, visitor, poll.choices.get(text="nee"))
    for _ in ("cold", "warm"):
        assert 'class="vote"' in piece()
        voted = piece(visitor)
        assert 'class="vote"' not in voted
        assert "Toch bedankt dat je meedenkt" in voted
        assert "Stem opnieuw" in voted


def test_newest_four_that_are_public():
    for number in range(6):
        factories.wensbeeld(text=f"Wens {number}")
    sender = factories.visitor()
    factories.wensbeeld(text="Wacht nog", published=False, visitor=sender)
    page = piece(sender)
    assert [f"Wens {number}" in page for number in range(6)] == [False, False, True, True, True, True]
    assert "Wacht nog" not in page


def test_nothing_to_show_is_no_section():
    factories.poll(on_landing_page=False)
    assert 'class="poll' not in piece()
    assert 'id="wensbeelden"' not in piece()


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
