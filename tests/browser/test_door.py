"""At the door, on a phone: typing narrows the list, and a tick is seen at once. Without JavaScript it works too."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from tests.browser.staff_page import log_in
from tests.helpers import factories


@pytest.mark.parametrize("js", [False, True], ids=["no-js", "js"])
def test_search_tick_and_take_back(open_page, transactional_db, monkeypatch, js):
    monkeypatch.setattr(settings, "DEMO", True)
    cafe = factories.cafe(slug="kafee")
    zoe, bas = (factories.registration(cafe, name=name) for name in ("Zoë", "Bas"))
    page = open_page(js=js)
    log_in(page, factories.coordinator())
    page.goto("/cafes/kafee/bij-de-deur/")
    rows = page.locator(".door-list li")
    expect(rows).to_have_count(2)
    page.get_by_label("Zoek op naam").press_sequentially("zo")
    if not js:
        page.keyboard.press("Enter")
    expect(rows).to_have_count(1)
    page.get_by_role("button", name="Is er Zoë").click()
    back = page.get_by_role("button", name="Toch niet Zoë")
    expect(back).to_be_visible()
    expect(page.get_by_text("1 van 2 mensen")).to_be_visible()
    expect(page.get_by_label("Zoek op naam")).to_have_value("zo")
    if js:
        expect(back).to_be_focused()
    zoe.refresh_from_db()
    assert zoe.came_at
    back.click()
    expect(page.get_by_text("0 van 2 mensen")).to_be_visible()
    zoe.refresh_from_db()
    bas.refresh_from_db()
    assert zoe.came_at is None and bas.came_at is None
