"""What is pasted beyond what fits stays whole, and is counted beside the field, for eyes and ears."""

import pytest
from playwright.sync_api import expect

from tests.browser.staff_page import log_in
from tests.helpers import factories

pytestmark = pytest.mark.prove
PASTE = """([selector, words]) => {
  document.querySelector(selector).focus();
  document.execCommand("insertText", false, words);
}"""


def test_a_field_keeps_what_was_pasted_and_counts(open_page, transactional_db):
    page = open_page()
    page.goto("/wensbeelden/insturen/")
    field = page.get_by_label("Jouw wensbeeld in woorden")
    counter = page.locator(".counter")
    field.fill("x" * 100)
    expect(counter).to_have_count(0)
    field.fill("x" * 130)
    expect(counter.locator(".counter-seen")).to_have_text("Nog 10 tekens.")
    page.evaluate(PASTE, [f"#{field.get_attribute('id')}", "y" * 60])
    expect(counter.locator(".counter-seen")).to_have_text("50 tekens te veel: er passen er 140.")
    expect(counter.get_by_role("status")).to_have_text("50 tekens te veel: er passen er 140.")
    expect(counter).to_have_class("counter is-over")
    assert len(field.input_value()) == 190
    page.get_by_role("button", name="Stuur in").click()
    expect(page.locator(".error-summary")).to_contain_text("nu 190 tekens, er passen er 140")
    assert len(field.input_value()) == 190
    expect(page).to_have_title("Fout: Stuur een wensbeeld in · de digitale werkplaats")
    field.fill("Kort.")
    expect(counter.locator(".counter-seen")).to_have_text("")


def test_smileys_count_as_the_server_counts_them(open_page, transactional_db):
    page = open_page()
    page.goto("/wensbeelden/insturen/")
    page.get_by_label("Jouw wensbeeld in woorden").fill("😀" * 139 + "  ")
    expect(page.locator(".counter-seen")).to_have_text("Nog 1 teken.")


def test_a_field_of_the_back_office_too(open_page, transactional_db, settings):
    settings.DEMO = True
    page = open_page(width=1280)
    log_in(page, factories.coordinator())
    page.goto("/beheer/posts/theme/add/")
    field = page.locator("#id_name")
    page.evaluate(PASTE, ["#id_name", "x" * 80])
    expect(page.locator(".counter-seen")).to_have_text("20 tekens te veel: er passen er 60.")
    assert len(field.input_value()) == 80
    page.locator("[name=_save]").click()
    expect(field).to_have_value("x" * 80)
