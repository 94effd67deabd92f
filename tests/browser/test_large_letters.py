"""Letters of twice the size, as people set them in their browser: nothing is wider than the phone (WCAG 1.4.4)."""

import pytest

from events.models.cafes import Cafe

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.prove]


@pytest.mark.parametrize("width", [320, 390])
def test_no_page_scrolls_sideways(open_page, demo, width):
    page, widths = open_page(width=width), {}
    cafe = Cafe.objects.public().get(slug="onze-themas").get_absolute_url()
    for path in ("/", "/wensbeelden/", "/programma/", "/cafes/", cafe):
        page.goto(path)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        widths[path] = page.evaluate("document.documentElement.scrollWidth")
        assert page.locator(".brand strong").bounding_box()["height"] < 120
    assert widths == dict.fromkeys(widths, width)
