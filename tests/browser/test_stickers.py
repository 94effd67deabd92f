"""Scoring in Chromium: by thumb, by keyboard, without JavaScript, and told apart without colours."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from polls.rounds.models.stickers import Sticker
from tests.browser.on_its_way import first_of
from tests.helpers import factories
from tests.polls.rounds.stickers import counts

pytestmark = pytest.mark.prove  # in detail; the ways that people go are in test_whole_way.py


@pytest.fixture
def round(transactional_db):
    return factories.sticker_round(groups=3, ideas=1, slug="sop")


def test_scoring_with_the_keyboard_alone(open_page, round):
    texts = list(round.ideas.order_by("pk").values_list("text", flat=True))
    page = open_page()
    page.goto("/stickerrondes/sop/")
    page.get_by_role("link", name="Begin met plakken").press("Enter")
    sticks = page.get_by_role("group", name="Jouw sticker").get_by_role("button")
    expect(sticks).to_have_text([re.compile(word) for word in ("ja, goed idee", "neutraal", "niet in het SOP")])
    sticks.nth(0).press("Enter")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_contain_text(texts[1])
    expect(heading).to_be_focused()
    expect(heading).to_have_text(re.compile("^Idee 2 van 3"))
    # The order of the page is the order of the keyboard: from the heading to the three stickers.
    for word in ("ja, goed idee", "neutraal", "niet in het SOP"):
        page.keyboard.press("Tab")
        expect(page.locator(":focus")).to_contain_text(word)
    page.keyboard.press("Space")
    expect(heading).to_contain_text(texts[2])
    page.get_by_role("link", name="Vorige").press("Enter")
    expect(heading).to_contain_text(texts[1])
    assert page.url.endswith("?idee=2")
    expect(page.get_by_role("button", pressed=True)).to_contain_text("jouw sticker")
    page.go_back()
    expect(heading).to_contain_text(texts[2])
    page.get_by_role("button", name="neutraal").press("Enter")
    expect(heading).to_have_text("Klaar, dank je wel!")
    expect(heading).to_be_focused()
    assert counts(round) == [(1, 0, 0), (0, 0, 1), (0, 1, 0)]


def test_double_tap_is_one_sticker_on_one_idea(open_page, round):
    page = open_page()
    page.goto("/stickerrondes/sop/plakken/")
    page.get_by_role("button", name="ja, goed idee").dblclick()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Idee 2 van 3")
    page.wait_for_load_state("networkidle")
    assert Sticker.objects.count() == 1


def test_a_second_tap_right_after_the_swap_scores_nothing(open_page, round):
    """Where the finger still is, the next idea lies by then; a key is pressed on purpose."""
    page = open_page()
    page.clock.install()
    page.goto("/stickerrondes/sop/plakken/")
    page.clock.pause_at(datetime.now(UTC) + timedelta(minutes=1))
    green = page.get_by_role("button", name="ja, goed idee")
    heading = page.get_by_role("heading", level=1)
    green.click()
    expect(heading).to_contain_text("Idee 2 van 3")
    page.clock.run_for(300)
    green.click()
    page.clock.run_for(200)
    assert Sticker.objects.count() == 1
    green.click()
    expect(heading).to_contain_text("Idee 3 van 3")
    page.clock.run_for(100)
    green.press("Enter")
    expect(heading).to_have_text("Klaar, dank je wel!")
    assert Sticker.objects.count() == 3


def test_a_sticker_on_its_way_is_shown_at_once(open_page, round):
    page, held = open_page(), []
    page.route("**/plakken/sticker/", lambda route: held.append(route))
    page.goto("/stickerrondes/sop/plakken/")
    green, blue = (page.get_by_role("button", name=name) for name in ("ja, goed idee", "neutraal"))
    before = green.evaluate("it => getComputedStyle(it).outlineStyle")
    green.click()
    expect(green).to_have_css("outline-style", "solid")
    expect(blue).to_have_css("opacity", "0.45")
    assert before == "none"
    first_of(page, held).continue_()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Idee 2 van 3")
    expect(blue).to_have_css("opacity", "1")


def test_a_sticker_that_did_not_arrive_is_told_until_one_does(open_page, round, complaints):
    page = open_page()
    page.goto("/stickerrondes/sop/plakken/")
    green, lost = page.get_by_role("button", name="ja, goed idee"), page.get_by_role("alert")
    page.context.set_offline(True)
    green.click()
    expect(lost).to_have_text("Geen verbinding. Je sticker is niet geplakt: tik nog eens.")
    expect(lost).to_be_in_viewport(ratio=1)
    expect(page.locator(".is-sent")).to_have_count(0)
    page.get_by_role("link", name="Overslaan").click()
    expect(lost).to_have_text("Geen verbinding. Tik nog eens.")
    page.context.set_offline(False)
    away = {"status": 503, "content_type": "text/html", "body": "<h1>Even geduld</h1>"}
    page.route("**/plakken/sticker/", lambda route: route.fulfill(**away))
    green.click()
    expect(lost).to_have_text("Dat lukte niet. Je sticker is niet geplakt: tik nog eens.")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Idee 1 van 3")
    page.unroute("**/plakken/sticker/")
    green.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Idee 2 van 3")
    expect(lost).to_have_count(0)
    provoked = ("htmx:error", "ERR_INTERNET_DISCONNECTED", "503 for")
    complaints[:] = [each for each in complaints if not any(words in each for words in provoked)]


def test_the_whole_evening_without_javascript(open_page, round):
    round.move_to("ideas")
    group = round.groups.first()
    table = open_page(js=False)
    table.goto("/stickerrondes/sop/")
    table.get_by_label("De code van je groep").fill(group.code.lower())
    table.get_by_role("button", name="Doe mee").click()
    table.get_by_label("Jullie idee").fill("Begin bij de vragen van scholen")
    table.get_by_role("button", name="Zet op de lijst").click()
    table.get_by_text("Je idee staat op jullie lijst").wait_for()
    table.get_by_role("link", name="Wijzig Begin bij").click()
    table.get_by_label("Jullie idee").fill("Begin bij wat scholen vragen")
    table.get_by_role("button", name="Bewaar").click()
    table.get_by_role("listitem").filter(has_text="Begin bij wat scholen vragen").wait_for()
    round.move_to("stickers")
    table.get_by_role("link", name="Ververs nu").click()
    table.get_by_role("link", name="Begin met plakken").click()
    for number, word in enumerate(["ja, goed idee", "niet in het SOP", "neutraal"], start=1):
        table.get_by_text(f"{number} van 4", exact=True).wait_for()
        table.get_by_role("button", name=word).click()
    table.get_by_role("link", name="Naar je stickers").click()
    table.get_by_text("Je sloeg 1 idee over").wait_for()
    table.get_by_role("link", name="Volgende persoon").click()
    table.get_by_role("button", name="Ja, ik ben de volgende").click()
    table.get_by_text("1 van 4", exact=True).wait_for()
    assert table.get_by_role("button", pressed=True).count() == 0
    table.get_by_role("button", name="ja, goed idee").click()
    table.get_by_role("button", name="Terug naar de eerste persoon").click()
    table.get_by_text("Je sloeg 1 idee over").wait_for()
    round.move_to("result")
    table.goto("/stickerrondes/sop/")
    first = table.locator(".ranked").first
    expect(first.locator(".counts li").first).to_have_text(re.compile("2 groen"))
    expect(table.get_by_role("row").nth(1)).to_contain_text("100%")


def test_other_phones_at_the_table_see_a_new_idea_by_themselves(open_page, round):
    round.move_to("ideas")
    path = round.groups.first().get_absolute_url()
    one, other = open_page(), open_page()
    other.goto(path)
    other.get_by_label("Jullie idee").fill("Half getypt")
    one.goto(path)
    one.get_by_label("Jullie idee").fill("Kennis reist, het kind blijft")
    one.get_by_role("button", name="Zet op de lijst").click()
    expect(one.get_by_label("Jullie idee")).to_have_value("")
    expect(other.locator("#lijst")).to_contain_text("Kennis reist, het kind blijft")
    expect(other.get_by_label("Jullie idee")).to_have_value("Half getypt")
    round.move_to("stickers")
    expect(other.get_by_role("link", name="Begin met plakken")).to_be_visible()


def test_what_is_typed_in_one_tab_stays_out_of_another(open_page, round):
    round.move_to("ideas")
    group = round.groups.first()
    one = open_page()
    other = one.context.new_page()
    for page in (one, other):
        page.goto(group.get_absolute_url())
    one.get_by_label("Jullie idee").fill("Kennis reist")
    factories.idea(group, text="Van een ander aan tafel")
    expect(other.locator("#lijst")).to_contain_text("Van een ander aan tafel")
    expect(other.get_by_label("Jullie idee")).to_have_value("")
    one.get_by_role("button", name="Zet op de lijst").click()
    expect(other.locator("#lijst")).to_contain_text("Kennis reist")
    expect(other.get_by_label("Jullie idee")).to_have_value("")


def test_a_group_that_came_during_the_stickers_can_write_when_the_round_goes_back(open_page, round):
    page = open_page()
    page.goto(round.groups.first().get_absolute_url())
    expect(page.get_by_label("Jullie idee")).to_have_count(0)
    round.move_to("ideas")
    page.get_by_role("link", name="Schrijf een idee op").click()
    page.get_by_label("Jullie idee").fill("Kennis reist")
    page.get_by_role("button", name="Zet op de lijst").click()
    expect(page.locator("#lijst")).to_contain_text("Kennis reist")
    expect(page.get_by_role("link", name="Schrijf een idee op")).to_have_count(0)


def test_a_desk_that_turns_out_to_be_closed_is_not_handed_on(open_page, round):
    page = open_page()
    page.goto("/stickerrondes/sop/plakken/")
    handing_on = page.get_by_role("link", name="Volgende persoon")
    expect(handing_on).to_be_visible()
    round.move_to("result")
    page.get_by_role("button", name="ja, goed idee").click()
    expect(page.get_by_role("alert")).to_contain_text("Deze sticker kwam te laat")
    expect(handing_on).to_be_hidden()


@pytest.mark.parametrize("path", ["mijn-stickers/", ""])
def test_who_is_done_hears_that_the_result_is_there(open_page, round, path):
    page = open_page()
    page.clock.install()
    page.goto("/stickerrondes/sop/plakken/")
    for number in range(1, 4):
        expect(page.get_by_role("heading", level=1)).to_contain_text(f"Idee {number} van 3")
        page.get_by_role("button", name="ja, goed idee").press("Enter")
    page.get_by_text("Klaar, dank je wel!").wait_for()
    page.goto(f"/stickerrondes/sop/{path}")
    news = page.locator("main").get_by_role("status").filter(has_text="De uitslag is er")
    with page.expect_response("**/stand/**"):
        page.clock.run_for(10_000)
    expect(news).to_have_count(0)
    round.move_to("result")
    page.clock.run_for(10_000)
    expect(news).to_be_visible()
    news.get_by_role("link").press("Enter")
    expect(page.locator(".ranked").first).to_be_visible()


def test_done_without_javascript_leads_to_the_result(open_page, round):
    page = open_page(js=False)
    page.goto("/stickerrondes/sop/plakken/")
    for _ in range(3):
        page.get_by_role("button", name="neutraal").click()
    round.move_to("result")
    page.get_by_role("link", name="Kijk of er al een uitslag is").click()
    expect(page.get_by_role("heading", name="De uitslag")).to_be_visible()


def test_what_a_screen_reader_hears_of_a_sticker(open_page, round):
    """Names, roles, states and order, as the browser hands them to assistive technology."""
    page = open_page()
    page.goto("/stickerrondes/sop/plakken/")
    desk = page.locator("#tafel")
    before = """
        - paragraph:
          - strong: 1 van 3
        - paragraph: Groep 1
        - heading /^Idee 1 van 3/ [level=1]
        - group "Jouw sticker":
          - button "ja, goed idee groen"
          - button "neutraal blauw"
          - button "niet in het SOP zetten rood"
        - navigation "Langs de ideeën":
          - link "Overslaan"
    """
    expect(desk).to_match_aria_snapshot(before)
    page.get_by_role("button", name="neutraal").click()
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    page.get_by_role("link", name="Vorige").click()
    after = """
        - group "Jouw sticker":
          - button "ja, goed idee groen" [pressed=false]
          - button "neutraal blauw · jouw sticker" [pressed]
          - button "niet in het SOP zetten rood" [pressed=false]
        - navigation "Langs de ideeën":
          - link "Volgende"
    """
    expect(desk).to_match_aria_snapshot(after)
    assert {button.get_attribute("aria-pressed") for button in page.locator(".stick").all()} == {"true", "false"}


@pytest.mark.parametrize("dark", [False, True])
def test_stickers_stay_apart_without_colours(open_page, round, dark):
    """Each has its own shape, sign and word; targets are large; the colours differ for colour-blind people too."""
    page = open_page(dark=dark)
    page.goto("/stickerrondes/sop/plakken/")
    sticks = page.locator(".stick")
    shapes = sticks.locator("use").evaluate_all("uses => uses.map(use => use.getAttribute('href').split('#')[1])")
    assert shapes == ["sticker-green", "sticker-blue", "sticker-red"]
    assert min(stick.bounding_box()["height"] for stick in sticks.all()) >= 44
    cdp = page.context.new_cdp_session(page)
    for sight in ("protanopia", "deuteranopia", "tritanopia", "achromatopsia"):
        cdp.send("Emulation.setEmulatedVisionDeficiency", {"type": sight})
        pictures = {stick.locator("svg").screenshot() for stick in sticks.all()}
        assert len(pictures) == 3, sight
    page.keyboard.press("Tab")
    names = [stick.evaluate("e => e.innerText") for stick in sticks.all()]
    assert [name.split("\n")[-1].strip() for name in names] == ["groen", "blauw", "rood"]


def test_forced_colours_keep_shape_and_word(open_page, round):
    page = open_page()
    page.emulate_media(forced_colors="active")
    page.goto("/stickerrondes/sop/plakken/")
    expect(page.get_by_role("button", name="neutraal")).to_be_visible()
    assert len({stick.screenshot() for stick in page.locator(".stick svg").all()}) == 3
