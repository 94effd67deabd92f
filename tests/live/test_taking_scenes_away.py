"""A coordinator takes a scene out of the running order: never one that was on, whatever who leads presses."""

import pytest
from django.urls import reverse

from live.actions import leading, rehearsing
from live.models import Kind, LiveCafe, Scene
from live.models.cafes import Moved
from live.reading.leading import desk_of
from tests.helpers import factories
from tests.helpers.browsers import logged_in
from tests.helpers.races import in_between
from tests.helpers.shown_form import shown_form
from tests.live.helpers import again, room, shown, to
from tests.live.test_rehearsing import ahead

pytestmark = pytest.mark.django_db
EVENING = (Kind.WELCOME, Kind.QUESTION, Kind.BREAK, Kind.THANKS)
WAS_ON = "Dit onderdeel was op het scherm: wat er gezegd en geteld is, hoort erbij. Het blijft dus staan."


@pytest.fixture(autouse=True)
def second_factor(settings):
    settings.DEMO = True


def take_away(live: LiveCafe, scene: Scene, browser=None):
    """Ticks «Verwijderen» at a scene and saves."""
    browser = browser or logged_in(factories.coordinator())
    url = reverse("admin:live_livecafe_change", args=[live.pk])
    sent = shown_form(browser, url) | {f"scenes-{scene.position - 1}-DELETE": ["on"]}
    return browser.post(url, sent)


def scene_of(live: LiveCafe, kind: Kind) -> Scene:
    return live.scenes.get(kind=kind)


@pytest.mark.parametrize("kind", [Kind.QUESTION, Kind.WELCOME], ids=["on now", "on before"])
def test_a_scene_that_is_or_was_on_stays_with_all_that_was_said(kind):
    live = to(room(*EVENING), Kind.QUESTION)
    made = shown(live)
    answer = take_away(live, scene_of(live, kind))
    assert answer.status_code == 200 and WAS_ON in answer.text
    assert live.scenes.count() == 4 and again(live).scene.kind == Kind.QUESTION
    made.refresh_from_db()
    assert made.scene.kind == Kind.QUESTION and list(live.voices.shown()) == [made]


def test_what_a_scene_that_was_on_is_about_stays_and_its_sentence_may_be_another():
    live = to(room(*EVENING), Kind.QUESTION)
    browser, url = logged_in(factories.coordinator()), reverse("admin:live_livecafe_change", args=[live.pk])
    other = factories.question()
    answer = browser.post(url, shown_form(browser, url) | {"scenes-1-question": [str(other.pk)]})
    assert answer.status_code == 200 and "en niet waar het over gaat" in answer.text
    assert browser.post(url, shown_form(browser, url) | {"scenes-1-says": ["Schrijf maar op"]}).status_code == 302
    scene = scene_of(live, Kind.QUESTION)
    assert (scene.question_id, scene.says) == (live.scene.question_id, "Schrijf maar op")
    coming = shown_form(browser, url) | {"scenes-2-kind": [Kind.WENSBEELDEN.value]}
    assert browser.post(url, coming).status_code == 302 and live.scenes.filter(kind=Kind.WENSBEELDEN).exists()


def test_one_that_comes_yet_goes_and_the_big_button_leads_past_it():
    live = to(room(*EVENING), Kind.QUESTION)
    gone = scene_of(live, Kind.BREAK)
    version = live.version
    assert take_away(live, gone).status_code == 302
    live = again(live)
    assert live.version > version and live.scene.kind == Kind.QUESTION
    assert desk_of(live).next.kind == Kind.THANKS
    with pytest.raises(Moved):  # a page of before
        leading.go_to(live, live.turn, gone)
    assert again(live).scene.kind == Kind.QUESTION
    assert to(live, Kind.THANKS).scene.kind == Kind.THANKS


def test_of_a_rehearsal_it_can_go_once_that_is_wiped():
    live = rehearsing.start(ahead(*EVENING))
    leading.begin(live, live.turn)
    first = live.scenes.first()
    answer = take_away(live, first)
    assert answer.status_code == 200 and "Wis eerst de proef, dan kan het weg of anders." in answer.text
    rehearsing.wipe(again(live))
    assert take_away(live, first, logged_in(factories.coordinator(email="b@example.com"))).status_code == 302
    assert not live.scenes.filter(pk=first.pk).exists()


# Side by side, on connections of their own: each waits for the other, and nobody for ever.


@pytest.mark.django_db(transaction=True)
def test_who_leads_comes_first_and_the_scene_stays():
    live = to(room(*EVENING), Kind.QUESTION)
    rest, answers = scene_of(live, Kind.BREAK), []
    turn = again(live).turn
    browser = logged_in(factories.coordinator())
    errors = in_between(
        lambda: leading.go_to(again(live), turn, rest), lambda: answers.append(take_away(live, rest, browser))
    )
    assert errors == [] and answers[0].status_code == 200 and WAS_ON in answers[0].text
    assert again(live).scene == rest


@pytest.mark.django_db(transaction=True)
def test_who_takes_it_away_comes_first_and_who_leads_reads_so():
    live = to(room(*EVENING), Kind.QUESTION)
    rest, turn = scene_of(live, Kind.BREAK), again(live).turn
    browser = logged_in(factories.coordinator())
    errors = in_between(lambda: take_away(live, rest, browser), lambda: leading.go_to(again(live), turn, rest))
    assert [type(each) for each in errors] == [Moved]
    assert again(live).scene.kind == Kind.QUESTION and live.scenes.count() == 3
