"""The site as a whole in a real browser."""

import pytest
from playwright.sync_api import expect

from posts.models.posts import Post
from tests.browser.staff_page import log_in
from tests.helpers import factories
from werkplaats import mail
from werkplaats.accounts.models import Letter
from werkplaats.site.models import GlossaryTerm, Site

pytestmark = pytest.mark.django_db(transaction=True)


def last_code(page) -> str:
    """The code that was mailed; there once the page that asks for it is."""
    page.get_by_role("heading", name="Kijk in je mail").wait_for()
    return Letter.objects.latest("pk").data["code"]


def test_landing_page_without_javascript(open_page):
    factories.question(text="Wat werkt?")
    factories.poll()
    factories.cafe()
    page = open_page(js=False)
    page.goto("/")
    heading, question = page.get_by_role("heading", level=1), page.get_by_role("heading", name="Wat werkt?")
    assert heading.inner_text().startswith("Denk, praat en doe mee")
    poll = page.locator(".strip")
    assert heading.bounding_box()["y"] < question.bounding_box()["y"] < poll.bounding_box()["y"]


@pytest.mark.parametrize("width", [1024, 1280])
def test_each_item_of_the_menu_stands_on_one_line_as_soon_as_the_menu_is_in_the_page(open_page, demo, width):
    page = open_page(width=width)
    page.goto("/")
    items = page.locator(".nav a span")
    assert items.count() > 3 and items.first.is_visible()
    lines = items.evaluate_all("spans => spans.map(span => span.getClientRects().length)")
    heights = items.evaluate_all("spans => spans.map(span => Math.round(span.getBoundingClientRect().height))")
    assert set(lines) == {1} and len(set(heights)) == 1
    assert page.evaluate("document.scrollingElement.scrollWidth <= document.documentElement.clientWidth")


def test_a_word_is_explained_without_javascript(open_page):
    GlossaryTerm.objects.create(term="SWV", meaning="samenwerkingsverband")
    Site.objects.update(about="Wij zijn een SWV.")
    page = open_page(js=False)
    page.goto("/over/")
    meaning = page.locator(".meaning")
    expect(meaning).to_be_hidden()
    page.get_by_role("button", name="SWV").press("Enter")
    expect(meaning).to_be_visible()
    expect(meaning).to_contain_text("samenwerkingsverband")


def test_the_keyboard_skips_to_the_content(open_page):
    page = open_page(width=1280)
    page.goto("/over/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Naar de inhoud")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#inhoud")).to_be_focused()


@pytest.mark.parametrize("js", [True, False])
def test_a_coordinator_logs_in_with_the_keyboard_alone(open_page, settings, js):
    settings.DEMO = True
    factories.coordinator(email="coordinator@example.org")
    page = open_page(width=1280, js=js)
    page.goto("/beheer/")
    page.get_by_label("Je e-mailadres").fill("coordinator@example.org")
    page.keyboard.press("Enter")
    page.get_by_label("De code uit je mail").fill(last_code(page))
    page.keyboard.press("Enter")
    page.wait_for_url("**/beheer/")
    assert page.get_by_role("heading", level=1).inner_text() == "Vandaag"


def test_the_second_factor_is_set_up_in_the_page(open_page, settings):
    factories.coordinator(email="coordinator@example.org")
    page = open_page()
    page.goto("/beheer/")
    page.get_by_label("Je e-mailadres").fill("coordinator@example.org")
    page.keyboard.press("Enter")
    page.get_by_label("De code uit je mail").fill(last_code(page))
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Zet aan").click()
    assert page.locator(".qr svg").bounding_box()["width"] > 100


def another_token(page) -> None:
    """Ends the session, and has another page bring the cookies of somebody new."""
    page.context.clear_cookies()
    elsewhere = page.context.new_page()
    elsewhere.goto("/accounts/login/")
    elsewhere.close()


def test_a_stale_form_keeps_the_text_and_goes_on(open_page):
    page = open_page(js=False)
    page.goto("/accounts/login/")
    another_token(page)  # what logging in elsewhere does to an open page
    page.get_by_label("Je e-mailadres").fill("ouder@example.org")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Je pagina was te lang open")
    page.get_by_role("button", name="Versturen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kijk in je mail")
    assert Letter.objects.get().to == "ouder@example.org"


def test_a_page_that_outlived_its_log_in_sends_with_a_second_press(open_page, transactional_db):
    """One box, with the words in it, and who is logged in now: nobody; then somebody else."""
    question, role = factories.question(), factories.role()
    page, field = open_page(), "Jouw bijdrage"
    anna, bram = (factories.user(email=f"{name}@example.org") for name in ("anna", "bram"))
    log_in(page, anna)
    page.goto(question.get_absolute_url())
    for other, now in ((None, "Je bent nu niet ingelogd."), (bram, "Je bent nu ingelogd als b…@example.org")):
        another_token(page)
        page.get_by_label(field).fill("Bij ons helpt een vast gezicht.")
        if other:
            log_in(page, other)
        button = page.locator("#schrijf").get_by_role("button", name="Verstuur")
        button.click()
        expect(page.locator("#storing")).to_contain_text(now)
        expect(page.locator("#storing")).to_have_count(1)
        expect(page.get_by_label(field)).to_have_value("Bij ons helpt een vast gezicht.")
    expect(page.locator(".whose")).to_have_count(0)
    button.click()
    expect(page.get_by_role("heading", name="Hoe mogen we je noemen?")).to_be_visible()
    assert Post.objects.get().author is None and role
    assert page.get_by_label(field).count() == 0


def test_the_postvak_shows_the_mail_in_its_own_style(open_page, settings, tmp_path):
    settings.DEMO, settings.MAIL_DIR = True, tmp_path
    message = mail.message(
        template="account/email/login_code", to="a@example.org", data={"code": "ABCD-EFGH"}, reference="x"
    )
    mail.FolderBackend(folder=tmp_path).send_messages([message])
    page = open_page()
    page.goto("/postvak/")
    page.get_by_role("link", name="ABCD-EFGH").click()
    size = page.frame_locator("iframe").locator(".code").evaluate("e => getComputedStyle(e).fontSize")
    assert size == "32px"
