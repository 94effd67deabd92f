"""A press makes firm what the page showed, and nothing that the sign-up became since."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db.models import F
from django.test import Client
from django.utils import timezone

from events import gate
from events.models.cafes import Cafe
from events.models.confirmable import OTHER_WORDS
from events.models.registrations import Registration
from tests.events import mailing
from tests.events.cafe_form import START, change
from tests.helpers import factories
from werkplaats.people.models import User
from werkplaats.words import clock, day

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


HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
STATES = ["hold", "firm", "waits online", "cancelled, own", "cancelled, not own"]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("headers", [HTMX, {}])
def test_a_page_that_asks_again_shows_all_that_the_next_press_says_yes_to(client, state, headers):
    """With htmx only a part of the page comes: the head of before stayed, with the day of before."""
    cafe = factories.cafe(starts_at=START, online_capacity=0 if state == "waits online" else 1, label="extra")
    made = factories.registration(cafe, email=EMAIL, name="Noor", firm="own" in state.split(", ") or state == "firm")
    if state == "waits online":
        Registration.objects.update(seat=None, queued_for_online_at=timezone.now())
    if state.startswith("cancelled"):
        made.cancel()
    made.refresh_from_db()
    button = "terug" if state.startswith("cancelled") else "afmelden" if state == "firm" else "ik-kom"
    old = shown_by(client, made, button)
    starts = START + timedelta(days=9)
    Cafe.objects.update(title="Ontbijtcafé", label="ontbijt", question="Heel iets anders?")
    cafe.move(by=None, starts_at=starts, ends_at=starts + timedelta(hours=3), room="Gymzaal in een ander dorp")
    answer = client.post(f"{made.get_absolute_url()}{button}/", old, headers=headers)
    assert answer.status_code == 409 and OTHER_WORDS in answer.text
    assert ("<html" in answer.text) == (not headers)
    for words in ("Ontbijtcafé", ">ontbijt<", "Heel iets anders?", day(starts), "Gymzaal in een ander dorp"):
        assert words in answer.text, words
    assert clock(starts + timedelta(hours=3)) in answer.text and day(START) not in answer.text


REFUSED = {
    "no name": ("wijzigen", {"name": "", "wish": "room"}, "hold"),
    "a question that is too long": ("wijzigen", {"wish": "room", "question": "x" * 600}, "firm"),
    "too long, cancelled": ("wijzigen", {"wish": "room", "question": "x" * 600}, "cancelled"),
    "no place for two": ("wijzigen", {"wish": "room", "together": "on"}, "firm"),
    "busy": ("wijzigen", {"wish": "room", "question": "Van mij"}, "hold"),
    "busy, by a button": ("ik-kom", {}, "hold"),
}


@pytest.mark.parametrize("why", REFUSED)
@pytest.mark.parametrize("stale", [True, False])
def test_what_is_refused_for_another_reason_hands_out_no_new_version_in_silence(client, monkeypatch, why, stale):
    button, typed, state = REFUSED[why]
    cafe = factories.cafe(room_capacity=1, online_capacity=0)
    made = factories.registration(cafe, email=EMAIL, name="Noor", firm=state == "firm")
    if state == "cancelled":
        made.cancel()
    old = shown_by(client, made, button, **typed)
    if stale:
        cafe.move(by=None, room="Gymzaal in een ander dorp")
    if why.startswith("busy"):
        monkeypatch.setattr(gate, "cafes", SimpleNamespace(through=held))
    answer = press(client, made, button, old)
    told = OTHER_WORDS in answer.text
    assert (answer.status_code, told) == ((409, True) if stale else (503 if "busy" in why else 422, False))
    assert "Retry-After" not in answer.headers or answer.status_code == 503
    versions = set(re.findall(r'name="version" value="(\d+)"', answer.text))
    assert (versions == {old["version"]}) == (not stale)
    assert old.get("question", "") in answer.text
    assert Registration.objects.get().is_sure == (state == "firm")


def held(cafe):
    raise gate.Busy


def test_who_becomes_firm_without_a_second_place_reads_why(client):
    cafe = factories.cafe(room_capacity=1, online_capacity=0)
    made = factories.registration(cafe, email=EMAIL, name="Noor", firm=False)
    answer = press(client, made, "wijzigen", shown_by(client, made, "wijzigen", wish="room", together="on"))
    assert answer.status_code == 422 and "Er is geen plaats vrij voor een tweede persoon." in answer.text
    assert OTHER_WORDS not in answer.text and Registration.objects.get().is_sure


CHANGES = {
    "title": ({"title": "Ontbijtcafé"}, {}, True),
    "label": ({"label": "extra"}, {}, True),
    "question": ({"question": "Heel iets anders?"}, {}, True),
    "room, without a mail": ({"room": "Gymzaal in een ander dorp"}, {"_silent": "Bewaar zonder mail"}, True),
    "places": ({"room_capacity": 33}, {}, False),
    "text": ({"text": "Een nieuwe tekst."}, {}, False),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_coordinator_who_makes_another_cafe_of_it_makes_the_page_stale(staff, what):
    typed, button, asks_again = CHANGES[what]
    cafe = factories.cafe(starts_at=START)
    made = factories.registration(cafe, email=EMAIL, name="Noor", firm=False)
    guest = Client()
    first = shown_by(guest, made, "ik-kom")
    change(staff, cafe, **typed, **button)
    assert {name: getattr(Cafe.objects.get(), name) for name in typed} == typed
    assert press(guest, made, "ik-kom", first).status_code == (409 if asks_again else 200)
    assert Registration.objects.get().is_firm != asks_again
    assert press(guest, made, "ik-kom", shown_by(guest, made, "ik-kom") if asks_again else first).status_code == 200
    assert Registration.objects.get().is_firm


@pytest.mark.parametrize("page", ["old", "none"])
def test_a_yes_to_a_place_promises_nothing_that_is_not_so(client, page):
    """It was theirs, they cancelled on another device, and a stranger signed the address up."""
    cafe = factories.cafe(room_capacity=1)
    leaves, made = factories.registration(cafe), factories.registration(cafe, email=EMAIL, name="Noor")
    Cafe.objects.update(asks_from=timezone.now() - timedelta(minutes=1))
    Registration.objects.get(pk=leaves.pk).cancel()
    first = shown_by(client, made, "ja", seat="room") if page == "old" else {"seat": "room"}
    Registration.objects.get(pk=made.pk).cancel()
    factories.registration(cafe, email=EMAIL, name="Domme Gans", firm=False)
    mailing.forget()
    before = Registration.objects.values().get(pk=made.pk)
    assert before["seat"] == "room" and before["confirmed_at"] is None
    answer = press(client, made, "ja", first)
    assert answer.status_code == 409 and OTHER_WORDS in answer.text and "De plaats is voor jou" not in answer.text
    assert Registration.objects.values().get(pk=made.pk) == before and mailing.jobs() == []


def test_what_was_typed_under_how_they_come_stays_on_a_page_that_asks_again(client):
    cafe, role = factories.cafe(), factories.role("leerkracht")
    made = factories.registration(cafe, email=EMAIL, name="Vreemd", firm=False)
    typed = {"name": "Noor", "wishes": "Ik zit in een rolstoel.", "question": "Is er een tolk?", "role_id": role.pk}
    data = shown_by(client, made, "wijzigen", wish="online", **typed)
    cafe.move(by=None, room="Gymzaal in een ander dorp")
    answer = press(client, made, "wijzigen", data)
    assert answer.status_code == 409 and not Registration.objects.get().is_firm
    form = answer.text.partition('id="wijzigen"')[2]
    assert 'value="Noor"' in form and "Ik zit in een rolstoel.</textarea>" in form
    assert "Is er een tolk?</textarea>" in form and f'<option value="{role.pk}" selected>' in form
    assert re.search(r'value="room"[^>]*checked', form)  # the place is that of now
