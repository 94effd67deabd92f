"""Unconfirmed and without a place: the page tells what everyone is told, and «Ik kom» gives what is free then."""

import re

import pytest
from django.utils import timezone

from events.models import mail_jobs
from events.models.cafes import Cafe
from tests.events import mailing
from tests.helpers import factories

pytestmark = pytest.mark.django_db
FREE = "Misschien is er een plaats in de zaal vrij. Druk op «Ik kom», dan zie je het meteen. Is die net weg, dan sta je"
NONE = "Er is nu geen plaats vrij."
QUEUE = "Druk op «Ik kom», dan sta je op de wachtlijst."


def waiting(cafe, **fields):
    """Unconfirmed, signed up while the café was full."""
    made = factories.registration(cafe, name="Noor", firm=False, **fields)
    assert made.waits_for
    return made


def asks(cafe, asking: bool) -> None:
    if asking:
        Cafe.objects.filter(pk=cafe.pk).update(asks_from=timezone.now())


def page_of(client, made) -> str:
    return " ".join(client.get(made.get_absolute_url()).text.split())


def press(client, made):
    mailing.forget()
    answer = client.post(f"{made.get_absolute_url()}ik-kom/", follow=True)
    assert answer.status_code == 200
    made.refresh_from_db()
    return made.seat, made.waits_for


@pytest.mark.parametrize("asking", [True, False])
def test_a_place_that_is_free_is_told_and_taken_at_once(client, settings, tmp_path, asking):
    cafe = factories.cafe(room_capacity=1, online_capacity=0)
    leaves = factories.registration(cafe)
    made = waiting(cafe)
    asks(cafe, asking)
    leaves.cancel()
    folder = mailing.folder(settings, tmp_path)
    mailing.forget()
    mail_jobs.leave("events.tasks.send_confirmation", [made])
    (mail,) = mailing.deliver(folder)
    assert FREE in mail.get_body(("plain",)).get_content()
    page = page_of(client, made)
    assert FREE in page and NONE not in page and "ja/" not in page
    assert press(client, made) == ("room", [])
    assert mailing.jobs() == [("promotion", made.pk)]


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize("state", ["waits", "waits for the room", "cancelled"])
def test_no_page_or_mail_of_somebody_not_firm_tells_that_an_address_was_new(client, settings, tmp_path, known, state):
    """The last place: it is taken by an address that is new, and not by one that is known."""
    cafe = factories.cafe(room_capacity=2, online_capacity=1 if state == "waits for the room" else 0)
    factories.registration(cafe, email="bekend@example.org")
    leaves = factories.registration(cafe)
    made = waiting(cafe)
    if state == "cancelled":
        made.cancel()
    wish = "online" if state == "waits for the room" else "room"
    if wish == "room":
        leaves.cancel()
    folder = mailing.folder(settings, tmp_path)

    def told() -> list[str]:
        mailing.forget()
        mail_jobs.leave("events.tasks.send_confirmation", [made])
        mails = [mail.get_body(("plain",)).get_content() for mail in mailing.deliver(folder)]
        return [*mails, shown()]

    def shown() -> str:
        return re.sub(r'csrfmiddlewaretoken" value="[\w:.%-]+', "", page_of(client, made))

    before = told()
    assert any(words in before[-1] for words in (FREE, "Er was net nog plaats voor je", "Online is nog plaats"))
    factories.registration(cafe, email="bekend@example.org" if known else "nieuw@example.org", firm=False, wish=wish)
    assert told() == before


def test_two_places_are_told_as_two(client):
    cafe = factories.cafe(room_capacity=2, online_capacity=0)
    leaves = factories.registration(cafe, people=2)
    made = waiting(cafe, people=2)
    leaves.cancel()
    assert "Misschien zijn er twee plaatsen in de zaal vrij. Druk op «Ik kom»" in page_of(client, made)
    assert press(client, made) == ("room", [])


@pytest.mark.parametrize("asking", [True, False])
def test_without_a_free_place_the_queue_is_told(client, asking):
    cafe = factories.cafe(room_capacity=1, online_capacity=0)
    factories.registration(cafe)
    made = waiting(cafe)
    asks(cafe, asking)
    page = page_of(client, made)
    assert f"{NONE} {QUEUE}" in page
    assert press(client, made) == (None, ["room"])


@pytest.mark.parametrize("first", ["firm", "unconfirmed"])
def test_who_is_firm_and_waits_longer_goes_first(client, first):
    cafe = factories.cafe(room_capacity=1, online_capacity=0)
    leaves = factories.registration(cafe)
    if first == "firm":
        ahead, made = factories.registration(cafe), waiting(cafe)
    else:
        made, ahead = waiting(cafe), factories.registration(cafe)
    asks(cafe, True)
    leaves.cancel()
    page = page_of(client, made)
    assert NONE not in page and QUEUE not in page and FREE in page and "ja/" not in page
    assert press(client, made) == ((None, ["room"]) if first == "firm" else ("room", []))
    ahead.refresh_from_db()
    assert ahead.seat is None


def test_a_pair_ahead_that_does_not_fit_keeps_nobody_from_one_place(client):
    cafe = factories.cafe(room_capacity=1, online_capacity=0)
    leaves = factories.registration(cafe)
    factories.registration(cafe, people=2)
    made = waiting(cafe)
    asks(cafe, True)
    leaves.cancel()
    assert FREE in page_of(client, made) and press(client, made) == ("room", [])
