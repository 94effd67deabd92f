"""Moving a café and calling it off in the admin: what comes along, and who is told."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from events import moments, reminders
from events.models.cafes import Cafe
from events.models.mailings import Mailing
from events.models.registrations import Registration
from tests.events import mailing
from tests.events.cafe_form import START, change, filled_in, rung, shown, typed
from tests.helpers import factories
from tests.helpers.shown_form import shown_again
from werkplaats.mail.models import ENOUGH, FailedMail
from werkplaats.mail.sending import is_beyond
from werkplaats.words import day

pytestmark = pytest.mark.django_db


def test_moving_shows_the_mail_first_and_then_mails_everyone_once(staff, settings, tmp_path):
    folder = mailing.folder(settings, tmp_path)
    cafe = factories.cafe()
    room, online = factories.registration(cafe), factories.registration(cafe, wish="online")
    factories.registration(cafe, email="")
    factories.registration(cafe).cancel()
    mailing.forget()
    moved = {"room": "Het Dok", "starts_at_1": "20:00", "question": "Wat nu?", "_save": "Opslaan"}
    page = change(staff, cafe, **moved)
    assert "Deze mail gaat naar 2 mensen" in page and f"Het wordt {day(START)}, 20.00" in page
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
    opens = datetime(2027, 10, 15, 7, 0, tzinfo=UTC)
    told = f"Dit schuift mee: aanmelden kan vanaf {day(opens)}, 9.00 uur, eerst vragen vanaf"
    page = change(staff, cafe, **sent)
    assert told in page
    if someone:
        assert "Deze mail gaat naar 1 persoon" in page and Cafe.objects.get().opens_at == around["opens_at"]
        assert told in change(staff, cafe, **sent, _tell="Bewaar en mail")
        assert Mailing.objects.get().kind == "moved"
    moved = Cafe.objects.get()
    assert moved.starts_at == datetime(2027, 11, 2, 18, 30, tzinfo=UTC)
    assert moved.opens_at == opens
    assert moved.closes_at == datetime(2027, 10, 18, 11, 0, tzinfo=UTC)
    assert moved.asks_from == datetime(2027, 11, 2, 14, 30, tzinfo=UTC)


@pytest.mark.parametrize("other", ["2027-10-12", "2027-10-30", "2027-10-31", "2027-11-02"])
@pytest.mark.parametrize("someone", [True, False])
def test_to_another_day_an_end_that_was_not_typed_comes_along(staff, someone, other):
    cafe = factories.cafe(starts_at=START)
    if someone:
        factories.registration(cafe)
    page = change(staff, cafe, starts_at_0=other, starts_at_1="19:00")
    assert "Dit schuift mee: eindigt" in page
    if someone:
        assert "19.00 – 21.30 uur" in page.split('class="mail-sheet"')[1]
        change(staff, cafe, starts_at_0=other, starts_at_1="19:00", _tell="Bewaar en mail")
    moved = Cafe.objects.get()
    assert f"{timezone.localtime(moved.starts_at):%Y-%m-%d %H:%M}" == f"{other} 19:00"
    assert f"{timezone.localtime(moved.ends_at):%Y-%m-%d %H:%M}" == f"{other} 21:30"


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
    page = staff.post("/beheer/events/cafe/add/", filled_in(cafe, slug="nieuw", ends_at_0="2027-10-26")).text
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
    assert "Deze mail gaat naar 1 persoon" in change(staff, cafe, **sent)
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
    before = filled_in(cafe)
    later = {"starts_at": START + timedelta(days=1), "ends_at": START + timedelta(days=1, hours=2)}
    Cafe.objects.update(room_capacity=7, room="De Kade", published_at=None, **later)
    url = f"/beheer/events/cafe/{cafe.pk}/change/"
    staff.post(url, opened | before | {"agenda": "Soep vooraf"})
    now = Cafe.objects.get()
    assert (now.agenda, now.room_capacity, now.room) == ("Soep vooraf", 7, "De Kade")
    assert now.starts_at == later["starts_at"] and now.published_at is None
    told = staff.post(url, opened | before | {"room_capacity": 6})
    assert "Nu staat er: <q>7</q>. Jij hebt: <q>6</q>." in told.text
    assert Cafe.objects.get().room_capacity == 7
    staff.post(url, shown_again(told))
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
    assert "Deze mail gaat naar 1 persoon" in page and "gaat niet door. Dat spijt ons." in page
    assert Cafe.objects.get().called_off_at is None and not mailing.jobs()
    for words in ["1 persoon krijgt een mail", "Dit café is al afgelast."]:
        assert words in staff.post(path, {"_tell": "Last af"}, follow=True).text
    assert mailing.jobs() == [("mailing", made.pk)]
    assert "afgelast" in staff.get("/beheer/events/cafe/").text
    assert staff.get("/beheer/events/cafe/999/afgelasten/").status_code == 404
    past = factories.cafe(starts_at=timezone.now() - timedelta(days=2))
    page = staff.post(f"/beheer/events/cafe/{past.pk}/afgelasten/", {"_tell": "x"}, follow=True).text
    past.refresh_from_db()
    assert "Dit café is al geweest." in page and past.called_off_at is None


# A stranger who signs up many addresses of one mailbox.


@pytest.mark.parametrize("what", ["called off", "moved", "reminder", "message"])
def test_what_everyone_is_told_reaches_who_comes_whoever_signed_their_mailbox_up(settings, tmp_path, what):
    folder = mailing.folder(settings, tmp_path)
    cafe = factories.cafe(starts_at=moments.days_from(timezone.now(), 7) - timedelta(minutes=1))
    strangers = [factories.registration(cafe, firm=False, email=f"oma+{number}@example.org") for number in range(10)]
    unsure = factories.registration(cafe, firm=False, email="oma@example.org")
    unsure.give_free()
    oma = cafe.register(email="oma+thuis@example.org", name="Oma", wish="room", by_hand=True)[0]
    mailing.deliver(folder)
    for _ in range(10):
        is_beyond("oma@example.org", by_typing=False)
    assert cafe.registrations.to_mail() == [oma, unsure]
    if what == "called off":
        sent = cafe.call_off(by=None)
    elif what == "moved":
        sent = cafe.move(by=None, room="Gymzaal")
    elif what == "reminder":
        (sent,) = reminders.remind(timezone.now())
    else:
        typed = {"subject": "De deur", "text": "Neem de zijdeur.", "by": None}
        sent, _ = Mailing.objects.write(cafe, key=uuid.uuid4(), audience="all", **typed)
    assert sent.people == 2 and len(strangers) == 10
    assert [mail["To"] for mail in mailing.deliver(folder)] == [oma.email]  # the other had its ten of today
    assert [failed.reason for failed in FailedMail.objects.missed()] == [ENOUGH]


def test_a_place_that_came_free_is_told_to_a_mailbox_that_had_its_ten(settings, tmp_path):
    folder = mailing.folder(settings, tmp_path)
    cafe = factories.cafe(room_capacity=1)
    leaves = factories.registration(cafe)
    cafe.register(email="oma@example.org", name="Oma", wish="room", by_hand=True)
    mailing.deliver(folder)
    for number in range(10):
        is_beyond(f"oma+{number}@example.org", by_typing=False)
    leaves.cancel()
    assert "oma@example.org" in [mail["To"] for mail in mailing.deliver(folder)]


def test_of_the_unconfirmed_of_one_mailbox_one_with_a_seat_is_mailed():
    cafe = factories.cafe()
    first, second = (factories.registration(cafe, firm=False, email=f"oma+{name}@example.org") for name in "ab")
    other = factories.registration(cafe, firm=False, email="opa+a@example.org")
    assert cafe.registrations.to_mail() == [first, other]
    first.give_free()
    assert cafe.registrations.to_mail() == [second, other]
