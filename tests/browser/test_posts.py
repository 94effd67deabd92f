"""The whole way of a visitor and of a moderator, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from posts.models.posts import Post
from posts.models.thumbs import Thumb
from tests.browser import writing
from tests.browser.on_its_way import swapped
from tests.browser.staff_page import log_in
from tests.helpers import factories

pytestmark = pytest.mark.prove  # in detail; the ways that people go are in test_whole_way.py

TEXT = "Bij ons helpt één vast gezicht."


@pytest.fixture
def root(transactional_db):
    """A public contribution to the current question."""
    for name, is_pupil in [("ouder", False), ("leerling", True)]:
        factories.role(name, is_pupil=is_pupil)
    return factories.post(name="Anna", text="Korte lijnen met de consulent.")


def card(page, post):
    return page.locator(f"#bijdrage-{post.pk}")


@pytest.mark.parametrize("js", [False, True], ids=["no-js", "js"])
def test_write_a_contribution(open_page, root, js):
    page = open_page(js=js)
    page.goto("/denk-praat-doe-mee/")
    box = page.locator("#schrijf")
    box.get_by_role("button", name="Verstuur").click()
    expect(page.locator(".error-summary")).to_contain_text("Schrijf eerst iets in dit vak")
    if js:
        expect(page.locator(".error-summary")).to_be_focused()
    writing.send(box, TEXT)
    step = page.locator(".step")
    step.get_by_role("button", name="Klaar").first.click()
    # It is kept, and the summary has the focus.
    expect(page.locator(".error-summary")).to_contain_text("Kies je rol")
    if js:
        expect(page.locator(".error-summary")).to_be_focused()
    page.reload()  # the step survives that
    writing.sign(page)
    expect(page.locator(".post-state")).to_contain_text("Wacht op goedkeuring")
    written = Post.objects.get(text=TEXT)
    expect(card(page, written)).to_contain_text(TEXT)
    assert page.url.endswith(f"/bijdragen/{written.pk}/?geplaatst")
    page.reload()
    expect(card(page, written)).to_be_visible()


@pytest.mark.parametrize("js", [False, True], ids=["no-js", "js"])
def test_answer(open_page, root, js):
    page = open_page(js=js, width=1280)
    page.goto("/denk-praat-doe-mee/")
    card(page, root).get_by_role("link", name="Antwoord aan Anna").click()
    if js:
        box = card(page, root).locator(".post-reply")
        expect(box.get_by_label("Jouw antwoord")).to_be_focused()
        page.keyboard.press("Escape")
        expect(box).to_be_empty()
        expect(card(page, root).get_by_role("link", name="Antwoord aan Anna")).to_be_focused()
        page.keyboard.press("Enter")
    else:
        expect(page.get_by_role("heading", name="Antwoord aan Anna")).to_be_visible()
        expect(page.get_by_role("blockquote")).to_contain_text(root.text)
        box = page.locator("main form.form")
    writing.send(box, TEXT)
    writing.sign(page)
    expect(card(page, root).locator(".answers .post")).to_contain_text(TEXT)
    answer = Post.objects.get(parent=root)
    if js:
        expect(card(page, answer)).to_be_focused()
        expect(page.locator(".post-reply form")).to_have_count(0)


@pytest.mark.parametrize("js", [False, True], ids=["no-js", "js"])
def test_a_thumb_is_given_and_taken_back(open_page, root, js):
    page = open_page(js=js)
    page.goto("/denk-praat-doe-mee/")

    def up(count):
        return card(page, root).get_by_role("button", name=re.compile(rf"^{count} duimpjes? omhoog"))

    with page.expect_response("**/duim/op/"):  # it is seen before the server has said who this visitor is
        up(0).click()
    expect(up(1)).to_have_attribute("aria-pressed", "true")
    assert "/vragen/" in page.url if not js else page.url.endswith("/denk-praat-doe-mee/")
    page.reload()
    expect(up(1)).to_have_attribute("aria-pressed", "true")
    with page.expect_response("**/duim/neer/"):
        card(page, root).get_by_role("button", name="0 duimpjes omlaag").click()
    expect(up(0)).to_have_attribute("aria-pressed", "false")
    with page.expect_response("**/duim/weg/"):
        card(page, root).get_by_role("button", name="1 duimpje omlaag").click()
    expect(card(page, root).get_by_role("button", name="0 duimpjes omlaag")).to_be_visible()
    assert not Thumb.objects.exists()


def test_a_thumb_on_a_stale_page_says_so_and_counts_at_the_second_press(open_page, root, complaints):
    """Its browser logged in or out on another tab meanwhile."""
    page = open_page()
    page.goto("/denk-praat-doe-mee/")
    stale = "for (const each of document.getElementsByName('csrfmiddlewaretoken')) each.value = 'x'.repeat(64)"
    page.evaluate(stale)
    up = page.locator(f"#op-{root.pk}")
    up.click()
    expect(page.get_by_text("Druk nog een keer op de knop.")).to_be_visible()
    swapped(page)  # with a new token
    expect(up).to_have_attribute("aria-pressed", "false")
    with page.expect_response("**/duim/op/") as answer:
        up.click()
    assert answer.value.status == 200
    page.reload()
    expect(up).to_have_attribute("aria-pressed", "true")
    page.context.clear_cookies(name="csrf")
    up.click()
    expect(page.get_by_text("Je browser stuurde onze cookie niet mee.")).to_be_visible()
    complaints.clear()  # the browser tells of the 403


def test_a_double_click_is_one_thumb_and_the_keyboard_keeps_its_place(open_page, root):
    page = open_page()
    page.goto("/denk-praat-doe-mee/")
    thumb = page.locator(f"#op-{root.pk}")
    with page.expect_response("**/duim/op/"):
        thumb.dblclick(delay=40)
    expect(thumb).to_have_attribute("aria-pressed", "true")
    assert Thumb.objects.count() == 1
    expect(thumb).to_be_focused()
    page.keyboard.press("Enter")
    expect(thumb).to_have_attribute("aria-pressed", "false")
    expect(thumb).to_be_focused()


@pytest.mark.parametrize("js", [False, True], ids=["no-js", "js"])
def test_report_in_two_taps(open_page, root, js):
    page = open_page(js=js)
    page.goto("/denk-praat-doe-mee/")
    card(page, root).get_by_role("link", name="Meld de bijdrage van Anna").click()
    page.get_by_role("button", name="Het is kwetsend").click()
    expect(page.locator("main")).to_contain_text("Dank je voor je melding")
    assert root.reports.get().reason == "hurtful"


def test_a_pupil_is_asked_no_address(open_page, root):
    page = open_page(js=False)
    page.goto("/denk-praat-doe-mee/")
    writing.send(page.locator("#schrijf"), TEXT)
    for label in ("Je naam", "Je e-mailadres"):
        expect(page.get_by_label(label)).to_be_visible()
    expect(page.get_by_text("Fijn dat je meedoet.")).to_be_hidden()
    page.get_by_label("Je rol").select_option("leerling")
    for label in ("Je naam", "Je e-mailadres"):
        expect(page.get_by_label(label)).to_be_hidden()
    expect(page.get_by_text("Met adres:")).to_be_hidden()
    expect(page.get_by_text("Fijn dat je meedoet.")).to_be_visible()


def test_confirm_by_mail_and_be_public(open_page, root, live_server, tmp_path, settings):
    from posts import tokens

    page = open_page(js=False)
    page.goto("/denk-praat-doe-mee/")
    writing.write(page, TEXT, address="ouder@example.org")
    expect(page.locator(".post-state")).to_contain_text("Kijk in je mail")
    written = Post.objects.get(text=TEXT)
    page.goto(f"/bijdragen/bevestigen/{tokens.make(written)}/")
    expect(page.get_by_role("blockquote")).to_contain_text(TEXT)
    page.get_by_role("button", name="Ja, dit schreef ik").click()
    expect(page.get_by_role("status")).to_contain_text("Je bijdrage staat online")
    page.goto("/denk-praat-doe-mee/")
    expect(page.get_by_text("Je schrijft als Fatima, ouder")).to_be_visible()
    stranger = open_page(js=False)
    stranger.goto("/denk-praat-doe-mee/")
    expect(card(stranger, written)).to_contain_text(TEXT)


def test_a_coordinator_moderates(open_page, root, settings):
    settings.DEMO = True
    waiting = factories.post(root.question, published=False, text=TEXT)
    page = open_page(width=1280)
    log_in(page, factories.coordinator())
    page.goto(f"/beheer/posts/post/{waiting.pk}/change/")
    act(page, "Goedkeuren")
    expect(page.locator(".messagelist")).to_contain_text("1 bijdrage goedgekeurd")
    act(page, "Weghalen …")
    page.get_by_label("De bijdrage is kwetsend voor iemand.").check()
    page.get_by_role("button", name="Haal weg").click()
    expect(page.locator(".messagelist")).to_contain_text("1 bijdrage weggehaald")
    waiting.refresh_from_db()
    assert waiting.removal_reason == "De bijdrage is kwetsend voor iemand."
    page.goto("/denk-praat-doe-mee/")
    expect(card(page, waiting)).to_contain_text("Deze bijdrage is weggehaald")
    page.goto(f"/beheer/posts/post/{waiting.pk}/change/")
    act(page, "Terugzetten")
    expect(page.locator(".messagelist")).to_contain_text("1 bijdrage teruggezet")


def act(page, name):
    page.get_by_role("button", name=name).click()
