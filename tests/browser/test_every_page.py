"""Every page on a phone, light and dark, and on a laptop: axe finds nothing, nothing sticks out, one heading leads."""

from tests.browser.every_page import faults_of, public_pages, staff_pages

VIEWS = [(390, False), (390, True), (1280, False)]


def test_every_page(open_page, demo):
    page = open_page()
    faults = [fault for each in public_pages(page) for fault in faults_of(each, VIEWS)]
    faults += [fault for each in staff_pages(page) for fault in faults_of(each, VIEWS)]
    assert not faults, "\n".join(faults)
