"""A sticker round that has its result already: offered to no evening, and where it stands everyone reads so."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from live.actions import leading, preparing, rehearsing
from live.models import Kind, LiveCafe, Scene
from live.reading.leading import WAS_OVER, desk_of, led
from live.reading.state import state_of
from live.views.taking_part import NO_STICKERS_NOW, ROUND_OVER
from polls.models import Sticker, StickerRound
from tests.helpers import factories
from tests.helpers.browsers import logged_in
from tests.helpers.shown_form import shown_form
from tests.live.helpers import again, room, to
from tests.live.test_anew import begun_anew
from tests.live.test_closing import moved_on
from tests.live.test_phones import HTMX, address, at, words
from tests.live.test_rehearsing import ahead

pytestmark = pytest.mark.django_db
EVENING = (Kind.WELCOME, Kind.STICKERS, Kind.THANKS)


@pytest.fixture(autouse=True)
def second_factor(settings):
    settings.DEMO = True


def close(its_round: StickerRound, stage: str = "result") -> None:
    StickerRound.objects.filter(pk=its_round.pk).update(stage=stage)


def closed_before(live: LiveCafe) -> Scene:
    """Its scene of stickers, with a round in which people stuck on the site and that was closed there."""
    scene = live.scenes.get(kind=Kind.STICKERS)
    factories.sticker(scene.round.ideas.last(), 1)
    close(scene.round)
    return scene


def test_it_is_offered_to_no_evening_and_one_that_closes_meanwhile_says_so():
    open_still, over = factories.sticker_round(title="Nog open"), factories.sticker_round(title="Al klaar")
    close(over)
    browser, url = logged_in(factories.coordinator()), reverse("live:prepare", args=[factories.cafe().pk])
    page = browser.get(url).text
    assert "Nog open" in page and "Al klaar" not in page
    close(open_still)
    answer = browser.post(url, {"poll": "", "round": open_still.pk})
    assert answer.status_code == 422 and preparing.ROUND_IS_OVER in answer.text
    assert not Scene.objects.exists()


def test_a_new_scene_has_none_that_is_over_and_one_that_stands_stays_as_it_is():
    live = room(*EVENING, begun=False)
    scene, over, other = live.scenes.get(kind=Kind.STICKERS), factories.sticker_round(), factories.sticker_round()
    close(over)
    close(scene.round)
    browser, url = logged_in(factories.coordinator()), reverse("admin:live_livecafe_change", args=[live.pk])
    sent = shown_form(browser, url)
    assert sent["scenes-1-round"] == [str(scene.round_id)]
    offered = browser.get(url).text.partition('name="scenes-3-round"')[2].partition("</select")[0]
    assert f'value="{other.pk}"' in offered
    assert f'value="{over.pk}"' not in offered and f'value="{scene.round_id}"' not in offered
    new = {"scenes-3-kind": [Kind.STICKERS.value], "scenes-3-minutes": ["5"]}
    answer = browser.post(url, sent | new | {"scenes-3-round": [str(over.pk)]})
    assert answer.status_code == 200 and preparing.ROUND_IS_OVER in answer.text
    assert browser.post(url, sent | {"scenes-1-says": ["Kijk mee"]}).status_code == 302
    scene.refresh_from_db()
    assert scene.says == "Kijk mee" and live.scenes.count() == 3


def test_desk_and_running_order_say_so_before_it_comes_on():
    live = room(*EVENING)
    scene = closed_before(live)
    step = desk_of(led(live.pk)).step
    assert (step.scene, step.small) == (scene, "deze ronde is al afgelopen")
    page = logged_in(factories.coordinator()).get(reverse("live:lead", args=[live.pk])).text
    assert "Deze ronde is al afgelopen." in page.partition('id="draaiboek"')[2]


def test_when_it_comes_on_everyone_sees_the_result_and_the_big_button_leads_on():
    live = room(*EVENING)
    browser = at(live)
    scene = closed_before(live)
    live = to(live, Kind.STICKERS)
    page = browser.get(address(live))
    assert "Deze ronde is al afgelopen. Dit is de uitslag." in words(page)
    assert 'name="colour"' not in page.content.decode() and "1 mens plakte stickers." in words(page)
    told = state_of(live).body.decode()
    assert "De meeste groene stickers" in told and "Deze ronde is al afgelopen." in told
    desk = desk_of(led(live.pk))
    assert (desk.sentence, desk.step.name, desk.step.scene.kind) == (WAS_OVER, "go_to", Kind.THANKS)
    leading.reveal(live, live.turn)  # by the key R
    scene.refresh_from_db()
    assert scene.was_over and scene.revealed_at is None


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
@pytest.mark.parametrize(("stage", "why"), [("result", ROUND_OVER), ("ideas", NO_STICKERS_NOW)])
def test_a_sticker_of_a_page_of_before_reads_why_it_was_not_placed(stage, why, headers):
    live = to(room(*EVENING), Kind.STICKERS)
    browser, idea = at(live), live.scene.round.ideas.first()
    sent = {"idea": idea.pk, "colour": 1}
    version = live.version
    close(live.scene.round, stage)
    assert again(live).version > version
    answer = browser.post(address(live, "plak", live.scene.pk), sent, headers=headers)
    assert answer.status_code == 409 and why in words(answer) and not Sticker.objects.exists()
    assert ('name="colour"' in answer.content.decode()) is (stage == "ideas")


def test_a_round_that_closes_while_a_sticker_comes_in_says_so(monkeypatch):
    live = to(room(*EVENING), Kind.STICKERS)
    browser, idea = at(live), live.scene.round.ideas.first()
    monkeypatch.setattr(Scene, "was_over", False)  # as it was when the press came in
    close(live.scene.round)
    answer = browser.post(address(live, "plak", live.scene.pk), {"idea": idea.pk, "colour": 1})
    assert answer.status_code == 409 and ROUND_OVER in words(answer)


def test_a_rehearsal_says_so_and_shows_what_the_evening_will_show():
    live = ahead(*EVENING)
    scene = closed_before(live)
    browser, url = logged_in(factories.coordinator()), reverse("live:rehearse", args=[live.pk])
    told = f"De stickerronde «{scene.round.title}» is al afgelopen."
    assert told in browser.get(url).text
    live = rehearsing.start(live)
    assert told in browser.get(url).text
    leading.begin(live, live.turn)
    live.code = live.rehearsal_code  # that phones have now
    phone = at(live)
    to(again(live), Kind.STICKERS)
    assert "1 mens plakte stickers." in words(phone.get(address(live)))
    answer = phone.post(address(live, "plak", scene.pk), {"idea": scene.round.ideas.first().pk, "colour": 1})
    assert answer.status_code == 409 and ROUND_OVER in words(answer)
    assert not scene.headcounts.exists()
    close(scene.round, "stickers")  # a coordinator opens it again
    assert told not in browser.get(url).text and 'name="colour"' in phone.get(address(live)).content.decode()


def test_what_an_evening_that_was_called_off_revealed_was_over_before_the_next_one_begins():
    live = to(room(*EVENING), Kind.STICKERS)
    leading.reveal(live, live.turn)
    assert not live.scenes.get(kind=Kind.STICKERS).was_over
    later = timezone.now() + timedelta(days=7)
    live = moved_on(live, starts_at=later, ends_at=later + timedelta(hours=2))
    assert live.begun_at is None and live.scenes.get(kind=Kind.STICKERS).was_over
    leading.begin(live, live.turn)
    desk = desk_of(led(live.pk))
    assert desk.step.small == "deze ronde is al afgelopen"
    live = to(live, Kind.STICKERS)
    assert "Deze ronde is al afgelopen. Dit is de uitslag." in words(at(live).get(address(live)))
    assert desk_of(led(live.pk)).sentence == WAS_OVER


def test_a_round_that_is_opened_again_for_an_evening_that_begins_anew_is_hidden_until_it_is_shown():
    live = to(room(*EVENING), Kind.STICKERS)
    leading.reveal(live, live.turn)
    live = begun_anew(again(live))
    close(live.scenes.get(kind=Kind.STICKERS).round, "stickers")
    scene = to(live, Kind.STICKERS).scene
    assert (scene.is_revealed, scene.shows_result) == (False, False)


def test_the_page_of_the_café_tells_a_result_that_was_over_when_the_room_saw_it():
    live = room(*EVENING)
    scene = closed_before(live)
    browser, page = Client(), live.cafe.get_absolute_url()
    idea = scene.round.ideas.last()
    to(live, Kind.THANKS)  # passed over
    assert idea.text not in browser.get(page).text
    to(to(live, Kind.STICKERS), Kind.THANKS)
    assert idea.text in browser.get(page).text
