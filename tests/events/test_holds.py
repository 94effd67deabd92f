"""An unconfirmed sign-up holds its seat until somebody needs it; then it gets a term, and makes way."""

from datetime import datetime, timedelta
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from events import moments, reminders
from events.models import mail_jobs
from events.models.registrations import Registration
from events.models.snapshots import Snapshot
from events.places import Wish
from tests.events import mailing
from tests.events.mailing import forget, jobs
from tests.events.test_one_answer import all_of
from tests.helpers import factories
from werkplaats.mail.sending import is_beyond
from werkplaats.models import FailedMail

pytestmark = pytest.mark.django_db

MONDAY = datetime(2027, 3, 8, 9, 0, tzinfo=ZoneInfo("UTC"))  # ten o'clock here
STARTS = datetime(2027, 3, 30, 17, 30, tzinfo=ZoneInfo("UTC"))
THURSDAY = datetime(2027, 3, 11, 12, 0, tzinfo=ZoneInfo("UTC"))  # 48 hours of the day later


@pytest.fixture
def clock():
    """A function that sets the clock of Python; that of the database, which dates sign-ups, goes on."""
    with patch.object(timezone, "now", return_value=MONDAY) as now:

        def set_to(moment: datetime) -> None:
            now.return_value = moment

        yield set_to


def full_cafe(**fields):
    return factories.cafe(**{"starts_at": STARTS, "room_capacity": 2, "online_capacity": 1, **fields})


def look(*, leaves: bool = True) -> list[tuple[str, int]]:
    """The job of every five minutes; the mails that it left to the worker, who sends those about terms at once."""
    forget()
    reminders.look_after_holds(timezone.now())
    asked = [pk for kind, pk in jobs() if kind == "term" and leaves]
    Registration.objects.filter(pk__in=asked).update(term_mails=F("term_mails") + 1)
    return jobs()


def over(clock) -> None:
    """The terms of Monday are over, and halfway everybody was asked once more."""
    clock(moments.after_hours_of_the_day(MONDAY, timedelta(hours=24)))
    look()
    clock(THURSDAY)


def stands(*people) -> list:
    rows = {row.pk: row for row in Registration.objects.all()}
    return [rows[each.pk].seat or ["waits for", *rows[each.pk].waits_for] for each in people]


def hold(cafe, **fields):
    return factories.registration(cafe, firm=False, **fields)


def test_only_once_somebody_waits_a_hold_gets_a_term_and_hears_until_when(clock):
    cafe = full_cafe()
    sure, unsure, online = factories.registration(cafe), hold(cafe), hold(cafe, wish="online")
    assert look() == []
    waits = factories.registration(cafe)
    assert waits.seat is None
    assert look() == [("term", unsure.pk)]
    unsure.refresh_from_db()
    halfway = moments.after_hours_of_the_day(MONDAY, timedelta(hours=24))
    assert (unsure.holds_until, unsure.nudge_at) == (THURSDAY, halfway)
    online.refresh_from_db()
    assert online.holds_until is None  # nobody waits for that kind
    assert look() == []
    assert stands(sure, unsure, waits) == ["room", "room", ["waits for", "room"]]


@pytest.mark.parametrize("is_known", [True, False])
def test_what_a_stranger_signs_up_mails_nobody_else(clock, is_known):
    """Who fills a café with holds, and signs up another's address, would read in a mail that it was new there."""
    cafe = full_cafe(room_capacity=3)
    known, unsure = factories.registration(cafe, email="bekend@example.org"), [hold(cafe), hold(cafe)]
    forget()
    cafe.register(email=known.email if is_known else "nieuw@example.org", wish="room", name="Jo", people=1)
    assert [kind for kind, pk in jobs() if pk in {each.pk for each in unsure}] == []
    assert look() == []
    assert not cafe.registrations.exclude(holds_until=None).exists()


def test_halfway_it_is_asked_once_more_and_then_makes_way_for_who_waits(clock):
    cafe = full_cafe()
    sure, unsure, waits = factories.registration(cafe), hold(cafe), factories.registration(cafe)
    look()
    unsure.refresh_from_db()
    clock(unsure.nudge_at - timedelta(seconds=1))
    assert look() == []
    clock(unsure.nudge_at)
    assert look() == [("term", unsure.pk)] and look() == []
    clock(THURSDAY - timedelta(seconds=1))
    assert look() == []
    clock(THURSDAY)
    assert look() == [("lapsed", unsure.pk), ("promotion", waits.pk)]
    assert stands(sure, unsure, waits) == ["room", ["waits for", "room"], "room"]
    unsure.refresh_from_db()
    assert unsure.queued_for_room_at == unsure.created_at and unsure.holds_until is None
    assert look() == []


def test_who_made_way_is_passed_over_until_ik_kom_and_then_the_first_moment_counts(clock):
    cafe = full_cafe(room_capacity=1)
    unsure, first, second = hold(cafe), factories.registration(cafe), factories.registration(cafe)
    look()
    over(clock)
    look()
    assert stands(unsure, first, second) == [["waits for", "room"], "room", ["waits for", "room"]]
    first.cancel()
    assert stands(unsure, second) == [["waits for", "room"], "room"]
    assert second.position("room") == 1 and unsure.position("room") == 1
    third = factories.registration(cafe)
    assert third.position("room") == 1  # nobody firm is ahead
    forget()
    assert unsure.confirm() == []
    assert third.position("room") == 2 and unsure.position("room") == 1
    assert jobs() == [("confirmation", unsure.pk)]
    second.cancel()
    assert stands(unsure, third) == ["room", ["waits for", "room"]]


def test_nobody_unconfirmed_is_ever_promoted_and_keeps_no_place_from_a_newcomer(clock):
    cafe = full_cafe(room_capacity=1)
    leaves, waits = factories.registration(cafe), hold(cafe)
    assert leaves.cancel() == []
    assert cafe.resize(room_capacity=2) == []
    newcomer = hold(cafe)
    assert stands(waits, newcomer) == [["waits for", "room"], "room"]
    assert waits.confirm() == [waits]  # there is a second place
    assert stands(waits, newcomer) == ["room", "room"]


def test_as_long_as_a_place_is_free_for_who_waits_nobody_gets_a_term(clock):
    """Those who only have to press for it need nobody's seat."""
    cafe = full_cafe(room_capacity=1)
    leaves, waits = factories.registration(cafe), hold(cafe)
    cafe.resize(room_capacity=3)
    leaves.cancel()
    unsure = hold(cafe)
    assert stands(waits, unsure) == [["waits for", "room"], "room"]
    assert look() == []
    hold(cafe), factories.registration(cafe), factories.registration(cafe)
    assert [kind for kind, _ in look()] == ["term"]  # of two holds, for the one place more that is needed


def test_a_term_starts_anew_as_long_as_its_mail_did_not_leave(clock):
    cafe = full_cafe(room_capacity=1)
    unsure, waits = hold(cafe), factories.registration(cafe)
    assert look(leaves=False) == [("term", unsure.pk)]
    for day in range(1, 6):
        now = MONDAY + timedelta(days=day)
        clock(now)
        look(leaves=False)
        unsure.refresh_from_db()
        assert (unsure.seat, unsure.holds_until > now) == ("room", True)
    Registration.objects.filter(pk=unsure.pk).update(term_mails=1)
    unsure.refresh_from_db()
    clock(unsure.nudge_at)
    assert look() == [("term", unsure.pk)]
    clock(unsure.holds_until)
    assert look() == [("lapsed", unsure.pk), ("promotion", waits.pk)]


def test_close_to_the_last_day_who_was_never_asked_keeps_the_seat(clock):
    cafe = full_cafe(room_capacity=1, starts_at=MONDAY + timedelta(days=2))
    unsure, _ = hold(cafe), factories.registration(cafe)
    assert look(leaves=False) == [("term", unsure.pk)]
    clock(MONDAY + timedelta(hours=23))
    assert look() == []
    unsure.refresh_from_db()
    assert (unsure.seat, unsure.holds_until) == ("room", None)


@pytest.mark.parametrize(("reason", "ends"), [("550 5.1.1 Onbekend", True), ("451 4.3.0 Later", False)])
def test_an_address_that_refuses_the_mail_for_good_keeps_no_seat(clock, reason, ends):
    cafe = full_cafe(room_capacity=1)
    unsure, _ = hold(cafe), factories.registration(cafe)
    look(leaves=False)
    job = ProcrastinateJob.objects.get()
    FailedMail.objects.create(job=job.pk, task=job.task_name, ids=job.args, reason=reason)
    clock(moments.after_hours_of_the_day(MONDAY, timedelta(hours=24)))
    look(leaves=False)
    clock(THURSDAY)
    look(leaves=False)
    unsure.refresh_from_db()
    assert (unsure.seat is None) == ends


def test_a_term_mail_that_left_is_noted_and_one_of_several_goes(clock, settings, tmp_path):
    folder = mailing.folder(settings, tmp_path)
    cafe = full_cafe(room_capacity=1)
    unsure, _ = hold(cafe), factories.registration(cafe)
    look(leaves=False)
    mail_jobs.leave("events.tasks.send_term", [unsure])
    assert len(mailing.deliver(folder)) == 1
    unsure.refresh_from_db()
    assert unsure.term_mails == 1
    clock(unsure.nudge_at)
    look(leaves=False)
    assert len(mailing.deliver(folder)) == 1


@pytest.mark.parametrize("then", ["cancel", "room"])
@pytest.mark.parametrize("late", [False, True])
def test_once_nobody_needs_the_seat_the_term_ends_and_nothing_is_mailed(clock, then, late):
    cafe = full_cafe(room_capacity=1)
    unsure, waits = hold(cafe), factories.registration(cafe)
    assert look() == [("term", unsure.pk)]
    unsure.refresh_from_db()
    if late:
        clock(unsure.nudge_at)
        assert look() == [("term", unsure.pk)]
    waits.cancel() if then == "cancel" else cafe.resize(room_capacity=10)
    clock(THURSDAY if late else unsure.nudge_at)
    assert look() == []
    unsure.refresh_from_db()
    assert (unsure.seat, unsure.holds_until, unsure.nudge_at) == ("room", None, None)
    cafe.resize(room_capacity=1) if then == "cancel" else None
    clock(THURSDAY + timedelta(days=1))
    assert look() == []


def test_with_what_is_free_at_the_end_who_waits_needs_nobodys_seat(clock):
    cafe = full_cafe(room_capacity=1)
    unsure, waits = hold(cafe), factories.registration(cafe)
    look()
    clock(THURSDAY)
    assert cafe.resize(room_capacity=2) == [waits]
    assert stands(unsure, waits) == ["room", "room"]


def test_only_as_many_are_asked_as_are_needed_and_who_came_first_is_asked_last(clock):
    cafe = full_cafe(room_capacity=3)
    first, second, third = hold(cafe), hold(cafe), hold(cafe)
    factories.registration(cafe)
    assert look() == [("term", third.pk)]
    factories.registration(cafe)
    assert look() == [("term", second.pk)]
    forget()
    third.confirm()
    assert jobs() == [("term", first.pk), ("confirmation", third.pk)]


def test_a_stranger_who_is_not_firm_empties_no_seat(clock):
    cafe = full_cafe(room_capacity=4)
    people = [hold(cafe) for _ in range(3)]
    pair, other = hold(cafe, people=2), hold(cafe, people=2)
    assert stands(pair, other) == [["waits for", "room"]] * 2
    for days in range(12):
        clock(THURSDAY + timedelta(days=days))
        assert look() == []
    assert stands(*people) == ["room", "room", "room"]


def test_the_ik_kom_of_a_stranger_begins_the_term(clock):
    cafe = full_cafe(room_capacity=1)
    unsure, stranger = hold(cafe), hold(cafe)
    assert look() == []
    forget()
    stranger.confirm()
    assert jobs() == [("term", unsure.pk), ("confirmation", stranger.pk)]
    Registration.objects.filter(pk=unsure.pk).update(term_mails=1)
    over(clock)
    assert look() == [("lapsed", unsure.pk), ("promotion", stranger.pk)]
    assert stands(unsure, stranger) == [["waits for", "room"], "room"]


def test_a_term_ends_quietly_once_nobody_firm_waits_any_more(clock):
    cafe = full_cafe(room_capacity=1)
    unsure, waits, _stranger = hold(cafe), factories.registration(cafe), hold(cafe)
    look()
    waits.cancel()
    over(clock)
    assert look() == []
    unsure.refresh_from_db()
    assert (unsure.seat, unsure.holds_until) == ("room", None)


def test_one_of_two_holds_that_a_pair_needs_waits_for_the_other(clock):
    """Else somebody who comes alone, and never confirmed, took the first seat."""
    cafe = full_cafe(room_capacity=2)
    first, second, pair = hold(cafe), hold(cafe), factories.registration(cafe, people=2)
    look()
    over(clock)
    Registration.objects.filter(pk=first.pk).update(holds_until=THURSDAY + timedelta(hours=1))
    assert look() == [] and hold(cafe).seat is None
    clock(THURSDAY + timedelta(hours=1))
    assert sorted(look()) == [("lapsed", first.pk), ("lapsed", second.pk), ("promotion", pair.pk)]


def test_a_term_that_ends_where_the_last_day_begins_ends_as_it_said(clock):
    cafe = full_cafe(room_capacity=1, starts_at=MONDAY + timedelta(hours=31))
    unsure, waits = hold(cafe), factories.registration(cafe)
    assert look() == [("term", unsure.pk)]
    unsure.refresh_from_db()
    assert unsure.holds_until == MONDAY + timedelta(hours=7)
    clock(unsure.nudge_at)
    assert look() == [("term", unsure.pk)]
    clock(unsure.holds_until + timedelta(minutes=4))  # the job looks every five minutes
    assert look() == [("lapsed", unsure.pk), ("promotion", waits.pk)]


@pytest.mark.parametrize("early", [timedelta(0), timedelta(minutes=10)])
def test_no_hold_ends_without_a_second_mail_and_time_to_answer_it(clock, early):
    cafe = full_cafe(room_capacity=1)
    unsure, waits = hold(cafe), factories.registration(cafe)
    look()
    clock(THURSDAY - early)  # nobody looked since halfway
    assert look() == [("term", unsure.pk)]
    unsure.refresh_from_db()
    assert unsure.holds_until == THURSDAY - early + timedelta(hours=1)
    clock(unsure.holds_until - timedelta(seconds=1))
    assert look() == []
    clock(unsure.holds_until)
    assert look() == [("lapsed", unsure.pk), ("promotion", waits.pk)]


def test_no_hold_ends_when_its_second_mail_never_left(clock):
    """Too many mails that day, caused on purpose by who wants the seat."""
    cafe = full_cafe(room_capacity=1)
    unsure, waits = hold(cafe), factories.registration(cafe)
    look()
    unsure.refresh_from_db()
    clock(unsure.nudge_at)
    assert look(leaves=False) == [("term", unsure.pk)]
    unsure.refresh_from_db()
    clock(unsure.holds_until)
    assert look() == [("term", unsure.pk)]  # it starts anew
    assert stands(unsure, waits) == ["room", ["waits for", "room"]]


def test_who_made_way_makes_nobody_else_make_way(clock):
    cafe = full_cafe(room_capacity=3)
    first, _second, third, waits = hold(cafe), hold(cafe), hold(cafe), factories.registration(cafe)
    look()
    over(clock)
    assert look() == [("lapsed", third.pk), ("promotion", waits.pk)]
    clock(THURSDAY + timedelta(days=4))
    assert look() == []
    third.refresh_from_db()
    forget()
    third.confirm()  # who is firm needs a seat again
    assert [kind for kind, _ in jobs()] == ["term", "confirmation"]
    assert stands(first, third) == ["room", ["waits for", "room"]]


def test_a_pair_that_cannot_fit_takes_nobodys_seat(clock):
    cafe = full_cafe(room_capacity=2)
    factories.registration(cafe), hold(cafe)
    assert factories.registration(cafe, people=2).seat is None
    assert look() == []


def test_one_who_waits_for_both_kinds_needs_one_seat(clock):
    cafe = full_cafe(room_capacity=1, online_capacity=1)
    room, _online = hold(cafe), hold(cafe, wish="online")
    factories.registration(cafe, wish="both")
    assert look() == [("term", room.pk)]


def test_the_mail_of_a_seat_that_nobody_took_says_that_it_is_free(clock, settings, tmp_path):
    folder = mailing.folder(settings, tmp_path)
    cafe = full_cafe(room_capacity=1)
    unsure, _ = hold(cafe), hold(cafe)
    forget()
    unsure.give_free()
    (mail,) = mailing.deliver(folder)
    text = " ".join(mail.get_body(("plain",)).get_content().split())
    assert "Je plaats is nu voor wie wacht" in text and "ging" not in text + mail["Subject"]
    assert "Druk dan op «Ik kom», dan sta je in de rij en telt je eerste aanmelding" in text


def test_a_pair_that_waits_needs_more_than_the_one_free_place(clock):
    cafe = full_cafe(room_capacity=2)
    unsure, pair = hold(cafe), factories.registration(cafe, people=2)
    assert pair.seat is None
    assert look() == [("term", unsure.pk)]


@pytest.mark.parametrize(
    ("now", "ends"),
    [
        (MONDAY, THURSDAY),
        (datetime(2027, 3, 29, 12, 30, tzinfo=ZoneInfo("UTC")), datetime(2027, 3, 29, 17, 30, tzinfo=ZoneInfo("UTC"))),
        (datetime(2027, 3, 29, 14, 0, tzinfo=ZoneInfo("UTC")), None),  # three and a half hours would be left
        (datetime(2027, 3, 30, 9, 0, tzinfo=ZoneInfo("UTC")), None),
    ],
)
def test_no_term_reaches_into_the_last_day(clock, now, ends):
    cafe = full_cafe(room_capacity=1)
    unsure, waits = hold(cafe), factories.registration(cafe)
    clock(now)
    assert look() == ([("term", unsure.pk)] if ends else [])
    unsure.refresh_from_db()
    assert unsure.holds_until == ends
    clock(STARTS - timedelta(hours=1))
    assert look() == [] and stands(unsure, waits) == ["room", ["waits for", "room"]]


def test_on_the_last_day_nothing_ends_by_itself_also_not_by_a_worker_that_was_down(clock):
    cafe = full_cafe(room_capacity=1)
    unsure, waits = hold(cafe), factories.registration(cafe)
    look()
    clock(STARTS - timedelta(hours=23))
    assert look() == [] and stands(unsure, waits) == ["room", ["waits for", "room"]]
    assert unsure.give_free() == [waits]  # a coordinator may
    assert stands(unsure, waits) == [["waits for", "room"], "room"]


def test_a_cafe_that_moves_nearer_has_no_term_beyond_its_last_day(clock, settings, tmp_path):
    cafe = full_cafe(room_capacity=1)
    unsure, waits = hold(cafe), factories.registration(cafe)
    look()
    forget()
    starts = MONDAY + timedelta(days=2)
    cafe.move(by=None, starts_at=starts, ends_at=starts + timedelta(hours=2))
    assert jobs() == [("mailing", waits.pk), ("mailing", unsure.pk), ("term", unsure.pk)]  # who is firm goes first
    unsure.refresh_from_db()
    assert unsure.holds_until == starts - timedelta(days=1)
    starts = MONDAY + timedelta(hours=9)
    cafe.move(by=None, starts_at=starts, ends_at=starts + timedelta(hours=2))
    unsure.refresh_from_db()
    assert (unsure.seat, unsure.holds_until, unsure.nudge_at) == ("room", None, None)
    page = unsure.get_absolute_url()
    folder = mailing.folder(settings, tmp_path)
    assert all("houden we vast tot" not in mail.get_body(("plain",)).get_content() for mail in mailing.deliver(folder))
    assert "houden we vast tot" not in Client().get(page).text


def test_on_the_last_day_nobody_has_a_term_any_more(clock):
    cafe = full_cafe(room_capacity=1)
    unsure, _ = hold(cafe), factories.registration(cafe)
    look()
    clock(STARTS - timedelta(hours=24))  # no worker looked until now
    assert look() == []
    unsure.refresh_from_db()
    assert (unsure.seat, unsure.holds_until) == ("room", None)


def test_the_hours_are_those_of_the_cafe(clock):
    cafe = full_cafe(room_capacity=1, hold_hours=4)
    unsure, _ = hold(cafe), factories.registration(cafe)
    look()
    unsure.refresh_from_db()
    assert unsure.holds_until == MONDAY + timedelta(hours=4)


def test_who_also_has_another_place_loses_only_the_one_that_is_needed(clock):
    cafe = full_cafe(room_capacity=1, online_capacity=1)
    factories.registration(cafe)
    both = hold(cafe, wish="both")
    waits = factories.registration(cafe, wish="online")
    assert stands(both, waits) == ["online", ["waits for", "online"]]
    assert look() == [("term", both.pk)]
    over(clock)
    look()
    assert stands(both, waits) == [["waits for", "room", "online"], "online"]
    assert Registration.objects.get(pk=both.pk).wish == "both"


@pytest.mark.parametrize("then", ["confirm", "cancel", "change", "give_free"])
def test_a_term_ends_with_what_somebody_does(clock, then):
    cafe = full_cafe(room_capacity=1)
    unsure, _ = hold(cafe), factories.registration(cafe)
    look()
    unsure.refresh_from_db()
    acts = {"change": lambda: unsure.change(wish=Wish.ONLINE, people=1)}
    acts.get(then, getattr(unsure, then))()
    unsure.refresh_from_db()
    assert unsure.holds_until is None and unsure.nudge_at is None
    clock(THURSDAY)
    before = Registration.objects.values().get(pk=unsure.pk)
    look()
    assert Registration.objects.values().get(pk=unsure.pk) == before


def test_ik_kom_after_the_term_and_before_anybody_else_has_the_seat_keeps_it(clock):
    cafe = full_cafe(room_capacity=1)
    unsure, waits = hold(cafe), factories.registration(cafe)
    look()
    clock(THURSDAY + timedelta(minutes=1))
    unsure.confirm()
    assert stands(unsure, waits) == ["room", ["waits for", "room"]]


def test_in_the_last_hours_who_is_not_firm_is_not_asked(clock):
    cafe = full_cafe(room_capacity=1, asks_from=MONDAY - timedelta(hours=1))
    leaves, unsure, sure = factories.registration(cafe), hold(cafe), factories.registration(cafe)
    forget()
    assert leaves.cancel().asked == [sure]
    assert jobs() == [("cancellation", leaves.pk), ("offer", sure.pk)]
    unsure.refresh_from_db()
    assert unsure.accept("room")  # on their own page they can still say yes
    unsure.refresh_from_db()
    assert unsure.is_firm and unsure.seat == "room"


def test_at_the_door_they_are_ordinary_guests(clock):
    cafe = full_cafe(room_capacity=2)
    seated = hold(cafe)
    pair, waits = factories.registration(cafe, people=1), hold(cafe)
    pair.cancel()
    clock(STARTS + timedelta(minutes=5))
    by = factories.coordinator()
    assert seated.check_in(by=by) and waits.check_in(by=by)
    assert stands(seated, waits) == ["room", "room"]


def test_the_database_knows_terms_of_unconfirmed_seats_only():
    made = factories.registration(factories.cafe())
    for wrong in ({"holds_until": timezone.now()}, {"confirmed_at": None, "nudge_at": timezone.now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Registration.objects.filter(pk=made.pk).update(**wrong)


def test_the_job_asks_one_question_when_there_is_nothing_to_do(django_assert_num_queries):
    for _ in range(3):
        factories.registration(factories.cafe())
    hold(factories.cafe(called_off_at=None, starts_at=timezone.now() - timedelta(hours=1)), by_hand=True)
    with django_assert_num_queries(1):
        assert reminders.look_after_holds(timezone.now()) == 0


def term_mails(folder) -> int:
    return sum(mail["Subject"].startswith("Iemand wacht op een plaats") for mail in mailing.deliver(folder))


@pytest.mark.parametrize("cycle", ["the hold", "who waits"])
def test_an_address_has_two_mails_about_terms_however_often_it_comes_and_goes(clock, settings, tmp_path, cycle):
    """A stranger signs it up anew each time, or lets another address wait for its place each time."""
    folder = mailing.folder(settings, tmp_path)
    cafe, mails = full_cafe(room_capacity=1), []
    for week in range(3):
        clock(MONDAY + timedelta(days=6 * week))
        unsure, waits = hold(cafe, email="een@example.org"), factories.registration(cafe, email="twee@example.org")
        for hours in (0, 24):
            clock(moments.after_hours_of_the_day(MONDAY + timedelta(days=6 * week), timedelta(hours=hours)))
            look(leaves=False)
            mails.append(term_mails(folder))
        assert stands(unsure, waits) == ["room", ["waits for", "room"]]
        unsure.refresh_from_db()
        assert unsure.holds_until
        for each in (unsure, waits) if cycle == "the hold" else (waits,):
            each.refresh_from_db()
            each.cancel()
        clock(MONDAY + timedelta(days=6 * week + 5))
        look(leaves=False)
    assert mails == [1, 1, 0, 0, 0, 0]


# A stranger with one mailbox.


def test_a_mailbox_keeps_two_places_that_nobody_said_yes_to_however_many_addresses_it_has():
    cafe = full_cafe(room_capacity=9)
    names = ["x_y+1", "x_y", "x_y+2", "x_y+a+b", "xzy+1", "x_y"]
    people = [hold(cafe, email=f"{name}@{'ander' if at > 4 else 'evil'}.example") for at, name in enumerate(names)]
    waits = [["waits for", "room"]] * 2
    assert stands(*people) == ["room", "room", *waits, "room", "room"]
    assert look() == []  # nobody who could have a free place needs a seat
    people[3].confirm()
    assert stands(people[3]) == ["room"]
    assert factories.registration(cafe, email="x_y+3@evil.example").seat == "room"  # proven by a code
    people[0].cancel()
    assert hold(cafe, email="x_y+4@evil.example").seat == "room"


def test_above_that_the_answer_is_the_same():
    cafe = factories.cafe()
    Snapshot.objects.take()
    told = [all_of(Client(), cafe, email=f"anna+{number}@example.org") for number in range(4)]
    assert told[0] == told[1] == told[2] == told[3]


def test_a_hold_ends_whatever_strangers_have_sent_to_its_mailbox(clock, settings, tmp_path):
    folder = mailing.folder(settings, tmp_path)
    cafe = full_cafe(room_capacity=2)
    people = [hold(cafe, email=f"x+{number}@evil.example") for number in range(2)]
    firm = [factories.registration(cafe) for _ in range(2)]
    mailing.deliver(folder)
    for _ in range(10):
        is_beyond("x@evil.example", by_typing=False)
    look(leaves=False)
    assert {mail["To"] for mail in mailing.deliver(folder)} == {each.email for each in people}
    clock(moments.after_hours_of_the_day(MONDAY, timedelta(hours=24)))
    for _ in range(10):
        is_beyond("x@evil.example", by_typing=False)
    look(leaves=False)
    assert len(mailing.deliver(folder)) == 2
    clock(THURSDAY)
    look(leaves=False)
    assert stands(*people, *firm) == [["waits for", "room"]] * 2 + ["room"] * 2


def test_the_third_time_the_term_runs_without_a_mail_and_ends_as_any_other(clock):
    cafe = full_cafe(room_capacity=1)
    unsure, waits = hold(cafe), factories.registration(cafe)
    Registration.objects.filter(pk=unsure.pk).update(term_mails=2)
    assert look() == []
    unsure.refresh_from_db()
    assert (unsure.holds_until, unsure.nudge_at) == (THURSDAY, None)
    clock(THURSDAY - timedelta(seconds=1))
    assert look() == [] and stands(unsure) == ["room"]
    clock(THURSDAY)
    assert look() == [("lapsed", unsure.pk), ("promotion", waits.pk)]


def test_who_had_one_mail_about_an_earlier_term_gets_the_second_at_once(clock):
    cafe = full_cafe(room_capacity=1)
    unsure, waits = hold(cafe), factories.registration(cafe)
    assert look() == [("term", unsure.pk)]
    waits.cancel()
    unsure.refresh_from_db()
    clock(unsure.nudge_at)
    assert look() == []  # nobody needs it
    waits = factories.registration(cafe)
    assert look() == [("term", unsure.pk)]
    unsure.refresh_from_db()
    assert unsure.nudge_at is None and unsure.term_mails == 2
    clock(unsure.holds_until)
    assert look() == [("lapsed", unsure.pk), ("promotion", waits.pk)]


def test_others_of_a_mailbox_take_no_place_from_its_own_address():
    """Who signs up oma+1@ and oma+2@ would else have oma@ wait in a café with room for all."""
    cafe = factories.cafe(room_capacity=20, online_capacity=0)
    for number in (1, 2):
        factories.registration(cafe, email=f"oma+{number}@example.org", firm=False)
    assert factories.registration(cafe, email="oma+3@example.org", firm=False).seat is None
    assert factories.registration(cafe, email="oma@example.org", firm=False).seat == "room"
