"""A sign-up is what its owner typed or saw: a stranger's words stand in nobody's way, an old page undoes nothing."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from events import reminders
from events.models.cafes import Cafe
from events.models.registrations import Registration
from tests.events import mailing
from tests.events.test_sign_up import sign_up
from tests.events.test_what_was_shown import press, shown_by
from tests.helpers import factories
from werkplaats.people.models import User

pytestmark = pytest.mark.django_db
SANNE = "sanne@example.org"
STRANGER = {"name": "Domme Sanne", "wish": "online", "together": "on", "wishes": "Bier", "question": "Gratis?"}
OWN = {"name": "Sanne", "wish": "room", "wishes": "Rolstoel", "question": ""}


@pytest.fixture
def mailbox(settings, tmp_path):
    folder = mailing.folder(settings, tmp_path)
    return lambda: mailing.deliver(folder)


def text_of(mail) -> str:
    return " ".join(mail.get_body(("plain",)).get_content().split())


def logged_in() -> Client:
    browser = Client()
    browser.force_login(User.objects.confirmed(SANNE))
    return browser


def words_of(made) -> tuple:
    made.refresh_from_db()
    return made.name, made.seat, made.people, made.wishes, made.question


@pytest.mark.parametrize("state", ["hold", "firm by a coordinator", "given free"])
def test_what_somebody_logged_in_types_replaces_what_a_stranger_typed(mailbox, state):
    cafe = factories.cafe()
    sign_up(Client(), cafe, email=SANNE, **STRANGER)
    made = Registration.objects.get()
    if state.startswith("firm"):
        made.confirm()
    if state == "given free":
        made.give_free()
    mailbox()
    page = sign_up(logged_in(), cafe, email=SANNE, **OWN)
    assert "Je hebt een plaats in de zaal" in page.text and "Domme" not in page.text
    assert words_of(made) == ("Sanne", "room", 1, "Rolstoel", "") and made.is_own
    (mail,) = mailbox()
    assert text_of(mail).startswith("Dag Sanne,") and "Domme" not in mail.as_string()
    assert ("Je bent aangemeld" in mail["Subject"]) == (state != "firm by a coordinator")
    sign_up(logged_in(), cafe, email=SANNE, **STRANGER)  # what is theirs already changes on its page
    assert words_of(made)[0] == "Sanne" and mailbox() == []


def test_it_keeps_the_seat_and_the_turn_that_a_change_would(mailbox):
    cafe = factories.cafe(room_capacity=1, online_capacity=0)
    sign_up(Client(), cafe, email=SANNE, name="Domme Sanne")
    made, waits = Registration.objects.get(), factories.registration(cafe)
    reminders.look_after_holds(timezone.now())
    sign_up(logged_in(), cafe, email=SANNE, **OWN)
    waits.refresh_from_db()
    assert words_of(made)[:2] == ("Sanne", "room") and made.holds_until is None and waits.seat is None


def test_a_second_place_that_is_not_there_is_refused_and_the_own_one_is_firm():
    cafe = factories.cafe(room_capacity=1, online_capacity=0)
    sign_up(Client(), cafe, email=SANNE, name="Domme Sanne")
    answer = logged_in().post(f"/cafes/{cafe.slug}/aanmelden/", {"email": SANNE, **OWN, "together": "on"}, follow=True)
    assert answer.status_code == 422 and "Je eigen plaats houd je." in answer.text
    made = Registration.objects.get()
    assert words_of(made) == ("Sanne", "room", 1, "Rolstoel", "") and made.is_firm


def test_a_coordinator_signs_up_by_telephone_whom_a_stranger_signed_up(staff):
    cafe = factories.cafe()
    sign_up(Client(), cafe, email=SANNE, **STRANGER)
    data = {"cafe": cafe.pk, "wanted": "room", "people": 1, "name": "Sanne", "email": SANNE, "wishes": "Rolstoel"}
    assert staff.post("/beheer/events/registration/add/", data).status_code == 302
    made = Registration.objects.get()
    assert words_of(made) == ("Sanne", "room", 1, "Rolstoel", "") and made.is_own


def test_on_the_mailed_page_one_puts_own_words_also_the_name(client, mailbox):
    cafe = factories.cafe()
    sign_up(Client(), cafe, email=SANNE, **STRANGER)
    made = Registration.objects.get()
    mailbox()
    page = client.get(made.get_absolute_url()).text
    assert 'name="name"' in page and "Zo kom ik" in page
    press(client, made, "wijzigen", shown_by(client, made, "wijzigen", **OWN))
    assert words_of(made) == ("Sanne", "room", 1, "Rolstoel", "") and made.is_own
    assert text_of(mailbox()[0]).startswith("Dag Sanne,")
    assert 'name="name"' not in client.get(made.get_absolute_url()).text
    press(client, made, "wijzigen", {"wish": "room", "name": "Weer anders"})
    assert words_of(made)[0] == "Sanne"


def test_making_firm_by_hand_greets_a_proven_address_by_no_strangers_name(client, mailbox):
    User.objects.confirmed(SANNE)
    sign_up(client, factories.cafe(), email=SANNE, **STRANGER)
    made = Registration.objects.get()
    made.confirm()
    assert all("Domme" not in mail.as_string() for mail in mailbox())
    as_is = {"wish": "online", "together": "on", "wishes": "Bier", "question": "Gratis?"}
    assert "Er is niets veranderd" in press(client, made, "wijzigen", shown_by(client, made, "wijzigen", **as_is)).text
    made.refresh_from_db()
    assert made.is_own  # they saw it, and let it stand


def test_an_old_page_of_somebody_firm_gives_no_place_and_no_wish_away(client):
    cafe = factories.cafe(room_capacity=2)
    made = factories.registration(cafe, email=SANNE, name="Sanne")
    first = shown_by(client, made, "wijzigen", wish="room", question="Is er koffie?")
    there = shown_by(client, made, "wijzigen", wish="room", together="on", wishes="Rolstoel")
    press(Client(), made, "wijzigen", there)
    mailing.forget()
    answer = press(client, made, "wijzigen", first)
    assert answer.status_code == 409 and "Kijk of het zo klopt" in answer.text
    assert "Is er koffie?</textarea>" in answer.text and "Rolstoel</textarea>" in answer.text
    assert words_of(made) == ("Sanne", "room", 2, "Rolstoel", "") and mailing.jobs() == []
    assert "Er is niets veranderd" in press(Client(), made, "wijzigen", there).text  # twice is once


def test_without_a_second_place_the_link_still_makes_the_own_one_firm(client):
    cafe = factories.cafe(room_capacity=1, online_capacity=0)
    made = factories.registration(cafe, email=SANNE, firm=False)
    waits = factories.registration(cafe)
    reminders.look_after_holds(timezone.now())
    mailing.forget()
    data = shown_by(client, made, "wijzigen", wish="room", together="on", wishes="Rolstoel")
    answer = press(client, made, "wijzigen", data)
    assert answer.status_code == 422 and "Je eigen plaats houd je." in answer.text
    assert "Rolstoel</textarea>" in answer.text and "Je hebt een plaats in de zaal" in answer.text
    waits.refresh_from_db()
    assert words_of(made)[1:4] == ("room", 1, "Rolstoel") and made.is_firm and waits.seat is None
    assert mailing.jobs() == [("confirmation", made.pk)]
    assert User.objects.proven(User.objects.get(email=SANNE))


def test_coming_back_to_what_somebody_else_signed_up_meanwhile_asks_first(client):
    cafe = factories.cafe()
    made = factories.registration(cafe, email=SANNE, name="Sanne")
    made.cancel()
    old = shown_by(client, made, "terug")
    sign_up(Client(), cafe, email=SANNE, **STRANGER)
    for _ in range(2):
        answer = press(client, made, "terug", old)
        assert answer.status_code == 409 and "Je bent weer aangemeld" not in answer.text
        assert "Kom je?" in answer.text and "Domme Sanne" in answer.text
    made.refresh_from_db()
    assert not made.is_firm


@pytest.mark.parametrize("button", ["ik-kom", "wijzigen"])
def test_a_page_of_before_the_cafe_moved_makes_nobody_firm(client, button):
    cafe = factories.cafe()
    made = factories.registration(cafe, email=SANNE, firm=False)
    old = shown_by(client, made, button, wish="room")
    day = timedelta(days=1)
    cafe.move(by=None, starts_at=cafe.starts_at + day, ends_at=cafe.ends_at + day)
    assert press(client, made, button, old).status_code == 409
    made.refresh_from_db()
    assert not made.is_firm
    assert press(client, made, button, shown_by(client, made, button, wish="room")).status_code == 200


# A café that is called off, or over.


@pytest.mark.parametrize("why", ["called off", "over"])
@pytest.mark.parametrize("who", ["link", "coordinator", "mail again", "door", "link, waits"])
def test_nothing_makes_firm_or_confirms_for_a_cafe_that_is_not_to_come(client, coordinator, mailbox, why, who):
    cafe = factories.cafe(room_capacity=1)
    if who in ("door", "link, waits"):
        factories.registration(cafe)
    made = factories.registration(cafe, email=SANNE, firm=False)
    mailing.forget()
    if why == "called off":
        cafe.call_off(by=None)
        assert {mail["Subject"].split(":")[0] for mail in mailbox()} == {"Gaat niet door"}
    else:
        now = timezone.now()
        Cafe.objects.update(starts_at=now - timedelta(hours=2), ends_at=now - timedelta(hours=1))
    made = Registration.objects.select_related("cafe").get(pk=made.pk)
    listed = {"_selected_action": [made.pk], "_asked": "1"}
    if who.startswith("link"):
        page = press(client, made, "ik-kom", {})
        assert "Dat kan niet meer." in page.text and "vast" not in page.text.partition("<main")[2].partition("</h2>")[0]
    elif who == "coordinator":
        page = client.post("/beheer/events/registration/", {"action": "make_firm", **listed}, follow=True)
        assert "Hier valt niets vast te maken" in page.text
    elif who == "mail again":
        client.post("/beheer/events/registration/", {"action": "mail_again", **listed}, follow=True)
    elif why == "called off":
        made.check_in(by=coordinator)
    made.confirm()
    assert mailbox() == []
    made.refresh_from_db()
    assert not made.is_firm and not User.objects.filter(email=SANNE).exists()
