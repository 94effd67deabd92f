"""A coordinator decides about the sign-ups that the page showed, and not about what they became since."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from events.models.cafes import Cafe
from events.models.registrations import Registration
from tests.events import mailing
from tests.events.test_firm_in_the_admin import LIST
from tests.events.test_sign_up import sign_up
from tests.helpers import factories
from tests.helpers.shown import seen
from tests.werkplaats.backoffice.test_shown import shown_on

pytestmark = pytest.mark.django_db
EMAIL = "sanne@example.org"
ACTIONS = ["make_firm", "give_free", "cancel", "accept"]


def hold(action: str):
    """An unconfirmed sign-up about which this can be decided."""
    cafe = factories.cafe()
    made = factories.registration(cafe, email=EMAIL, name="Sanne", firm=False)
    if action == "accept":
        Cafe.objects.update(asks_from=timezone.now() - timedelta(minutes=1))
        Registration.objects.update(seat=None, queued_for_room_at=timezone.now())
    return Registration.objects.select_related("cafe").get(pk=made.pk)


def asks(action: str) -> bool:
    return action != "accept"


def press(staff, action: str, made, shown, *, sure: bool):
    data = {"action": action, "_selected_action": [made.pk], "gezien": shown}
    return staff.post(LIST, data | ({"_asked": "1"} if sure else {}), follow=True).text


@pytest.mark.parametrize("action", ACTIONS)
def test_what_became_of_a_row_since_the_page_is_left_alone(staff, action):
    made = hold(action)
    page = staff.get(LIST).text
    if asks(action):
        page = press(staff, action, made, shown_on(page), sure=False)
    made.cancel()
    sign_up(Client(), made.cafe, email=EMAIL, name="Iemand Anders")
    if action == "accept":
        Registration.objects.update(seat=None, queued_for_room_at=timezone.now())
    mailing.forget()
    before = Registration.objects.values().get()
    answer = press(staff, action, made, shown_on(page), sure=asks(action))
    assert "1 persoon is intussen gewijzigd: lees die opnieuw." in answer
    assert Registration.objects.values().get() == before and mailing.jobs() == []


@pytest.mark.parametrize("action", ACTIONS)
def test_what_the_page_showed_is_done(staff, action):
    made = hold(action)
    page = staff.get(LIST).text
    if asks(action):
        page = press(staff, action, made, shown_on(page), sure=False)
    before = Registration.objects.values().get()
    press(staff, action, made, shown_on(page), sure=asks(action))
    assert Registration.objects.values().get() != before


@pytest.mark.parametrize("action", ACTIONS)
def test_what_was_on_no_page_is_left_alone(staff, action):
    made = hold(action)
    before = Registration.objects.values().get()
    assert "niet op deze pagina te lezen" in press(staff, action, made, [], sure=True)
    assert Registration.objects.values().get() == before


def test_what_one_gives_another_makes_no_difference(staff):
    cafe = factories.cafe(room_capacity=2, online_capacity=0)
    first, second = (factories.registration(cafe, firm=False) for _ in range(2))
    waits = factories.registration(cafe)
    Registration.objects.filter(pk__in=[first.pk, second.pk]).update(
        holds_until=timezone.now() - timedelta(minutes=1), term_mails=2
    )
    data = {
        "action": "cancel",
        "_selected_action": [first.pk, second.pk],
        "_asked": "1",
        "gezien": seen([first, second]),
    }
    assert "2 aanmeldingen afgemeld." in staff.post(LIST, data, follow=True).text
    waits.refresh_from_db()
    assert waits.seat == "room"


def test_what_is_typed_on_the_page_of_one_is_not_for_who_it_became(staff):
    made = hold("make_firm")
    shown = {"name": "Sanne", "email": EMAIL, "people": 1, "wanted": "room"}
    data = {**shown, **{f"initial-{name}": value for name, value in shown.items()}, "wishes": "Rolstoel"}
    made.cancel()
    sign_up(Client(), made.cafe, email=EMAIL, name="Iemand Anders")
    before = Registration.objects.values().get()
    answer = staff.post(f"{LIST}{made.pk}/change/", data)
    assert "Intussen staat hier een andere naam of een ander adres." in answer.text
    assert Registration.objects.values().get() == before
