"""Every page on a phone, light and dark, and on a laptop: axe finds nothing, nothing sticks out, one heading leads.

The back office is judged on a phone here; tests/browser/test_every_size.py judges all of it at every size.
"""

import pytest

from tests.browser.axe import faults_of, judged
from tests.browser.every_page import public_pages
from tests.browser.staff_page import staff_pages

PHONE, PHONE_IN_THE_DARK, LAPTOP = (390, False), (390, True), (1280, False)


@pytest.mark.parametrize(
    ("pages", "views"),
    [(public_pages, [PHONE, PHONE_IN_THE_DARK, LAPTOP]), (staff_pages, [PHONE])],
    ids=["public", "staff"],
)
def test_every_page(open_page, demo, pages, views):
    faults = [fault for each in pages(judged(open_page())) for fault in faults_of(each, views)]
    assert not faults, "\n".join(faults)
