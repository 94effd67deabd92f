"""The calendar file, read by a second implementation: what somebody's agenda makes of it."""

import html
import re
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import vobject

from events.models.registrations import Registration
from events.places import Wish
from tests.events import mailing
from tests.helpers import factories

pytestmark = pytest.mark.django_db


class Agenda:
    """Entries by UID, as RFC 5546 asks: a later SEQUENCE replaces, and CANCEL takes away."""

    def __init__(self):
        self.entries = {}

    def take(self, text: str) -> None:
        calendar = vobject.readOne(text)
        event = calendar.vevent
        uid = event.uid.value
        known = self.entries.get(uid)
        if known and int(event.sequence.value) <= int(known.sequence.value):
            return
        if calendar.method.value == "CANCEL":
            del self.entries[uid]
        else:
            self.entries[uid] = event

    @property
    def entry(self):
        (event,) = self.entries.values()
        return event


@pytest.fixture
def agendas(settings, tmp_path):
    """A function that takes the files of the mails that wait into the agenda of each address, and returns these."""
    folder, found = mailing.folder(settings, tmp_path), {}

    def receive() -> dict[str, Agenda]:
        for mail in mailing.deliver(folder):
            for part in mail.iter_attachments():
                found.setdefault(mail["To"], Agenda()).take(part.get_content())
        return found

    return receive


def test_an_agenda_follows_the_sign_up_and_forgets_it_after_the_cancellation(agendas):
    cafe = factories.cafe(title="Café & taart; met, room", room_capacity=1, route="Door de poort")
    leaves, made = factories.registration(cafe), factories.registration(cafe, wish="both")
    entry = agendas()[made.email].entry
    assert (entry.summary.value, entry.status.value, entry.location.value) == (
        "Café & taart; met, room",
        "CONFIRMED",
        "https://online.example/cafe",
    )
    leaves.cancel()
    assert agendas()[leaves.email].entries == {}
    entry = agendas()[made.email].entry
    assert entry.location.value == cafe.room
    later = cafe.starts_at.replace(microsecond=0) + timedelta(days=7)
    cafe.move(by=None, starts_at=later, ends_at=later + timedelta(hours=3))
    entry = agendas()[made.email].entry
    assert (entry.dtstart.value, entry.dtend.value) == (later, later + timedelta(hours=3))
    made.refresh_from_db()
    made.change(wish=Wish.ONLINE, people=1)
    assert agendas()[made.email].entry.url.value == "https://online.example/cafe"
    made.cancel()
    assert agendas()[made.email].entries == {}
    made.come_back()
    assert agendas()[made.email].entry.status.value == "CONFIRMED"
    cafe.call_off(by=None)
    assert agendas()[made.email].entries == {}


@pytest.mark.parametrize(
    "changes",
    [{"title": "Anders"}, {"question": "Wat nu?"}, {"room": "Het Dok"}, {"online_link": "https://online.example/2"}],
)
def test_an_agenda_takes_what_was_saved_without_a_mail(client, changes):
    cafe = factories.cafe(online_link="")
    made = factories.registration(cafe, wish="room" if "room" in changes else "online")
    agenda = Agenda()
    agenda.take(client.get(f"{made.get_absolute_url()}agenda.ics").text)
    for name, value in changes.items():
        setattr(cafe, name, value)
    cafe.save()
    agenda.take(client.get(f"{made.get_absolute_url()}agenda.ics").text)
    lines = agenda.entry.summary, agenda.entry.description, agenda.entry.location
    assert any(value in line.value for line in lines for value in changes.values())


@pytest.mark.parametrize(
    "start",
    [
        datetime(2026, 10, 19, 17, 30, tzinfo=UTC),
        datetime(2026, 11, 24, 6, 0, tzinfo=UTC),
        datetime(2027, 3, 28, 0, 30, tzinfo=UTC),  # the clock jumps during this café
        datetime(2027, 10, 30, 23, 30, tzinfo=UTC),  # and here it goes back
    ],
)
def test_the_time_is_right_by_the_rules_in_the_file_itself(client, start):
    cafe = factories.cafe()
    made = factories.registration(cafe)
    type(cafe).objects.update(starts_at=start, ends_at=start + timedelta(hours=3))
    made = Registration.objects.get()
    calendar = vobject.readOne(client.get(f"{made.get_absolute_url()}agenda.ics").text)
    zone = calendar.vtimezone.gettzinfo()
    event = calendar.vevent
    for line, moment in [(event.dtstart, start), (event.dtend, start + timedelta(hours=3))]:
        assert line.params["X-VOBJ-ORIGINAL-TZID"] == ["Europe/Amsterdam"]
        assert line.value.replace(tzinfo=zone).astimezone(UTC) == moment


@pytest.mark.parametrize(
    ("wish", "where"), [("room", "Grote zaal, Schoolstraat 1"), ("online", "Online"), ("both", "Online")]
)
def test_who_cancels_is_told_the_place_that_they_had(settings, tmp_path, wish, where):
    """And the link to take part online no more."""
    folder = mailing.folder(settings, tmp_path)
    cafe = factories.cafe(room_capacity=0 if wish == "both" else 1)
    made = factories.registration(cafe, wish=wish)
    mailing.deliver(folder)
    made.cancel()
    (mail,) = mailing.deliver(folder)
    (part,) = mail.iter_attachments()
    calendar = vobject.readOne(part.get_content())
    assert (calendar.method.value, calendar.vevent.status.value) == ("CANCEL", "CANCELLED")
    assert calendar.vevent.location.value == where


def test_words_in_the_links_to_calendars_have_no_plus_between_them(client):
    cafe = factories.cafe(title="Café 1 + 2", question="Wat helpt jouw kind?")
    made = factories.registration(cafe, firm=True)
    page = html.unescape(client.get(made.get_absolute_url()).text)
    addresses = re.findall(r'href="(https://(?:outlook|calendar)[^"]+)"', page)
    assert len(addresses) == 2
    for address in addresses:
        assert "+" not in address and "%20" in address
        assert "Café 1 + 2" in {words for values in parse_qs(urlsplit(address).query).values() for words in values}
