"""The page that says what came of a sign-up: true for who sent it, and silent on whose address it was already."""

import re
from datetime import timedelta
from urllib.parse import quote_plus

import pytest
from django.utils import timezone

from events import gate, tokens
from events.models.cafes import Cafe
from events.models.registrations import Registration
from events.places import Wish
from tests.events.mailing import forget, jobs
from tests.events.test_sign_up import sign_up
from tests.helpers import factories
from werkplaats.words import moment

pytestmark = pytest.mark.django_db


def test_the_same_address_again_changes_nothing_and_looks_the_same(client, client_factory):
    cafe = factories.cafe()
    first = sign_up(client, cafe).text
    before = Registration.objects.values().get()

    again = sign_up(client, cafe, name="Ander", wish="online", email="FATIMA@example.org").text
    stranger = sign_up(client_factory(), cafe, name="Vreemde").text
    assert "Je hebt een plaats in de zaal" in again  # what they have, not what they ask for now
    assert first == stranger
    assert Registration.objects.values().get() == before
    assert len(jobs()) == 1


def test_a_stranger_sees_what_a_new_address_would_have_got(client, client_factory):
    cafe = factories.cafe(room_capacity=1)
    sign_up(client, cafe)
    stranger = sign_up(client_factory(), cafe)
    assert "Je staat op de wachtlijst voor de zaal" in stranger.text
    other = sign_up(client_factory(), cafe, email="nieuw@example.org")
    assert without_tokens(stranger.text) == without_tokens(other.text)


def without_tokens(page: str) -> str:
    """The page without what differs each time that it is drawn."""
    return re.sub(r'(u=|csrfmiddlewaretoken" value=")[\w:.%-]+', "", page)


def take_also(client, page):
    """Presses the one button of the page of what came of it."""
    return client.post(page.redirect_chain[-1][0], follow=True)


def test_who_waits_for_the_room_takes_a_place_online_with_one_button(client):
    cafe = factories.cafe(room_capacity=1, online_capacity=1)
    factories.registration(cafe)
    own = sign_up(client, cafe, wishes="Soep", together="")
    sign_up(client, cafe, email="buur@example.org")  # of the same browser
    forget()
    assert "Ja, ik doe alvast online mee" in own.text
    for _ in range(2):
        page = take_also(client, own).text
        assert "Je doet online mee, en je staat op de wachtlijst voor de zaal" in page
        assert "Ja, ik doe alvast online mee" not in page
    fatima, buur = Registration.objects.order_by("pk")[1:]
    assert (fatima.seat, fatima.waits_for, fatima.wishes) == ("online", ["room"], "Soep")
    assert buur.seat is None and jobs() == [("change", fatima.pk)]


def test_the_button_of_who_cancelled_in_between_tells_that(client):
    cafe = factories.cafe(room_capacity=1)
    factories.registration(cafe)
    own = sign_up(client, cafe)
    fatima = Registration.objects.last()
    fatima.cancel()
    page = take_also(client, own).text
    assert "Je bent afgemeld" in page and "Wat gebeurt er nu?" not in page
    assert "Je doet online mee" not in page
    fatima.refresh_from_db()
    assert not fatima.is_coming


def test_the_page_of_what_came_of_it_keeps_up_with_the_own_sign_up_and_with_no_other(client, client_factory):
    cafe = factories.cafe(room_capacity=1, online_capacity=3)
    own, stranger = client, client_factory()
    addresses = [sign_up(each, cafe).redirect_chain[-1][0] for each in (own, stranger)]
    made = Registration.objects.get()
    told = without_tokens(stranger.get(addresses[1]).text)
    made.change(wish=Wish.ONLINE, people=1)
    assert "Je doet online mee" in own.get(addresses[0]).text
    made.cancel()
    page = own.get(addresses[0]).text
    assert "Je bent afgemeld" in page and "Met de link in je mail kun je terugkomen." in page
    assert "Tot " not in page and "Wat gebeurt er nu?" not in page
    assert without_tokens(stranger.get(addresses[1]).text) == told


def test_the_page_of_what_came_of_it_tells_the_new_date_of_a_cafe_that_moved(client):
    cafe = factories.cafe()
    address = sign_up(client, cafe).redirect_chain[-1][0]
    later = cafe.starts_at + timedelta(days=7)
    before = f"Tot {moment(cafe.starts_at)}!"
    cafe.move(by=None, starts_at=later, ends_at=later + timedelta(hours=2))
    page = client.get(address).text
    assert f"Tot {moment(later)}!" in page and before not in page


BEGUN = {"starts_at": timezone.now(), "ends_at": timezone.now() + timedelta(hours=1)}


@pytest.mark.parametrize("sent", ["get", "post"])
@pytest.mark.parametrize("state", [{"called_off_at": timezone.now()}, BEGUN])
def test_the_page_of_what_came_of_it_gives_way_once_there_is_nothing_ahead(client, client_factory, state, sent):
    cafe = factories.cafe()
    pages = [(each, sign_up(each, cafe).redirect_chain[-1][0]) for each in (client, client_factory())]
    Cafe.objects.update(**state)
    for each, address in pages:
        answer = getattr(each, sent)(address)
        assert (answer.status_code, answer["Location"]) == (302, cafe.get_absolute_url())


def test_the_button_that_finds_the_cafe_held_asks_to_try_again_above_how_it_stands(client, monkeypatch):
    cafe = factories.cafe(room_capacity=1)
    factories.registration(cafe)
    own = sign_up(client, cafe)
    stuck = gate.Gate(1)
    stuck.since = [0.0]  # somebody who never comes through
    monkeypatch.setattr(gate, "cafes", stuck)
    page = client.post(own.redirect_chain[-1][0])
    assert (page.status_code, page["Retry-After"]) == (503, "5")
    assert page.text.count("data-focus") == 1
    assert page.text.index("data-focus") < page.text.index("Probeer het zo nog eens") < page.text.index('id="gelukt"')
    assert "Ja, ik doe alvast online mee" in page.text


def test_the_button_finds_a_sign_up_of_which_the_address_was_put_right(client):
    cafe = factories.cafe(room_capacity=1)
    factories.registration(cafe)
    own = sign_up(client, cafe)
    Registration.objects.filter(pk=Registration.objects.last().pk).update(email="anders@example.org")
    take_also(client, own)
    assert Registration.objects.last().seat == "online"


@pytest.mark.parametrize("wish", ["room", "online"])
def test_the_page_of_what_came_of_it_says_where_to_be_and_keeps_what_goes_by_mail_alone(client, wish):
    cafe = factories.cafe(room_capacity=1, late="Bel aan bij de zijdeur", route="Langs de kerk")
    page = sign_up(client, cafe, wish=wish).text
    assert "calendar.google.com" in page and "outlook.office.com" in page
    assert ("Bel aan bij de zijdeur" in page) == (wish == "room") == ("later aansluiten" not in page)
    assert (cafe.room in page) == (quote_plus(cafe.room) in page) == (wish == "room")
    registration = Registration.objects.get()
    secrets = [cafe.online_link, quote_plus(cafe.online_link), tokens.token(registration), cafe.route]
    assert not [secret for secret in secrets if secret in page]
    waits = sign_up(client, cafe, email="b@example.org").text if wish == "room" else ""
    assert "Bel aan" not in waits and "calendar.google.com" not in waits


def test_the_button_of_a_stranger_changes_nothing_and_answers_the_same(client, client_factory):
    cafe = factories.cafe(room_capacity=1)
    factories.registration(cafe)
    sign_up(client, cafe)
    before = list(Registration.objects.values())
    stranger = client_factory()
    page = take_also(stranger, sign_up(stranger, cafe)).text
    assert list(Registration.objects.values()) == before
    notice = page.partition('class="notice')[2].partition("</div>\n  </div>")[0]
    assert "Je doet online mee" in notice and "Was dit adres al aangemeld? Dan verandert er niets" in notice
    other = client_factory()
    assert page == take_also(other, sign_up(other, cafe, email="nieuw@example.org")).text
    assert "Je doet online mee, en je staat op de wachtlijst voor de zaal" in page


@pytest.mark.parametrize(("taken", "people", "offered"), [(1, 1, True), (1, 2, False), (2, 1, False)])
def test_the_other_kind_is_offered_when_it_has_places_for_all_who_come(client, taken, people, offered):
    cafe = factories.cafe(room_capacity=1, online_capacity=2)
    factories.registration(cafe)
    for _ in range(taken):
        factories.registration(cafe, wish="online")
    page = sign_up(client, cafe, **({"together": "on"} if people == 2 else {})).text
    assert ("Online is nog plaats" in page) == offered


@pytest.mark.parametrize("last_hours", [False, True])
def test_what_becomes_of_who_waits_is_told_alike_everywhere_also_in_the_last_hours(client, last_hours):
    cafe = factories.cafe(room_capacity=1, asks_from=timezone.now() if last_hours else None)
    factories.registration(cafe)
    form_page = client.get(cafe.get_absolute_url()).text
    outcome = sign_up(client, cafe).text
    own = client.get(Registration.objects.last().get_absolute_url()).text
    assert "komt er in de zaal een plaats vrij" in form_page and "komt er in de zaal een plaats vrij" in own
    assert "komt daar een plaats vrij" in outcome and "komt daar een plaats vrij" in own
    for text in (form_page, outcome, own):
        assert ("dan vragen we je met een mail" in text) == last_hours
        assert ("dan schuif je door" in text) != last_hours


@pytest.mark.parametrize("last_hours", [False, True])
@pytest.mark.parametrize("people", [1, 2])
def test_a_pair_that_waits_is_told_that_it_needs_two_places_at_once(client, people, last_hours):
    cafe = factories.cafe(room_capacity=1, asks_from=timezone.now() if last_hours else None)
    factories.registration(cafe)
    page = sign_up(client, cafe, **({"together": "on"} if people == 2 else {})).text
    own = client.get(Registration.objects.last().get_absolute_url()).text
    for text in (page, own):
        assert ("Jullie hebben twee plaatsen tegelijk nodig." in text) == (people == 2)
        assert ("Komt er één vrij, dan gaat die naar wie alleen komt." in text) == (people == 2 and not last_hours)
        assert ("De eerste die ja zegt, heeft ze." in text) == (people == 2 and last_hours)
        assert ("Komt er een plaats vrij" in text) == (people == 1)


def test_the_page_of_what_came_of_it_is_for_who_sent_it_only(client, client_factory):
    cafe, other = factories.cafe(), factories.cafe()
    page = sign_up(client, cafe)
    url = page.redirect_chain[0][0]
    assert client.get(url).status_code == 200
    assert client_factory().get(url).status_code == 302
    assert client.get(url.replace(cafe.slug, other.slug)).status_code == 302
    assert client.get(url + "x").status_code == 302
    assert client.get(url.partition("?")[0]).status_code == 302
    assert tokens.token(Registration.objects.get()) not in page.text


@pytest.fixture
def client_factory():
    from django.test import Client

    return Client
