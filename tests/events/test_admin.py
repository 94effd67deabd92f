"""What a coordinator does with cafés and sign-ups in the admin."""

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from events.models import Cafe, Registration
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client, settings):
    settings.DEMO = True
    client.force_login(factories.coordinator())
    return client


def fields(cafe: Cafe, **changes) -> dict:
    names = ["slug", "title", "label", "text", "question", "agenda", "room", "room_capacity"]
    names += ["online_link", "online_capacity"]
    return {
        **{name: getattr(cafe, name) for name in names},
        "published": "on",
        "starts_at_0": "19-10-2027",
        "starts_at_1": "19:30",
        "ends_at_0": "19-10-2027",
        "ends_at_1": "21:30",
        **changes,
    }


def change(staff, cafe, **changes):
    return staff.post(f"/beheer/events/cafe/{cafe.pk}/change/", fields(cafe, **changes), follow=True).text


def test_more_places_let_the_queue_in(staff):
    cafe = factories.cafe(room_capacity=1)
    people = [factories.registration(cafe) for _ in range(4)]
    page = change(staff, cafe, room_capacity=3)
    assert "2 mensen van de wachtlijst krijgen nu een plaats" in page
    assert [row.seat for row in Registration.objects.order_by("pk")] == ["room", "room", "room", None]
    promotions = ProcrastinateJob.objects.filter(task_name__endswith="promotion").order_by("pk")
    assert [job.args["registration_id"] for job in promotions] == [person.pk for person in people[1:3]]


def test_fewer_places_than_are_taken_is_refused(staff):
    cafe = factories.cafe(room_capacity=5)
    for _ in range(3):
        factories.registration(cafe)
    page = change(staff, cafe, room_capacity=2)
    assert "Er zijn al 3 plaatsen in de zaal vergeven. Vul minstens 3 in, of meld eerst mensen af." in page
    cafe.refresh_from_db()
    assert cafe.room_capacity == 5
    change(staff, cafe, room_capacity=3)
    cafe.refresh_from_db()
    assert cafe.room_capacity == 3


def test_an_end_before_the_beginning_is_refused_in_dutch(staff):
    cafe = factories.cafe()
    before = Cafe.objects.values().get()
    assert "Het café eindigt voordat het begint." in change(staff, cafe, ends_at_1="18:30")
    assert "Op dit tijdstip gaat de klok een uur vooruit of terug." in change(
        staff, cafe, starts_at_0="28-03-2027", starts_at_1="02:30"
    )
    assert Cafe.objects.values().get() == before


def test_concept_called_off_and_back(staff, client):
    cafe = factories.cafe()
    change(staff, cafe, published="")
    cafe.refresh_from_db()
    assert cafe.published_at is None
    change(staff, cafe, called_off="on")
    cafe.refresh_from_db()
    assert cafe.published_at and cafe.called_off_at
    moment = cafe.called_off_at
    change(staff, cafe, called_off="on")
    cafe.refresh_from_db()
    assert cafe.called_off_at == moment
    assert "afgelast" in staff.get("/beheer/events/cafe/").text


def test_a_new_cafe(staff):
    page = staff.get("/beheer/events/cafe/add/").text
    assert "waar dit café over gaat" in page.lower()
    staff.post("/beheer/events/cafe/add/", fields(factories.cafe(), slug="nieuw"))
    made = Cafe.objects.get(slug="nieuw")
    assert made.is_open and made.starts_at.isoformat() == "2027-10-19T17:30:00+00:00"


def test_by_telephone_goes_through_the_same_queue(staff):
    cafe = factories.cafe(room_capacity=1)
    data = {"cafe": cafe.pk, "wanted": "room", "name": "Opa", "email": "", "role": "", "werkgebied": ""}
    for words in ["Opa: in de zaal.", "Opa: wacht op de zaal."]:
        page = staff.post("/beheer/events/registration/add/", data, follow=True).text
        assert words in page
    staff.post("/beheer/events/registration/add/", {**data, "name": "Oma", "email": "oma@example.org"})
    page = staff.post("/beheer/events/registration/add/", {**data, "email": "OMA@example.org"}).text
    assert "Dit adres is al aangemeld voor dit café." in page
    assert [row.position("room") for row in Registration.objects.filter(seat=None).order_by("pk")] == [1, 2]
    assert ProcrastinateJob.objects.count() == 1


def test_cancelling_lets_the_next_in(staff):
    cafe = factories.cafe(room_capacity=1)
    leaves, waits = factories.registration(cafe), factories.registration(cafe)
    data = {"action": "cancel", "_selected_action": [leaves.pk]}
    page = staff.post("/beheer/events/registration/", data, follow=True).text
    assert "1 aanmelding afgemeld; 1 mens van de wachtlijst" in page
    waits.refresh_from_db()
    assert waits.seat == "room"


def test_the_name_is_corrected_and_the_place_stays_what_it_has_become(staff, monkeypatch):
    cafe = factories.cafe()
    made = factories.registration(cafe, name="Fatma", email="a@example.org")
    other = factories.registration(cafe)
    url = f"/beheer/events/registration/{made.pk}/change/"
    data = {"name": "Fatima", "email": other.email, "role": "", "werkgebied": ""}
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
