"""What a coordinator does with cafés in the admin."""

import html
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from events.models.cafes import Cafe
from events.models.mailings import Mailing
from events.models.registrations import Registration
from tests.events import mailing
from tests.helpers import factories

pytestmark = pytest.mark.django_db
START = datetime(2027, 10, 19, 17, 30, tzinfo=UTC)  # as `fields` has it


@pytest.fixture
def staff(client, settings):
    settings.DEMO = True
    client.force_login(factories.coordinator())
    return client


def fields(cafe: Cafe, **changes) -> dict:
    names = ["slug", "title", "label", "text", "question", "agenda", "room", "room_capacity", "route", "late"]
    names += ["online_link", "online_capacity", "keep_months", "front_text", "next_text"]
    return {
        **{name: getattr(cafe, name) for name in names},
        "published": "on",
        "starts_at_0": "2027-10-19",
        "starts_at_1": "19:30",
        "ends_at_0": "2027-10-19",
        "ends_at_1": "21:30",
        **changes,
    }


def change(staff, cafe, **changes):
    """Opens the form, types and saves."""
    return save(staff, cafe, shown(staff, cafe), **changes)


def shown(staff, cafe) -> dict:
    """What a form that is opened now remembers of what it showed."""
    page = staff.get(f"/beheer/events/cafe/{cafe.pk}/change/").text
    found = re.findall(r'<input type="hidden" name="(initial-[^"]+)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in found}


def save(staff, cafe, remembered: dict, **changes):
    data = remembered | fields(cafe, **changes)
    return staff.post(f"/beheer/events/cafe/{cafe.pk}/change/", data, follow=True).text


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
    staff.post("/beheer/events/cafe/add/", fields(factories.cafe(), slug="nieuw"))
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
            {
                "opens_at_0": "2027-10-01",
                "opens_at_1": "9:00",
                "closes_at_0": "2027-09-01",
                "closes_at_1": "9:00",
            },
        ),
    ]:
        assert words in change(staff, cafe, **wrong)
        assert Cafe.objects.values().get() == before


TOO_LONG = {"ends_at": F("starts_at") + timedelta(hours=12, seconds=1)}


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
        assert (
            f'<div class="readonly">{state}</div>' in staff.get(f"/beheer/events/cafe/{cafe.pk}/change/").text
        )
    chosen = {"komt": ["open", "vol"]} | {state: [state] for state in ("concept", "geweest", "afgelast")}
    for choice, found in chosen.items():
        page = staff.get("/beheer/events/cafe/", {"staat": choice}).text
        assert [state for state in states if f">Een {state}</a>" in page] == found


def test_moving_shows_the_mail_first_and_then_mails_everyone_once(staff, settings, tmp_path):
    folder = mailing.folder(settings, tmp_path)
    cafe = factories.cafe()
    room, online = factories.registration(cafe), factories.registration(cafe, wish="online")
    factories.registration(cafe, email="")
    factories.registration(cafe).cancel()
    mailing.forget()
    moved = {"room": "Het Dok", "starts_at_1": "20:00", "question": "Wat nu?", "_save": "Opslaan"}
    page = change(staff, cafe, **moved)
    assert "Deze mail gaat naar 2 mensen" in page and "Het wordt dinsdag 19 oktober 2027, 20.00" in page
    assert "Bewaar zonder mail" not in page  # people would stand at a closed door
    assert Cafe.objects.get().room != "Het Dok" and not Mailing.objects.exists() and not mailing.jobs()
    for _ in range(2):
        change(staff, cafe, **moved, _tell="Bewaar en mail")
    made = Cafe.objects.get()
    assert (made.room, made.question) == ("Het Dok", "Wat nu?")
    assert Mailing.objects.get().kind == "moved"
    assert mailing.jobs() == [("mailing", room.pk), ("mailing", online.pk)]
    mails = mailing.deliver(folder)
    assert [mail["Subject"][:16] for mail in mails] == ["Verplaatst naar "] * 2


def typed(moments: dict) -> dict:
    """Moments as the form has them, in two fields each."""
    local = {name: timezone.localtime(value) for name, value in moments.items()}
    return {f"{name}_0": f"{value:%Y-%m-%d}" for name, value in local.items()} | {
        f"{name}_1": f"{value:%H:%M}" for name, value in local.items()
    }


@pytest.mark.parametrize("someone", [True, False])
def test_to_another_day_what_lies_around_comes_along_unless_it_was_typed(staff, someone):
    around = {
        "opens_at": datetime(2027, 10, 1, 7, 0, tzinfo=UTC),
        "closes_at": datetime(2027, 10, 18, 10, 0, tzinfo=UTC),
        "asks_from": datetime(2027, 10, 19, 13, 30, tzinfo=UTC),
    }
    cafe = factories.cafe(starts_at=START, **around)
    if someone:
        Registration.objects.create(cafe=cafe, name="A", email="a@example.org", seat="room")
    later = {"starts_at_0": "2027-11-02", "ends_at_0": "2027-11-02"}  # winter time by then
    sent = typed(around | {"closes_at": around["closes_at"] + timedelta(hours=1)}) | later
    told = "Dit schuift mee: aanmelden kan vanaf vrijdag 15 oktober 2027, 9.00 uur, eerst vragen vanaf"
    page = change(staff, cafe, **sent)
    assert told in page
    if someone:
        assert "Deze mail gaat naar 1 mens" in page and Cafe.objects.get().opens_at == around["opens_at"]
        assert told in change(staff, cafe, **sent, _tell="Bewaar en mail")
        assert Mailing.objects.get().kind == "moved"
    moved = Cafe.objects.get()
    assert moved.starts_at == datetime(2027, 11, 2, 18, 30, tzinfo=UTC)
    assert moved.opens_at == datetime(2027, 10, 15, 7, 0, tzinfo=UTC)
    assert moved.closes_at == datetime(2027, 10, 18, 11, 0, tzinfo=UTC)
    assert moved.asks_from == datetime(2027, 11, 2, 14, 30, tzinfo=UTC)


@pytest.mark.parametrize("day", ["2027-10-12", "2027-10-30", "2027-10-31", "2027-11-02"])
@pytest.mark.parametrize("someone", [True, False])
def test_to_another_day_an_end_that_was_not_typed_comes_along(staff, someone, day):
    cafe = factories.cafe(starts_at=START)
    if someone:
        factories.registration(cafe)
    page = change(staff, cafe, starts_at_0=day, starts_at_1="19:00")
    assert "Dit schuift mee: eindigt" in page
    if someone:
        assert "19.00 – 21.30 uur" in page.split('class="mail-sheet"')[1]
        change(staff, cafe, starts_at_0=day, starts_at_1="19:00", _tell="Bewaar en mail")
    moved = Cafe.objects.get()
    assert f"{timezone.localtime(moved.starts_at):%Y-%m-%d %H:%M}" == f"{day} 19:00"
    assert f"{timezone.localtime(moved.ends_at):%Y-%m-%d %H:%M}" == f"{day} 21:30"


@pytest.mark.parametrize(
    "typed",
    [
        {"ends_at_0": "2027-10-20"},
        {"ends_at_0": "2027-10-26"},
        {"starts_at_0": "2027-10-12", "ends_at_1": "21:00"},  # a date typed by hand, and the other forgotten
        {"starts_at_1": "07:00", "ends_at_1": "19:01"},
        {"starts_at_1": "23:00", "ends_at_0": "2027-10-20", "ends_at_1": "01:00"},
    ],
)
def test_a_cafe_ends_on_the_day_that_it_begins(staff, typed):
    cafe = factories.cafe(starts_at=START)
    before = Cafe.objects.values().get()
    assert "Kijk ook de datum van het einde na." in change(staff, cafe, **typed)
    assert Cafe.objects.values().get() == before
    page = staff.post("/beheer/events/cafe/add/", fields(cafe, slug="nieuw", ends_at_0="2027-10-26")).text
    assert 'href="#id_ends_at_0">Eindigt: Een café eindigt op de dag' in page
    assert Cafe.objects.count() == 1


def test_a_cafe_to_come_is_not_moved_into_the_past(staff):
    cafe = factories.cafe(starts_at=START)
    words = "Dit moment is al voorbij."
    assert words in change(staff, cafe, starts_at_0="2017-10-19", ends_at_0="2017-10-19")
    assert Cafe.objects.get().starts_at == START
    Cafe.objects.update(starts_at=START.replace(year=2017), ends_at=START.replace(year=2017, hour=20))
    past = {"starts_at_0": "2017-10-18", "ends_at_0": "2017-10-18"}
    assert words not in change(staff, cafe, **past)  # what has been can be put right
    assert Cafe.objects.get().starts_at.day == 18


def test_what_has_been_is_not_planned_again(staff):
    cafe = factories.cafe()
    factories.registration(cafe).check_in(by=None)
    past = {"starts_at": START.replace(year=2017), "ends_at": START.replace(year=2017, hour=20)}
    Cafe.objects.update(**past)
    assert "Dit café is geweest." in change(staff, cafe)
    assert Cafe.objects.get().starts_at == past["starts_at"]


@pytest.mark.parametrize("field", ["starts_at", "room"])
def test_who_came_hears_of_a_change_while_it_is_going_on(staff, coordinator, field):
    now = timezone.now().replace(second=0, microsecond=0)
    cafe = factories.cafe(starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=1))
    made = Registration.objects.create(cafe=cafe, name="A", email="a@example.org", seat="room")
    made.check_in(by=coordinator)
    as_it_is = typed({"starts_at": cafe.starts_at, "ends_at": cafe.ends_at})
    other = {"room": "Het Dok"} if field == "room" else typed({name: START for name in ["starts_at"]})
    other |= typed({"ends_at": START + timedelta(hours=2)}) if field == "starts_at" else {}
    sent = as_it_is | other
    assert "Deze mail gaat naar 1 mens" in change(staff, cafe, **sent)
    change(staff, cafe, **sent, _tell="Bewaar en mail")
    made.refresh_from_db()
    assert Mailing.objects.get().kind == "moved" and (made.came_at is None) == (field == "starts_at")


def test_sign_up_that_is_open_stays_open_on_another_day(staff):
    opened = START.replace(year=2025)
    cafe = factories.cafe(starts_at=START, opens_at=opened)
    change(staff, cafe, **typed({"opens_at": opened}), starts_at_0="2027-11-19", ends_at_0="2027-11-19")
    moved = Cafe.objects.get()
    assert (moved.starts_at.month, moved.opens_at) == (11, opened)


@pytest.mark.parametrize("name", ["opens_at", "asks_from"])
def test_what_must_come_before_the_start_does(staff, name):
    cafe = factories.cafe(starts_at=START)
    page = change(staff, cafe, **typed({name: START + timedelta(hours=1)}))
    assert "Dan is het café al begonnen." in page and getattr(Cafe.objects.get(), name) is None


def test_what_somebody_else_changed_in_between_stays(staff):
    cafe = factories.cafe(starts_at=START, room_capacity=5, room="Het Dok")
    opened = shown(staff, cafe)
    before = fields(cafe)
    later = {"starts_at": START + timedelta(days=1), "ends_at": START + timedelta(days=1, hours=2)}
    Cafe.objects.update(room_capacity=7, room="De Kade", published_at=None, **later)
    url = f"/beheer/events/cafe/{cafe.pk}/change/"
    staff.post(url, opened | before | {"agenda": "Soep vooraf"})
    now = Cafe.objects.get()
    assert (now.agenda, now.room_capacity, now.room) == ("Soep vooraf", 7, "De Kade")
    assert now.starts_at == later["starts_at"] and now.published_at is None
    staff.post(url, opened | before | {"room_capacity": 6})  # what was typed counts
    assert Cafe.objects.get().room_capacity == 6


def test_a_slip_of_the_pen_in_the_room_needs_no_mail(staff):
    cafe = factories.cafe(starts_at=START)
    factories.registration(cafe)
    mailing.forget()
    typed = {"online_link": "https://online.example/anders"}
    assert "Bewaar zonder mail" in change(staff, cafe, **typed)
    change(staff, cafe, **typed, _silent="Bewaar")
    assert Cafe.objects.get().online_link == typed["online_link"] and not mailing.jobs()


@pytest.mark.parametrize("fields", [{"published_at": None}, {}])
def test_nobody_is_mailed_about_a_concept_or_what_nobody_signed_up_for(staff, fields):
    cafe = factories.cafe()
    factories.registration(cafe) if fields else None
    Cafe.objects.update(**fields or {"label": "x"})
    mailing.forget()
    change(staff, cafe, room="Het Dok", published="" if "published_at" in fields else "on")
    assert Cafe.objects.get().room == "Het Dok" and not mailing.jobs()


@pytest.mark.parametrize("other", [{"starts_at_1": "19:00"}, {"ends_at_1": "22:00"}, {"room": "Het Dok"}])
def test_what_is_called_off_is_not_moved_for_nobody_would_hear_of_it(staff, other):
    cafe = factories.cafe(starts_at=START)
    factories.registration(cafe)
    cafe.call_off(by=None)
    before = Cafe.objects.values().get()
    assert "Dit café is afgelast. Maak een nieuw café." in change(staff, cafe, **other)
    with pytest.raises(ValidationError):
        cafe.move(by=None, room="Het Dok")
    assert Cafe.objects.values().get() == before
    mailing.forget()
    change(staff, cafe, question="Wat nu?", online_link="https://online.example/anders")
    assert Cafe.objects.get().question == "Wat nu?" and not mailing.jobs()


def rung(page: str) -> list[str]:
    """Who is to be telephoned."""
    return re.findall("<bdi>([^<]+)</bdi>", page)


@pytest.mark.parametrize("mailed", [True, False])
def test_who_gave_no_address_is_to_be_telephoned(staff, mailed):
    cafe = factories.cafe(starts_at=START)
    for name in ("Oma <b>", "Opa"):
        factories.registration(cafe, email="", name=name)
    factories.registration(cafe, email="", name="Weg").cancel()
    if mailed:
        factories.registration(cafe)
    words, names = "2 mensen gaven geen adres: bel <a href=", ["Oma &lt;b&gt;", "Opa"]
    for steps in ({"_save": "x"}, {"_tell": "x"}):
        page = change(staff, cafe, starts_at_1="19:00", **steps)
        assert words in page and rung(page) == names, steps
    assert Cafe.objects.get().starts_at.minute == 0
    for name in ("bericht", "afgelasten"):
        page = staff.get(f"/beheer/events/cafe/{cafe.pk}/{name}/").text
        assert words in page and rung(page) == names, name
    page = staff.post(f"/beheer/events/cafe/{cafe.pk}/afgelasten/", {"_tell": "x"}, follow=True).text
    assert words in page and rung(page) == names


def test_calling_off_shows_the_mail_first_and_mails_everyone_once(staff):
    cafe = factories.cafe()
    made = factories.registration(cafe)
    mailing.forget()
    path = f"/beheer/events/cafe/{cafe.pk}/afgelasten/"
    page = staff.get(path).text
    assert "Deze mail gaat naar 1 mens" in page and "gaat niet door. Dat spijt ons." in page
    assert Cafe.objects.get().called_off_at is None and not mailing.jobs()
    for words in ["1 mens krijgt een mail", "Dit café is al afgelast."]:
        assert words in staff.post(path, {"_tell": "Last af"}, follow=True).text
    assert mailing.jobs() == [("mailing", made.pk)]
    assert "afgelast" in staff.get("/beheer/events/cafe/").text
    assert staff.get("/beheer/events/cafe/999/afgelasten/").status_code == 404
    past = factories.cafe(starts_at=timezone.now() - timedelta(days=2))
    page = staff.post(f"/beheer/events/cafe/{past.pk}/afgelasten/", {"_tell": "x"}, follow=True).text
    past.refresh_from_db()
    assert "Dit café is al geweest." in page and past.called_off_at is None


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
    assert client.post(f"/beheer/events/cafe/{cafe.pk}/change/", fields(cafe, room="x")).status_code == 403
    assert Cafe.objects.get().called_off_at is None
