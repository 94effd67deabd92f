"""How many stylesheets a page asks for. Needs no browser.

Those of Django's admin do not count: it links three to five of its own, in blocks that hold more than that.
"""

import re

import pytest

from events.models.cafes import Cafe
from posts.models.posts import Post
from tests.browser.every_page import COORDINATOR, public_paths
from tests.browser.staff_page import cafes_of_ones_own, paths_of_a_cafe, staff_paths
from werkplaats.people.models import User

MOST = 4
SHEET = re.compile(r'<link rel="stylesheet" href="/static/(?!admin/)')


def paths_for_visitors() -> list[str]:
    return public_paths(Post.objects.public().filter(parent=None, removed_at=None).first(), list(Cafe.objects.public()))


def paths_for_staff() -> list[str]:
    leading = ["/stickerrondes/sop-avond/bediening/", "/stickerrondes/probeer-het-zelf/bediening/"]
    return [*staff_paths(), cafes_of_ones_own(), *leading, *paths_of_a_cafe(Cafe.objects.public().last())]


@pytest.mark.parametrize("find_paths", [paths_for_visitors, paths_for_staff])
def test_a_page_asks_for_at_most_four_stylesheets(client, demo, find_paths):
    if find_paths is paths_for_staff:
        client.force_login(User.objects.get(email=COORDINATOR))
    answers = {path: client.get(path, follow=True) for path in find_paths()}
    pages = {path: answer.content.decode() for path, answer in answers.items() if not answer.streaming}
    counts = {path: len(SHEET.findall(page)) for path, page in pages.items() if "</html>" in page}
    assert len(counts) > 30
    assert {path: count for path, count in counts.items() if not 1 <= count <= MOST} == {}
