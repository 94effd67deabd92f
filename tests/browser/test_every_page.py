"""Every page of visitors on a phone, light and dark, and on a laptop: axe finds nothing, nothing sticks out.

tests/browser/test_every_size.py judges these at every size, and the back office too.
"""

from urllib.parse import urlsplit

from tests.browser.axe import faults_of, judged
from tests.browser.every_page import public_pages

PHONE, PHONE_IN_THE_DARK, LAPTOP = (390, False), (390, True), (1280, False)
LIST = "#bijdragen"  # long, and the same when a form on its page answers


def test_every_page(open_page, demo):
    faults, before = [], set()
    for page in public_pages(judged(open_page())):
        path = urlsplit(page.url).path
        views = [PHONE, PHONE_IN_THE_DARK, LAPTOP]
        faults += faults_of(page, views, known=LIST if path in before else None)
        before.add(path)
    assert not faults, "\n".join(faults)
