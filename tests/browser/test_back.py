"""Back and forward: what is one's own, and what moved, is fetched again; what is being typed stays."""

import re

import pytest
from playwright.sync_api import expect

from posts.models.posts import Post
from tests.browser import writing
from tests.helpers import factories
from werkplaats.site.models import Site

pytestmark = pytest.mark.prove
PAGE = "/denk-praat-doe-mee/"
CAME = "addEventListener('pageshow', ({persisted}) => (window.persisted = persisted))"


@pytest.fixture
def root(transactional_db):
    Site.objects.get_or_create(pk=1)
    question = factories.question()
    question.polls.add(factories.poll(repeat_votes=False)) if hasattr(question, "polls") else factories.poll(
        repeat_votes=False
    )
    return factories.post(question, name="Anna")


def away_and_back(page, **arrival):
    """By a link of the page, and the button of the browser."""
    page.locator('.foot-links a[href="/over/"]').click()
    page.wait_for_url("**/over/")
    page.go_back()


def test_a_thumb_is_there_after_back(open_page, root):
    page = open_page()
    page.goto(PAGE)
    page.goto(PAGE)
    page.locator(f"#op-{root.pk}").click()
    expect(page.locator(f"#op-{root.pk} .thumb-count")).to_have_text("1")
    away_and_back(page)
    expect(page.locator(f"#op-{root.pk}")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(f"#op-{root.pk} .thumb-count")).to_have_text("1")
    # What was fetched works: the thumb is taken back.
    page.locator(f"#op-{root.pk}").click()
    expect(page.locator(f"#op-{root.pk} .thumb-count")).to_have_text("0")
    away_and_back(page)
    expect(page.locator(f"#op-{root.pk}")).to_have_attribute("aria-pressed", "false")


def test_a_vote_is_there_after_back_and_is_not_asked_again(open_page, root):
    page = open_page()
    page.goto("/")
    page.locator("#peiling").get_by_role("button", name="ja", exact=True).click()
    expect(page.locator("#antwoord")).to_contain_text("Je stemde «ja»")
    away_and_back(page)
    expect(page.locator("#peiling")).to_contain_text("Je stemde «ja»")
    expect(page.locator("#peiling button.vote")).to_have_count(0)


def test_ones_own_contribution_is_there_after_back(open_page, root):
    page = open_page()
    page.goto(PAGE)
    writing.write(page, "Eerst iets, om bekend te zijn.", remember=True)
    page.goto(PAGE)
    writing.send(page.locator("#schrijf"), "Meer rust in de klas.")
    post = page.locator("article.post", has_text="Meer rust in de klas.")
    expect(post).to_be_visible()
    away_and_back(page)
    expect(post).to_be_visible()
    assert Post.objects.filter(text="Meer rust in de klas.").count() == 1


def test_what_others_did_meanwhile_is_there_too_and_what_is_typed_stays(open_page, root):
    page = open_page()
    page.goto(PAGE)
    page.locator(f"#bijdrage-{root.pk} a[href$='antwoord/']").click()
    box = page.locator(f"#antwoord-{root.pk}")
    box.get_by_label("Jouw antwoord").fill("Half getypt")
    other = factories.post(root.question, name="Bram")
    # As a page from the memory of the browser, where the box is still open.
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    expect(page.locator(f"#bijdrage-{other.pk}")).to_be_visible()
    expect(box.get_by_label("Jouw antwoord")).to_have_value("Half getypt")
    assert page.locator("#bijdragen > article").evaluate_all("all => all.map(({ id }) => id)") == [
        f"bijdrage-{other.pk}",
        f"bijdrage-{root.pk}",
    ]


def test_a_page_that_came_fresh_asks_nothing_more(open_page, root):
    page = open_page()
    page.goto(PAGE)
    asked = []
    page.on("request", lambda request: asked.append(request.url) if request.resource_type == "fetch" else None)
    page.reload()
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if url.endswith(PAGE)] == []


def test_after_back_the_field_says_what_the_list_shows(open_page, root):
    page = open_page()
    page.goto(PAGE)
    page.get_by_text("Zoek of kies").click()
    page.get_by_label("Zoek in de bijdragen").fill("consulent")
    page.get_by_role("button", name="Zoek", exact=True).click()
    page.wait_for_url("**zoek=consulent**")
    page.go_back()
    expect(page).not_to_have_url(re.compile("zoek="))
    expect(page.locator("#zoek")).to_have_value("")
    page.go_forward()
    expect(page.locator("#zoek")).to_have_value("consulent")
