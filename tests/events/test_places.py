"""Who gets which place: pairs, changing room and online, coming back, asking in the last hours, and capacities."""

from datetime import timedelta
from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from events import moments, reminders
from events.models.cafes import Cafe
from events.models.registrations import Registration
from events.places import Seat, Standing, Wish
from tests.events.mailing import forget, jobs
from tests.helpers import factories

pytestmark = pytest.mark.django_db


def signed_up(cafe: Cafe, *wishes: str) -> list[Registration]:
    """People in this order: "room", "online" or "both", and "room2" for two people."""
    people = [
        factories.registration(cafe, wish=wish.strip("2"), people=2 if wish.endswith("2") else 1) for wish in wishes
    ]
    forget()
    return people


def stands(cafe: Cafe) -> list[tuple]:
    """(place, queues) of everyone, in the order in which they came."""
    rows = Registration.objects.filter(cafe=cafe).order_by("pk")
    return [(row.seat, *row.waits_for) for row in rows]


def last_hours(cafe: Cafe) -> None:
    cafe.asks_from = timezone.now() - timedelta(minutes=1)
    cafe.save()


@pytest.mark.parametrize(
    "before", ["", "room2", "room room", "room room room2", "room2 room online2", "room2 online2 room online"]
)
def test_what_a_stranger_is_told_is_what_a_new_address_gets(before):
    cafe = factories.cafe(room_capacity=3, online_capacity=3)
    signed_up(cafe, *before.split())
    for wish, people in product(Wish, [1, 2]):
        cafe = Cafe.objects.get()
        foretold = Standing.wished(wish, people, {seat: cafe.places(seat) for seat in Seat})
        made, is_new = cafe.register(email="a@example.org", name="A", wish=wish, people=people)
        assert (is_new, made.standing) == (True, foretold)
        made.refresh_from_db()
        assert made.standing == foretold
        made.delete()


def test_who_takes_somebody_along_takes_two_places_and_gives_two_back():
    cafe = factories.cafe(room_capacity=3)
    pair, *_ = signed_up(cafe, "room2", "room", "room", "room")
    assert stands(cafe) == [("room",), ("room",), (None, "room"), (None, "room")]
    assert Cafe.objects.get().places("room").taken == 3
    assert len(pair.cancel()) == 2
    assert stands(cafe) == [(None,), ("room",), ("room",), ("room",)]


def test_a_place_too_small_for_the_pair_in_front_goes_to_the_first_who_fits_and_the_pair_stays_in_front():
    cafe = factories.cafe(room_capacity=2)
    leaves, other, pair, alone = signed_up(cafe, "room", "room", "room2", "room")
    assert leaves.cancel() == [alone]
    assert pair.position("room") == 1
    assert other.cancel() == []  # one place, and only a pair waits
    newcomer, _ = cafe.register(email="n@example.org", name="N", wish="room")
    assert newcomer.seat == "room"
    alone.refresh_from_db()
    assert alone.cancel() == []
    assert newcomer.cancel() == [pair]


def test_the_number_in_the_queue_counts_people_as_the_form_does():
    cafe = factories.cafe(room_capacity=1)
    *_, last = signed_up(cafe, "room", "room2", "room")
    assert Cafe.objects.get().places("room").waiting == 3
    assert last.position("room") == 3


def test_who_is_let_in_while_a_mail_is_written_is_never_number_0():
    cafe = factories.cafe(room_capacity=1)
    leaves, waits = signed_up(cafe, "room", "room")
    leaves.cancel()
    assert waits.position("room") == 1  # as it was when this row was read


def test_half_of_a_waiting_pair_can_come_alone_at_once():
    cafe = factories.cafe(room_capacity=2)
    leaves, _, pair = signed_up(cafe, "room", "room", "room2")
    leaves.cancel()
    assert pair.change(wish=Wish.ROOM, people=1)
    assert (pair.seat, pair.waits_for) == ("room", [])


def test_online_now_and_in_the_queue_for_the_room():
    cafe = factories.cafe(room_capacity=1, online_capacity=1)
    leaves, both, waits = signed_up(cafe, "room", "both", "both")
    assert stands(cafe) == [("room",), ("online", "room"), (None, "room", "online")]
    assert (both.wish, waits.wish) == (Wish.BOTH, Wish.BOTH)
    assert leaves.cancel() == [both, waits]
    # The room came free, so the first left online, which went to the next, who keeps waiting for the room.
    assert stands(cafe) == [(None,), ("room",), ("online", "room")]
    assert jobs() == [("cancellation", leaves.pk), ("promotion", both.pk), ("promotion", waits.pk)]


@pytest.mark.parametrize(
    ("others", "mine", "wish", "becomes"),
    [
        ("", "room", Wish.ONLINE, ("online",)),
        ("online", "room", Wish.ONLINE, ("room", "online")),  # keeps the room until online is certain
        ("room", "online", Wish.ROOM, ("online", "room")),
        ("room", "online", Wish.BOTH, ("online", "room")),
        ("", "online", Wish.BOTH, ("room",)),
        ("room", "room", Wish.ONLINE, ("online",)),
        ("room", "room", Wish.BOTH, ("online", "room")),
        ("room online", "room", Wish.ONLINE, (None, "online")),
        ("room online", "online", Wish.BOTH, (None, "room", "online")),
        ("room", "both", Wish.ONLINE, ("online",)),
    ],
)
def test_changing_between_room_and_online(others, mine, wish, becomes):
    cafe = factories.cafe(room_capacity=1, online_capacity=1)
    *_, made = signed_up(cafe, *others.split(), mine)
    version = made.version
    assert made.change(wish=wish, people=1)
    assert stands(cafe)[-1] == becomes
    assert jobs() == [("change", made.pk)]
    made.refresh_from_db()
    assert made.version > version
    assert not made.change(wish=made.wish, people=1)
    assert len(jobs()) == 1


def test_changing_lets_in_who_waits_for_the_place_that_falls_free():
    cafe = factories.cafe(room_capacity=1, online_capacity=1)
    moves, waits = signed_up(cafe, "room", "room")
    moves.change(wish=Wish.ONLINE, people=1)
    assert stands(cafe) == [("online",), ("room",)]
    assert jobs() == [("change", moves.pk), ("promotion", waits.pk)]


def test_waiting_for_the_room_keeps_its_moment_when_online_is_added():
    cafe = factories.cafe(room_capacity=1)
    _, first, second = signed_up(cafe, "room", "room", "room")
    first.change(wish=Wish.BOTH, people=1)
    assert (first.position("room"), second.position("room")) == (1, 2)


def test_a_second_person_needs_a_place_and_is_refused_without_losing_the_own():
    cafe = factories.cafe(room_capacity=2)
    one, two = signed_up(cafe, "room", "room")
    with pytest.raises(ValidationError, match="Je eigen plaats houd je"):
        one.change(wish=Wish.ROOM, people=2)
    assert stands(cafe) == [("room",), ("room",)] and jobs() == []
    two.cancel()
    assert one.change(wish=Wish.ROOM, people=2)
    assert Cafe.objects.get().places("room").free == 0
    with pytest.raises(IntegrityError), transaction.atomic():
        Registration.objects.update(people=3)


def test_undoing_a_cancellation_while_the_place_is_free_and_after():
    cafe = factories.cafe(room_capacity=1)
    (made,) = signed_up(cafe, "room")
    made.cancel()
    Cafe.objects.update(closes_at=timezone.now() - timedelta(minutes=1))  # a slip of the finger can be undone
    made.come_back()
    made.come_back()
    assert stands(cafe) == [("room",)]
    assert jobs() == [("cancellation", made.pk), ("confirmation", made.pk)]
    Cafe.objects.update(closes_at=None)
    made.cancel()
    signed_up(cafe, "room")
    made.come_back()
    assert stands(cafe) == [(None, "room"), ("room",)]
    made.cancel()
    Cafe.objects.update(starts_at=timezone.now(), ends_at=timezone.now() + timedelta(hours=1))
    with pytest.raises(ValidationError, match="kan niet meer"):
        made.come_back()


@pytest.mark.parametrize(
    ("taken", "back"),
    [
        ("online", ("room", "online")),  # as it was: the room until online is certain
        ("", ("online",)),
        ("online room", (None, "online")),
    ],
)
def test_undoing_gives_back_the_seat_of_who_waited_for_the_other_kind(taken, back):
    cafe = factories.cafe(room_capacity=1, online_capacity=1)
    other, made = signed_up(cafe, "online", "room")
    made.change(wish=Wish.ONLINE, people=1)
    assert stands(cafe)[1] == ("room", "online")
    made.cancel()
    other.cancel()
    signed_up(cafe, *taken.split())
    made.refresh_from_db()
    assert (made.back.seat, *made.back.queues) == back
    made.come_back()
    assert stands(cafe)[1] == back


def test_in_the_last_hours_people_are_asked_and_the_first_yes_has_it():
    cafe = factories.cafe(room_capacity=1)
    leaves, slow, quick, pair = signed_up(cafe, "room", "room", "room", "room2")
    last_hours(cafe)
    assert leaves.cancel() == []
    assert jobs() == [("cancellation", leaves.pk), ("offer", slow.pk), ("offer", quick.pk)]
    cafe.refresh_from_db()
    newcomer, _ = cafe.register(email="n@example.org", name="N", wish="room", firm=True)
    assert newcomer.seat is None and [places.seat for places in newcomer.offers] == ["room"]
    forget()

    assert quick.accept("room") and not quick.accept("room")
    assert not slow.accept("room") and not pair.accept("room")
    assert stands(cafe) == [(None,), (None, "room"), ("room",), (None, "room"), (None, "room")]
    assert jobs() == [("promotion", quick.pk)]
    forget()
    quick.cancel()  # the next place is another question
    assert jobs() == [("cancellation", quick.pk), ("offer", newcomer.pk)]
    assert leaves.cancel() == [] and len(jobs()) == 2
    Registration.objects.filter(pk=slow.pk).update(offered_at=timezone.now() - timedelta(hours=1))
    assert reminders.look_after_holds(timezone.now()) == 1  # the place is left still
    assert jobs()[2:] == [("offer", slow.pk)]
    reminders.look_after_holds(timezone.now())
    assert len(jobs()) == 3


def test_one_person_who_cancels_and_comes_back_mails_nobody_each_time_and_does_so_three_times(client):
    cafe = factories.cafe(room_capacity=1)
    person, waits, _ = signed_up(cafe, "room", "room", "room")
    last_hours(cafe)
    page = person.get_absolute_url()
    forget()
    for _ in range(3):
        for button, data in (("afmelden", {}), ("terug", {}), ("ja", {"seat": "room"})):
            client.post(f"{page}{button}/", data, follow=True)
    answer = client.post(f"{page}terug/", follow=True)
    assert answer.status_code == 409 and "Je meldde je al drie keer af" in answer.text
    client.post(f"/cafes/{cafe.slug}/aanmelden/", {"email": person.email, "name": "A", "wish": "room"})
    assert "Je meldde je al drie keer af" in client.post(f"{page}ik-kom/", follow=True).text
    person.refresh_from_db()
    assert not person.seat and not (person.is_coming and person.is_firm)
    assert [pk for kind, pk in jobs() if kind == "offer"].count(waits.pk) == 1
    Registration.objects.select_related("cafe").get(pk=person.pk).confirm()  # a coordinator may
    person.refresh_from_db()
    assert person.is_firm


def test_who_was_asked_is_asked_again_when_the_cafe_moved():
    cafe = factories.cafe(room_capacity=1)
    leaves, slow, quick = signed_up(cafe, "room", "room", "room")
    last_hours(cafe)
    leaves.cancel()
    cafe.refresh_from_db()
    cafe.move(by=None, starts_at=cafe.starts_at + timedelta(days=14), ends_at=cafe.ends_at + timedelta(days=14))
    assert stands(cafe) == [(None,), ("room",), (None, "room")]  # in the order of signing up: given, not asked
    cafe.refresh_from_db()
    last_hours(cafe)  # two weeks later
    long_ago = timezone.now() - timedelta(days=14)
    Registration.objects.exclude(asked_at=None).update(asked_at=long_ago, offered_at=long_ago)
    forget()
    slow.refresh_from_db()
    slow.cancel()
    assert jobs() == [("cancellation", slow.pk), ("offer", quick.pk)]


def test_a_yes_gives_the_other_place_to_who_is_asked_for_it():
    cafe = factories.cafe(room_capacity=1, online_capacity=1)
    leaves, both, waits = signed_up(cafe, "room", "both", "online")
    last_hours(cafe)
    leaves.cancel()
    both.accept("room")
    assert stands(cafe) == [(None,), ("room",), (None, "online")]
    assert jobs()[-1] == ("offer", waits.pk)


def test_more_places_let_in_and_fewer_than_are_taken_are_refused():
    cafe = factories.cafe(room_capacity=1)
    people = signed_up(cafe, "room", "room", "room2")
    assert cafe.resize(room_capacity=4) == people[1:]
    with pytest.raises(ValidationError, match="al 4 plaatsen in de zaal vergeven. Vul minstens 4 in"):
        cafe.resize(room_capacity=3, online_capacity=5)
    cafe.refresh_from_db()
    assert (cafe.room_capacity, cafe.online_capacity) == (4, 10)


def test_moving_and_calling_off_tell_everyone_once():
    cafe = factories.cafe(room_capacity=1)
    *coming, gone = signed_up(cafe, "room", "room", "online")
    cafe.register(email="", name="Opa", wish="online")
    gone.cancel()
    forget()
    by, was = factories.coordinator(), cafe.starts_at
    later = moments.days_from(was, 7)
    Cafe.objects.update(closes_at=moments.days_from(was, -1))
    times = {"starts_at": later, "ends_at": later + timedelta(hours=2)}
    mailing = cafe.move(by=by, **times)
    assert cafe.move(by=by, **times) is None
    assert cafe.closes_at == moments.days_from(later, -1)
    assert (mailing.people, mailing.by, mailing.was) == (2, by, was)
    assert jobs() == [("mailing", each.pk) for each in coming]
    with pytest.raises(ValidationError, match="eindigt voordat het begint"):
        Cafe.objects.get().move(by=by, ends_at=cafe.starts_at)
    assert cafe.call_off(by=by) and not cafe.call_off(by=by)
    assert len(jobs()) == 4


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({}, "open"),
        ({"published_at": None}, "concept"),
        ({"room_capacity": 1, "online_capacity": 0}, "vol"),
        ({"opens_at": timedelta(hours=1)}, "nog niet open"),
        ({"closes_at": timedelta(hours=-1)}, "aanmelden gesloten"),
        ({"starts_at": timedelta(hours=-1)}, "bezig"),
        ({"starts_at": timedelta(days=-1)}, "geweest"),
        ({"called_off_at": timedelta()}, "afgelast"),
    ],
)
def test_the_state_follows_from_the_rows(fields, state):
    now = timezone.now()  # and not when the tests were collected
    cafe = factories.cafe(
        **{name: now + value if isinstance(value, timedelta) else value for name, value in fields.items()}
    )
    Registration.objects.create(cafe=cafe, name="A", seat="room")
    assert Cafe.objects.get().state.label == state


def test_sign_up_opens_and_closes():
    now = timezone.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.cafe(opens_at=now, closes_at=now)
    cafe = factories.cafe(opens_at=now + timedelta(days=1))
    with pytest.raises(ValidationError, match="kan vanaf"):
        cafe.register(email="a@example.org", name="A", wish="room")
    Cafe.objects.update(opens_at=None, closes_at=now - timedelta(minutes=1))
    with pytest.raises(ValidationError, match="kan niet meer"):
        cafe.register(email="a@example.org", name="A", wish="room")
