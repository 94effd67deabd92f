"""A press makes firm what the page showed, and nothing that the sign-up became since."""

import re

import pytest
from django.db.models import F

from events.models.registrations import Registration
from tests.events import mailing
from tests.helpers import factories
from werkplaats.people.models import User

pytestmark = pytest.mark.django_db
EMAIL = "noor@example.org"


def shown_by(client, made, button: str, **typed) -> dict:
    """What the form of this button sends from the page as it is now."""
    page = client.get(made.get_absolute_url()).text
    (form,) = (form for form in re.findall(r"<form.*?</form>", page, re.DOTALL) if f"/{button}/" in form)
    return dict(re.findall(r'name="(version|name)" (?:type="text" )?value="([^"]*)"', form)) | typed


def press(client, made, button: str, data: dict):
    return client.post(f"{made.get_absolute_url()}{button}/", data, follow=True)


@pytest.mark.parametrize(("button", "typed"), [("ik-kom", {}), ("wijzigen", {"wish": "room", "question": "Van mij"})])
def test_a_stale_press_makes_nothing_firm_and_asks_again(client, button, typed):
    cafe = factories.cafe()
    made = factories.registration(cafe, email=EMAIL, name="Noor", firm=False)
    first = shown_by(client, made, button, **typed)
    made.cancel()
    again = {"email": EMAIL, "name": "Domme Gans", "wish": "online", "people": 2, "question": "Gratis bellen?"}
    factories.registration(cafe, **again, firm=False)
    mailing.forget()
    before = Registration.objects.values().get()

    answer = press(client, made, button, first)
    assert answer.status_code == 409
    assert "Kijk of het zo klopt" in answer.text and "Domme Gans" in answer.text and "Gratis bellen?" in answer.text
    assert Registration.objects.values().get() == before and mailing.jobs() == [] and not User.objects.exists()
    assert press(client, made, button, shown_by(client, made, button, wish="online")).status_code == 200
    assert Registration.objects.get().is_firm


def test_a_coordinator_who_changes_words_makes_the_page_stale_too(staff):
    made = factories.registration(factories.cafe(), email=EMAIL, name="Noor", firm=False)
    first = shown_by(staff, made, "ik-kom")
    shown = {"name": "Noor", "email": EMAIL, "people": 1, "wanted": "room"}
    data = {**shown, **{f"initial-{name}": value for name, value in shown.items()}, "name": "Nora"}
    assert staff.post(f"/beheer/events/registration/{made.pk}/change/", data).status_code == 302
    assert press(staff, made, "ik-kom", first).status_code == 409


def test_every_button_that_makes_firm_tells_what_was_shown(client):
    cafe = factories.cafe(room_capacity=1)
    factories.registration(cafe)
    waits = factories.registration(cafe, email=EMAIL, firm=False)
    for button, typed in [("ook", {}), ("wijzigen", {"wish": "room"})]:
        first = shown_by(client, waits, button, **typed)
        Registration.objects.filter(pk=waits.pk).update(version=F("version") + 1)
        assert press(client, waits, button, first).status_code == 409
    waits.refresh_from_db()
    waits.cancel()
    first = shown_by(client, waits, "terug")
    Registration.objects.filter(pk=waits.pk).update(version=F("version") + 1)
    assert press(client, waits, "terug", first).status_code == 409
    assert not Registration.objects.get(pk=waits.pk).is_firm


@pytest.mark.parametrize("version", ["9" * 5000, "9" * 19, "²", "-1", ""])
def test_a_version_that_no_page_shows_makes_nothing_firm(client, version):
    made = factories.registration(factories.cafe(), email=EMAIL, firm=False)
    assert press(client, made, "ik-kom", {"version": version}).status_code == 409
    assert not Registration.objects.get().is_firm


def test_pressing_twice_is_once_still(client):
    made = factories.registration(factories.cafe(), email=EMAIL, firm=False)
    first = shown_by(client, made, "ik-kom")
    for _ in range(2):
        assert press(client, made, "ik-kom", first).status_code == 200
    assert Registration.objects.get().is_firm
