"""An evening that was broken off and begins anew: empty, though what was said stays on the site."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events.models import Cafe
from live.actions import closing, counting, joining, leading, preparing
from live.models import Kind, LiveCafe, SeatKind, Voice
from live.reading import after, phones, results
from live.reading import leading as desks
from live.reading.state import look_at, state_of
from live.reading.thanks import thanks_of
from polls.models import Poll
from posts.models import Post
from tests.helpers import factories
from tests.live.helpers import again, room, seat, shown, to, voice

pytestmark = pytest.mark.django_db


def begun_anew(live: LiveCafe) -> LiveCafe:
    """Called off in the middle, moved a week, and begun on that day."""
    week = timezone.now() + timedelta(days=7)
    cafe = Cafe.objects.get(pk=live.cafe_id)
    cafe.called_off_at = timezone.now()
    cafe.save()
    cafe.called_off_at, cafe.starts_at, cafe.ends_at = None, week, week + timedelta(hours=2)
    cafe.save()
    now = timezone.now()
    Cafe.objects.filter(pk=cafe.pk).update(starts_at=now, ends_at=now + timedelta(hours=2))
    live = again(live)
    assert live.begun_at is None and desks.waiting_in(live) == []
    leading.begin(live, live.turn)
    return again(live)


def test_nothing_of_the_evening_before_is_shown_counted_or_waits():
    live = to(room(Kind.QUESTION, Kind.THANKS), Kind.QUESTION)
    said = shown(live, "Meer rust in de klas", 3)
    voice(live, "Dit wachtte nog", 4)
    live = to(begun_anew(live), Kind.QUESTION)
    desk = desks.desk_of(live)
    assert (desk.shown, desk.waiting, look_at(live).numbers) == ([], [], [])
    told = state_of(live).body.decode()
    assert "Meer rust" not in told and "Tafel None" not in told
    assert [seen for _, seen in look_at(live).places] == [None] * 4
    assert (thanks_of(live).said, after.heard_in(live).count()) == (0, 0)
    assert phones.earlier_of(to(live, Kind.THANKS))[0].count == 0
    assert Post.objects.readable().filter(pk=said.post_id, voice_in_room__live=live).exists()  # «in het café»


def test_what_is_said_anew_comes_behind_what_was_and_alone():
    live = to(room(Kind.QUESTION, Kind.THANKS), Kind.QUESTION)
    shown(live, "Meer rust in de klas", 3)
    live = to(begun_anew(live), Kind.QUESTION)
    fresh, waits = shown(live, "Korte lijnen", 3), voice(live, "Kleine klassen", 5)
    desk = desks.desk_of(again(live))
    assert (desk.shown, desk.waiting, look_at(again(live)).voices) == ([fresh], [waits], [fresh])
    assert (thanks_of(live).said, [post.text for post in after.heard_in(live)]) == (1, ["Korte lijnen"])


def test_led_alone_it_tells_who_wrote_this_evening():
    live = to(room(Kind.QUESTION, Kind.THANKS), Kind.QUESTION)
    voice(live, "Dit wachtte nog", 4)
    live = to(begun_anew(live), Kind.QUESTION)
    leading.go_alone(live, live.turn, alone=True)
    live = again(live)
    assert (look_at(live).wrote, thanks_of(live).waits) == (results.Wrote(), False)
    voice(live, "Kleine klassen", 5)
    assert look_at(live).wrote == results.Wrote(tables=1) and thanks_of(live).waits


def test_what_a_phone_wrote_that_was_put_out_waits_in_the_ordinary_list_only():
    live = to(room(Kind.QUESTION), Kind.QUESTION)
    made = voice(live, "Niet uit de zaal", 4)
    joining.put_out(live, [made.seat.pk])
    assert not live.voices.waiting().exists()
    assert desks.waiting_in(to(begun_anew(live), Kind.QUESTION)) == []
    assert Post.objects.waiting().get() == made.post


def test_a_poll_that_nobody_saw_the_result_of_is_asked_anew():
    cafe = factories.cafe(starts_at=timezone.now(), ends_at=timezone.now() + timedelta(hours=2))
    live = preparing.prepare(cafe, factories.poll(), None)
    leading.begin(live, live.turn)
    live = to(live, Kind.POLL)
    was, alone = live.scene.poll, seat(live)
    counting.vote(live.scene, alone, was.choices.first().pk, None)
    live = to(begun_anew(live), Kind.POLL)
    joining.sit(live, alone.visitor, SeatKind.ALONE)
    scene = again(live).scene
    assert results.progress(scene) == {"tables": 0, "alone": 0, "online": 0}
    assert Poll.objects.shown_to(alone.visitor_id, scene.poll.slug).own is None
    was.refresh_from_db()
    assert was.is_closed and was.room_cafe is None and Poll.objects.filter(room_cafe=cafe).get() == scene.poll


def test_a_poll_that_was_not_asked_yet_is_the_same_one():
    live = preparing.prepare(factories.cafe(starts_at=timezone.now()), factories.poll(), None)
    leading.begin(live, live.turn)
    was = live.scenes.get(kind=Kind.POLL).poll
    assert begun_anew(live).scenes.get(kind=Kind.POLL).poll == was


def test_a_poll_of_two_scenes_is_one_poll_again():
    live = preparing.prepare(factories.cafe(starts_at=timezone.now()), factories.poll(), None)
    leading.begin(live, live.turn)
    was = live.scenes.get(kind=Kind.POLL)
    live.scenes.create(position=99, kind=Kind.POLL, poll=was.poll)
    to(live, Kind.POLL)
    first, second = begun_anew(live).scenes.filter(kind=Kind.POLL)
    assert first.poll == second.poll != was.poll


def test_of_which_table_something_came_is_never_told_without_its_number():
    live = to(room(Kind.QUESTION), Kind.QUESTION)
    made = shown(live, "Meer rust in de klas", 3)
    assert made.place == "Tafel 3"
    closing.close(live.pk, timezone.now())
    assert Voice.objects.get(pk=made.pk).place == "aan tafel"


def test_beginning_it_twice_loses_nothing_of_what_was_said():
    live = to(room(Kind.QUESTION), Kind.QUESTION)
    made = shown(live)
    leading.begin(live, again(live).turn)
    assert list(again(live).voices.shown()) == [made]
