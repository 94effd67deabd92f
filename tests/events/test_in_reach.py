"""Unconfirmed and without a place: what the page says that «Ik kom» gives is what it gives, also in the last hours."""

import pytest
from django.utils import timezone

from events.models import mail_jobs
from events.models.cafes import Cafe
from tests.events import mailing
from tests.helpers import factories

pytestmark = pytest.mark.django_db
FREE = "Er is een plaats in de zaal vrij. Druk op «Ik kom», dan is die voor jou."
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


def test_two_places_are_told_as_two(client):
    cafe = factories.cafe(room_capacity=2, online_capacity=0)
    leaves = factories.registration(cafe, people=2)
    made = waiting(cafe, people=2)
    leaves.cancel()
    assert "Er zijn twee plaatsen in de zaal vrij. Druk op «Ik kom», dan zijn die voor jou." in page_of(client, made)
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
    assert NONE not in page and (QUEUE in page) == (first == "firm") and (FREE in page) == (first != "firm")
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
