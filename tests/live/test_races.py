"""Two who lead press at the same moment, on connections of their own: one of them wins, and nothing is done twice."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from live.actions import closing, leading, preparing, rehearsing, saying
from live.models import HelperKey, Kind, LiveCafe, Scene
from live.models.cafes import Moved
from tests.helpers import factories
from tests.helpers.races import in_between
from tests.live.helpers import again, room, shown, to, voice
from tests.live.test_rehearsing import ahead

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_commands_at_once_one_wins_and_the_other_is_told():
    live = room()
    turn, rest, end = live.turn, live.scenes.get(kind=Kind.BREAK), live.scenes.get(kind=Kind.THANKS)
    errors = in_between(lambda: leading.go_to(again(live), turn, rest), lambda: leading.go_to(again(live), turn, end))
    assert [type(error) for error in errors] == [Moved]
    assert again(live).scene == rest and again(live).turn == turn + 1


def test_the_control_without_the_turn_the_last_one_wins():
    live = room()
    rest, end = live.scenes.get(kind=Kind.BREAK), live.scenes.get(kind=Kind.THANKS)

    def go(scene):
        LiveCafe.objects.filter(pk=live.pk).update(scene=scene)

    assert in_between(lambda: go(rest), lambda: go(end)) == []
    assert again(live).scene == end


def test_the_same_command_of_both_is_done_once():
    live = to(room(), Kind.TALK)
    turn, wins = live.turn, []

    def press():
        wins.append(leading.add_minute(again(live), turn))

    errors = in_between(press, press)
    assert errors == [] and sorted(wins) == [False, True]
    assert again(live).turn == turn + 1


def test_leader_and_helper_show_the_same_words_once_and_others_get_the_next_number():
    live = to(room(), Kind.QUESTION)
    one, two = voice(live, "Een", 1), voice(live, "Twee", 2)
    boss = factories.coordinator()
    version = one.post.version
    fresh = lambda made: live.voices.select_related("post", "live").get(pk=made.pk)
    also = two.post.version
    shows = [lambda: saying.show(fresh(one), boss, version), lambda: saying.show(fresh(two), boss, also)]
    assert in_between(*shows) == []
    assert sorted(live.voices.values_list("number", flat=True)) == [1, 2]
    assert [type(each) for each in in_between(lambda: saying.hide(fresh(one)), lambda: saying.hide(fresh(one)))] == []
    assert live.voices.shown().get() == two


def test_a_removal_on_the_site_and_a_press_to_show_it_leave_it_removed():
    live = to(room(), Kind.QUESTION)
    made, boss = voice(live), factories.coordinator()
    fresh = lambda: live.voices.select_related("post", "live").get(pk=made.pk)
    errors = in_between(
        lambda: made.post.remove(boss, "een naam"), lambda: saying.show(fresh(), boss, made.post.version)
    )
    assert [type(error) for error in errors] == [saying.Changed]
    assert not live.voices.shown().exists()


def test_two_browsers_that_take_one_link_at_once_are_one_helper():
    live, boss = room(), factories.coordinator()
    key, _ = HelperKey.objects.make(live, boss)
    took = []
    errors = in_between(lambda: took.append(key.take()), lambda: took.append(HelperKey.objects.get().take()))
    assert errors == [] and sum(secret is not None for secret in took) == 1


def test_two_coordinators_who_prepare_at_once_make_one_running_order():
    factories.question()
    cafe, poll = factories.cafe(), factories.poll()
    errors = in_between(lambda: preparing.prepare(cafe, poll, None), lambda: preparing.prepare(cafe, poll, None))
    live = LiveCafe.objects.get()
    assert errors == [] and live.scenes.count() == 6
    assert live.scenes.filter(kind=Kind.POLL).count() == 1


def test_two_who_move_one_scene_up_move_it_once():
    live = room(begun=False)
    scene = live.scenes.get(kind=Kind.QUESTION)
    errors = in_between(lambda: preparing.move(scene, 3, by=-1), lambda: preparing.move(scene, 3, by=-1))
    assert errors == []
    assert list(live.scenes.order_by("position").values_list("kind", flat=True))[:3] == ["welkom", "vraag", "tafeltijd"]


def test_what_is_large_and_hidden_at_once_is_large_no_more():
    live = to(room(), Kind.QUESTION)
    made = shown(live)
    fresh = lambda: live.voices.select_related("post", "live").get(pk=made.pk)
    turn = again(live).turn
    assert in_between(lambda: leading.spotlight(again(live), turn, made), lambda: saying.hide(fresh())) == []
    assert again(live).spotlight is None


@pytest.mark.parametrize("act", ["wipe", "close", "reopen", "break off", "move"])
def test_whoever_has_its_scenes_goes_on_to_the_room_while_it_is_wiped_closed_or_opened_again(act):
    """Scenes first, the room last: the other way about each would wait for the other."""
    live = ahead() if act == "wipe" else to(room(), Kind.QUESTION)
    if act == "wipe":
        live = rehearsing.start(live)
    if act == "reopen":
        closing.close(live.pk, timezone.now())
    if act in ("reopen", "break off", "move"):
        live.cafe.starts_at, live.cafe.ends_at = (timezone.now() + timedelta(days=each) for each in (7, 7.1))
    acts = {"wipe": lambda: rehearsing.wipe(again(live)), "close": lambda: closing.close(live.pk, timezone.now())}
    acts["move"] = transaction.atomic(live.cafe.save)
    errors = in_between(
        lambda: list(Scene.objects.select_for_update().filter(live=live.pk)),
        acts.get(act, lambda: closing.reopen(live.cafe)),
        lambda: again(live).raise_version(),
    )
    assert errors == []
    live = again(live)
    assert (live.closed_at is not None) == (act == "close")
    assert live.begun_at is None or act == "close"
