"""Whose words a sign-up holds: all that becomes somebody's own stood on the page where they pressed, to change."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from events.models.cafes import Cafe
from events.models.confirmable import OFTEN
from events.models.registrations import Registration
from tests.events import mailing
from tests.events.test_own_words import SANNE, logged_in
from tests.events.test_sign_up import sign_up
from tests.events.test_what_was_shown import press, shown_by
from tests.helpers import factories
from werkplaats.people.models import Werkgebied

pytestmark = pytest.mark.django_db
ADD = "/beheer/events/registration/add/"


@pytest.fixture
def lists():
    """A role and a werkgebied that a stranger chooses, and those of the owner."""
    roles = [factories.role(name).pk for name in ("bestuurder", "ouder")]
    return list(zip(roles, [Werkgebied.objects.create(name=name).pk for name in ("Verweg", "Waterdam")], strict=True))


def by_stranger(cafe, **typed) -> Registration:
    sign_up(Client(), cafe, email=SANNE, **{"name": "Domme Sanne", "wish": "online", **typed})
    mailing.forget()
    return cafe.registrations.get(email=SANNE)


def words_of(made) -> dict:
    made.refresh_from_db()
    names = ("name", "seat", "people", "role_id", "werkgebied_id", "wishes", "question")
    return {name: getattr(made, name) for name in names}


@pytest.mark.parametrize("state", ["hold", "firm by a coordinator", "cancelled"])
def test_all_that_becomes_ones_own_stands_on_the_page_and_can_be_changed_there(client, lists, state):
    (role, area), (own_role, own_area) = lists
    cafe = factories.cafe()
    typed = {"role_id": role, "werkgebied_id": area, "wishes": "Bier", "question": "Gratis?", "together": "on"}
    made = by_stranger(cafe, **typed)
    if state == "cancelled":
        press(client, made, "afmelden", shown_by(client, made, "afmelden"))
    elif state != "hold":
        made.confirm()
    mailing.forget()
    page = client.get(made.get_absolute_url()).text
    seen = page.partition('id="mijn-aanmelding"')[2].partition('id="wijzigen"')[0]
    for words in ("Online", "met z'n tweeën", "Domme Sanne", "bestuurder", "Verweg", "Bier", "Gratis?"):
        assert words in seen, words
    own = {"name": "Sanne", "wish": "room", "role_id": own_role, "werkgebied_id": own_area, "wishes": "Rolstoel"}
    old = shown_by(client, made, "wijzigen", **own)
    page = press(client, made, "wijzigen", old).text
    rest = {"seat": "room", "people": 1, "question": "", "wishes": "Rolstoel", "role_id": own_role}
    assert words_of(made) == rest | {"name": "Sanne", "werkgebied_id": own_area}
    assert made.is_sure and made.is_own and "<bdi>Sanne</bdi>, je bent welkom" in page
    kind = "change" if state.startswith("firm") else "confirmation"
    assert mailing.jobs() == [(kind, made.pk)]
    assert press(client, made, "wijzigen", old).status_code == 200  # twice is once
    assert mailing.jobs() == [(kind, made.pk)]


def test_coming_back_takes_what_the_page_showed_and_nothing_else(client):
    cafe = factories.cafe()
    made = by_stranger(cafe, wishes="Bier")
    press(client, made, "afmelden", shown_by(client, made, "afmelden"))
    old = shown_by(client, made, "terug")
    again = {"name": "Nog Dommer", "wishes": "Wijn", "together": "on"}
    by_stranger(cafe, **again)
    made.refresh_from_db()
    made.cancel()
    assert press(client, made, "terug", old).status_code == 409
    assert not Registration.objects.get().is_own and "Nog Dommer" in press(client, made, "terug", old).text
    assert press(client, made, "terug", shown_by(client, made, "terug")).status_code == 200
    assert Registration.objects.get().is_own


def test_who_cancelled_their_own_words_has_one_button_to_come_back(client):
    made = factories.registration(factories.cafe(), email=SANNE, name="Sanne")
    made.cancel()
    assert 'name="wish"' not in client.get(made.get_absolute_url()).text
    assert press(client, made, "wijzigen", {"wish": "online"}).status_code == 409
    made.refresh_from_db()
    assert not made.is_coming


def test_without_a_name_nobody_takes_the_one_of_a_stranger(client):
    made = by_stranger(factories.cafe())
    data = shown_by(client, made, "wijzigen", wish="room", name="", question="Van mij")
    answer = press(client, made, "wijzigen", data)
    assert answer.status_code == 422 and "Vul je naam in." in answer.text and "Van mij</textarea>" in answer.text
    assert not Registration.objects.get().is_firm


@pytest.mark.parametrize("who", ["logged in", "telephone", "link", "link, cancelled"])
def test_the_seat_of_a_kind_that_a_stranger_chose_goes(client, staff, who):
    cafe = factories.cafe(room_capacity=1, online_capacity=1)
    factories.registration(cafe)
    made = by_stranger(cafe)
    other = factories.registration(cafe, wish="online")
    assert made.seat == "online" and other.seat is None
    if who == "logged in":
        sign_up(logged_in(), cafe, email=SANNE, name="Sanne", wish="room")
    elif who == "telephone":
        data = {"cafe": cafe.pk, "wanted": "room", "people": 1, "name": "Sanne", "email": SANNE}
        assert staff.post(ADD, data).status_code == 302
    else:
        if who.endswith("cancelled"):
            press(client, made, "afmelden", shown_by(client, made, "afmelden"))
        press(client, made, "wijzigen", shown_by(client, made, "wijzigen", wish="room", name="Sanne"))
    made.refresh_from_db()
    other.refresh_from_db()
    assert (made.seat, made.waits_for, made.is_own) == (None, ["room"], True)
    assert other.seat == "online"


def test_a_coordinator_at_the_door_seats_whom_a_stranger_signed_up_online(staff):
    cafe = factories.cafe(room_capacity=3)
    made = by_stranger(cafe, together="on")
    now = timezone.now()
    Cafe.objects.update(starts_at=now - timedelta(minutes=5), ends_at=now + timedelta(hours=1))
    data = {"cafe": cafe.pk, "wanted": "room", "people": 1, "name": "Sanne", "email": SANNE}
    assert staff.post(ADD, data).status_code == 302
    made.refresh_from_db()
    assert (made.name, made.seat, made.people, made.is_own) == ("Sanne", "room", 1, True)


def test_a_second_place_that_is_not_there_is_told_to_a_coordinator(staff):
    cafe = factories.cafe(room_capacity=1, online_capacity=0)
    made = by_stranger(cafe, wish="room")
    data = {"cafe": cafe.pk, "wanted": "room", "people": 2, "name": "Sanne", "email": SANNE}
    answer = staff.post(ADD, data, follow=True)
    assert "Er is geen plaats vrij voor een tweede" in answer.text
    made.refresh_from_db()
    assert (made.name, made.seat, made.people, made.is_own) == ("Sanne", "room", 1, True)


def test_what_a_stranger_typed_is_nobodys_once_it_can_no_longer_be_changed(client):
    made = by_stranger(factories.cafe())
    now = timezone.now()
    Cafe.objects.update(starts_at=now - timedelta(minutes=5), ends_at=now + timedelta(hours=1))
    page = press(client, made, "ik-kom", shown_by(client, made, "ik-kom")).text
    made.refresh_from_db()
    assert made.is_firm and not made.is_own
    assert "Kom erbij: het café is nu bezig." in page and "</bdi>, kom erbij" not in page


@pytest.mark.parametrize("state", ["welcome", "begun", "over"])
@pytest.mark.parametrize("own", [True, False])
def test_the_page_greets_by_a_name_of_ones_own_alone(client, state, own):
    cafe = factories.cafe()
    made = factories.registration(cafe, email=SANNE, name="Zwartvogel") if own else by_stranger(cafe, name="Zwartvogel")
    made.confirm()
    begun = {"begun": timedelta(minutes=5), "over": timedelta(hours=3)}.get(state)
    if begun:
        starts = timezone.now() - begun
        Cafe.objects.update(starts_at=starts, ends_at=starts + timedelta(hours=2))
    page = client.get(made.get_absolute_url()).text
    greets = {"welcome": "je bent welkom", "begun": "kom erbij", "over": "dank je wel dat je meedacht"}[state]
    assert (f"<bdi>Zwartvogel</bdi>, {greets}" in " ".join(page.split())) == own
    assert own or greets.capitalize() in page


# A page of before the café moved.


@pytest.mark.parametrize("button", ["terug", "ja", "afmelden", "ook"])
def test_a_page_of_before_the_cafe_moved_asks_again_also_who_is_firm(client, button):
    cafe = factories.cafe(room_capacity=1, asks_from=timezone.now() - timedelta(minutes=1))
    leaves, made = factories.registration(cafe), factories.registration(cafe, email=SANNE, name="Sanne")
    data = {"seat": "room"} if button == "ja" else {}
    if button in ("terug", "ja"):
        (made if button == "terug" else leaves).cancel()
    old = shown_by(client, made, button, **data)
    cafe.move(by=None, room="Gymzaal in een ander dorp")
    mailing.forget()
    made.refresh_from_db()
    before = Registration.objects.values().get(pk=made.pk)
    answer = press(client, made, button, old)
    assert answer.status_code == 409 and "Kijk of het zo klopt" in answer.text
    assert Registration.objects.values().get(pk=made.pk) == before and mailing.jobs() == []
    assert press(client, made, button, shown_by(client, made, button, **data)).status_code == 200
    assert Registration.objects.values().get(pk=made.pk) != before
    for _ in range(2):  # a double tap
        assert press(client, made, button, old).status_code == 200


# Who cancelled three times.


def often(cafe) -> Registration:
    made = factories.registration(cafe, email=SANNE, name="Sanne")
    made.mailed_to = SANNE
    for _ in range(2):
        made.cancel()
        made.come_back()
    made.cancel()
    made.refresh_from_db()
    assert made.cancels == 3
    mailing.forget()
    return Registration.objects.select_related("cafe").get(pk=made.pk)


@pytest.mark.parametrize("way", ["terug", "logged in", "typed and ik-kom", "typed and logged in"])
def test_who_cancelled_three_times_gets_no_place_by_themselves(client, way):
    cafe = factories.cafe()
    made = often(cafe)
    if way.startswith("typed"):
        sign_up(Client(), cafe, email=SANNE)
    if way.endswith("logged in"):
        answer = sign_up(logged_in(), cafe, email=SANNE, name="Sanne")
    else:
        button = way.split()[-1]
        answer = press(client, made, button, shown_by(client, made, button))
    assert OFTEN in answer.text and answer.status_code in (409, 422)
    assert not Registration.objects.get().is_sure


def test_who_is_refused_for_cancelling_three_times_holds_no_place_and_gets_no_mail():
    cafe = factories.cafe()
    often(cafe)
    before = Registration.objects.values().get()
    answer = sign_up(logged_in(), cafe, email=SANNE, name="Sanne")
    assert OFTEN in answer.text and answer.status_code == 422
    assert Registration.objects.values().get() == before and mailing.jobs() == []


@pytest.mark.parametrize("way", ["telephone", "made firm", "says yes", "door"])
def test_whom_a_coordinator_puts_back_starts_anew(client, staff, coordinator, way):
    cafe = factories.cafe(room_capacity=2)
    made = often(cafe)
    leaves = factories.registration(cafe)
    if way == "telephone":
        data = {"cafe": cafe.pk, "wanted": "room", "people": 1, "name": "Sanne", "email": SANNE}
        assert staff.post(ADD, data).status_code == 302
    else:
        sign_up(Client(), cafe, email=SANNE)
        made.refresh_from_db()
    if way == "made firm":
        made.confirm()
    elif way == "says yes":
        Registration.objects.filter(pk=made.pk).update(seat=None, queued_for_room_at=timezone.now())
        made.refresh_from_db()
        assert made.accept("room")
    elif way == "door":
        Cafe.objects.update(asks_from=timezone.now())
        Registration.objects.filter(pk=made.pk).update(seat=None, queued_for_room_at=timezone.now())
        made.refresh_from_db()
        made.check_in(by=coordinator)
    made.refresh_from_db()
    assert made.is_sure and made.cancels == 0 and leaves.is_sure
    made.cancel()
    assert press(client, made, "terug", shown_by(client, made, "terug")).status_code == 200
    assert Registration.objects.get(pk=made.pk).is_sure


def test_who_a_coordinator_put_on_the_waiting_list_says_yes_to_a_place(client, staff):
    cafe = factories.cafe(room_capacity=1, online_capacity=0)
    made = often(cafe)
    leaves = factories.registration(cafe)
    data = {"cafe": cafe.pk, "wanted": "room", "people": 1, "name": "Sanne", "email": SANNE}
    assert staff.post(ADD, data).status_code == 302
    Cafe.objects.update(asks_from=timezone.now() - timedelta(minutes=1))
    leaves.cancel()
    answer = press(client, made, "ja", shown_by(client, made, "ja", seat="room"))
    assert "De plaats is voor jou." in answer.text


def test_what_a_stranger_signs_up_and_the_owner_refuses_counts_against_nobody(client):
    cafe = factories.cafe()
    for _ in range(4):
        made = by_stranger(cafe)
        press(client, made, "afmelden", shown_by(client, made, "afmelden"))
    assert "Je hebt een plaats" in sign_up(logged_in(), cafe, email=SANNE, name="Sanne").text


def test_a_sign_up_that_gets_another_address_just_then_is_made_anew(monkeypatch):
    cafe = factories.cafe()
    made, take_over = by_stranger(cafe), Registration.take_over

    def correct_first(self, **typed):
        Registration.objects.filter(pk=made.pk).update(email="nieuw@example.org")
        return take_over(self, **typed)

    monkeypatch.setattr(Registration, "take_over", correct_first)
    sign_up(logged_in(), cafe, email=SANNE, name="Sanne", wish="room")
    assert {(row.email, row.name) for row in Registration.objects.all()} == {
        ("nieuw@example.org", "Domme Sanne"),
        (SANNE, "Sanne"),
    }


def test_another_address_knows_nothing_of_how_often_the_former_cancelled():
    cafe = factories.cafe()
    made = often(cafe)
    Registration.objects.update(term_mails=2)
    made.refresh_from_db()
    made.email = "nieuw@example.org"
    made.retype({"email"})
    assert Registration.objects.values_list("cancels", "term_mails").get() == (0, 0)


def test_firmness_is_refused_before_anything_changes():
    made = often(factories.cafe())
    made.mailed_to = made.email
    before = Registration.objects.values().get()
    with pytest.raises(ValidationError, match="drie keer"):
        made.come_back()
    assert Registration.objects.values().get() == before
