"""Every page at every size, light and dark, and as it is printed."""

import pytest

from tests.browser.axe import faults_of, judged
from tests.browser.every_page import public_pages
from tests.browser.staff_page import staff_pages

pytestmark = pytest.mark.prove

VIEWS = [(width, dark) for width in (320, 390, 1280) for dark in (False, True)]
# What a sheet of paper has no use for.
NOT_PRINTED = "nav, form:not(.keep), .menu-button, .skip, .thumbs, .post-actions"


@pytest.mark.parametrize("pages", [public_pages, staff_pages], ids=["public", "staff"])
def test_every_page(open_page, demo, pages):
    faults = [fault for each in pages(judged(open_page())) for fault in faults_of(each, VIEWS, all_rules=True)]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("path", ["/denk-praat-doe-mee/", "/cafes/onze-themas/", "/programma/"])
def test_on_paper_there_is_only_what_one_reads(open_page, demo, path):
    page = open_page(width=1280, dark=True)
    page.goto(path)
    page.emulate_media(media="print")
    assert page.get_by_role("heading", level=1).is_visible()
    printed = page.locator(NOT_PRINTED)
    assert [each.evaluate("e => e.outerHTML") for each in printed.all() if each.is_visible()] == []
    # No higher than what is on it: Firefox and WebKit print an empty sheet for the rest.
    assert page.evaluate("getComputedStyle(document.body).minBlockSize") == "0px"
    # On white paper, whatever the screen is set to.
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert background in ("rgba(0, 0, 0, 0)", "rgb(255, 255, 255)")
