"""The commands of who leads: each names the turn that they saw, and twice is once."""

import pytest
from django.utils import timezone

from live.actions import leading
from live.models import Kind
from live.models.cafes import Moved
from live.reading.leading import ALONE, IN_TIME, TIME_IS_UP, desk_of, led
from polls.models import Stage
from tests.live.helpers import again, room, seat, shown, to

pytestmark = pytest.mark.django_db


def test_a_command_twice_is_once_and_one_of_an_old_page_is_refused():
    live = room()
    seen = live.turn
    scene, other = live.scenes.get(kind=Kind.QUESTION), live.scenes.get(kind=Kind.BREAK)
    assert leading.go_to(live, seen, scene) is True
    version = again(live).version
    assert leading.go_to(again(live), seen, scene) is False
    assert again(live).version == version
    with pytest.raises(Moved):
        leading.go_to(again(live), seen, other)
    assert again(live).scene == scene


def test_counts_that_move_are_in_nobodys_way():
    live = to(room(), Kind.QUESTION)
    seen = live.turn
    seat(live, 3)
    live.raise_version()
    assert leading.clear(again(live), seen) is True


def test_a_poll_closes_and_a_round_shows_its_result_when_it_is_revealed():
    live = to(room(Kind.POLL, Kind.STICKERS), Kind.POLL)
    leading.reveal(live, live.turn)
    scene = again(live).scene
    assert scene.revealed_at and scene.poll.is_closed
    live = to(live, Kind.STICKERS)
    assert live.scene.round.stage == Stage.STICKERS
    leading.reveal(live, live.turn)
    live.scene.round.refresh_from_db()
    assert live.scene.round.stage == Stage.RESULT


def test_only_what_everyone_may_see_is_made_large():
    live = to(room(), Kind.QUESTION)
    made = shown(live, "Groot")
    leading.spotlight(again(live), again(live).turn, made)
    assert again(live).spotlight == made
    made.post.remove(None, "weg")
    leading.spotlight(again(live), again(live).turn, made)
    assert again(live).spotlight is None


def test_a_sentence_that_a_coordinator_wrote_is_said_while_time_runs_and_alone_but_not_when_time_is_up():
    live = to(room(), Kind.TALK)
    assert "minuten" not in live.scene.sentence
    leading.start_time(live, live.turn)
    assert desk_of(led(live.pk)).sentence == IN_TIME
    live.scenes.update(says="Praat maar raak.")
    assert desk_of(led(live.pk)).sentence == "Praat maar raak."
    live.scenes.filter(kind=Kind.TALK).update(ends_at=timezone.now())
    assert desk_of(led(live.pk)).sentence == TIME_IS_UP
    live = to(live, Kind.QUESTION)
    leading.go_alone(live, live.turn, alone=True)
    assert desk_of(led(live.pk)).sentence == "Praat maar raak."
    live.scenes.update(says="")
    assert desk_of(led(live.pk)).sentence == ALONE
