"""Coordinators see who has not said yet that they come, and make them firm or give their place free."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.test import RequestFactory
from django.utils import timezone

from events import moments
from events.today import today
from tests.events.mailing import forget, jobs
from tests.helpers import factories
from tests.helpers.shown import seen
from werkplaats.people.models import User

pytestmark = pytest.mark.django_db
LIST = "/beheer/events/registration/"


def act(staff, action: str, *people, sure: bool = True):
    data = {"action": action, "_selected_action": [each.pk for each in people], "gezien": seen(people)}
    return staff.post(LIST, data | ({"_asked": "1"} if sure else {}), follow=True)


def test_the_list_shows_and_filters_who_is_not_firm(staff):
    cafe = factories.cafe()
    factories.registration(cafe, name="Zeker")
    unsure, gone = (factories.registration(cafe, name=name, firm=False) for name in ("Misschien", "Weg"))
    gone.cancel()
    until = timezone.now() + timedelta(days=1)
    type(unsure).objects.filter(pk=unsure.pk).update(holds_until=until)
    page = staff.get(f"{LIST}?vast=nee").text
    assert "Misschien" in page and ">Zeker<" not in page and ">Weg<" not in page
    assert "in de zaal, nog niet vast, tot " in page
    assert ">Zeker<" in staff.get(f"{LIST}?vast=ja").text


def test_signing_up_by_telephone_is_firm(staff):
    cafe = factories.cafe()
    staff.post(f"{LIST}add/", {"cafe": cafe.pk, "wanted": "room", "people": 1, "name": "Opa", "email": "o@example.org"})
    made = cafe.registrations.get()
    assert made.is_firm and not User.objects.filter(email="o@example.org").exists()


def test_making_firm_asks_first_and_gives_who_waits_their_turn(staff):
    cafe = factories.cafe(room_capacity=1, online_capacity=0)
    leaves = factories.registration(cafe)
    waits, seated = factories.registration(cafe, name="Wacht", firm=False), leaves
    leaves.cancel()
    forget()
    asked = act(staff, "make_firm", waits, seated, sure=False).text
    assert "Deze aanmeldingen vast maken?" in asked and "Wacht" in asked and "blijft zoals nu" in asked
    waits.refresh_from_db()
    assert not waits.is_firm and jobs() == []
    for words in ("1 aanmelding is vast.", "Hier valt niets vast te maken"):
        assert words in act(staff, "make_firm", waits).text
    waits.refresh_from_db()
    assert waits.is_firm and waits.seat == "room" and jobs() == [("promotion", waits.pk)]
    assert not User.objects.filter(email=waits.email).exists()  # nobody proved the address


def test_giving_free_asks_first_and_lets_the_first_in_who_is_firm(staff):
    cafe = factories.cafe(room_capacity=2)
    unsure, firm = factories.registration(cafe, name="Misschien", firm=False), factories.registration(cafe)
    waits = factories.registration(cafe)
    forget()
    assert "Deze plaatsen vrijgeven?" in act(staff, "give_free", unsure, sure=False).text
    assert jobs() == []
    page = act(staff, "give_free", unsure, firm).text
    assert "1 plaats is vrijgegeven." in page and "1 persoon van de wachtlijst krijgt nu een plaats" in page
    assert jobs() == [("lapsed", unsure.pk), ("promotion", waits.pk)]
    unsure.refresh_from_db()
    assert (unsure.seat, unsure.waits_for, unsure.is_firm) == (None, ["room"], False)
    assert "Hier valt niets vrij te geven" in act(staff, "give_free", unsure, firm).text


@pytest.mark.parametrize("action", ["make_firm", "give_free"])
def test_who_may_only_look_does_neither(client, settings, action):
    settings.DEMO = True
    looks = factories.user(is_staff=True)
    looks.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    client.force_login(looks)
    made = factories.registration(factories.cafe(), firm=False)
    before = type(made).objects.values().get()
    act(client, action, made)
    assert type(made).objects.values().get() == before


@pytest.mark.parametrize(("days", "hours", "told"), [(1, -1, True), (1, 1, False), (0, -1, False)])
def test_on_the_last_day_the_start_page_says_whom_to_telephone(days, hours, told):
    starts = moments.days_from(timezone.now(), days) + timedelta(hours=hours)
    cafe = factories.cafe(starts_at=timezone.now() + timedelta(days=3))
    factories.registration(cafe, firm=False), factories.registration(cafe)
    type(cafe).objects.update(starts_at=starts, ends_at=starts + timedelta(hours=2))
    request = RequestFactory().get("/")
    request.user = factories.coordinator()
    blocks = today(request)
    assert [block["title"] for block in blocks] == (["Komen zij?"] if told else []) + ["Komende cafés"]
    if told:
        (item,) = blocks[0]["items"]
        assert item["text"].startswith("1 persoon zei nog niet «Ik kom»")
        assert item["url"] == f"{LIST}?cafe__id__exact={cafe.pk}&vast=nee"
        assert "waarvan 1 nog niet vast" in blocks[1]["items"][0]["meta"]


def test_the_start_page_counts_who_said_nothing_and_has_no_place(coordinator):
    cafe = factories.cafe(room_capacity=1, online_capacity=0)
    holds = factories.registration(cafe, firm=False)
    factories.registration(cafe, firm=False, people=2), factories.registration(cafe, firm=False).cancel()
    starts = timezone.now() + timedelta(hours=20)
    type(cafe).objects.update(starts_at=starts, ends_at=starts + timedelta(hours=2))
    request = RequestFactory().get("/")
    request.user = coordinator

    def told():
        (item,) = today(request)[0]["items"]
        return item["text"].split(":")[0], item["meta"]

    words, meta = told()
    assert words == "3 mensen zeiden nog niet «Ik kom»" and "Wie er geen heeft" in meta and "houdt die" in meta
    holds.cancel()
    words, meta = told()
    assert words == "2 mensen zeiden nog niet «Ik kom»" and meta.startswith("Zij hebben geen plaats.")
