"""Reminders and thanks at their moment, each once; and what is forgotten on the day after. The clock is handed in."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from events import moments, reminders, retention
from events.models.mailings import Mailing
from events.models.registrations import Registration
from tests.events import mailing
from tests.events.mailing import forget, jobs
from tests.helpers import factories
from werkplaats.avg import terms
from werkplaats.register.entries import Term

pytestmark = pytest.mark.django_db


def clock(text: str) -> datetime:
    """A moment on the clock of Amsterdam."""
    return timezone.make_aware(datetime.fromisoformat(text))


def cafe_at(text: str, hours: int = 2, **fields):
    starts_at = clock(text)
    return factories.cafe(starts_at=starts_at, ends_at=starts_at + timedelta(hours=hours), **fields)


@pytest.mark.parametrize(
    ("start", "link", "asks"),
    [
        ("2027-10-19T19:30", "2027-10-19T18:30", "2027-10-19T15:30"),
        ("2027-11-24T07:00", "2027-11-23T20:00", "2027-11-23T20:00"),
        ("2027-03-28T07:00", "2027-03-27T20:00", "2027-03-27T20:00"),  # the clock jumps in between
    ],
)
def test_evening_and_morning(start, link, asks):
    assert moments.reaches(clock(start), moments.LINK) == clock(link)
    assert moments.asks_from(clock(start)) == clock(asks)
    assert factories.cafe(starts_at=clock(start)).asking_from == clock(asks)


@pytest.mark.parametrize(("days", "words"), [(0, "vandaag"), (1, "morgen"), (5, "over 5 dagen"), (7, "over een week")])
def test_how_far_ahead_in_words(days, words):
    assert moments.ahead(moments.days_from(timezone.now(), days)) == words


def test_each_reminder_goes_once_to_whom_it_is_for():
    cafe = cafe_at("2027-11-01T19:30", room_capacity=1)  # the clock went back on the day before
    room, waits = factories.registration(cafe), factories.registration(cafe)
    online, gone = (factories.registration(cafe, wish="online") for _ in range(2))
    gone.cancel()
    forget()
    sent = {}
    for moment in [
        "2027-10-25T19:29",
        "2027-10-25T19:30",
        "2027-10-31T19:30",
        "2027-11-01T18:30",
        "2027-11-01T23:00",
        "2027-11-02T10:00",
    ]:
        for _ in range(2):
            for each in reminders.remind(clock(moment)):
                sent[each.kind] = (moment, [pk for _, pk in jobs()])
                forget()
    assert sent == {
        "week": ("2027-10-25T19:30", [room.pk, waits.pk, online.pk]),
        "day": ("2027-10-31T19:30", [room.pk, waits.pk, online.pk]),
        "link": ("2027-11-01T18:30", [online.pk]),
        "thanks": ("2027-11-02T10:00", [room.pk, online.pk]),
    }


def test_who_was_there_without_a_place_is_thanked_too(coordinator, settings, tmp_path):
    folder = mailing.folder(settings, tmp_path)
    cafe = factories.cafe(room_capacity=1)
    has, there, _ = (factories.registration(cafe) for _ in range(3))
    there.check_in(by=coordinator)
    assert [each.pk for each in reminders.whom("thanks", cafe)] == [has.pk, there.pk]
    forget()
    cafe.mail_to("thanks", cafe.registrations.all())
    thanks = mailing.deliver(folder)
    assert [mail["To"] for mail in thanks] == [has.email, there.email]
    assert all(mail["Subject"].startswith("Dank je wel: ") for mail in thanks)


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"called_off_at": timezone.now()}, "2027-10-31T19:30"),
        ({"published_at": None}, "2027-10-31T19:30"),
        ({}, "2027-10-28T12:00"),  # the worker was down for days: no reminder «over een week»
        ({}, "2027-12-01T12:00"),
    ],
)
def test_no_reminder_of_what_does_not_go_on_or_comes_too_late(fields, at):
    factories.registration(cafe := cafe_at("2027-11-01T19:30"))
    type(cafe).objects.filter(pk=cafe.pk).update(**fields or {"label": "x"})
    assert reminders.remind(clock(at)) == []


def test_a_moved_cafe_is_announced_anew_and_the_old_reminder_is_not_sent(settings, tmp_path):
    folder = mailing.folder(settings, tmp_path)
    start = moments.days_from(timezone.now(), 7)
    cafe = factories.cafe(starts_at=start)
    factories.registration(cafe, email="a@example.org")
    forget()
    assert [each.kind for each in reminders.remind(timezone.now())] == ["week"]
    later = moments.days_from(start, 7)
    cafe.move(by=None, starts_at=later, ends_at=later + timedelta(hours=2))
    (mail,) = mailing.deliver(folder)
    assert mail["Subject"].startswith("Verplaatst naar")
    assert [each.kind for each in reminders.remind(moments.days_from(timezone.now(), 7))] == ["week"]
    assert Mailing.objects.filter(kind="week").count() == 2


def test_moved_and_moved_back_it_is_announced_again(settings, tmp_path):
    folder = mailing.folder(settings, tmp_path)
    start = moments.days_from(timezone.now(), 7)
    end = start + timedelta(hours=2)
    cafe = factories.cafe(starts_at=start, ends_at=end)
    factories.registration(cafe, email="a@example.org")
    forget()
    assert [each.kind for each in reminders.remind(timezone.now())] == ["week"]
    # Before the worker came to it: what it would say holds no more, and then again.
    cafe.move(by=None, starts_at=start + timedelta(days=7), ends_at=end + timedelta(days=7))
    cafe.move(by=None, starts_at=start, ends_at=end)
    assert [each.kind for each in reminders.remind(timezone.now())] == ["week"]
    assert reminders.remind(timezone.now()) == []
    told = [mail["Subject"].split(":")[0] for mail in mailing.deliver(folder)]
    assert [words.split(" ")[0] for words in told] == ["Verplaatst", "Over"]


def test_another_room_is_no_reason_to_announce_it_again():
    cafe = factories.cafe(starts_at=moments.days_from(timezone.now(), 7))
    factories.registration(cafe)
    assert len(reminders.remind(timezone.now())) == 1
    cafe.move(by=None, room="Het Dok")
    assert reminders.remind(timezone.now()) == []


@pytest.mark.parametrize("change", ["call_off", "move"])
def test_no_reminder_of_a_cafe_that_is_called_off_or_moved_just_then(monkeypatch, change):
    """Between reading the cafés and writing the mails."""
    start = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0) + timedelta(days=1)
    cafe = factories.cafe(starts_at=start, ends_at=start + timedelta(hours=2))
    factories.registration(cafe, email="a@example.org")
    forget()

    def is_due(*args) -> bool:
        if change == "call_off":
            cafe.call_off(by=None)
        else:
            cafe.move(by=None, starts_at=start + timedelta(hours=1))
        monkeypatch.undo()
        return True

    monkeypatch.setattr(reminders, "is_due", is_due)
    assert [each for each in reminders.remind(timezone.now()) if each.starts_at == start] == []
    assert not Mailing.objects.filter(kind="week").exists()


def test_after_gaat_niet_door_no_reminder_leaves_that_was_waiting(settings, tmp_path):
    folder = mailing.folder(settings, tmp_path)
    start = timezone.now() + timedelta(hours=20)
    cafe = factories.cafe(starts_at=start, ends_at=start + timedelta(hours=2))
    factories.registration(cafe, email="a@example.org")
    forget()
    assert [each.kind for each in reminders.remind(timezone.now())] == ["day"]
    cafe.call_off(by=None)
    (mail,) = mailing.deliver(folder)
    assert mail["Subject"].startswith("Gaat niet door")


def test_wishes_go_on_the_day_after():
    cafe = cafe_at("2027-10-19T22:30")  # it ends after midnight
    made = factories.registration(cafe, wishes="Een rolstoel", question="Blijft?")
    for moment, left in [("2027-10-20T23:00", "Een rolstoel"), ("2027-10-21T04:07", "")]:
        retention.forget_wishes(clock(moment))
        made = Registration.objects.get()
        assert (made.wishes, made.question) == (left, "Blijft?")


def test_the_night_wipes_wishes_and_leaves_the_sign_ups():
    cafe = factories.cafe()
    made = factories.registration(cafe, wishes="Een rolstoel")
    ended = timezone.now() - timedelta(days=2)
    type(cafe).objects.update(starts_at=ended - timedelta(hours=2), ends_at=ended)
    terms.run(Term.WISHES, timezone.now())
    made.refresh_from_db()
    assert made.wishes == ""
