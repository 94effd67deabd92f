"""A computer at school: one wrote, another logs in, a third comes after both."""

import os
import re

import pytest
from django.core.cache import caches
from playwright.sync_api import expect

from posts.models.posts import Post
from tests.browser import writing
from tests.helpers import factories
from werkplaats.accounts.models import Letter
from werkplaats.people.models import User

pytestmark = pytest.mark.django_db(transaction=True)
EMAIL, WORDS = "b@example.org", "Korte lijnen met het wijkteam."


@pytest.fixture
def school():
    caches["default"].clear()
    factories.question()
    factories.role()
    User.objects.confirmed(EMAIL)


def write(page, words: str = WORDS) -> None:
    page.goto("/denk-praat-doe-mee/")
    writing.write(page, words, remember=True)
    expect(page.get_by_text(words)).to_be_visible()


def log_in(page, email: str = EMAIL) -> None:
    page.goto("/accounts/login/?next=/cafes/")
    page.get_by_label("Je e-mailadres").fill(email)
    page.get_by_role("button", name="Mail me een code").click()
    page.get_by_label("De code uit je mail").fill(Letter.objects.latest("pk").data["code"])
    page.get_by_role("button", name="Log in").click()


def wiped(page) -> None:
    """Until the page says so, and its script left the mark for pages that the browser remembers."""
    expect(page.get_by_role("heading", name="Dit apparaat weet niets meer van jou")).to_be_visible()
    page.wait_for_load_state()


def shoot(page, name: str) -> None:
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


@pytest.mark.parametrize("js", [True, False], ids=["js", "without"])
@pytest.mark.parametrize(("width", "dark"), [(390, False), (1280, True)])
def test_another_is_asked_once_and_says_no(open_page, school, js, width, dark):
    page = open_page(js=js, width=width, dark=dark)
    write(page)
    log_in(page)
    expect(page.get_by_role("heading", name="Was jij dat?")).to_be_visible()
    expect(page.get_by_text(WORDS)).to_be_visible()
    shoot(page, f"earlier-{width}-{js}")
    page.get_by_role("button", name="Nee, dat was iemand anders").click()
    page.wait_for_url("**/cafes/")
    page.goto("/denk-praat-doe-mee/")
    expect(page.get_by_text(WORDS)).to_have_count(0)  # it waits, and is nobody's here
    expect(page.get_by_text("Je schrijft als")).to_have_count(0)
    shoot(page, f"box-{width}-{js}")
    assert Post.objects.get().visitor.user is None


def test_on_ones_own_laptop_it_is_one_press(open_page, school):
    page = open_page()
    write(page)
    log_in(page)
    page.get_by_role("button", name="Ja, dat was ik").click()
    page.wait_for_url("**/cafes/")
    page.goto("/denk-praat-doe-mee/")
    expect(page.get_by_text(WORDS)).to_be_visible()
    assert Post.objects.get().visitor.user.email == EMAIL


@pytest.mark.parametrize("js", [True, False], ids=["js", "without"])
def test_logging_out_clears_the_device(open_page, school, js):
    page = open_page(js=js)
    log_in(page)
    page.wait_for_url("**/cafes/")
    page.goto("/denk-praat-doe-mee/")
    if js:
        page.get_by_label("Jouw bijdrage").first.fill("Nog niet af.")
        assert page.evaluate("Object.keys(localStorage).some((key) => key.startsWith('concept:'))")
    page.goto("/accounts/logout/")
    page.get_by_role("button", name="Log uit").click()
    expect(page.get_by_role("heading", name="Je bent uitgelogd")).to_be_visible()
    page.wait_for_load_state()
    shoot(page, f"left-{js}")
    page.goto("/denk-praat-doe-mee/")
    expect(page.get_by_label("Jouw bijdrage").first).to_have_value("")
    expect(page.get_by_role("link", name="Begin opnieuw")).to_have_count(0)  # nobody is known here
    if js:
        assert page.evaluate("Object.keys(localStorage)") == ["gewist"]  # when: nothing but the mark


def test_begin_again_stands_beside_the_name_that_is_known(open_page, school):
    page = open_page()
    write(page)
    page.goto("/denk-praat-doe-mee/")
    shoot(page, "known")
    page.get_by_role("link", name="Begin opnieuw").first.click()
    page.get_by_role("button", name="Begin opnieuw op dit apparaat").click()
    wiped(page)
    page.goto("/denk-praat-doe-mee/")
    expect(page.get_by_text(WORDS)).to_have_count(0)
    expect(page.get_by_role("link", name="Begin opnieuw")).to_have_count(0)


def test_back_after_begin_again_shows_no_text(open_page, school):
    page = open_page()
    page.goto("/denk-praat-doe-mee/")
    text = page.get_by_label("Jouw bijdrage").first
    text.fill("Van wie hier eerder zat.")
    page.goto("/apparaat/wissen/")
    page.get_by_role("button", name="Begin opnieuw op dit apparaat").click()
    wiped(page)
    page.go_back()
    page.go_back()
    expect(page).to_have_url(re.compile("/denk-praat-doe-mee/$"))
    expect(text).to_have_value("")
    page.get_by_label("Jouw bijdrage").first.fill("Van wie er nu zit.")
    page.goto("/huisregels/")
    page.go_back()
    expect(text).to_have_value("Van wie er nu zit.")


def test_begin_again_asks_before_it_wipes_what_was_just_typed(open_page, school):
    page = open_page()
    write(page)
    page.goto("/denk-praat-doe-mee/")
    box = page.locator("form[data-draft]").first
    again, text = box.get_by_role("link", name="Begin opnieuw"), box.get_by_label("Jouw")
    assert again.bounding_box()["y"] < text.bounding_box()["y"]  # before one types
    text.fill("Nog niet af.")
    again.click()
    expect(page.get_by_text("teksten die nog niet geplaatst zijn")).to_be_visible()
    shoot(page, "asked")
    page.get_by_role("link", name="Toch niet").click()
    expect(text).to_have_value("Nog niet af.")
    expect(box.get_by_text("Je schrijft als Fatima, ouder")).to_be_visible()


ASKED = "Op dit apparaat is iets getypt dat niet verstuurd werd. Was jij dat?"


def type_only(page, words: str = "Nog niet af.") -> None:
    page.goto("/denk-praat-doe-mee/")
    box = page.locator("form[data-draft]").first
    box.get_by_label("Jouw").fill(words)


def box_is_empty(page):
    box = page.locator("form[data-draft]").first
    expect(box.get_by_label("Jouw")).to_have_value("")
    return box


@pytest.mark.parametrize("answer", ["open", "Nee, dat was iemand anders"])
def test_what_another_typed_is_not_offered_as_ones_own(open_page, school, answer):
    page = open_page()
    write(page)
    type_only(page)
    log_in(page)
    expect(page.get_by_role("heading", name="Was jij dat?")).to_be_visible()
    if answer != "open":
        page.get_by_role("button", name=answer).click()
        page.wait_for_url("**/cafes/")
    page.goto("/denk-praat-doe-mee/")
    box = box_is_empty(page)
    expect(page.get_by_text("We hebben je tekst bewaard")).to_have_count(0)
    expect(box.get_by_text(ASKED)).to_have_count(1 if answer == "open" else 0)


def test_who_typed_before_the_log_in_gets_the_words_back_and_no_name(open_page, school):
    page = open_page()
    type_only(page)
    log_in(page)
    page.wait_for_url("**/cafes/")
    page.goto("/denk-praat-doe-mee/")
    box = box_is_empty(page)
    expect(box.get_by_text(ASKED)).to_be_visible()
    shoot(page, "typed-before")
    box.get_by_label("Jouw").fill("Van mij.")  # and what lies under it stays
    page.goto("/denk-praat-doe-mee/")
    box = page.locator("form[data-draft]").first
    expect(box.get_by_label("Jouw")).to_have_value("Van mij.")
    box.get_by_role("button", name="Wis deze tekst").click()
    page.goto("/denk-praat-doe-mee/")
    box = box_is_empty(page)
    box.get_by_role("button", name="Toon").click()
    expect(box.get_by_label("Jouw")).to_have_value("Nog niet af.")
    page.goto("/denk-praat-doe-mee/")
    expect(page.locator("form[data-draft]").first.get_by_label("Jouw")).to_have_value("Nog niet af.")


def test_what_another_typed_is_wiped_with_one_press(open_page, school):
    page = open_page()
    type_only(page)
    log_in(page)
    page.wait_for_url("**/cafes/")
    page.goto("/denk-praat-doe-mee/")
    page.get_by_role("button", name="Wis", exact=True).click()
    expect(page.get_by_text(ASKED)).to_have_count(0)
    assert not page.evaluate("Object.keys(localStorage).some((key) => key.startsWith('concept:'))")


def test_back_shows_nothing_after_a_wipe_in_another_tab(open_page, school):
    page = open_page()
    type_only(page)
    page.goto("/huisregels/")
    other = page.context.new_page()
    other.goto("/apparaat/wissen/")
    other.get_by_role("button", name="Begin opnieuw op dit apparaat").click()
    wiped(other)
    other.close()
    page.go_back()
    expect(page).to_have_url(re.compile("/denk-praat-doe-mee/$"))
    box_is_empty(page)
