"""Leading a sticker round in Chromium, on the coordinator's phone."""

import re

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import expect

from tests import factories

pytestmark = pytest.mark.prove  # in detail; the ways that people go are in test_whole_way.py
PANEL = "/stickerrondes/sop/bediening/"


@pytest.fixture
def round(transactional_db):
    return factories.sticker_round(groups=3, ideas=4, slug="sop")


@pytest.fixture
def open_panel(open_page, round, client, coordinator, live_server):
    """A function that opens the page on a phone of the coordinator."""

    def open_panel(**wishes):
        page = open_page(**wishes)
        name = django_settings.SESSION_COOKIE_NAME
        session = {"name": name, "value": client.cookies[name].value, "url": live_server.url}
        page.context.add_cookies([session])
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
