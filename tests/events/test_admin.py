"""What a coordinator does with sign-ups in the admin."""

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from events.models import Registration
from tests import factories
from tests.events.test_cafe_admin import START, change, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client, settings):
    settings.DEMO = True
    client.force_login(factories.coordinator())
    return client


def cancel(staff, *registrations) -> str:
    """As on the page in between."""
    data = {"action": "cancel", "_selected_action": [each.pk for each in registrations]}
    return staff.post("/beheer/events/registration/", data, follow=True).text


def test_by_telephone_goes_through_the_same_queue(staff):
    cafe = factories.cafe(room_capacity=1)
    data = {"cafe": cafe.pk, "wanted": "room", "people": 1, "name": "Opa", "email": ""}
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
    page = cancel(staff, leaves)
    assert "1 aanmelding afgemeld." in page
    assert "1 mens van de wachtlijst krijgt nu een plaats, en een mail daarover." in page
    waits.refresh_from_db()
    assert waits.seat == "room"


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
