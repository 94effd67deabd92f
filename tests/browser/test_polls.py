"""Voting and sending in a wensbeeld, as people do it on a phone."""

import io

import pytest
from PIL import Image

from polls.models import Ballot, Wensbeeld
from tests import factories
from werkplaats.models import Site


@pytest.fixture
def poll(transactional_db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    Site.objects.get_or_create(pk=1)
    return factories.poll(wensbeeld_prompt="Stel: over vier jaar krijgen we een prijs. Wat zie je?")


@pytest.fixture
def photo():
    content = io.BytesIO()
    Image.new("RGB", (640, 480), "#ffc9b8").save(content, "JPEG")
    return {"name": "plein.jpg", "mimeType": "image/jpeg", "buffer": content.getvalue()}


def test_from_vote_to_gallery_without_javascript(open_page, poll, photo, client, settings, live_server):
    settings.DEMO = True
    page = open_page(js=False)
    page.goto("/")
    page.get_by_role("button", name="ja", exact=True).click()
    page.wait_for_url("**/peilingen/wensbeeld/#antwoord")
    page.get_by_text("Je stemde «ja».").wait_for()
    page.get_by_text("1 stem van 1 mens.").wait_for()
    page.get_by_role("link", name="Laat je wensbeeld zien").click()
    page.get_by_label("Jouw wensbeeld in woorden").fill("Een plein voor iedereen")
    page.get_by_label("Een foto of tekening").set_input_files(photo)
    page.get_by_label("Je naam").fill("Noor")
    page.get_by_role("button", name="Stuur in").click()
    # The words are kept; the file has to be chosen again, and the page says so.
    assert page.get_by_label("Jouw wensbeeld in woorden").input_value() == "Een plein voor iedereen"
    assert page.get_by_text("een bestand kunnen we niet vasthouden").count() == 2
    page.get_by_label("Een foto of tekening").set_input_files(photo)
    page.get_by_label("Wat zie je?").fill("Een plein in de zon")
    page.get_by_label("Op deze foto staan geen herkenbare kinderen").check()
    page.get_by_role("button", name="Stuur in").click()
    page.get_by_text("Dank je wel voor je wensbeeld").wait_for()
    mine = page.get_by_role("article").filter(has_text="Een plein voor iedereen")
    mine.get_by_text("Wacht op goedkeuring. Alleen jij ziet dit nu.").wait_for()
    assert mine.get_by_role("img", name="Een plein in de zon").evaluate("image => image.naturalWidth") > 0

    someone_else = open_page()
    someone_else.goto("/wensbeelden/")
    someone_else.get_by_text("Nog geen wensbeelden").wait_for()

    client.force_login(factories.coordinator())
    moderator = open_page(width=1280)
    session = {
        "name": settings.SESSION_COOKIE_NAME,
        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
    }
    moderator.context.add_cookies([{**session, "url": live_server.url}])
    moderator.goto("/beheer/polls/wensbeeld/?toestand=wacht")
    moderator.get_by_role("row", name="Een plein voor iedereen").get_by_role("checkbox").check()
    moderator.locator("select[name=action]").select_option("approve")
    moderator.get_by_role("button", name="Uitvoeren").click()
    moderator.get_by_text("Goedgekeurd: 1 wensbeeld.").wait_for()

    someone_else.reload()
    someone_else.get_by_role("img", name="Een plein in de zon").wait_for()
    assert someone_else.get_by_text("Haal je wensbeeld terug").count() == 0

    page.goto("/wensbeelden/")
    page.get_by_text("Haal je wensbeeld terug").click()
    page.get_by_role("button", name="Ja, haal terug").click()
    page.get_by_text("Nog geen wensbeelden").wait_for()
    assert not list(settings.MEDIA_ROOT.iterdir())


def test_vote_in_place_with_the_keyboard(open_page, poll):
    page = open_page()
    page.goto("/")
    page.get_by_role("button", name="nog niet").focus()
    page.keyboard.press("Enter")
    answer = page.locator("#antwoord")
    answer.wait_for()
    assert answer.evaluate("element => element === document.activeElement")
    assert "Probeer het later nog een keer" in answer.inner_text()
    assert page.url.endswith("/")
    page.get_by_role("link", name="Stem opnieuw").press("Enter")
    page.get_by_role("button", name="ja", exact=True).press("Enter")
    page.get_by_text("Je stemde «ja», je 2e stem.").wait_for()
    page.get_by_text("2 stemmen van 1 mens.").wait_for()
    page.reload()
    page.get_by_text("Je stemde «ja», je 2e stem.").wait_for()


@pytest.mark.parametrize("js", [True, False])
def test_double_tap_of_a_stranger_is_one_vote(open_page, poll, js):
    page = open_page(js=js)
    page.goto("/peilingen/wensbeeld/")
    page.get_by_role("button", name="ja", exact=True).dblclick(no_wait_after=True)
    page.locator("#antwoord").wait_for()
    page.wait_for_load_state("networkidle")
    assert Ballot.objects.count() == 1
    assert not Wensbeeld.objects.exists()
