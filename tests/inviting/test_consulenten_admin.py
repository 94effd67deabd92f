"""Consulenten and the mail of Monday in the back office."""

import datetime
from datetime import timedelta

import pytest
from django.utils import timezone

from inviting.models import Consulent, FreePeriod, Monday
from tests.events import mailing
from tests.helpers import factories
from tests.inviting import helpers
from werkplaats.people.models import User

pytestmark = pytest.mark.django_db
NEW = "/beheer/inviting/consulent/add/"


@pytest.fixture
def desk(client, settings):
    settings.DEMO = True
    client.force_login(factories.coordinator())
    return client


@pytest.fixture
def folder(settings, tmp_path):
    (tmp_path / "mail").mkdir()
    return mailing.folder(settings, tmp_path / "mail")


def test_an_address_and_a_name_make_a_consulent_and_one_mail_asks(desk, folder, client):
    answer = desk.post(NEW, {"email": "Anna@Example.org", "name": "Anna"})
    assert answer.status_code == 302
    made = Consulent.objects.get()
    assert (made.user.email, made.name, made.agreed_at) == ("anna@example.org", "Anna", None)
    (letter,) = mailing.deliver(folder)
    assert letter["To"] == "anna@example.org"
    assert letter["Subject"] == "Wil je op maandag mensen uitnodigen?"
    assert "/uitnodigen/" in letter.get_body(["plain"]).get_content()
    assert "gevraagd op" in desk.get("/beheer/inviting/consulent/").text


def test_who_is_there_already_is_found_by_the_address(desk):
    user = User.objects.confirmed("anna@example.org")
    desk.post(NEW, {"email": "anna@example.org", "name": "Anna"})
    assert Consulent.objects.get().user == user


@pytest.mark.parametrize(
    ("email", "name", "why"),
    [
        ("anna@example.org", "Anna", "Dit adres is al van een consulent."),
        ("weg@example.org", "Weg", "De toegang van dit adres is beëindigd."),
        ("nieuw@example.org", "bel 0612345678", "Hier past geen telefoonnummer"),
        ("nieuw@example.org", "www.kwaad.nl", "Hier past geen webadres"),
        ("geen adres", "Anna", "e-mailadres"),
    ],
)
def test_what_does_not_fit_is_said_and_makes_nobody(desk, email, name, why):
    helpers.consulent("Anna")
    factories.user(email="weg@example.org", is_active=False)
    before = User.objects.count()
    page = desk.post(NEW, {"email": email, "name": name})
    assert why in page.text
    assert (Consulent.objects.count(), User.objects.count()) == (1, before)


def test_asking_again_is_a_button_and_twice_is_once(desk, folder):
    made = helpers.consulent(agreed=False)
    asked = {"action": "ask_again", "_selected_action": made.pk}
    desk.post("/beheer/inviting/consulent/", asked)
    assert mailing.deliver(folder) == [], "they were asked just now"
    Consulent.objects.update(asked_at=timezone.now() - timedelta(days=3))
    for _ in range(2):
        desk.post("/beheer/inviting/consulent/", asked)
    assert len(mailing.deliver(folder)) == 1


def test_who_said_yes_is_not_asked_again(desk, folder):
    made = helpers.consulent()
    Consulent.objects.update(asked_at=timezone.now() - timedelta(days=3))
    page = desk.post("/beheer/inviting/consulent/", {"action": "ask_again", "_selected_action": made.pk}, follow=True)
    assert "Er ging geen mail uit" in page.text
    assert mailing.deliver(folder) == []


def test_who_said_yes_meanwhile_gets_no_mail_that_asks(folder):
    made = Consulent.objects.invite(User.objects.confirmed("anna@example.org"), "Anna")
    made.agree()
    assert mailing.deliver(folder) == []


def test_another_name_and_leaving(desk, client):
    made = helpers.consulent()
    question = helpers.question()
    address = f"/beheer/inviting/consulent/{made.pk}/"
    desk.post(f"{address}change/", {"name": "Anna van de Berg", "initial-name": "Anna"})
    assert "Anna van de Berg" in client.get(made.link.path()).text
    desk.post(f"{address}delete/", {"post": "yes"})
    page = client.get(made.link.path())
    assert ("Anna" in page.text, question.text in page.text) == (False, True)
    assert User.objects.filter(pk=made.user_id).exists()


def monday_form(**fields) -> dict:
    shown = {"is_on": "on", "weekday": "0", "at": "08:00", "region": "noord", "voice": ""}
    shown |= {"plain": "", "bulletin": "", "meeting": ""}
    at = {"initial-at": "08:00:00"}  # as the hidden copy of the field says it
    return {**shown, **{f"initial-{name}": value for name, value in shown.items()}, **at, **fields}


def test_a_coordinator_sets_when_and_what(desk):
    question = helpers.question()
    voice = factories.post(question, text="Een vast gezicht.")
    page = desk.get("/beheer/inviting/monday/", follow=True).text
    assert "We denken samen na over passend onderwijs" in page, "the general text is shown"
    assert "Een vast gezicht." in page
    sent = monday_form(weekday="1", at="09:15", region="zuid", plain="Doe je mee?", voice=voice.pk)
    answer = desk.post("/beheer/inviting/monday/1/change/", sent)
    assert answer.status_code == 302
    monday = Monday.objects.get()
    found = (monday.weekday, f"{monday.at:%H.%M}", monday.region, monday.plain, monday.voice)
    assert found == (1, "09.15", "zuid", "Doe je mee?", voice)


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"at": "12:00"}, "Kies een tijd voor 12.00 uur"),
        ({"plain": "é " * 550}, "Deze tekst past niet meer in een mailprogramma."),
        ({"plain": "x" * 1201}, "1.200"),
    ],
)
def test_what_cannot_be_is_refused_with_why(desk, fields, why):
    Monday.objects.load()
    page = desk.post("/beheer/inviting/monday/1/change/", monday_form(**fields))
    assert why in page.text
    assert Monday.objects.get().plain == ""


def test_a_time_that_another_set_meanwhile_is_told(desk):
    Monday.objects.load()
    Monday.objects.update(at=datetime.time(9, 30))
    page = desk.post("/beheer/inviting/monday/1/change/", monday_form(at="10:00"))
    assert "9.30" in page.text and "10.00" in page.text
    assert f"{Monday.objects.get().at:%H.%M}" == "09.30"


def test_free_periods_are_edited_and_end_after_they_begin(desk):
    new = {"name": "studiedag", "region": "", "first_day": "2027-02-01", "last_day": "2027-01-31"}
    assert "De laatste dag is niet voor de eerste." in desk.post("/beheer/inviting/freeperiod/add/", new).text
    desk.post("/beheer/inviting/freeperiod/add/", {**new, "last_day": "2027-02-01"})
    assert FreePeriod.objects.get().name == "studiedag"


def test_vandaag_asks_for_holidays_when_they_end(desk):
    Monday.objects.load()
    assert "Vul de schoolvakanties aan" in desk.get("/beheer/").text
    day = timezone.localdate() + timedelta(days=200)
    FreePeriod.objects.create(name="zomervakantie", first_day=day, last_day=day)
    assert "Vul de schoolvakanties aan" not in desk.get("/beheer/").text


def test_looking_at_consulenten_is_written_down(desk):
    from werkplaats.privacy.models import Look

    helpers.consulent()
    desk.get("/beheer/inviting/consulent/")
    assert Look.objects.filter(about="consulenten").exists()
