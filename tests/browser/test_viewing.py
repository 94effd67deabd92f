"""The small line after somebody's first thumb or sticker, in a real browser: beside what they do, and never over it."""

import pytest
from playwright.sync_api import expect

from posts.models.thumbs import Thumb
from tests.browser.axe import faults_of, judged
from tests.helpers import factories

pytestmark = pytest.mark.prove
VIEWS = [(1366, False), (1366, True), (390, False), (390, True)]


@pytest.fixture
def posts(transactional_db):
    """Three contributions, and two roles to choose from."""
    factories.role("leerkracht")
    question = factories.question()
    return [factories.post(question) for _ in range(3)]


def press(page, post) -> None:
    with page.expect_response("**/duim/op/"):
        page.locator(f"#op-{post.pk}").click()


def test_by_keyboard_alone_it_is_answered_and_the_focus_stays_near(open_page, posts, complaints):
    page = judged(open_page())
    page.goto("/denk-praat-doe-mee/")
    page.locator(f"#op-{posts[1].pk}").focus()
    page.keyboard.press("Enter")
    line = page.get_by_role("form", name="In welke rol kijk jij mee?")
    expect(line).to_be_visible()
    expect(page.locator(f"#op-{posts[1].pk}")).to_be_focused()  # nothing takes it away
    assert faults_of(page, VIEWS) == []
    line.get_by_role("button", name="Bewaar").focus()
    page.keyboard.press("Enter")
    expect(line).to_contain_text("Kies eerst je rol")
    expect(line.get_by_label("In welke rol kijk jij mee?")).to_be_focused()
    page.keyboard.type("leer")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    told = page.get_by_text("We tellen mee dat je kijkt als leerkracht")
    expect(told).to_be_focused()
    press(page, posts[2])
    expect(line).to_have_count(0)
    assert set(Thumb.objects.values_list("role__name", flat=True)) == {"leerkracht"}
    complaints.clear()  # of the answer that was refused


def test_two_quick_presses_bring_one_line_and_waved_away_it_stays_away(open_page, posts):
    page = open_page(width=390)
    page.goto("/denk-praat-doe-mee/")
    page.evaluate(f"for (const pk of [{posts[0].pk}, {posts[1].pk}]) document.getElementById(`op-${{pk}}`).click()")
    line = page.get_by_role("form", name="In welke rol kijk jij mee?")
    expect(line.first).to_be_visible()
    page.wait_for_load_state("networkidle")
    expect(line).to_have_count(1)
    line.get_by_role("button", name="Liever niet").click()
    expect(page.get_by_text("We vragen het niet nog eens")).to_be_focused()
    page.reload()
    press(page, posts[2])
    page.wait_for_load_state("networkidle")
    expect(line).to_have_count(0)


def test_what_is_typed_in_an_answer_stays(open_page, posts):
    page = open_page()
    page.goto("/denk-praat-doe-mee/")
    card = page.locator(f"#bijdrage-{posts[0].pk}")
    card.get_by_role("link", name="Antwoord aan").click()
    card.get_by_label("Jouw antwoord").fill("Bij ons ook.")
    press(page, posts[0])
    expect(page.get_by_role("form", name="In welke rol kijk jij mee?")).to_be_visible()
    expect(card.get_by_label("Jouw antwoord")).to_have_value("Bij ons ook.")


def test_without_javascript_it_stands_under_the_post(open_page, posts):
    page = open_page(js=False, width=390)
    page.goto("/denk-praat-doe-mee/")
    page.locator(f"#op-{posts[1].pk}").click()
    line = page.locator(f"#bijdrage-{posts[1].pk}").get_by_role("form", name="In welke rol kijk jij mee?")
    line.get_by_label("In welke rol kijk jij mee?").select_option(label="leerkracht")
    line.get_by_role("button", name="Bewaar").click()
    expect(page.locator(f"#op-{posts[1].pk}")).to_have_attribute("aria-pressed", "true")
    expect(line).to_have_count(0)
    assert Thumb.objects.get().role.name == "leerkracht"
