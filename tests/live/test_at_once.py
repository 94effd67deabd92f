"""Two at once in a room, with real threads: a rehearsal ends while phones send, a result is shown while they vote."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection
from django.utils import timezone

from live.actions import counting, joining, leading, rehearsing, saying
from live.models import Headcount, Kind, LiveCafe, Scene, Seat, SeatKind, Voice
from live.models.cafes import Ended
from live.reading import fixed, results
from posts.models import Post
from tests.helpers import factories
from tests.live.helpers import again, room, to

pytestmark = pytest.mark.django_db(transaction=True)
PHONES = 8


def in_threads(*acts) -> list:
    """What each of these came to: what it returned, or its exception."""

    def run(act):
        try:
            return act()
        except (Ended, ValidationError, DatabaseError) as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.mark.parametrize("time", range(3))
def test_a_rehearsal_that_is_wiped_while_phones_send_leaves_nothing_and_stops_nobody(time):
    tomorrow = timezone.now() + timedelta(days=1)
    live = room(Kind.QUESTION, Kind.POLL, begun=False, starts_at=tomorrow, ends_at=tomorrow + timedelta(hours=2))
    live = rehearsing.start(live)
    leading.begin(live, live.turn)
    scenes = live.scenes.select_related("live", "question", "poll")
    asked, polled = scenes.get(kind=Kind.QUESTION), scenes.get(kind=Kind.POLL)
    choice = polled.poll.choices.first().pk
    seats = [
        joining.sit(live, factories.visitor(), SeatKind.TABLE, table=1 + place, people=3) for place in range(PHONES)
    ]

    def phone(seat):
        saying.say(asked, seat, seat.visitor, f"proefwoord {seat.table}")
        counting.count_hands(polled, seat, {choice: 3})
        joining.sit(live, seat.visitor, SeatKind.ONLINE)

    came = in_threads(*(lambda seat=seat: phone(seat) for seat in seats), lambda: rehearsing.wipe(again(live)))
    assert came[-1] is True
    assert {type(each) for each in came[:-1]} <= {type(None), Ended}
    assert not Voice.objects.exists() and not Headcount.objects.exists() and not Seat.objects.exists()


def test_what_was_acknowledged_before_the_result_is_in_it_and_nothing_changes_it_afterwards():
    live = to(room(Kind.QUESTION, Kind.POLL), Kind.POLL)
    scene = Scene.objects.select_related("live", "poll").get(pk=live.scene_id)
    choice = scene.poll.choices.first()
    seats = [joining.sit(live, factories.visitor(), SeatKind.ONLINE) for _ in range(PHONES)]

    def vote(seat):
        counting.vote(Scene.objects.select_related("live", "poll").get(pk=scene.pk), seat, choice.pk, None)

    came = in_threads(*(lambda seat=seat: vote(seat) for seat in seats), lambda: leading.reveal(again(live), live.turn))
    acknowledged = came[:-1].count(None)
    assert {type(each) for each in came[:-1]} <= {type(None), ValidationError}
    scene.refresh_from_db()
    assert fixed.poll_result(scene).people == acknowledged
    for seat in seats:  # they go and sit at a table, whose hands would be counted
        joining.sit(LiveCafe.objects.get(pk=live.pk), seat.visitor, SeatKind.TABLE, table=3)
    assert fixed.poll_result(scene).people == acknowledged


def test_a_phone_that_walks_along_the_tables_counts_for_the_last_and_for_no_more_than_sit_there():
    live = to(room(Kind.QUESTION, Kind.POLL), Kind.POLL)
    scene = Scene.objects.select_related("live", "poll").get(pk=live.scene_id)
    choice, walker = scene.poll.choices.first().pk, factories.visitor()
    counting.count_hands(scene, joining.sit(live, factories.visitor(), SeatKind.TABLE, table=5, people=6), {choice: 6})
    for table in (1, 2, 3):
        seat = joining.sit(live, walker, SeatKind.TABLE, table=table, people=4)
        counting.count_hands(scene, seat, {choice: 4})
    assert {table: each.hands[choice] for table, each in results.hands_of(scene).items()} == {3: 4, 5: 6}
    with pytest.raises(ValidationError):
        counting.count_hands(scene, seat, {choice: 5})


def test_who_took_a_wrong_seat_took_no_count_away():
    live = to(room(Kind.QUESTION, Kind.POLL), Kind.POLL)
    scene = Scene.objects.select_related("live", "poll").get(pk=live.scene_id)
    choice, wrong = scene.poll.choices.first().pk, factories.visitor()
    counting.count_hands(scene, joining.sit(live, factories.visitor(), SeatKind.TABLE, table=3, people=6), {choice: 6})
    counting.count_hands(scene, joining.sit(live, wrong, SeatKind.TABLE, table=3, people=6), {choice: 5})
    assert fixed.poll_result(scene).people == 5  # the last phone of a table
    counting.count_hands(scene, joining.sit(live, wrong, SeatKind.TABLE, table=8, people=2), {choice: 2})
    assert {table: each.hands[choice] for table, each in results.hands_of(scene).items()} == {3: 6, 8: 2}


def test_who_sends_many_texts_hides_no_other_phone():
    live = to(room(Kind.QUESTION, Kind.POLL), Kind.QUESTION)
    asked = Scene.objects.select_related("live", "question").get(pk=live.scene_id)
    many = joining.sit(live, factories.visitor(), SeatKind.TABLE, table=1)
    for number in range(5):
        saying.say(asked, many, many.visitor, f"tekst {number}")
    other = joining.sit(live, factories.visitor(), SeatKind.TABLE, table=2)
    saying.say(asked, other, other.visitor, "van tafel 2")
    assert [each.table for each in live.voices.waiting()][:3] == [1, 2, 1]


def test_what_a_leader_hid_while_its_writer_took_it_away_waits_when_it_is_put_back():
    live = to(room(Kind.QUESTION, Kind.POLL), Kind.QUESTION)
    asked = Scene.objects.select_related("live", "question").get(pk=live.scene_id)
    seat = joining.sit(live, factories.visitor(), SeatKind.TABLE, table=1)
    voice = saying.say(asked, seat, seat.visitor, "te veel gezegd")
    saying.show(voice, factories.coordinator(), voice.post.version)
    voice.post.withdraw()
    saying.hide(voice)
    voice.post.refresh_from_db()
    voice.post.put_back()
    assert not Post.objects.readable().filter(pk=voice.post_id).exists()
