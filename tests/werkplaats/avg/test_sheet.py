"""The privacy page and the sheet of the privacy officer: drawn from the register, and blank where nobody wrote."""

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import Permission
from django.db import models
from django.test.utils import isolate_apps

from tests.helpers import factories
from werkplaats.avg import sheet
from werkplaats.avg.measures import MEASURES
from werkplaats.models import Controller, Erasure, Look, Retention, RetentionRun, User
from werkplaats.privacy.models import Looked
from werkplaats.register import walking
from werkplaats.register.entries import Entry, Purpose, Term
from werkplaats.register.terms import in_words

ROOT = Path(__file__).resolve().parents[3]
SHEET = "/beheer/avg/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def staff_client(client, settings):
    settings.DEMO = True
    officer = factories.user(is_staff=True)
    officer.user_permissions.add(Permission.objects.get(codename="view_controller"))
    client.force_login(officer)
    return client


def test_the_privacy_page_tells_what_is_kept_and_how_long(client, db, django_assert_num_queries):
    with django_assert_num_queries(3):  # the site, what coordinators changed, the controller
        page = client.get("/privacy/").text
    for words in ("Bijdragen en antwoorden", "Aanmeldingen voor cafés", "Stickers bij ideeën", "90 dagen nadat"):
        assert words in page
    assert "Een back-up bestaat 14 dagen" in page
    assert "Wat er van kinderen in kan staan" in page


def test_who_the_controller_is_stands_there_once_it_is_known(client, db):
    assert "Wie hiervoor zorgt" not in client.get("/privacy/").text
    Controller.objects.create(name="SWV Noord", officer="Mr. Fg")
    page = client.get("/privacy/").text
    assert "Verantwoordelijk is SWV Noord." in page
    assert "Functionaris gegevensbescherming: Mr. Fg." in page


def test_the_sheet_invents_nothing(staff_client, django_assert_num_queries):
    page = staff_client.get(SHEET).text
    assert page.count("nog invullen") == 2 + len(Purpose) + 4 + 1 + 1  # who, bases, processors, others, DPIA
    assert "14 dagen na het maken" in page
    Controller.objects.create(basis_cafes="toestemming", hosting="Een bedrijf", dpia="Weinig risico's.", backup_days=9)
    page = staff_client.get(SHEET).text
    assert page.count("nog invullen") == 2 + len(Purpose) + 4 + 1 + 1 - 3
    assert "Grondslag: toestemming" in page
    assert "9 dagen na het maken" in page


def test_the_sheet_takes_as_many_queries_for_much_as_for_little(staff_client, django_assert_num_queries):
    staff_client.get(SHEET)
    for _ in range(3):
        RetentionRun.objects.create(term=Term.NAMES, counts={"naam,namen": 3})
    Retention.objects.create(term=Term.VOTES, days=30)
    with django_assert_num_queries(11):  # session, user, two of its rights, the site, and six of the sheet
        staff_client.get(SHEET)


def test_the_sheet_tells_what_a_term_is_now_and_what_it_did(staff_client):
    Retention.objects.create(term=Term.VOTES, days=30, paused_why="Er loopt een zaak.")
    RetentionRun.objects.create(term=Term.NAMES, counts={"naam,namen": 14, "adres,adressen": 3})
    page = staff_client.get(SHEET).text
    assert "30 dagen nadat de peiling" in page
    assert "14 namen, 3 adressen" in page


def test_who_was_erased_by_a_term_is_not_counted_as_asked_for(staff_client):
    for why in ("zelf", "staf", "termijn"):
        Erasure.objects.create(why=why)
    assert "2 personen gewist op verzoek" in staff_client.get(SHEET).text


def test_every_table_with_something_of_people_is_on_the_sheet(staff_client):
    page = staff_client.get(SHEET).text
    for model in walking.tables():
        entry = walking.entry_of(model)
        if entry and (entry.personal or entry.staff or entry.children):
            assert model._meta.db_table in page, model


def test_what_only_names_the_staff_is_not_on_the_page_for_everyone(client):
    page = client.get("/privacy/").text
    assert "Foto&#x27;s van flappen" in page
    assert "Teksten en instellingen van de site" not in page
    assert "stappen van wie sorteert" not in page.lower()


@isolate_apps("posts")
def test_a_new_column_is_on_the_sheet_once_it_is_told_of():
    class Diary(models.Model):  # noqa: DJ008, nobody sees it
        words = models.TextField()
        in_register = Entry(
            what="dagboeken", purpose=Purpose.PARTICIPATION, term=Term.WORDS, personal={"words": "geheimen"}
        )

        class Meta:
            app_label = "posts"

    line = sheet.Line(Diary.in_register, [Diary._meta.db_table], [])
    assert line.holds == "geheimen"


def test_an_officer_who_only_reads_is_led_to_nothing_that_refuses(staff_client):
    names = ["view_look", "view_erasure", "view_retention", "view_retentionrun"]
    User.objects.get().user_permissions.add(*Permission.objects.filter(codename__in=names))
    shown = re.search(r'<p class="register-links">.*?</p>', staff_client.get(SHEET).text, re.DOTALL)[0]
    links = re.findall(r'href="([^"]+)"', shown)
    assert len(links) == 4
    assert {staff_client.get(link).status_code for link in links} == {200}
    terms = "/beheer/avg/termijnen/"
    assert "<button" not in re.search(r'<div class="terms">.*', staff_client.get(terms).text, re.DOTALL)[0]
    assert staff_client.post(terms, {"termijn": "namen", "wat": "pauze", "why": "zomaar"}).status_code == 403


def test_who_may_not_see_it(client, db, settings):
    settings.DEMO = True
    assert client.get(SHEET).status_code == 302
    client.force_login(factories.user(is_staff=True))
    assert client.get(SHEET).status_code == 403


def test_every_measure_names_tests_that_are_there():
    for measure in MEASURES:
        for name in measure.tests:
            path = ROOT / name
            assert path.is_file() or any(path.glob("test_*.py")), name


@pytest.mark.parametrize(
    ("days", "words"),
    [(None, ""), (1, "1 dag"), (90, "90 dagen"), (365, "een jaar"), (730, "2 jaar"), (400, "400 dagen")],
)
def test_how_long_in_words(days, words):
    assert in_words(days) == words


def test_a_look_is_written_down_once_an_hour_and_a_file_each_time(coordinator):
    for _ in range(2):
        Look.note(coordinator, Looked.SIGN_UPS, "café 3", 12)
        Look.note(coordinator, Looked.FILE, "café 3, deelnemers", 12)
    assert sorted(Look.objects.values_list("what", flat=True)) == [Looked.SIGN_UPS, Looked.FILE, Looked.FILE]


def test_what_shows_more_than_the_same_look_before_it_is_written_down(coordinator):
    for rows in (3, 12, 12):
        Look.note(coordinator, Looked.SIGN_UPS, "aanmeldingen", rows)
    assert sorted(Look.objects.values_list("rows", flat=True)) == [3, 12]


def test_looking_at_sign_ups_and_at_a_person_leaves_a_line(client, coordinator, settings):
    settings.DEMO = True
    client.force_login(coordinator)
    cafe = factories.cafe()
    row = factories.registration(cafe=cafe, email="iemand@example.org")
    other = factories.user()
    client.get(f"/beheer/events/registration/?cafe__id__exact={cafe.pk}")
    client.get(f"/beheer/events/registration/{row.pk}/change/")
    client.get(f"/beheer/events/cafe/{cafe.pk}/deelnemers/")
    client.get(f"/beheer/events/cafe/{cafe.pk}/deelnemers.xlsx")
    client.get(f"/beheer/werkplaats/user/{other.pk}/change/")
    client.get(f"/cafes/{cafe.slug}/bij-de-deur/?q=iemand")
    looks = {(look.what, look.about, look.rows) for look in Look.objects.filter(by=coordinator)}
    assert looks == {
        ("aanmeldingen", f"café {cafe.pk}", 1),
        ("aanmeldingen", f"aanmelding {row.pk}", 1),
        ("aanmeldingen", f"café {cafe.pk}, op papier", 1),
        ("aanmeldingen", f"café {cafe.pk}, bij de deur", 1),
        ("bestand", f"café {cafe.pk}, deelnemers", 1),
        ("persoon", f"gebruiker {other.pk}", 1),
    }
    assert "iemand" not in " ".join(about for _, about, _ in looks)
