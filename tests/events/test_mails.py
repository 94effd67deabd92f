"""What is mailed after signing up, moving up and cancelling; and the page behind the mailed link."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from icalendar import Calendar
from procrastinate.contrib.django.models import ProcrastinateJob

from events import tasks
from events import tokens as links
from events.calendars import ics
from events.models.registrations import Registration
from tests.events import mailing
from tests.helpers import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def mailbox(tmp_path, settings):
    """A function that delivers what is in the queue, and returns the mails in order."""
    folder = mailing.folder(settings, tmp_path)
    return lambda: mailing.deliver(folder)


def parts(mail) -> tuple[str, str, Calendar]:
    text = mail.get_body(("plain",)).get_content()
    html = mail.get_body(("html",)).get_content()
    (attachment,) = mail.iter_attachments()
    assert attachment.get_content_type() == "text/calendar"
    calendar = Calendar.from_ical(attachment.get_content())
    assert attachment["Content-Type"].params["method"] == calendar["METHOD"]
    return text, html, calendar


def link_in(text: str) -> str:
    return re.search(r"http://testserver(/cafes/\S+/aanmelding/\S+/)\n", text)[1]


def test_a_seat_in_the_room(mailbox):
    cafe = factories.cafe(title="Café & «taart»", late="Bel aan bij de «zijdeur» & loop door")
    made = factories.registration(cafe, name="O'Brien <b>", email="a@example.org")
    (mail,) = mailbox()
    text, html, calendar = parts(mail)

    assert mail["To"] == "a@example.org"
    assert mail["Subject"].startswith("Je bent aangemeld: Café & «taart», ")
    assert "Dag O'Brien <b>," in text
    assert "O&#x27;Brien &lt;b&gt;" in html
    assert cafe.late in text and "«zijdeur» &amp; loop" in html
    assert "Google Agenda" in text and "calendar.google.com" in html and "outlook.office.com" in html
    for body in (text, html):
        assert "Je hebt een plaats in de zaal" in body
        assert cafe.room in body and cafe.question in body
        assert made.get_absolute_url() in body
    assert "online.example" not in text + html + calendar.to_ical().decode()
    assert link_in(text) == made.get_absolute_url()


def test_a_seat_online_has_the_link(mailbox):
    cafe = factories.cafe(late="Bel aan bij de zijdeur")
    factories.registration(cafe, wish="online")
    text, html, calendar = parts(mailbox()[0])
    for body in (text, html):
        assert "Je kunt ook later aansluiten." in body and "zijdeur" not in body
        assert "Je doet online mee" in body and cafe.online_link in body and cafe.room not in body
    assert calendar.events[0]["URL"] == cafe.online_link


def test_who_waits_is_told_so_and_has_no_link(mailbox):
    cafe = factories.cafe(online_capacity=1)
    for _ in range(3):
        factories.registration(cafe, wish="online")
    *_, mail = mailbox()
    text, html, calendar = parts(mail)
    assert mail["Subject"].startswith("Je staat op de wachtlijst")
    assert "Je bent nummer 2." in text and "Je bent nummer 2." in html
    assert cafe.online_link not in text + html + calendar.to_ical().decode()
    assert calendar.events[0]["STATUS"] == "TENTATIVE"
    assert "Google" not in text and "Google" not in html and "Outlook" not in text + html


def test_a_pair_that_waits_is_told_that_a_single_place_is_not_for_them(mailbox):
    cafe = factories.cafe(online_capacity=1)
    for people in (1, 1, 2):
        factories.registration(cafe, wish="online", people=people)
    _, alone, pair = (parts(mail) for mail in mailbox())
    for body in pair[:2]:
        assert "Je bent nummer 2. Jullie hebben twee plaatsen tegelijk nodig." in body
        assert "Komt er één vrij, dan gaat die naar wie alleen komt." in body
    assert not [body for body in alone[:2] if "Jullie" in body]


@pytest.mark.parametrize(("room", "online", "told"), [(0, 1, True), (0, 0, False), (1, 0, True)])
def test_who_waits_for_one_kind_hears_that_the_other_has_places(mailbox, room, online, told):
    cafe = factories.cafe(room_capacity=2, online_capacity=1)
    full, free = ("room", "online") if online or not room else ("online", "room")
    for seat, taken in [("room", 2 - 2 * room), ("online", 1 - online)]:
        for _ in range(taken):
            factories.registration(cafe, wish=seat)
    mailbox()
    factories.registration(cafe, wish=full)
    text, html, _ = parts(mailbox()[0])
    words = "Online is nog plaats" if free == "online" else "In de zaal is nog plaats"
    assert ((words in text), (words in html)) == (told, told)


def test_moving_up_and_cancelling_reach_the_calendar(mailbox):
    cafe = factories.cafe(room_capacity=1)
    leaves, waits = factories.registration(cafe), factories.registration(cafe)
    first = [parts(mail)[2] for mail in mailbox()]
    leaves.cancel()
    goodbye, promoted = (parts(mail) for mail in mailbox())

    assert "Je bent afgemeld" in goodbye[0] and "Je bent afgemeld" in goodbye[1]
    assert goodbye[2]["METHOD"] == "CANCEL"
    assert "die is nu voor jou" in promoted[0] and "die is nu voor jou" in promoted[1]
    assert link_in(promoted[0]) == waits.get_absolute_url()
    for before, after, status in zip(first, [goodbye[2], promoted[2]], ["CANCELLED", "CONFIRMED"]):
        before, after = before.events[0], after.events[0]
        assert before["UID"] == after["UID"]
        assert after["SEQUENCE"] > before["SEQUENCE"]
        assert after["STATUS"] == status
    assert first[0].events[0]["UID"] != first[1].events[0]["UID"]


def test_a_mail_that_is_overtaken_is_not_sent(mailbox):
    cafe = factories.cafe()
    made = factories.registration(cafe, email="a@example.org")
    made.cancel()
    assert [mail["Subject"].split(":")[0] for mail in mailbox()] == ["Je bent afgemeld"]

    cafe.register(email="a@example.org", name="A", wish="room", firm=True)
    made.refresh_from_db()
    made.cancel()
    cafe.register(email="a@example.org", name="A", wish="room", firm=True)
    subjects = {mail["Subject"].split(":")[0] for mail in mailbox()}
    assert subjects == {"Je bent aangemeld"}

    Registration.objects.all().delete()
    tasks.send_confirmation(mailing.Context(None), registration_id=made.pk)
    assert mailbox() == []


@pytest.mark.parametrize(
    ("start", "offset"),
    [(datetime(2026, 10, 19, 17, 30, tzinfo=UTC), 2), (datetime(2026, 11, 24, 6, 0, tzinfo=UTC), 1)],
)
def test_the_calendar_file_says_the_time_in_amsterdam(start, offset):
    cafe = factories.cafe()
    made = factories.registration(cafe)
    cafe.starts_at, cafe.ends_at = start, start + timedelta(hours=2)
    cafe.save()
    made.refresh_from_db()
    raw = ics.calendar(made).to_ical().decode()

    event = Calendar.from_ical(raw).events[0]
    assert (event.start, event.end) == (cafe.starts_at, cafe.ends_at)
    assert event.start.utcoffset() == timedelta(hours=offset)

    # The same by a second reader: the lines themselves, and the rules that the file brings along.
    lines = raw.replace("\r\n ", "").split("\r\n")
    assert f"DTSTART;TZID=Europe/Amsterdam:{start.astimezone(ZoneInfo('Europe/Amsterdam')):%Y%m%dT%H%M%S}" in lines
    zone = lines[lines.index("BEGIN:VTIMEZONE") : lines.index("END:VTIMEZONE")]
    assert "TZID:Europe/Amsterdam" in zone
    assert {"TZOFFSETTO:+0100", "TZOFFSETTO:+0200"} <= set(zone)
    assert all(len(line.encode()) <= 75 for line in raw.split("\r\n"))
    assert raw.count("METHOD:PUBLISH") == 1


def test_a_text_cannot_break_out_of_the_calendar_file():
    cafe = factories.cafe(title="Taart; met, room\\", question="Een vraag? BEGIN:VALARM")
    event = Calendar.from_ical(ics.calendar(factories.registration(cafe)).to_ical()).events[0]
    assert event["SUMMARY"] == "Taart; met, room\\"
    assert not event.subcomponents


def test_the_link_shows_and_get_changes_nothing(client):
    made = factories.registration(factories.cafe(), name="Fatima")
    before = Registration.objects.values().get()
    for _ in range(2):
        page = client.get(made.get_absolute_url())
        assert "<bdi>Fatima</bdi>, je bent welkom!" in page.text
        assert "no-store" in page["Cache-Control"]
    client.head(made.get_absolute_url())
    assert Registration.objects.values().get() == before

    cancel = f"{made.get_absolute_url()}afmelden/"
    client.get(cancel)
    assert Registration.objects.values().get() == before
    page = client.post(cancel, follow=True).text
    assert "Je bent afgemeld" in page and "Ik kom toch" in page
    client.post(cancel)
    made.refresh_from_db()
    assert made.cancelled_at and ProcrastinateJob.objects.count() == 2


def test_after_the_start_the_link_still_shows_and_no_longer_cancels(client):
    cafe = factories.cafe()
    made = factories.registration(cafe)
    cafe.starts_at, cafe.ends_at = (timezone.now() + timedelta(minutes=each) for each in (-1, 60))
    cafe.save()
    assert "Meld me af" not in client.get(made.get_absolute_url()).text
    for button in ("afmelden", "wijzigen", "ja"):
        client.post(f"{made.get_absolute_url()}{button}/", {"wish": "online", "seat": "room"})
    made.refresh_from_db()
    assert made.is_coming and made.seat == "room"


@pytest.mark.parametrize("seat", ["room", "online"])
def test_the_online_link_is_only_for_who_sits_online(client, seat):
    cafe = factories.cafe()
    made = factories.registration(cafe, wish=seat)
    assert (cafe.online_link in client.get(made.get_absolute_url()).text) == (seat == "online")
    calendar = client.get(f"{made.get_absolute_url()}agenda.ics")
    assert calendar["Content-Type"] == "text/calendar; charset=utf-8"
    assert (cafe.online_link in calendar.text) == (seat == "online")


def test_any_other_token_gets_one_and_the_same_answer(client):
    cafe, other = factories.cafe(), factories.cafe()
    made, elsewhere = factories.registration(cafe), factories.registration(other)
    good = links.token(made)
    gone = factories.registration(cafe)
    tokens = [
        *(good[:at] + chr(ord(char) ^ 1) + good[at + 1 :] for at, char in enumerate(good) if char != "."),
        good[:-1],
        good + "A",
        f"{elsewhere.pk}{good[good.index('.') :]}",
        links.token(elsewhere),
        links.token(gone),
        links.entry_token(made),
        "x" * 3000,
        "\u0661",
    ]
    gone.delete()
    keys = [(cafe.slug, token) for token in tokens] + [("bestaat-niet", good), (other.slug, good)]
    buttons = ["afmelden/", "wijzigen/", "terug/", "ja/", "ook/", "ik-kom/"]
    for method, ends in [(client.get, ["", "agenda.ics"]), (client.post, buttons)]:
        answers = [method(f"/cafes/{slug}/aanmelding/{token}/{end}") for slug, token in keys[:4] for end in ends]
        answers += [method(f"/cafes/{slug}/aanmelding/{token}/{ends[0]}") for slug, token in keys]
        assert {answer.status_code for answer in answers} == {404}
        assert len({answer.text for answer in answers}) == 1
        assert "Deze link werkt niet" in answers[0].text
    assert Registration.objects.coming().count() == 2


@pytest.mark.parametrize(
    ("kind", "wish", "subject", "words"),
    [
        ("week", "room", "Over 14 dagen: ", ["Parkeer achter de kerk", "Je hebt een plaats in de zaal"]),
        ("day", "online", "Over 14 dagen: ", ["https://online.example/cafe"]),
        ("link", "online", "Je link voor ", ["https://online.example/cafe", "Ben je later?"]),
        ("thanks", "room", "Dank je wel: ", ["/vragen/"]),
        ("moved", "room", "Verplaatst naar ", ["Het was", "Je aanmelding blijft staan"]),
        ("called_off", "room", "Gaat niet door: ", ["dat haalt het eruit"]),
        ("message", "room", "Neem iets mee", ["Neem een foto mee.", "&lt;b&gt;"]),
    ],
)
def test_mails_to_many(mailbox, kind, wish, subject, words):
    cafe = factories.cafe(route="Parkeer achter de kerk", late="Bel aan", topic=factories.question())
    made, gone = factories.registration(cafe, wish=wish), factories.registration(cafe, wish=wish)
    mailbox()
    fields = {"subject": "Neem iets mee", "text": "Neem een foto mee. <b>"} if kind == "message" else {}
    if kind == "called_off":
        cafe.call_off(by=None)
    else:
        was = timezone.now()
        cafe.mail_to(kind, cafe.registrations.all(), was=was if kind == "moved" else None, **fields)
    gone.cancel()
    (mail,) = [mail for mail in mailbox() if not mail["Subject"].startswith("Je bent afgemeld")]
    assert mail["To"] == made.email
    text, html = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert mail["Subject"].startswith(subject)
    assert all(word in html for word in words)
    assert all(word.replace("&lt;b&gt;", "<b>") in text for word in words)
    assert (cafe.online_link in html) == (wish == "online")
    assert ("Bel aan" in html) == ("Bel aan" in text) == (kind in ("week", "moved"))
    calendars = [Calendar.from_ical(part.get_content()) for part in mail.iter_attachments()]
    assert [calendar["METHOD"] for calendar in calendars] == {
        "thanks": [],
        "message": [],
        "called_off": ["CANCEL"],
    }.get(kind, ["PUBLISH"])


def test_the_offer_of_the_last_hours_is_gone_once_taken(mailbox):
    cafe = factories.cafe(room_capacity=1, asks_from=timezone.now() - timedelta(minutes=1))
    leaves, one, _ = (factories.registration(cafe) for _ in range(3))
    mailbox()
    leaves.cancel()
    subjects = [mail["Subject"].split(" ")[0] for mail in mailbox()]
    assert subjects == ["Je", "Wil", "Wil"]
    Registration.objects.update(asked_at=None)
    one.refresh_from_db()
    cafe.locked().let_in()
    one.accept("room")
    assert [(mail["To"], mail["Subject"].split(" ")[0]) for mail in mailbox()] == [(one.email, "Er")]
