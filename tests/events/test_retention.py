"""Sign-ups go a set time after the café, from wherever they were. The clock is handed in."""

import re
from datetime import datetime, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.utils import timezone

from events import retention
from events.models.cafes import Cafe
from events.models.registrations import Registration
from tests.events import mailing
from tests.events.cafe_form import change
from tests.helpers import factories
from werkplaats.avg.tasks import forget_sessions
from werkplaats.people.models import User

pytestmark = pytest.mark.django_db
NAME, ADDRESS = "Quirinius", "quirinius@geheim.example"


def clock(text: str) -> datetime:
    return timezone.make_aware(datetime.fromisoformat(text))


def places(folder) -> list[str]:
    """The tables that hold the name or the address, and whether sessions or mails do."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        for (table,) in cursor.fetchall():
            query = f'SELECT count(*) FROM "{table}" AS t WHERE t::text ILIKE ANY (%s)'
            cursor.execute(query, [[f"%{NAME}%", "%geheim%"]])
            found += [table] * bool(cursor.fetchone()[0])
    sessions = [str(session.get_decoded()).lower() for session in Session.objects.all()]
    texts = [file.read_text().lower() for file in folder.iterdir()]
    for place, words in [("sessions", sessions), ("mails", texts)]:
        found += [place] * any(NAME.lower() in each or "geheim" in each for each in words)
    return found


@pytest.mark.parametrize(
    ("ends", "months", "forgets"),
    [
        ("2027-10-19T21:30", 3, "2028-01-19T00:00"),
        ("2027-11-30T21:30", 3, "2028-02-29T00:00"),
        ("2027-12-31T09:00", 0, "2027-12-31T00:00"),
        ("2027-03-27T21:30", 12, "2028-03-27T00:00"),
        ("2027-12-30T23:30", 14, "2029-02-28T00:00"),
    ],
)
def test_months_are_those_of_the_calendar(ends, months, forgets):
    cafe = Cafe(ends_at=clock(ends), keep_months=months)
    assert retention.forgets_at(cafe) == clock(forgets)


def test_nothing_of_a_person_is_left_anywhere(client, coordinator, settings, tmp_path):
    """As people do it: sign up, change, be corrected, cancelled and mailed; then the time comes."""
    folder = mailing.folder(settings, tmp_path)
    cafe, other = factories.cafe(slug="kafee"), factories.cafe()
    area = factories.role("ouder")
    typed = {"wish": "room", "name": "Quirin", "email": ADDRESS, "role_id": area.pk, "question": f"{NAME} vraagt"}
    client.post("/cafes/kafee/aanmelden/", typed)
    made = Registration.objects.get()
    Client().post("/accounts/login/", {"email": ADDRESS})  # there is no user yet, so it brings the links
    client.post(f"{made.get_absolute_url()}wijzigen/", {"wish": "online", "wishes": f"{NAME} eet niets"})
    admin = "/beheer/events/registration/"
    data = {"name": NAME, "email": ADDRESS, "role": area.pk, "werkgebied": "", "wishes": "", "question": NAME}
    client.post(f"{admin}{made.pk}/change/", {**data, "wanted": "online", "people": 2})
    client.post(f"{admin}add/", {**data, "cafe": cafe.pk, "wanted": "room", "people": 2, "email": ""})
    client.post(admin, {"action": "mail_again", "_selected_action": [made.pk]})
    client.post(f"/cafes/kafee/bij-de-deur/{made.pk}/", {"came": "ja"})
    cafe.mail_to("thanks", cafe.registrations.mailable())
    gone = factories.registration(cafe, name=NAME, email="weg@geheim.example")
    client.post(admin, {"action": "cancel", "_selected_action": [gone.pk], "_asked": "x"})
    kept = factories.registration(other, name="Blijft", email="blijft@example.org")
    Client().post("/accounts/login/", {"email": kept.email})
    mailing.work()
    Session.objects.exclude(pk=client.session.session_key).delete()  # of the log-ins; they go by themselves
    assert {"events_registration", "django_admin_log", "mails"} <= set(places(folder))
    now = retention.forgets_at(cafe)
    assert retention.forget_sign_ups(now - timedelta(seconds=1)) == []
    Cafe.objects.filter(pk=other.pk).update(keep_months=4)
    assert retention.forget_sign_ups(now) == [cafe] and retention.forget_sign_ups(now) == []
    assert places(folder) == []
    assert not User.objects.filter(email=ADDRESS).exists()  # came to be by pressing a button on the mailed page
    assert list(Registration.objects.all()) == [kept]
    left = [file.read_text() for file in folder.iterdir()]
    assert sorted(("Dag Blijft" in text, "Inloggen is niet nodig" in text) for text in left) == [
        (False, True),
        (True, False),
    ]
    assert {entry.object_repr for entry in LogEntry.objects.all()} == {retention.GONE}


@pytest.mark.parametrize("which", [0, 1])
def test_the_mail_with_the_links_of_several_cafes_goes_with_the_first_of_them(client, settings, tmp_path, which):
    folder = mailing.folder(settings, tmp_path)
    other, *mine = (factories.cafe() for _ in range(3))
    for cafe in mine:
        factories.registration(cafe, email=ADDRESS)
    mailing.forget()
    client.post("/accounts/login/", {"email": ADDRESS})
    Session.objects.all().delete()  # of the log-in; it goes by itself
    mailing.work()
    retention.wipe(other, timezone.now())
    assert places(folder) == ["events_registration", "mails"]
    retention.wipe(mine[which], timezone.now())
    assert places(folder) == ["events_registration"]


def test_the_counts_stay_and_the_admin_says_when(client, coordinator):
    start = timezone.now() - timedelta(days=400)
    cafe = factories.cafe()
    for wish in ("room", "room", "online"):
        factories.registration(cafe, wish=wish, role_id=factories.role("ouder").pk).check_in(by=coordinator)
    Cafe.objects.update(starts_at=start, ends_at=start + timedelta(hours=2))
    cafe.refresh_from_db()
    url, people = f"/beheer/events/cafe/{cafe.pk}/change/", "/beheer/events/registration/"
    assert "De aanmeldingen worden gewist op" in client.get(url).text
    retention.forget_sign_ups(timezone.now())
    page = client.get(url).text
    assert "De aanmeldingen zijn gewist op" in page and "zaal 2 van 20, online 1 van 10" in page
    page = client.get(people, {"cafe__id__exact": cafe.pk}).text
    assert "3 mensen aangemeld, van wie 3 afgevinkt" in page
    assert '<th scope="row">ouder</th><td>3</td>' in page
    tools = page.split('class="object-tools"')[1].split("</ul>")[0]
    assert re.findall(">([^<>]+)</a>", tools) == ["Het café"]
    tools = client.get(url).text.split('class="object-tools"')[1].split("</ul>")[0]
    assert "Bij de deur" not in tools and "Bericht" not in tools and "Uitnodiging" in tools
    for path in (f"/cafes/{cafe.slug}/bij-de-deur/", f"/beheer/events/cafe/{cafe.pk}/deelnemers/"):
        page = client.get(path).text
        assert "De aanmeldingen zijn gewist op" in page and "3 mensen waren aangemeld, van wie 3 afgevinkt" in page
        assert "nog niemand" not in page and "Zoek op naam" not in page
    assert "3 mensen" in client.get(cafe.get_absolute_url()).text
    assert "Maak een nieuw café voor een andere dag." in change(client, cafe)  # to a day ahead


def test_sessions_that_are_over_go(client):
    client.force_login(factories.user())
    forget_sessions(0)
    assert Session.objects.count() == 1
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    forget_sessions(0)
    assert not Session.objects.exists()
