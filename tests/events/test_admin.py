"""What a coordinator does with sign-ups in the admin."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from events.models.registrations import Registration
from tests.events import mailing
from tests.events.cafe_form import START, change, typed
from tests.helpers import factories
from tests.helpers.shown import seen

LIST = "/beheer/events/registration/"
pytestmark = pytest.mark.django_db


def cancel(staff, *registrations) -> str:
    """As on the page in between."""
    data = {"action": "cancel", "_selected_action": [each.pk for each in registrations], "_asked": "x"}
    data["gezien"] = seen(registrations)
    return staff.post("/beheer/events/registration/", data, follow=True).text


def test_by_telephone_goes_through_the_same_queue(staff):
    cafe = factories.cafe(room_capacity=1)
    data = {"cafe": cafe.pk, "wanted": "room", "people": 1, "name": "Opa", "email": ""}
    for words in ["Opa: in de zaal.", "Opa: wacht op de zaal (nummer 1 in de rij)."]:
        page = staff.post("/beheer/events/registration/add/", data, follow=True).text
        assert words in page
    staff.post("/beheer/events/registration/add/", {**data, "name": "Oma", "email": "oma@example.org"})
    page = staff.post("/beheer/events/registration/add/", {**data, "email": "OMA@example.org"}).text
    assert "Dit adres is al aangemeld voor dit café." in page
    assert [row.position("room") for row in Registration.objects.filter(seat=None).order_by("pk")] == [1, 2]
    assert ProcrastinateJob.objects.count() == 1


def typed_for(staff, made, **changes) -> str:
    """Opens the page of a sign-up, types and saves."""
    url = f"{LIST}{made.pk}/change/"
    form = staff.get(url).context["adminform"].form
    fields = {name: form[name].value() for name in form.fields}
    shown = {f"initial-{name}": value for name, value in fields.items() if value is not None}
    data = {name: value for name, value in (shown | fields | changes).items() if value is not None}
    return staff.post(url, data, follow=True).text


def test_who_telephoned_is_moved_and_brings_someone(staff):
    cafe = factories.cafe(room_capacity=2, online_capacity=2)
    opa = factories.registration(cafe, name="Opa", email="")
    waits = [factories.registration(cafe, people=2)]
    page = typed_for(staff, opa, people=2)  # somebody waits for the place beside them
    opa.refresh_from_db()
    assert "Opa: in de zaal." in page and (opa.seat, opa.people) == ("room", 2)
    page = typed_for(staff, opa, wanted="online", name="Opa Jan")
    opa.refresh_from_db()
    assert (opa.name, opa.seat, opa.people) == ("Opa Jan", "online", 2) and "Opa Jan: online." in page
    waits[0].refresh_from_db()
    assert waits[0].seat == "room"
    page = typed_for(staff, opa, wanted="both")
    opa.refresh_from_db()
    assert "Opa Jan: online, wacht op de zaal (nummer 1 in de rij)." in page
    assert (opa.seat, opa.waits_for) == ("online", ["room"])


def test_a_second_place_that_is_not_there_is_refused_and_the_first_kept(staff):
    cafe = factories.cafe(room_capacity=1)
    opa = factories.registration(cafe, name="Opa", email="")
    mailing.forget()
    assert "Er is geen plaats vrij voor een tweede." in typed_for(staff, opa, people=2)
    opa.refresh_from_db()
    assert (opa.seat, opa.people) == ("room", 1)
    both = factories.registration(cafe, wish="room")
    mailing.forget()
    typed_for(staff, both, wanted="online")
    assert mailing.jobs() == [("change", both.pk)]  # who has an address hears of it


def test_a_place_changes_only_for_who_comes_to_a_cafe_ahead(staff):
    cafe = factories.cafe()
    made, gone = factories.registration(cafe), factories.registration(cafe)
    gone.cancel()
    page = f"{LIST}{made.pk}/change/"
    assert 'name="wanted"' in staff.get(page).text
    assert 'name="wanted"' not in staff.get(f"{LIST}{gone.pk}/change/").text
    shown = staff.get(page).context["adminform"].form.initial
    data = {"name": made.name, "email": made.email, "people": 1, "wanted": "online", "initial-wanted": "room"}
    assert shown["wanted"] == "room"
    made.cancel()
    answer = staff.post(page, data)
    made.refresh_from_db()
    assert made.seat is None and answer.status_code in (200, 302)
    cafe.call_off(by=None)
    assert 'name="wanted"' not in staff.get(page).text


def test_what_was_not_typed_stays_what_it_has_become(staff):
    cafe = factories.cafe(room_capacity=1)
    first, made = factories.registration(cafe), factories.registration(cafe, email="")
    url = f"{LIST}{made.pk}/change/"
    data = {"name": made.name, "email": "", "people": 1, "wanted": "room", "initial-wanted": "room"}
    data |= {"initial-people": 1, "question": "Komt er soep?"}
    first.cancel()  # the place is theirs since the form was opened
    assert staff.post(url, data).status_code == 302
    made.refresh_from_db()
    assert (made.seat, made.question) == ("room", "Komt er soep?")


def test_who_says_yes_on_the_telephone_has_the_place_that_is_free(staff):
    cafe = factories.cafe(room_capacity=1)
    leaves, first, opa = (factories.registration(cafe, name=name, email="") for name in ("A", "B", "Opa"))
    type(cafe).objects.update(asks_from=timezone.now())
    assert "2 mensen gaven geen adres: bel" in cancel(staff, leaves)
    data = {"action": "accept", "_selected_action": [opa.pk], "gezien": seen([opa])}
    assert "Opa: in de zaal." in staff.post(LIST, data, follow=True).text
    data |= {"_selected_action": [first.pk], "gezien": seen([first])}
    assert "B: er is geen plaats vrij" in staff.post(LIST, data, follow=True).text
    assert {row.name: row.seat for row in cafe.registrations.coming()} == {"B": None, "Opa": "room"}


def test_a_pupil_gives_no_address_by_hand_either(staff):
    cafe, pupil = factories.cafe(), factories.role("leerling", is_pupil=True)
    data = {"cafe": cafe.pk, "wanted": "room", "people": 1, "name": "Kim", "email": "kim@example.org", "role": pupil.pk}
    words = "Een leerling geeft geen e-mailadres. Laat het leeg."
    assert words in staff.post(f"{LIST}add/", data).text and not cafe.registrations.exists()
    staff.post(f"{LIST}add/", {**data, "email": ""})
    made = cafe.registrations.get()
    assert made.role == pupil
    assert words in typed_for(staff, made, email="kim@example.org")
    made.refresh_from_db()
    assert made.email == ""


def test_cancelling_lets_the_next_in(staff):
    cafe = factories.cafe(room_capacity=1)
    leaves, waits = factories.registration(cafe), factories.registration(cafe)
    page = cancel(staff, leaves)
    assert "1 aanmelding afgemeld." in page
    assert "1 persoon van de wachtlijst krijgt nu een plaats, en een mail daarover." in page
    waits.refresh_from_db()
    assert waits.seat == "room"


def test_cancelling_asks_first_and_the_mail_says_who_did_it(staff, settings, tmp_path):
    folder = mailing.folder(settings, tmp_path)
    cafe = factories.cafe(room_capacity=2)
    people = [factories.registration(cafe, name=name) for name in ("Bas", "Noor <b>")]
    waits = factories.registration(cafe, name="Wacht")
    people.append(factories.registration(cafe, name="Opa", email="", wish="online"))
    mailing.forget()
    data = {"action": "cancel", "_selected_action": [each.pk for each in people]}
    page = staff.post(LIST, data).text
    for words in ("Bas", "Noor &lt;b&gt;", "Opa", "Deze mail gaat naar 2 mensen", "De organisatie heeft je afgemeld"):
        assert words in page
    assert "laat weten" not in page and "1 persoon gaf geen adres: bel" in page
    assert cafe.registrations.coming().count() == 4 and not mailing.jobs()
    assert "3 aanmeldingen afgemeld." in cancel(staff, *people)
    mails = {mail["To"]: mail.get_body(("plain",)).get_content() for mail in mailing.deliver(folder)}
    assert set(mails) == {people[0].email, people[1].email, waits.email}
    assert "De organisatie heeft je afgemeld voor" in mails[people[0].email]
    assert "Dank je wel dat je het laat weten" not in mails[people[0].email]
    own = staff.get(people[0].get_absolute_url()).text
    assert "De organisatie heeft je afgemeld." in own and "laat weten" not in own
    people[0].refresh_from_db()
    back = people[0]
    back.come_back()
    back.refresh_from_db()
    assert back.cancelled_by is None and back.is_coming
    back.cancel()
    assert "laat weten" in staff.get(back.get_absolute_url()).text


def test_it_is_not_the_first_action_and_stands_on_the_page_of_one_too(staff):
    made = factories.registration(factories.cafe())
    choices = staff.get(LIST).text.split('name="action"')[1].split("</select>")[0]
    assert re.findall('value="([^"]+)"', choices) == ["mail_again", "make_firm", "give_free", "accept", "cancel"]
    one = f"{LIST}{made.pk}/change/"
    page = staff.post(one, {"CHANGE_FORM-action": "cancel", "_selected_action": made.pk}).text
    assert "1 persoon afmelden" in page and 'name="CHANGE_FORM-action" value="cancel"' in page
    staff.post(
        one, {"CHANGE_FORM-action": "cancel", "_selected_action": made.pk, "_asked": "x", "gezien": seen([made])}
    )
    made.refresh_from_db()
    assert not made.is_coming


def test_only_who_comes_to_a_cafe_ahead_is_cancelled(staff):
    comes = factories.registration(factories.cafe(), name="Komt")
    off, was = factories.cafe(), factories.cafe()
    others = [factories.registration(off), factories.registration(was), factories.registration(off)]
    others[2].cancel()
    type(off).objects.filter(pk=off.pk).update(called_off_at=timezone.now())
    now = timezone.now()
    type(was).objects.filter(pk=was.pk).update(starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=1))
    mailing.forget()
    assert "Hier valt niets af te melden" in cancel(staff, *others)
    data = {"action": "cancel", "_selected_action": [each.pk for each in [comes, *others]]}
    assert '<strong dir="auto">Komt</strong>, in de zaal</li>' in staff.post(LIST, data).text
    assert "3 aanmeldingen blijven zoals ze zijn" in staff.post(LIST, data).text
    assert "1 aanmelding afgemeld." in cancel(staff, comes, *others)
    assert mailing.jobs() == [("cancellation", comes.pk)]
    assert Registration.objects.coming().count() == 2


def test_who_waits_and_is_cancelled_with_who_has_the_place_is_not_let_in_between(staff):
    cafe = factories.cafe(room_capacity=1)
    both = [factories.registration(cafe) for _ in range(2)]
    last = factories.registration(cafe)
    mailing.forget()
    cancel(staff, *both)
    assert [job for job in mailing.jobs() if job[0] == "promotion"] == [("promotion", last.pk)]


def test_in_the_last_hours_it_tells_that_who_waits_is_asked(staff):
    now = timezone.now().replace(second=0, microsecond=0)
    cafe = factories.cafe(room_capacity=1, starts_at=START, asks_from=now)
    leaves, *waiting = [factories.registration(cafe) for _ in range(3)]
    told = "Aan 2 mensen op de wachtlijst is gevraagd of ze komen: de eerste die ja zegt, heeft de plaats."
    assert told in change(staff, cafe, room_capacity=2, **typed({"asks_from": now}))
    assert told in cancel(staff, leaves)
    offers = ProcrastinateJob.objects.filter(task_name__endswith="offer")
    assert offers.count() == 2  # each once
    assert not cafe.registrations.filter(seat="room").exists() and len(waiting) == 2


def test_the_name_is_corrected_and_the_place_stays_what_it_has_become(staff, monkeypatch):
    cafe = factories.cafe()
    made = factories.registration(cafe, name="Fatma", email="a@example.org")
    other = factories.registration(cafe)
    url = f"/beheer/events/registration/{made.pk}/change/"
    data = {"name": "Fatima", "email": other.email, "role": "", "werkgebied": ""}
    data |= {"people": 1, "initial-people": 1, "wanted": "room", "initial-wanted": "room"}
    assert "Dit adres is al aangemeld voor dit café." in staff.post(url, data).text
    save = Registration.save

    def save_after_someone_cancelled(self, **kwargs):
        Registration.objects.get(pk=made.pk).cancel() if kwargs.get("update_fields") else None
        save(self, **kwargs)

    monkeypatch.setattr(Registration, "save", save_after_someone_cancelled)
    assert staff.post(url, {**data, "email": "b@example.org"}).status_code == 302
    made.refresh_from_db()
    assert (made.name, made.email, made.seat) == ("Fatima", "b@example.org", None)


def test_the_confirmation_once_more(staff):
    made = factories.registration(factories.cafe())
    data = {"action": "mail_again", "_selected_action": [made.pk]}
    assert "1 bevestiging onderweg" in staff.post("/beheer/events/registration/", data, follow=True).text
    assert ProcrastinateJob.objects.count() == 2


def test_the_list_filters_and_nothing_is_deleted(staff):
    cafe = factories.cafe(room_capacity=1, online_capacity=1)
    names = ["zaal", "wacht-zaal", "online", "wacht-online", "afgemeld"]
    for name, seat in zip(names, ["room", "room", "online", "online", "online"]):
        factories.registration(cafe, name=f"Mens {name}", wish=seat)
    Registration.objects.get(name="Mens afgemeld").cancel()
    for name in names:
        page = staff.get("/beheer/events/registration/", {"stand": name, "cafe__id__exact": cafe.pk}).text
        assert [other for other in names if f">Mens {other}</a>" in page] == [name]
    assert staff.get("/beheer/events/registration/", {"stand": "onzin"}).status_code == 200
    assert "Mens online" in staff.get("/beheer/events/registration/", {"q": "mens online"}).text
    made = Registration.objects.first()
    assert staff.post(f"/beheer/events/registration/{made.pk}/delete/", {"post": "yes"}).status_code == 403
    assert staff.post(f"/beheer/events/cafe/{cafe.pk}/delete/", {"post": "yes"}).status_code == 403
