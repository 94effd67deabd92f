"""«Jouw bijdragen» in a browser: from the first words to an answer that was read, with scripts and without."""

from contextlib import nullcontext

import pytest
from django.core.cache import caches
from playwright.sync_api import expect

from posts.models import AnswersSeen
from posts.models.posts import Post
from tests.browser import axe, writing
from tests.helpers import factories

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "Een vast gezicht op school."
VIEWS = [(390, False), (390, True), (1280, False), (1280, True), (320, False)]


@pytest.fixture
def question():
    caches["default"].clear()
    factories.role()
    return factories.question()


def is_told(answer) -> bool:
    """To a page that says what was on the screen."""
    return answer.request.method == "POST"


@pytest.mark.parametrize("js", [True, False], ids=["js", "without"])
def test_from_the_first_words_to_an_answer_that_was_read(open_page, question, js):
    page = open_page(js=js)
    page.goto("/denk-praat-doe-mee/")
    writing.send(page.locator("form[data-draft]").first, WORDS)
    expect(page.get_by_text("is bewaard.")).to_be_visible()
    page.goto("/")  # after the first step alone
    page.get_by_role("link", name="Jouw bijdragen nog één stap").click()
    expect(page.get_by_text("Nog één stap.")).to_be_visible()
    page.get_by_role("link", name="Maak het af").click()
    writing.sign(page)
    post = Post.objects.get()
    post.publish()
    factories.post(parent=post, name="Bram", text="Dat herken ik.")
    page.goto("/")
    with page.expect_response(is_told) if js else nullcontext():
        page.get_by_role("link", name="Jouw bijdragen 1 nieuw antwoord").click()
        expect(page.get_by_text("Staat online")).to_be_visible()
    expect(page.locator(".own-answers .label")).to_have_text("nieuw")  # nothing moves while it is read
    if js:  # it was on the screen
        expect(page.get_by_role("button", name="Ik heb ze gelezen")).to_have_count(0)
    else:
        assert not AnswersSeen.objects.exists()
        page.get_by_role("button", name="Ik heb ze gelezen").click()
        expect(page.locator(".own-answers .label")).to_have_count(0)
    page.get_by_role("link", name="Lees en antwoord").click()
    expect(page.locator(":target")).to_contain_text("Dat herken ik.")
    page.goto("/")
    expect(page.locator(".yours")).to_have_text("Jouw bijdragen")


def test_every_state_is_well_made(open_page, question):
    """Axe, and no wider than the screen; long words too."""
    page = axe.judged(open_page())
    page.goto("/denk-praat-doe-mee/")
    writing.write(page, "Donaudampfschifffahrtsgesellschaftskapitän" * 4)
    visitor = Post.objects.get().visitor
    own = {"visitor": visitor, "question": question}
    factories.post(**own, published=False, finished_at=None, role=None)
    factories.post(**own, published=False, email="n@example.org", asked_at="2026-01-01T12:00Z")
    factories.post(**own, text="lang " * 400)
    for state in ("held", "withdrawn", "removed"):
        factories.become(factories.post(**own), state)
    for _ in range(4):
        factories.post(parent=factories.post(**own), name="Wolfeschlegelsteinhausenbergerdorff")
    page.goto("/mijn-bijdragen/")
    assert axe.faults_of(page, VIEWS, all_rules=True) == []
