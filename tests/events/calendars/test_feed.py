"""The calendar of all cafés. Anyone can subscribe, so it tells what everyone may know."""

from datetime import UTC, datetime

import pytest
import vobject
from django.utils import timezone
from icalendar import Calendar

from events.models.cafes import Cafe
from tests.helpers import factories

pytestmark = pytest.mark.django_db
SUMMER, WINTER = datetime(2027, 10, 19, 17, 30, tzinfo=UTC), datetime(2027, 11, 24, 6, 0, tzinfo=UTC)


def read(client) -> dict:
    answer = client.get("/cafes/agenda.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    made = Calendar.from_ical(answer.content)
    assert made["METHOD"] == "PUBLISH"
    return {str(event["UID"]): event for event in made.events}


def test_what_everyone_may_know(client):
    cafe = factories.cafe(starts_at=SUMMER, label="extra", route="Sleutel onder de mat")
    early = factories.cafe(starts_at=WINTER, room_capacity=0)
    off = factories.cafe(called_off_at=timezone.now())
    factories.cafe(published_at=None, question="Geheim?")
    factories.registration(early, wish="online", name="Fatima")
    events = read(client)
    assert set(events) == {f"cafe-{each.pk}@testserver" for each in (cafe, early, off)}
    one = events[f"cafe-{cafe.pk}@testserver"]
    assert (one.start.isoformat(), one.end.isoformat()) == ("2027-10-19T19:30:00+02:00", "2027-10-19T21:30:00+02:00")
    assert events[f"cafe-{early.pk}@testserver"].start.isoformat() == "2027-11-24T07:00:00+01:00"
    assert one["SUMMARY"] == "Passend Onderwijscafé (extra)" and one["STATUS"] == "CONFIRMED"
    assert one["LOCATION"] == "Grote zaal, Schoolstraat 1, en online"
    assert events[f"cafe-{early.pk}@testserver"]["LOCATION"] == "online"
    assert events[f"cafe-{off.pk}@testserver"]["STATUS"] == "CANCELLED"
    raw = client.get("/cafes/agenda.ics").content.decode().replace("\r\n ", "")
    for secret in ("online.example", "mat", "Geheim", "Fatima"):
        assert secret not in raw
    assert "TZID=Europe/Amsterdam" in raw and raw.count("BEGIN:VTIMEZONE") == 1


def test_a_change_keeps_the_uid_and_raises_the_sequence(client):
    cafe = factories.cafe(starts_at=SUMMER)
    ((uid, before),) = read(client).items()
    ((_, same),) = read(client).items()
    assert before.to_ical() == same.to_ical()
    Cafe.objects.filter(pk=cafe.pk).update(room="Het Dok", slug="anders")
    cafe.refresh_from_db()
    cafe.call_off(by=None)
    ((still, after),) = read(client).items()
    assert still == uid and after["SEQUENCE"] > before["SEQUENCE"]
    assert after["STATUS"] == "CANCELLED" and after["DTSTAMP"].dt >= before["DTSTAMP"].dt


def test_none_yet_and_one_query_for_many(client, django_assert_num_queries):
    assert read(client) == {}
    for _ in range(3):
        factories.cafe()
    with django_assert_num_queries(1):
        assert len(read(client)) == 3
    assert 'href="webcal://testserver/cafes/agenda.ics"' in client.get("/cafes/").text


def test_another_library_reads_the_same(client):
    """`icalendar` wrote it; `vobject` reads the durations, the times by the rules in the file, and the changes."""
    cafe = factories.cafe(starts_at=SUMMER, title="Café & taart; met, room", question="Wat\nhelpt?")
    factories.cafe(starts_at=WINTER, called_off_at=timezone.now())
    text = client.get("/cafes/agenda.ics").text
    assert [line for line in text.splitlines() if "TTL" in line or "REFRESH" in line] == [
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
    ]
    made = vobject.readOne(text)
    assert made.method.value == "PUBLISH" and made.x_wr_calname.value == "Passend Onderwijscafés"
    zone = made.vtimezone.gettzinfo()
    first, second = made.vevent_list
    assert first.summary.value == "Café & taart; met, room"
    assert first.description.value.startswith("Wat\nhelpt?\n\nMeer weten")
    for event, start in ((first, SUMMER), (second, WINTER)):
        assert event.dtstart.value.replace(tzinfo=zone).astimezone(UTC) == start
        assert event.uid.value.endswith("@testserver") and int(event.sequence.value) >= 0
        assert event.organizer.value.startswith("mailto:")
    assert (first.status.value, second.status.value) == ("CONFIRMED", "CANCELLED")
    assert first.url.value == f"http://testserver{cafe.get_absolute_url()}"


def test_it_answers_not_modified_to_its_own_mark(client):
    cafe = factories.cafe()
    answer = client.get("/cafes/agenda.ics")
    mark = {"If-None-Match": answer.headers["ETag"]}
    again = client.get("/cafes/agenda.ics", headers=mark)
    assert (again.status_code, again.content) == (304, b"")
    Cafe.objects.filter(pk=cafe.pk).update(title="Anders")
    assert client.get("/cafes/agenda.ics", headers=mark).status_code == 200
