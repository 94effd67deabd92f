"""Keys that are held down, or pressed twice, press nothing that came meanwhile."""

import pytest
from playwright.sync_api import expect

from posts.models.reports import Report
from tests.helpers import factories

pytestmark = pytest.mark.prove
# Whether the page leaves the key to the browser.
HELD = """([key, selector]) => {
  const how = { key, code: key, repeat: true, bubbles: true, cancelable: true };
  return document.querySelector(selector).dispatchEvent(new KeyboardEvent("keydown", how));
}"""


def test_enter_twice_on_report_files_nothing(open_page, transactional_db):
    post = factories.post(name="Anna")
    page = open_page()
    sent = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.goto("/denk-praat-doe-mee/")
    page.locator(f"#bijdrage-{post.pk} a[href$='melden/']").focus()
    page.keyboard.press("Enter")
    title = page.locator(f"#antwoord-{post.pk} legend")
    expect(title).to_be_focused()
    expect(title).to_have_text("Wat is er aan de hand?")
    page.keyboard.press("Enter")
    page.keyboard.press("Space")
    expect(title).to_be_focused()
    assert sent == [] and not Report.objects.exists()
    page.keyboard.press("Tab")
    expect(page.locator(f"#antwoord-{post.pk} button").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(f"#antwoord-{post.pk}")).to_contain_text("Dank je voor je melding")
    assert Report.objects.count() == 1


def test_a_key_that_repeats_presses_nothing(open_page, transactional_db):
    post = factories.post(name="Anna")
    page = open_page()
    page.goto("/denk-praat-doe-mee/")
    thumb, report = f"#op-{post.pk}", f"#bijdrage-{post.pk} a[href$='melden/']"
    for key, selector in (("Enter", thumb), (" ", thumb), ("Enter", report), ("Enter", "summary")):
        assert page.evaluate(HELD, [key, selector]) is False, selector
    page.locator(thumb).focus()
    page.keyboard.down("Enter")
    page.keyboard.down("Enter")  # Playwright sends it as a repeat
    page.keyboard.down("Enter")
    page.keyboard.up("Enter")
    expect(page.locator(thumb)).to_have_attribute("aria-pressed", "true")
    box = "#bijdrage-text"
    page.locator(box).focus()
    for _ in range(3):
        page.keyboard.down("Enter")  # in a box of more lines it repeats as everywhere
    page.keyboard.up("Enter")
    expect(page.locator(box)).to_have_value("\n\n\n")
    assert page.evaluate(HELD, [" ", box]) is True
