"""Voting and sending in a wensbeeld, as people do it on a phone."""

import io

import pillow_heif
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from playwright.sync_api import expect

from polls.voting.models import Ballot
from polls.wensbeelden.models import Wensbeeld
from tests.browser.on_its_way import WORDS_STAY, first_of
from tests.browser.staff_page import log_in
from tests.helpers import factories
from werkplaats.pictures import pipeline
from werkplaats.pictures.models import Picture
from werkplaats.site.models import Site

pytestmark = pytest.mark.prove  # in detail; the ways that people go are in test_whole_way.py


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
    page.wait_for_url("**/#antwoord")
    page.get_by_text("Je stemde «ja» · Stem opnieuw").wait_for()
    page.get_by_text("Bekijk de uitslag").click()
    page.get_by_text("1 stem van 1 persoon.", exact=True).wait_for()
    page.get_by_role("link", name="Laat je wensbeeld zien").click()
    page.get_by_label("Jouw wensbeeld in woorden").fill("Een plein voor iedereen")
    page.get_by_label("Een foto of tekening").set_input_files(photo)
    page.get_by_label("Je naam").fill("Noor")
    page.get_by_role("button", name="Stuur in").click()
    # The words are kept, and so is the picture.
    assert page.get_by_label("Jouw wensbeeld in woorden").input_value() == "Een plein voor iedereen"
    expect(page.get_by_role("img", name="Je foto of tekening")).to_have_js_property("naturalWidth", 640)
    page.get_by_label("Stuur deze foto niet mee").wait_for()
    assert page.get_by_role("button", name="Weghalen").count() == 0
    page.get_by_label("Wat zie je?").fill("Een plein in de zon")
    page.get_by_label("Op deze foto staan geen herkenbare kinderen").check()
    page.get_by_role("button", name="Stuur in").click()
    page.get_by_text("Dank je wel voor je wensbeeld").wait_for()
    mine = page.get_by_role("article").filter(has_text="Een plein voor iedereen")
    mine.get_by_text("Wacht op goedkeuring. Alleen jij ziet dit nu.").wait_for()
    expect(mine.get_by_role("img", name="Een plein in de zon")).not_to_have_js_property("naturalWidth", 0)

    someone_else = open_page()
    someone_else.goto("/wensbeelden/")
    someone_else.get_by_text("Nog geen wensbeelden").wait_for()

    moderator = open_page(width=1280)
    log_in(moderator, factories.coordinator())
    moderator.goto("/beheer/polls/wensbeeld/?toestand=wacht")
    moderator.get_by_role("row", name="Een plein voor iedereen").get_by_role("checkbox").check()
    moderator.locator("select[name=action]").select_option("approve")
    moderator.get_by_role("button", name="Uitvoeren").click()
    moderator.get_by_label("op deze afbeeldingen staan geen herkenbare kinderen").check()
    moderator.get_by_role("button", name="Keur goed").click()
    moderator.get_by_text("Goedgekeurd: 1 wensbeeld.").wait_for()

    someone_else.reload()
    someone_else.get_by_role("img", name="Een plein in de zon").wait_for()
    assert someone_else.get_by_text("Haal je wensbeeld terug").count() == 0

    page.goto("/wensbeelden/")
    page.get_by_text("Haal je wensbeeld terug").click()
    page.get_by_role("button", name="Ja, haal terug").click()
    page.get_by_text("Nog geen wensbeelden").wait_for()
    assert not list(settings.MEDIA_ROOT.iterdir())


def test_a_picture_is_shown_taken_away_and_tried_again_on_a_phone(open_page, poll, photo, settings, complaints):
    page = open_page()
    page.add_init_script(WORDS_STAY)
    page.goto("/wensbeelden/insturen/")
    page.get_by_label("Jouw wensbeeld in woorden").fill("Een plein voor iedereen")
    choose, shown = (page.get_by_label("Een foto of tekening"), page.get_by_role("img", name="Je foto of tekening"))
    assert choose.get_attribute("accept") == "image/jpeg,image/png,image/webp,image/heic"  # no capture: both

    on_its_way = []
    page.route("**/foto/", lambda route: on_its_way.append(route))
    choose.set_input_files(photo)
    expect(page.get_by_role("progressbar", name="Je foto is onderweg")).to_be_visible()
    page.get_by_role("button", name="Stuur in").click()  # waits for the picture
    expect(page.locator(".said")).to_contain_text("je foto is nog onderweg")
    first_of(page, on_its_way).abort()
    state = page.locator(".picture-state")
    expect(state).to_contain_text("Je foto kwam niet aan. Wat je schreef, staat er nog.")
    state.get_by_role("button", name="Probeer opnieuw").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    first_of(page, on_its_way).fulfill(status=413)
    expect(page.locator(".picture .error")).to_contain_text("Deze foto is te groot. Kies er een van hooguit 10 MB.")
    expect(state).to_have_count(0)
    page.unroute("**/foto/")
    assert not Picture.objects.exists()

    choose.set_input_files({"name": "x.jpg", "mimeType": "image/jpeg", "buffer": b"<svg/>"})
    expect(page.locator(".picture .error")).to_contain_text("geen foto die we kennen")
    heic = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (400, 300), "#ffc9b8")).save(heic)
    choose.set_input_files({"name": "IMG_1.HEIC", "mimeType": "image/heic", "buffer": heic.getvalue()})
    expect(shown).to_have_js_property("naturalWidth", 400)
    expect(choose).to_be_hidden()
    page.get_by_role("button", name="Weghalen").click()
    expect(choose).to_be_focused()
    expect(shown).to_have_count(0)
    choose.set_input_files(photo)
    expect(shown).to_have_js_property("naturalWidth", 640)
    assert len(list(settings.MEDIA_ROOT.iterdir())) == 3  # of the first, nothing is left

    page.get_by_role("button", name="Stuur in").click()
    expect(page.locator(".error-summary")).to_contain_text("Wat zie je?")
    expect(shown).to_be_visible()
    page.get_by_label("Wat zie je?").fill("Een plein in de zon")
    page.get_by_label("Op deze foto staan geen herkenbare kinderen").check()
    page.get_by_role("button", name="Stuur in").click()
    expect(page.get_by_role("status").first).to_contain_text("Dank je wel voor je wensbeeld")
    wensbeeld = Wensbeeld.objects.get()
    assert (wensbeeld.picture.width, wensbeeld.picture.alt) == (640, "Een plein in de zon")
    page.get_by_role("link", name="Een plein voor iedereen").click()
    page.wait_for_url(f"**/wensbeelden/{wensbeeld.pk}/")
    page.get_by_text("Wacht op goedkeuring").wait_for()
    page.goto("/wensbeelden/insturen/")
    expect(page.get_by_label("Jouw wensbeeld in woorden")).to_have_value("")  # the draft went with it
    complaints[:] = [each for each in complaints if "ERR_FAILED" not in each]


def test_who_sent_the_form_hears_that_its_picture_failed(open_page, poll, photo, complaints):
    page = open_page()
    page.goto("/wensbeelden/insturen/")
    page.get_by_label("Jouw wensbeeld in woorden").fill("Een plein voor iedereen")
    choose, send = page.get_by_label("Een foto of tekening"), page.get_by_role("button", name="Stuur in")
    on_its_way = []
    page.route("**/foto/", lambda route: on_its_way.append(route))

    choose.set_input_files(photo)
    send.click()
    first_of(page, on_its_way).abort()
    again = page.get_by_role("button", name="Probeer opnieuw")
    expect(again).to_be_focused()
    expect(again).to_be_in_viewport()
    again.click()
    first_of(page, on_its_way)
    page.get_by_role("button", name="Stop").click()

    choose.set_input_files({"name": "x.jpg", "mimeType": "image/jpeg", "buffer": b"<svg/>"})
    send.click()
    first_of(page, on_its_way).continue_()
    error = page.locator(".picture .error")
    expect(error).to_contain_text("geen foto die we kennen")
    expect(error).to_be_in_viewport()
    expect(choose).to_be_focused()
    send.click()
    expect(page.get_by_role("alert")).to_have_text("Stuur je het zonder foto? Druk nog eens.")
    assert not Wensbeeld.objects.exists()
    send.click()
    expect(page.get_by_role("status").first).to_contain_text("Dank je wel voor je wensbeeld")
    assert Wensbeeld.objects.get().picture is None
    complaints[:] = [each for each in complaints if "ERR_FAILED" not in each]


def test_a_picture_that_is_too_big_is_not_sent_at_all(open_page, poll, photo):
    page = open_page()
    page.goto("/wensbeelden/insturen/")
    sent = []
    page.on("request", lambda request: sent.append(request.url) if "/foto/" in request.url else None)
    choose, error = page.get_by_label("Een foto of tekening"), page.locator(".picture .error")
    # A file of the very same size as what the server refuses, to hear it say the same.
    big = {"name": "x.jpg", "mimeType": "image/jpeg", "buffer": bytes(pipeline.MAX_BYTES + 400_000)}
    choose.set_input_files(big)
    shown = error.inner_text()
    assert "Deze foto is 10,4 MB. Kies er een van hooguit 10 MB." in shown
    expect(error.locator("svg")).to_be_visible()
    assert not sent
    with pytest.raises(ValidationError) as refused:
        pipeline.process(SimpleUploadedFile("x.jpg", big["buffer"]))
    assert refused.value.messages[0] in shown
    choose.set_input_files(photo)
    expect(page.get_by_role("img", name="Je foto of tekening")).to_be_visible()
    expect(error).to_have_count(0)


def test_a_reload_keeps_the_picture_and_what_belongs_to_it(open_page, poll, photo):
    factories.role("directeur")
    page = open_page()
    page.goto("/wensbeelden/insturen/")
    shown = page.get_by_role("img", name="Je foto of tekening")
    page.get_by_label("Een foto of tekening").set_input_files(photo)
    expect(shown).to_be_visible()
    page.get_by_label("Wat zie je?").fill("Een plein in de zon")
    page.get_by_label("Je rol").select_option("directeur")
    page.reload()
    expect(shown).to_have_js_property("naturalWidth", 640)
    expect(page.get_by_label("Wat zie je?")).to_have_value("Een plein in de zon")
    expect(page.get_by_label("Je rol").locator("option:checked")).to_have_text("directeur")
    note = page.locator(".draft-note")
    expect(note).to_contain_text("We hebben bewaard wat je invulde.")

    Picture.objects.all().delete()
    page.reload()
    expect(note).to_contain_text("Je foto moet je opnieuw kiezen.")
    expect(shown).to_have_count(0)
    page.get_by_label("Een foto of tekening").set_input_files(photo)
    expect(shown).to_be_visible()
    note.get_by_role("button", name="Wis dit").click()
    expect(shown).to_have_count(0)
    assert page.evaluate("Object.keys(localStorage)") == []
    page.reload()
    expect(note).to_have_count(0)


def test_a_picture_that_was_still_on_its_way_is_asked_for_again(open_page, poll, photo):
    page = open_page()
    page.goto("/wensbeelden/insturen/")
    page.route("**/foto/", lambda route: None)
    page.get_by_label("Jouw wensbeeld in woorden").fill("Een plein voor iedereen")
    page.get_by_label("Een foto of tekening").set_input_files(photo)
    expect(page.get_by_role("progressbar")).to_be_visible()
    page.reload()
    note = page.locator(".draft-note")
    expect(note).to_contain_text("We hebben je tekst bewaard. Je foto moet je opnieuw kiezen.")


def test_vote_in_place_with_the_keyboard(open_page, poll):
    page = open_page()
    page.goto("/")
    page.get_by_role("button", name="nog niet").focus()
    page.keyboard.press("Enter")
    answer = page.locator("#antwoord")
    expect(answer).to_be_focused()
    expect(answer).to_contain_text("Probeer het later nog een keer")
    assert page.url.endswith("/")
    page.get_by_role("link", name="Stem opnieuw").press("Enter")
    page.get_by_role("link", name="Toch niet").press("Enter")
    expect(answer).to_be_focused()
    page.get_by_role("link", name="Stem opnieuw").press("Enter")
    page.get_by_role("button", name="ja", exact=True).press("Enter")
    page.get_by_text("Je stemde «ja», je 2e stem · Stem opnieuw").wait_for()
    page.get_by_text("2 stemmen van 1 persoon.", exact=True).wait_for()
    page.reload()
    page.get_by_text("Je stemde «ja», je 2e stem · Stem opnieuw").wait_for()


@pytest.mark.parametrize("js", [True, False])
def test_vote_with_a_question_and_stay_there(open_page, transactional_db, js):
    question = factories.question(slug="eerste")
    factories.poll(on_landing_page=False, placed_with=question, repeat_votes=False, results_shown="voted")
    page = open_page(js=js)
    page.goto("/vragen/eerste/")
    page.get_by_text("Ook meedoen: stem").click()
    page.get_by_text("Je ziet de uitslag zodra je hebt gestemd.").wait_for()
    page.get_by_role("button", name="nee", exact=True).click()
    page.get_by_text("Je stemde «nee».").wait_for()
    assert "/vragen/eerste/" in page.url
    page.get_by_role("link", name="Wijzig je stem").click()
    expect(page.get_by_role("button", pressed=True)).to_have_text("nee")
    page.get_by_role("link", name="Toch niet").click()
    page.get_by_text("Je stemde «nee».").wait_for()
    page.get_by_role("link", name="Wijzig je stem").click()
    page.get_by_role("button", name="ja", exact=True).click()
    page.get_by_text("Je stemde «ja».").wait_for()
    assert "/vragen/eerste/" in page.url
    page.get_by_text("De uitslag als tabel").click()
    expect(page.get_by_role("table").get_by_role("row", name="ja")).to_contain_text("100%")
    assert Ballot.objects.count() == 1


@pytest.mark.parametrize("js", [True, False])
def test_double_tap_of_a_stranger_is_one_vote(open_page, poll, js):
    page = open_page(js=js)
    page.goto("/peilingen/wensbeeld/")
    page.get_by_role("button", name="ja", exact=True).dblclick(no_wait_after=True)
    page.locator("#antwoord").wait_for()
    page.wait_for_load_state("networkidle")
    assert Ballot.objects.count() == 1
    assert not Wensbeeld.objects.exists()


@pytest.mark.parametrize("place", ["/peilingen/wensbeeld/", "/"])
def test_what_is_printed_before_voting_shows_the_choices(open_page, poll, place):
    page = open_page(width=800)
    page.emulate_media(media="print")
    page.goto(place)
    for choice in ("ja", "nee", "nog niet"):
        expect(page.locator(".vote").get_by_text(choice, exact=True)).to_be_visible()
