"""A day after its café a room closes: its figures stay, and who sat where is forgotten."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events.models import Cafe
from live.actions import closing, counting, leading, preparing, rehearsing
from live.models import Headcount, HelperKey, Kind, LiveCafe, Seat, Voice
from live.models.cafes import OPEN_AFTER
from live.reading import fixed
from polls.models import Poll
from tests.helpers import factories
from tests.live.helpers import again, room, seat, shown, to

pytestmark = pytest.mark.django_db


def counted() -> tuple[LiveCafe, dict]:
    """A room of which two tables counted hands and two people voted, one of them online; and its choices."""
    live = to(room(Kind.POLL, Kind.QUESTION), Kind.POLL)
    poll = live.scene.poll
    yes, no = poll.choices.order_by("pk")[:2]
    counting.count_hands(live.scene, seat(live, 1), {yes.pk: 4, no.pk: 2})
    counting.count_hands(live.scene, seat(live, 2, people=5), {yes.pk: 3, no.pk: 2})
    counting.vote(live.scene, seat(live), yes.pk, None)
    counting.vote(live.scene, seat(live, online=True), no.pk, None)
    leading.reveal(again(live), again(live).turn)
    return again(live), {"yes": yes, "no": no}


def figures(live: LiveCafe) -> tuple:
    result = fixed.poll_result(live.scenes.get(kind=Kind.POLL))
    present = fixed.present_in(live)
    told = [(option.text, option.room, option.online) for option in result.options]
    return told, result.tables, result.hands, present.room, present.tables, present.online


def end(live: LiveCafe, ago: timedelta = OPEN_AFTER) -> None:
    now = timezone.now()
    live.cafe.ends_at, live.cafe.starts_at = now - ago, now - ago - timedelta(hours=2)
    live.cafe.save(update_fields=["starts_at", "ends_at"])


def test_the_figures_of_a_closed_room_are_those_that_everyone_saw():
    live, _ = counted()
    said = shown(live, "Korte lijnen", 4)
    HelperKey.objects.make(live, factories.coordinator(email="helpt@example.com"))
    before = figures(live)
    assert before[1:] == (2, 11, 18, 3, 1)
    end(live)
    assert closing.close_due(timezone.now()) == 1
    live = again(live)
    assert figures(live) == before
    assert not any(model.objects.exists() for model in (Seat, Headcount, HelperKey))
    said.refresh_from_db()
    assert (said.seat, said.table, said.post.text) == (None, None, "Korte lijnen")
    assert closing.close_due(timezone.now()) == 0
    assert again(live).closed_at == live.closed_at


def test_a_room_stays_open_for_a_day_after_its_café():
    live, _ = counted()
    end(live, OPEN_AFTER - timedelta(minutes=1))
    assert closing.close_due(timezone.now()) == 0
    assert LiveCafe.objects.of_code(live.code) == live
    end(live)
    assert LiveCafe.objects.of_code(live.code) is None


def test_a_café_that_was_called_off_a_day_ago_has_no_room_any_more():
    live = room()
    live.cafe.called_off_at = timezone.now() - OPEN_AFTER
    live.cafe.save(update_fields=["called_off_at"])
    assert closing.close_due(timezone.now()) == 1


def test_a_choice_that_was_taken_out_has_no_line_in_what_stays():
    live, _ = counted()
    end(live)
    closing.close_due(timezone.now())
    scene = again(live).scenes.get(kind=Kind.POLL)
    kept = [pk for pk, *_ in scene.result["chosen"]]
    scene.result = {**scene.result, "chosen": [*scene.result["chosen"], [max(kept) + 10**6, 3, 0]]}
    assert [option.pk for option in fixed.poll_result(scene).options] == kept


@pytest.mark.parametrize("on", [True, False])
def test_its_own_poll_that_was_never_revealed_ends_with_it_and_the_sites_round_goes_on(on):
    sites = factories.sticker_round()
    now = timezone.now()
    cafe = factories.cafe(starts_at=now, ends_at=now + timedelta(hours=2))
    live = preparing.prepare(cafe, factories.poll(), sites)
    leading.begin(live, live.turn)
    if on:
        to(to(live, Kind.STICKERS), Kind.POLL)
    end(again(live))
    assert closing.close_due(timezone.now()) == 1
    assert Poll.objects.get(is_of_room=True).is_closed
    sites.refresh_from_db()
    assert sites.stage == "stickers"


def test_of_a_rehearsal_that_still_went_on_nothing_stays():
    live = room(begun=False, starts_at=timezone.now() + timedelta(days=1), ends_at=timezone.now() + timedelta(days=1.1))
    live = rehearsing.start(live)
    seat(live, 3)
    end(live)
    closing.close_due(timezone.now())
    live = again(live)
    assert (live.rehearses, live.final_counts) == (False, {"room": 0, "tables": 0, "online": 0})
    assert not Voice.objects.exists()


def moved_on(live: LiveCafe, **fields) -> LiveCafe:
    """Its café gets another date, as a coordinator saves it."""
    cafe = Cafe.objects.get(pk=live.cafe_id)
    later = timezone.now() + timedelta(minutes=1)
    cafe.starts_at, cafe.ends_at, cafe.called_off_at = later, later + timedelta(hours=2), None
    for name, value in fields.items():
        setattr(cafe, name, value)
    cafe.save(update_fields=["starts_at", "ends_at", "called_off_at"])
    return again(live)


def test_a_café_that_gets_a_new_date_has_its_room_again_and_begins_anew():
    live, _ = counted()
    end(live)
    closing.close_due(timezone.now())
    live = moved_on(live)
    assert LiveCafe.objects.of_code(live.code) == live
    assert (live.closed_at, live.begun_at, live.scene, live.final_counts) == (None, None, None, None)
    assert live.scenes.get(kind=Kind.POLL).is_revealed  # a poll of the site, whose result was shown
    turn = live.turn
    assert leading.begin(live, turn) and moved_on(live).begun_at  # twice is once
    end(again(live))
    assert closing.close_due(timezone.now()) == 1


@pytest.mark.parametrize("closed", [True, False])
def test_an_evening_that_was_broken_off_begins_anew_on_its_new_day_and_asks_its_poll_anew(closed):
    cafe = factories.cafe(starts_at=timezone.now(), ends_at=timezone.now() + timedelta(hours=2))
    live = preparing.prepare(cafe, factories.poll(), None)
    leading.begin(live, live.turn)
    live = to(live, Kind.POLL)
    was, yes = live.scene.poll, live.scene.poll.choices.first()
    counting.count_hands(live.scene, seat(live, 1), {yes.pk: 4})
    leading.reveal(again(live), again(live).turn)
    if closed:
        end(again(live))
        closing.close_due(timezone.now())
    week = timezone.now() + timedelta(days=7)
    live = moved_on(live, starts_at=week, ends_at=week + timedelta(hours=2))
    assert (live.closed_at, live.begun_at, live.scene) == (None, None, None) and not Seat.objects.exists()
    scene = live.scenes.get(kind=Kind.POLL)
    assert scene.poll != was and not scene.is_revealed and scene.result is None
    assert Poll.objects.get(pk=was.pk).room_result == {str(yes.pk): 4} | dict.fromkeys(
        map(str, was.choices.exclude(pk=yes.pk).values_list("pk", flat=True)), 0
    )


def test_a_café_that_moves_an_hour_while_it_goes_on_goes_on():
    live, _ = counted()
    moved_on(live, starts_at=timezone.now() + timedelta(hours=1))
    assert again(live).begun_at and Seat.objects.exists()


def test_another_code_when_its_own_is_somebody_elses_by_now():
    live = room()
    end(live)
    closing.close_due(timezone.now())
    other = room()
    LiveCafe.objects.filter(pk=other.pk).update(code=live.code)
    assert moved_on(live).code != live.code
    assert LiveCafe.objects.of_code(live.code) == other


def test_a_date_that_is_over_too_or_a_café_that_is_still_off_opens_nothing():
    live, _ = counted()
    end(live)
    closing.close_due(timezone.now())
    before = timezone.now() - timedelta(hours=5)
    assert moved_on(live, starts_at=before, ends_at=before + timedelta(hours=1)).closed_at
    assert moved_on(live, called_off_at=timezone.now()).closed_at
    assert again(live).final_counts
