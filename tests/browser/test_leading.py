"""Leading a sticker round in Chromium, on the coordinator's phone."""

import re

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.browser.staff_page import log_in

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
    expect(page.locator(".control-list > li").filter(has_text="Samen gezegd")).to_contain_text(
        "Samengevoegd uit"
    )


def test_the_table_of_the_result_fits_a_phone(open_page, round):
    round.move_to("result")
    page = open_page()
    page.goto("/stickerrondes/sop/")
    table = page.get_by_role("table")
    expect(table.get_by_role("row").nth(1)).to_have_text(re.compile("^1"))
    assert table.get_by_role("columnheader").count() == 7
    wrap = page.locator(".table-wrap")
    assert wrap.evaluate("wrap => wrap.scrollWidth <= wrap.clientWidth")
    assert table.locator("caption").evaluate("it => it.scrollWidth <= it.clientWidth")
