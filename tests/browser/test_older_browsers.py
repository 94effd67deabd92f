"""A browser that knows no popover, as on an iPhone of before iOS 17: the menu stands below the name."""

import re

import pytest
from playwright.sync_api import expect

from werkplaats.site.models import Site

pytestmark = pytest.mark.prove


def without_popover(page) -> None:
    """Has this browser see a stylesheet and a page as one that knows none of it does."""

    def styles(route):
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace(":popover-open", ":unknown"))

    def pages(route):
        answer = route.fetch()
        route.fulfill(response=answer, body=re.sub(r" popover(target)?(?=[ >=])", r" data-none\1", answer.text()))

    page.route("**/*.css*", styles)
    page.route(lambda url: url.endswith("/over/"), pages)


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_menu_is_read_without_a_button(open_page, transactional_db, width):
    Site.objects.get_or_create(pk=1)
    page = open_page(width=width)
    without_popover(page)
    page.goto("/over/")
    expect(page.locator(".menu-button")).to_be_hidden()
    expect(page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Programma")).to_be_visible()
    assert page.locator("h1").bounding_box()["y"] < 420
    assert page.evaluate("document.documentElement.scrollWidth") <= width
