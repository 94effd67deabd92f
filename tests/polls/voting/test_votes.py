"""Voting: one tap is one vote, "Stem opnieuw" is a deliberate next one; votes and people count apart."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from polls.voting.models import Ballot, Poll
from tests.helpers import factories
from werkplaats.people import visitors
from werkplaats.words import moment

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def poll():
    return factories.poll()


def choose(client, poll, text, number=1, **headers):
    choice = poll.choices.get(text=text)
    return client.post(f"/peilingen/{poll.slug}/stem/", {"choice": choice.pk, "number": number}, headers=headers)


def counted(poll) -> tuple[dict[str, int], int]:
    """Votes per choice and people, as the site shows them."""
    shown = Poll.objects.shown_to(None, poll.slug)
    return {option.text: option.votes for option in shown.options}, shown.people


def test_vote_without_htmx_leads_to_the_answer(client, poll):
    response = choose(client, poll, "nog niet")
    assert response.status_code == 302
    assert response.url == "/peilingen/wensbeeld/#antwoord"
    page = client.get(response.url).text
    assert "Je stemde «nog niet»" in page
    assert "Probeer het later nog een keer" in page
    assert "1 stem van 1 persoon." in page
    assert "Laat je wensbeeld zien" not in page


def test_vote_with_htmx_answers_in_place(client, poll):
    response = choose(client, poll, "ja", **HTMX)
    assert response.status_code == 200
    assert "<html" not in response.text
    assert "Mooi! Laat het zien." in response.text
    assert 'href="/wensbeelden/insturen/?peiling=wensbeeld"' in response.text
    assert "data-focus" in response.text


def test_same_number_twice_is_one_vote_that_keeps_its_choice(client, poll):
    choose(client, poll, "ja")
    choose(client, poll, "nee")
    assert counted(poll) == ({"ja": 1, "nee": 0, "nog niet": 0}, 1)


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_a_vote_from_a_second_tab_that_does_not_count_is_told(client, poll, headers):
    choose(client, poll, "nog niet")
    choose(client, poll, "ja", number=2)
    refused = choose(client, poll, "nee", number=2, **headers)
    assert refused.status_code == 409
    assert "Deze stem is niet geteld: je stemde intussen al «ja»." in refused.text
    assert 'name="number" value="3"' in refused.text  # the next tap is a vote of its own
    assert choose(client, poll, "nee", number=3, **headers).status_code in (200, 302)
    assert counted(poll) == ({"ja": 1, "nee": 1, "nog niet": 1}, 1)


def pressed(page: str, text: str) -> str:
    """What the button with this text sends."""
    return re.search(rf'name="choice" value="([^"]+)"\s*[^>]*>{text}<', page)[1]


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
@pytest.mark.parametrize("renamed", ["its words", "the question", "another choice"])
@pytest.mark.parametrize("place", ["/peilingen/wensbeeld/", "/"])
@pytest.mark.parametrize("voted", [False, True])
def test_a_vote_is_for_the_words_that_were_read(client, poll, headers, renamed, place, voted):
    if voted:
        choose(client, poll, "nog niet")
    number = 2 if voted else 1
    page = client.get("/peilingen/wensbeeld/?opnieuw=1" if voted else place).text
    sent = {"choice": pressed(page, "nee"), "number": number, "plek": "voorpagina" if place == "/" else ""}
    if renamed == "the question":
        Poll.objects.update(question="Heb je er geen?")
    else:
        text = "nee" if renamed == "its words" else "ja"
        poll.choices.filter(text=text).update(text="Ja, natuurlijk")
    answer = client.post("/peilingen/wensbeeld/stem/", sent, headers=headers)
    if renamed == "another choice":
        assert answer.status_code in (200, 302) and Ballot.objects.filter(choice__text="nee").exists()
        return
    assert answer.status_code == 409
    assert "Lees opnieuw, en kies dan" in answer.text
    assert Ballot.objects.count() == voted
    # By htmx the question around the panel is the old one.
    assert f"<b>{Poll.objects.get().question}</b>" in answer.text or not headers
    new = pressed(answer.text, "Ja, natuurlijk" if renamed == "its words" else "nee")
    assert client.post("/peilingen/wensbeeld/stem/", {**sent, "choice": new}, headers=headers).status_code in (200, 302)
    assert Ballot.objects.filter(choice=new.split(".")[0], number=number).exists()


def test_vote_again_only_after_asking_for_it(client, poll):
    choose(client, poll, "nog niet")
    assert 'name="number"' not in client.get("/peilingen/wensbeeld/").text
    assert 'name="number" value="2"' in client.get("/peilingen/wensbeeld/?opnieuw=1").text
    for _ in range(2):
        choose(client, poll, "ja", number=2)
    assert counted(poll) == ({"ja": 1, "nee": 0, "nog niet": 1}, 1)
    page = client.get("/peilingen/wensbeeld/").text
    assert "2 stemmen van 1 persoon." in page
    assert "Je stemde «ja», je 2e stem" in page


def test_vote_again_shows_what_is_asked_by_now(client, poll):
    choose(client, poll, "ja")
    Poll.objects.update(question="Moet het stoppen?")
    assert "<b>Moet het stoppen?</b>" in client.get("/peilingen/wensbeeld/?opnieuw=1", headers=HTMX).text
    assert "<b>Moet het stoppen?</b>" not in client.get("/peilingen/wensbeeld/?opnieuw=1").text


@pytest.mark.parametrize("number", ["7", "0", "-1", "twee", "", "9" * 5000, "32768"])
def test_number_that_was_never_handed_out_is_the_first_vote(client, poll, number):
    for _ in range(2):
        choose(client, poll, "ja", number=number)
    assert Ballot.objects.get().number == 1


def test_without_repeat_votes_the_vote_changes(client):
    poll = factories.poll(repeat_votes=False)
    choose(client, poll, "ja")
    assert 'aria-pressed="true">ja<' in client.get("/peilingen/wensbeeld/?opnieuw=1").text
    choose(client, poll, "nee", number=2)
    assert counted(poll) == ({"ja": 0, "nee": 1, "nog niet": 0}, 1)
    assert "1 persoon stemde." in client.get("/peilingen/wensbeeld/").text


@pytest.mark.parametrize("choice", ["", "0", "999999", "9" * 40, "ja", "<b>", "1.", "1.x"])
def test_unknown_choice_writes_nothing(client, poll, choice):
    response = client.post("/peilingen/wensbeeld/stem/", {"choice": choice, "number": "1"})
    assert response.status_code == 422
    assert "Kies een van de antwoorden." in response.text
    assert not Ballot.objects.exists()
    assert visitors.COOKIE.name not in response.cookies


def test_choice_of_another_poll_is_no_choice(client, poll):
    other = factories.poll(slug="ander", on_landing_page=False)
    response = client.post("/peilingen/ander/stem/", {"choice": poll.choices.first().pk})
    assert response.status_code == 422
    assert not other.ballots.exists()


def test_closed_poll_shows_its_results_and_counts_no_more(client, poll):
    choose(client, poll, "ja")
    poll.closes_at = timezone.now()
    poll.save()
    page = client.get("/peilingen/wensbeeld/").text
    assert "Deze peiling is gesloten" in page
    assert "1 stem van 1 persoon." in page
    assert '<button class="vote"' not in page
    response = choose(client, poll, "nee", number=2)
    assert response.status_code == 409
    assert "Je stem is niet geteld" in response.text
    assert counted(poll)[0]["nee"] == 0


def test_poll_to_come_says_when(client, poll):
    poll.opens_at = timezone.now() + timedelta(days=400)
    poll.save()
    page = client.get("/peilingen/wensbeeld/").text
    assert "Je kunt hier stemmen vanaf" in page
    assert "Er zijn nog geen stemmen." in page
    response = choose(client, poll, "ja")
    assert response.status_code == 409
    assert visitors.COOKIE.name not in response.cookies


@pytest.mark.parametrize("repeat", [True, False])
def test_an_open_poll_says_until_when(client, repeat):
    closes = timezone.now() + timedelta(days=400)
    poll = factories.poll(repeat_votes=repeat, closes_at=closes)
    again = "Je kunt stemmen tot" if repeat else "Wijzigen kan tot"
    for address in ("/peilingen/wensbeeld/", "/"):
        assert f"Je kunt stemmen tot {moment(closes)}." in client.get(address).text
    choose(client, poll, "ja")
    for address in ("/peilingen/wensbeeld/", "/", "/peilingen/wensbeeld/?opnieuw=1"):
        assert client.get(address).text.count(f"{again} {moment(closes)}.") == 1
    Poll.objects.update(closes_at=None)
    assert "kan tot" not in client.get("/").text
    Poll.objects.update(closes_at=timezone.now())
    assert "tot " + moment(timezone.now()) not in client.get("/").text


def test_results_in_words_and_bars(client, poll):
    for text, times in (("ja", 2), ("nee", 1)):
        for _ in range(times):
            factories.vote(poll, factories.visitor(), poll.choices.get(text=text))
    page = client.get("/peilingen/wensbeeld/").text
    assert "<span>2 stemmen · 67%</span>" in page
    assert "<span>1 stem · 33%</span>" in page
    assert 'rect width="67"' in page
    assert "3 stemmen van 3 mensen." in page
    assert "Bekijk de uitslag zonder te stemmen" in page


def test_poll_without_votes(client, poll):
    page = client.get("/peilingen/wensbeeld/").text
    assert "Er zijn nog geen stemmen. Jij kunt de eerste zijn." in page
    assert page.index(">ja<") < page.index(">nee<") < page.index(">nog niet<")


def test_unknown_poll_is_not_found(client, poll):
    assert client.get("/peilingen/bestaat-niet/").status_code == 404
    assert client.post("/peilingen/bestaat-niet/stem/").status_code == 404
    assert client.get("/peilingen/wensbeeld/stem/").url == "/peilingen/wensbeeld/"


def test_erased_visitor_is_no_longer_counted(poll):
    visitor = factories.visitor()
    factories.vote(poll, visitor, poll.choices.get(text="ja"))
    visitor.delete()
    assert counted(poll) == ({"ja": 0, "nee": 0, "nog niet": 0}, 0)


@pytest.mark.parametrize("polls", [1, 3])
def test_poll_page_takes_two_queries(client, poll, django_assert_num_queries, polls):
    for number in range(polls):
        factories.poll(slug=f"peiling-{number}", on_landing_page=False)
        factories.vote(poll, factories.visitor(), poll.choices.first())
    with django_assert_num_queries(2):  # the poll with its results; the site
        client.get("/peilingen/wensbeeld/")


def test_vote_takes_few_queries(client, poll, django_assert_num_queries):
    choose(client, poll, "ja")
    again = {"choice": poll.choices.first().pk, "number": 2}
    with django_assert_num_queries(1):  # the results come along
        client.post("/peilingen/wensbeeld/stem/", again, headers=HTMX)
    with django_assert_num_queries(1):
        client.post("/peilingen/wensbeeld/stem/", again)
