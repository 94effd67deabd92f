"""Every page on a phone, light and dark, and on a laptop: axe finds nothing, nothing sticks out, one heading leads."""

import pytest

from tests.browser.every_page import faults_of, public_pages, staff_pages

VIEWS = [(390, False), (390, True), (1280, False)]


@pytest.mark.parametrize("pages", [public_pages, staff_pages], ids=["public", "staff"])
def test_every_page(open_page, demo, pages):
    faults = [fault for each in pages(open_page()) for fault in faults_of(each, VIEWS)]
    assert not faults, "\n".join(faults)
