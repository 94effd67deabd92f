"""Leading a sticker round in Chromium, on the coordinator's phone."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.staff_page import log_in
from tests.helpers import factories

pytestmark = pytest.mark.prove  # in detail; the ways that people go are in test_whole_way.py
PANEL = "/stickerrondes/sop/bediening/"


@pytest.fixture
def round(transactional_db):
    return factories.sticker_round(groups=3, ideas=4, slug="sop")


@pytest.fixture
def open_panel(open_page, round, coordinator):
    """A function that opens the page on a phone of the coordinator."""

    def open_panel(**wishes):
        page = open_page(**wishes)
        log_in(page, coordinator)
        page.goto(PANEL)
        return page

    return open_panel


@pytest.mark.parametrize("js", [True, False])
def test_a_refused_reason_is_kept_where_it_was_typed(open_panel, js):
    page = open_panel(js=js)
    item = page.locator(".control-list > li").nth(5)
    item.get_by_text("Verberg dit idee").click()
    item.get_by_label("Waarom?").fill("Er staat een naam in. " * 20)
    item.get_by_role("button", name="Verberg").click()
    reason = item.get_by_label("Waarom?")
    expect(reason).to_be_focused()
    expect(reason).to_be_in_viewport()
    expect(reason).to_have_value("Er staat een naam in. " * 20)
    expect(reason).to_have_accessible_description(re.compile("nu 439 tekens, er passen er 300"))


@pytest.mark.parametrize("js", [True, False])
def test_the_way_to_joining_stays_at_hand(open_panel, js):
    page = open_panel(js=js)
    bar, boxes = page.locator(".join-bar"), page.locator(".control-list").get_by_role("checkbox")
    expect(bar).to_be_hidden()
    boxes.nth(1).check()
    expect(bar).to_be_in_viewport(ratio=1)
    boxes.nth(3).focus()
    page.keyboard.press("Space")
    assert page.evaluate("() => getComputedStyle(document.querySelector('.picked'), '::after').content") == (
        '": " counter(picked)'
    )
    for _ in range(30):  # whatever the keyboard comes by stands clear of the bar
        page.keyboard.press("Tab")
        focused = page.locator(":focus").bounding_box()
        inside = bar.evaluate("bar => bar.contains(document.activeElement)")
        if inside:
            break
        assert focused["y"] + focused["height"] <= bar.bounding_box()["y"]
    assert inside and bar.bounding_box()["height"] < 100
    page.keyboard.press("Enter")
    expect(page.get_by_label("Zo staat het er samen")).to_be_focused()
    page.get_by_label("Zo staat het er samen").fill("Samen gezegd")
    page.get_by_role("button", name="Voeg samen").click()
    expect(page.locator(".control-list > li").filter(has_text="Samen gezegd")).to_contain_text("Samengevoegd uit")


def test_a_page_that_lies_open_tells_what_comes_in(open_panel, round):
    """The counts of the groups go along, what is being read stays, and the list is refreshed with one tap."""
    round.ideas.all().delete()
    page = open_panel()
    page.clock.install()
    page.reload()
    empty = page.get_by_text("Er staan nog geen ideeën op de lijst.")
    expect(empty).to_be_visible()
    group = round.groups.get(position=1)
    for number, words in ((1, "1 nieuw idee: ververs de lijst"), (2, "2 nieuwe ideeën: ververs de lijst")):
        idea = factories.idea(group)
        page.clock.run_for(5000)
        expect(page.locator(f"#groep-{group.pk}")).to_have_text(re.compile(f"0 mensen, {number} idee"))
        link = page.get_by_role("status").get_by_role("link", name=words)
        expect(link).to_be_visible()
        expect(empty).to_have_count(0)
        link.focus()
    page.clock.run_for(5000)
    expect(link).to_be_focused()
    link.press("Enter")
    expect(page.get_by_label(idea.text)).to_be_visible()
    expect(link).to_have_count(0)


def test_a_double_tap_moves_the_round_one_stage(open_panel, round):
    """The page that comes has its own buttons where the finger still is, and the way back is folded away."""
    page = open_panel()
    page.clock.install()
    page.clock.pause_at(datetime.now(UTC) + timedelta(minutes=1))  # however slow the machine, the second tap is at once
    for button, stage in (("Open het plakken", "stickers"), ("Sluit en toon de uitslag", "result")):
        round.move_to("ideas" if stage == "stickers" else "stickers")
        page.goto("about:blank")
        page.goto(f"{PANEL}#stap")
        page.clock.fast_forward(2000)
        box = page.get_by_role("button", name=button).bounding_box()
        place = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        with page.expect_navigation():
            page.mouse.click(*place)
        page.mouse.click(*place)
        page.wait_for_load_state("networkidle")
        round.refresh_from_db()
        assert round.stage == stage
    expect(page.get_by_role("button", name="Open het plakken weer")).to_be_hidden()


def test_stage_buttons_wait_a_second_for_fingers_and_not_for_keys(open_panel, round):
    page = open_panel()
    page.clock.install()
    page.reload()
    page.clock.pause_at(datetime.now(UTC) + timedelta(minutes=1))
    forward = page.get_by_role("button", name="Sluit en toon de uitslag")
    page.reload()
    forward.click()
    expect(forward).to_be_focused()
    round.refresh_from_db()
    assert round.stage == "stickers"
    page.clock.run_for(1000)
    forward.click()
    expect(forward).to_have_count(0)
    page.locator("summary", has_text="Terug naar een eerdere stap").press("Enter")
    page.get_by_role("button", name="Open het plakken weer").press("Enter")
    expect(forward).to_be_visible()


def test_the_table_of_the_result_fits_a_phone(open_page, round):
    round.move_to("result")
    page = open_page()
    page.goto("/stickerrondes/sop/")
    table = page.get_by_role("table")
    expect(table.get_by_role("row").nth(1)).to_have_text(re.compile("^1"))
    assert table.get_by_role("columnheader").count() == 8
    wrap = page.locator(".table-wrap")
    assert wrap.evaluate("wrap => wrap.scrollWidth <= wrap.clientWidth")
    assert table.locator("caption").evaluate("it => it.scrollWidth <= it.clientWidth")


def test_a_tick_does_not_come_back_beside_another_idea(open_panel, round):
    """Going back to a list that changed, and in Firefox F5, a browser puts a tick in the place where it stood."""
    page = open_panel()
    page.locator(".control-list").get_by_role("checkbox").nth(2).check()
    page.get_by_role("link", name="De pagina van de ronde").click()
    factories.idea(round.groups.first(), text="Een idee meer")
    page.go_back()
    expect(page.locator(".control-list")).to_contain_text("Een idee meer")
    expect(page.locator(".control-list :checked")).to_have_count(0)
