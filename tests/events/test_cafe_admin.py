"""What a coordinator does with cafés in the admin: making them, and changing their fields."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from events.models.cafes import Cafe
from events.models.registrations import Registration
from tests.events.cafe_form import START, change, filled_in
from tests.helpers import factories

pytestmark = pytest.mark.django_db
TOO_LONG = {"ends_at": F("starts_at") + timedelta(hours=12, seconds=1)}


def test_more_places_let_the_queue_in(staff):
    cafe = factories.cafe(room_capacity=1, starts_at=START)
    people = [factories.registration(cafe) for _ in range(4)]
    page = change(staff, cafe, room_capacity=3)
    assert "2 mensen van de wachtlijst krijgen nu een plaats" in page
    assert [row.seat for row in Registration.objects.order_by("pk")] == ["room", "room", "room", None]
    promotions = ProcrastinateJob.objects.filter(task_name__endswith="promotion").order_by("pk")
    assert [job.args["registration_id"] for job in promotions] == [person.pk for person in people[1:3]]


def test_fewer_places_than_are_taken_is_refused(staff):
    cafe = factories.cafe(room_capacity=5, starts_at=START)
    for _ in range(3):
        factories.registration(cafe)
    page = change(staff, cafe, room_capacity=2)
    assert "Er zijn al 3 plaatsen in de zaal vergeven. Vul minstens 3 in, of meld eerst mensen af." in page
    cafe.refresh_from_db()
    assert cafe.room_capacity == 5
    change(staff, cafe, room_capacity=3)
    cafe.refresh_from_db()
    assert cafe.room_capacity == 3


def test_who_signed_up_is_not_left_with_mails_about_a_page_that_is_not_there(staff):
    cafe = factories.cafe(starts_at=START)
    made = factories.registration(cafe)
    page = change(staff, cafe, published="")
    assert "dus het blijft zichtbaar" in page and Cafe.objects.get().published_at
    made.cancel()
    change(staff, cafe, published="")
    assert Cafe.objects.get().published_at is None


def test_the_address_of_a_cafe_is_fixed_once_somebody_has_a_link_with_it(staff, client):
    cafe = factories.cafe(starts_at=START, slug="eerst")
    change(staff, cafe, slug="anders")
    assert Cafe.objects.get().slug == "anders"
    cafe.refresh_from_db()
    made = factories.registration(cafe)
    page = change(staff, cafe, slug="toch-anders", title="Het café")
    assert 'name="slug"' not in staff.get(f"/beheer/events/cafe/{cafe.pk}/change/").text
    assert (Cafe.objects.get().slug, Cafe.objects.get().title) == ("anders", "Het café"), page
    assert client.get(made.get_absolute_url()).status_code == 200


def test_a_new_cafe(staff):
    page = staff.get("/beheer/events/cafe/add/").text
    assert "waar dit café over gaat" in page.lower()
    staff.post("/beheer/events/cafe/add/", filled_in(factories.cafe(), slug="nieuw"))
    made = Cafe.objects.get(slug="nieuw")
    assert made.is_open and made.starts_at.isoformat() == "2027-10-19T17:30:00+00:00"


@pytest.mark.parametrize(
    ("day", "clock", "moment"),
    [
        ("2027-03-27", "19:30", datetime(2027, 3, 27, 18, 30, tzinfo=UTC)),
        ("2027-03-28", "19:30", datetime(2027, 3, 28, 17, 30, tzinfo=UTC)),
        ("2027-10-30", "19:30", datetime(2027, 10, 30, 17, 30, tzinfo=UTC)),
        ("2027-10-31", "19:30", datetime(2027, 10, 31, 18, 30, tzinfo=UTC)),
        ("2027-03-28", "02:30", None),  # the hour that is skipped
        ("2027-10-31", "02:30", None),  # the hour that comes twice
    ],
)
def test_the_clock_is_that_of_amsterdam(staff, day, clock, moment):
    cafe = factories.cafe()
    before = Cafe.objects.values().get()
    page = change(staff, cafe, starts_at_0=day, starts_at_1=clock, ends_at_0=day, ends_at_1="22:00")
    if moment:
        assert Cafe.objects.get().starts_at == moment
        assert f'value="{clock}"' in staff.get(f"/beheer/events/cafe/{cafe.pk}/change/").text
    else:
        assert "Op dit tijdstip gaat de klok een uur vooruit of terug." in page
        assert Cafe.objects.values().get() == before


def test_what_cannot_be_is_refused_in_dutch(staff):
    cafe = factories.cafe()
    before = Cafe.objects.values().get()
    for words, wrong in [
        ("Het café eindigt voordat het begint.", {"ends_at_1": "18:30"}),
        ("Vul in waar de zaal is", {"room": " "}),
        ("Kies 1 tot en met 24 maanden.", {"keep_months": 0}),
        ("Kies 1 tot en met 24 maanden.", {"keep_months": 25}),
        ("Geef dit café plaatsen", {"room_capacity": 0, "online_capacity": 0}),
        (
            "Het aanmelden sluit voordat het opengaat.",
            {"opens_at_0": "2027-10-01", "opens_at_1": "9:00", "closes_at_0": "2027-09-01", "closes_at_1": "9:00"},
        ),
    ]:
        assert words in change(staff, cafe, **wrong)
        assert Cafe.objects.values().get() == before


@pytest.mark.parametrize("wrong", [{"room": ""}, {"keep_months": 0}, {"keep_months": 25}, TOO_LONG])
def test_the_database_refuses_it_too(wrong):
    cafe = factories.cafe()
    with pytest.raises(IntegrityError), transaction.atomic():
        Cafe.objects.update(**wrong)
    Cafe.objects.filter(pk=cafe.pk).update(room="", room_capacity=0, keep_months=24)


def test_a_cafe_that_is_online_only_needs_no_room_and_gets_one_with_its_places(staff, client):
    cafe = factories.cafe(starts_at=START)
    factories.registration(cafe, wish="online")
    for fields in [{"room": "", "room_capacity": 0}, {"room": "Het Dok", "room_capacity": 9}]:
        change(staff, cafe, **fields, _tell="Bewaar en mail")
        cafe = Cafe.objects.get()
        assert (cafe.room, cafe.room_capacity) == (fields["room"], fields["room_capacity"])
        assert client.get(cafe.get_absolute_url()).status_code == 200


def test_every_state_is_told_and_found(staff):
    now = timezone.now()
    times = {"starts_at": now - timedelta(days=2), "ends_at": now - timedelta(hours=46)}
    states = {
        "concept": factories.cafe(published_at=None, title="Een concept"),
        "open": factories.cafe(title="Een open"),
        "vol": factories.cafe(room_capacity=0, online_capacity=1, title="Een vol"),
        "geweest": factories.cafe(title="Een geweest", **times),
        "afgelast": factories.cafe(called_off_at=now, title="Een afgelast"),
    }
    factories.registration(states["vol"], wish="online")
    for state, cafe in states.items():
        assert f'<div class="readonly">{state}</div>' in staff.get(f"/beheer/events/cafe/{cafe.pk}/change/").text
    chosen = {"komt": ["open", "vol"]} | {state: [state] for state in ("concept", "geweest", "afgelast")}
    for choice, found in chosen.items():
        page = staff.get("/beheer/events/cafe/", {"staat": choice}).text
        assert [state for state in states if f">Een {state}</a>" in page] == found


def test_what_is_wrong_stands_on_top_with_a_link_to_each_field(staff):
    cafe = factories.cafe()
    wrong = {"starts_at_0": "", "title": "", "room_capacity": "x", "question": "v" * 300}
    page = change(staff, cafe, **wrong)
    summary = page.split('class="error-summary"')[1].split("</div>")[0]
    links = re.findall(r'href="#([^"]+)">([^:]+):', summary)
    assert [name for name, _ in links] == ["id_title", "id_starts_at_0", "id_room_capacity", "id_question"]
    assert all(f'id="{name}"' in page for name, _ in links)
    assert "error-summary" not in staff.get(f"/beheer/events/cafe/{cafe.pk}/change/").text
    both = change(staff, cafe, room_capacity=0, online_capacity=0)
    assert "<li>Geef dit café plaatsen" in both.split('class="error-summary"')[1].split("</div>")[0]


def test_the_back_office_speaks_dutch_about_a_cafe(staff):
    cafe = factories.cafe(starts_at=START)
    page = change(staff, cafe, title="Soep & brood", _continue="x")
    assert "Passend Onderwijscafé ‘<a href=" in page and "Soep &amp; brood" in page
    assert "De Passend" not in page and "U kunt" not in page
    (crumbs,) = re.findall(r'<ol class="breadcrumbs">(.*?)</ol>', page, re.DOTALL)
    assert re.findall(r">([^<>]+)</a>", crumbs) == ["Vandaag", "Passend Onderwijscafés"]
    Registration.objects.create(cafe=cafe, name="A", seat="room", role=factories.role())
    factories.registration(cafe)
    filters = staff.get("/beheer/events/registration/").text.split('id="changelist-filter"')[1]
    choices = [words.strip() for words in re.findall(r"<a [^>]+>([^<]+)</a>", filters)]
    assert "niet ingevuld" in choices and "-" not in choices


def test_a_theme_cafe_belongs_to_a_design_cycle(staff, client):
    cafe, cycle = factories.cafe(), factories.cycle(subject="Het profiel")
    change(staff, cafe, cycles=[cycle.pk])
    assert list(cafe.cycles.all()) == [cycle]
    assert "themacafé" in client.get(cafe.get_absolute_url()).text
    change(staff, cafe)
    assert not cafe.cycles.exists()


def test_staff_without_the_permission_change_nothing(client, settings):
    settings.DEMO = True
    client.force_login(factories.user(is_staff=True))
    cafe = factories.cafe()
    factories.registration(cafe)
    assert client.post(f"/beheer/events/cafe/{cafe.pk}/afgelasten/").status_code == 403
    assert client.post(f"/beheer/events/cafe/{cafe.pk}/change/", filled_in(cafe, room="x")).status_code == 403
    assert Cafe.objects.get().called_off_at is None
