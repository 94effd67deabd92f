"""A consulent's Monday on a phone: from the mail to five mails of one's own, with and without what a browser allows."""

import re
from datetime import time
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings as site_settings
from django.utils import timezone
from playwright.sync_api import expect

from inviting import tokens
from inviting.models import Call, MondayMail
from tests.browser.axe import faults_of, judged
from tests.events import mailing
from tests.helpers import factories
from tests.inviting import helpers
from tests.werkplaats.mail.scenes.mondays import go_now
from werkplaats import mail
from werkplaats.invited.mailto import MOST
from werkplaats.site.models import Site

TAP = 2.5  # seconds, with looking for where
TYPED = 40 * 5 / 60  # characters in a second: forty words of five in a minute
READ = 200 / 60  # words in a second
# In one's own mail program: open it, a new mail, to whom and the first of who is offered, hold and paste, send, back.
ELSEWHERE, LETTERS_OF_A_NAME = 8, 4
REFUSED = """
    Object.defineProperty(navigator, "clipboard", {value: {writeText: async () => { throw new Error("no"); }}});
"""
SHEET = """
    navigator.share = async (data) => { window.shared = data; if (window.closes) throw window.closes; };
"""
NAMES = ("Bo", "Cas", "Dee", "El", "Fien")
LINES = [f"Hoi {name}, hoe gaat dit bij jullie op school? Ik lees het graag." for name in NAMES]


@pytest.fixture
def anna(transactional_db, monkeypatch):
    monkeypatch.setattr("inviting.models.mondays.TOO_LATE", time.max)  # at any hour that this runs
    Site.objects.get_or_create(pk=1)
    factories.post(helpers.question(), text="Korte lijnen helpen.", name="Fatima")
    return helpers.consulent("Anna")


@pytest.fixture
def path(anna) -> str:
    return urlsplit(tokens.url_of(anna)).path


def the_mail(anna, tmp_path) -> str:
    """Its HTML."""
    (tmp_path / "mail").mkdir()
    folder = mailing.folder(site_settings, tmp_path / "mail")
    go_now()
    row = MondayMail.objects.create(consulent=anna, day=timezone.localdate(anna.agreed_at))
    mail.later("inviting.tasks.send_monday", to=anna.user.email, monday_mail_id=row.pk)
    (letter,) = mailing.deliver(folder)
    return letter.get_body(["html"]).get_content()


def copied(page) -> str:
    return page.evaluate("navigator.clipboard.readText()")


def word(page):
    return page.get_by_label("Je persoonlijke woord")


def type_first(page, words: str) -> None:
    """Types above the text."""
    field = page.get_by_label("De tekst", exact=True)
    field.press("Control+Home")
    page.keyboard.type(words)


def words_of_mail(page) -> str:
    """What the mail program gets."""
    return parse_qs(urlsplit(page.locator("[data-mailto]").get_attribute("href")).query)["body"][0]


def test_five_mails_from_the_mail_of_monday_within_five_minutes(open_page, anna, tmp_path, settings):
    settings.MAILERS = settings.MAILERS
    page = open_page()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.set_content(the_mail(anna, tmp_path))
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 390
    spent = len(page.inner_text("body").split()) / READ
    page.get_by_role("link", name="Kopieer, deel of mail de tekst").click()
    spent += TAP
    page.wait_for_load_state("networkidle")
    heard = []
    page.on("request", lambda request: heard.append(f"{request.url} {request.post_data or ''}"))
    for line in LINES:
        expect(word(page)).to_have_value("")
        word(page).fill(line)
        page.get_by_role("button", name="Kopieer", exact=True).click()
        expect(page.locator("#uitnodiging-gekopieerd")).to_have_text("Gekopieerd.")
        text = copied(page)
        assert text.startswith(f"{line}\n\nWe denken") and text.endswith(anna.link.path())
        spent += (2 + ELSEWHERE) * TAP + (len(line) + LETTERS_OF_A_NAME) / TYPED
    assert spent <= 300, f"{spent:.0f} seconds"
    print(f"five mails: {spent:.0f} seconds, {1 + 5 * (2 + ELSEWHERE)} taps")
    assert heard == [], "nothing of it leaves the device"


def test_what_is_typed_stays_on_the_device_each_text_apart_and_a_personal_word_nowhere(open_page, path):
    page = open_page()
    text = page.get_by_label("De tekst", exact=True)
    page.goto(path)
    word(page).fill("Hoi Kanarie,")
    type_first(page, "Denk mee! ")
    page.get_by_role("link", name="een overleg", exact=True).click()
    expect(text).to_have_value(re.compile(r"^We denken samen na"))
    expect(word(page)).to_have_value("")
    type_first(page, "Voor jullie: ")
    page.get_by_role("link", name="iedereen", exact=True).click()
    expect(text).to_have_value(re.compile(r"^Denk mee! We denken"))
    page.reload()
    expect(text).to_have_value(re.compile(r"^Denk mee! We denken"))
    expect(word(page)).to_have_value("")
    assert "Kanarie" not in page.evaluate("JSON.stringify([localStorage, sessionStorage])")
    word(page).fill("Hoi Cas,")
    page.get_by_role("button", name="Begin opnieuw").click()
    expect(text).to_have_value(re.compile(r"^We denken samen na"))
    expect(word(page)).to_have_value("Hoi Cas,")
    expect(page.get_by_role("button", name="Begin opnieuw")).to_be_hidden()
    page.reload()
    expect(text).to_have_value(re.compile(r"^We denken samen na"))
    page.get_by_role("link", name="een overleg", exact=True).click()
    expect(text).to_have_value(re.compile(r"^Voor jullie: We denken"))
    page.goto("/apparaat/wissen/")
    page.locator("main form button").first.click()
    page.goto(f"{path}?soort=overleg")
    expect(text).to_have_value(re.compile(r"^We denken samen na"))


def test_where_copying_is_refused_the_text_is_selected_and_it_says_so(open_page, path):
    page = open_page()
    page.add_init_script(f"{REFUSED} document.execCommand = () => false;")
    page.goto(path)
    word(page).fill("Hoi Bo,")
    together = page.get_by_label("Alles samen, om te kopiëren")
    expect(together).to_be_hidden()
    page.get_by_role("button", name="Kopieer", exact=True).click()
    expect(page.locator("#uitnodiging-gekopieerd")).to_have_text(re.compile("Kopiëren lukte niet."))
    expect(together).to_have_value(re.compile(r"^Hoi Bo,\n\nWe denken"))
    expect(together).to_be_focused()
    assert together.evaluate("(field) => field.selectionEnd - field.selectionStart === field.value.length")
    expect(word(page)).to_have_value("Hoi Bo,")
    word(page).fill("Hoi Cas,")
    expect(together).to_be_hidden()


def test_where_only_the_new_way_is_refused_the_old_one_copies(open_page, path):
    page = open_page()
    page.add_init_script(REFUSED)
    page.goto(path)
    page.get_by_role("button", name="Kopieer", exact=True).click()
    expect(page.locator("#uitnodiging-gekopieerd")).to_have_text("Gekopieerd.")


def test_the_share_sheet_gets_the_text_and_is_offered_only_where_there_is_one(open_page, anna, path):
    page = open_page()
    page.goto(path)
    expect(page.get_by_role("button", name="Deel")).to_be_hidden()
    page.add_init_script(
        "navigator.share = async (data) => { window.shared = data; if (window.closes) throw window.closes; }"
    )
    page.reload()
    word(page).fill("Hoi Bo,")
    share = page.get_by_role("button", name="Deel")
    share.click()
    shared = page.evaluate("window.shared")
    assert shared["text"].startswith("Hoi Bo,\n\nWe denken") and shared["text"].endswith(anna.link.path())
    assert list(shared) == ["text"]
    expect(word(page)).to_have_value("")
    word(page).fill("Hoi Cas,")
    told = page.locator("#uitnodiging-gekopieerd")
    page.evaluate("window.closes = new DOMException('closed', 'AbortError')")
    share.click()
    expect(told).to_be_empty()
    expect(word(page)).to_have_value("Hoi Cas,")
    page.evaluate("window.closes = new DOMException('no', 'NotAllowedError')")
    share.click()
    expect(told).to_have_text("Delen lukte niet. Kopieer de tekst.")


def test_the_mail_program_follows_what_is_typed_until_it_is_too_long(open_page, path):
    page = open_page()
    page.goto(path)
    link = page.locator("[data-mailto]")
    word(page).fill("Hoi Bo & co,")
    assert words_of_mail(page).startswith("Hoi Bo & co,\r\n\r\nWe denken")
    page.evaluate("addEventListener('click', ({target}) => (window.mailed = target.closest('a').href), {once: true})")
    link.click()
    expect(word(page)).to_have_value("")
    assert "Hoi%20Bo" in page.evaluate("window.mailed")
    assert words_of_mail(page).startswith("We denken")
    type_first(page, "Denk mee! ")
    assert words_of_mail(page).startswith("Denk mee! We denken")
    page.get_by_label("De tekst", exact=True).fill("é" * 400)
    expect(link).to_be_hidden()
    expect(page.get_by_text("De tekst is te lang om in je mailprogramma te openen.")).to_be_visible()
    page.get_by_role("button", name="Begin opnieuw").click()
    expect(link).to_be_visible()
    assert len(link.get_attribute("href")) <= MOST


def test_without_scripts_the_text_and_the_link_are_there_to_select(open_page, anna, path):
    page = open_page(js=False)
    page.goto(path)
    whole = re.compile(f"^\n\nWe denken samen na.*{anna.link.path()}$", re.DOTALL)
    expect(page.get_by_label("De tekst", exact=True)).to_have_value(whole)
    for name in ("Kopieer", "Deel", "Begin opnieuw"):
        expect(page.get_by_role("button", name=name, exact=True)).to_be_hidden()
    expect(page.get_by_role("link", name="Open in mijn mailprogramma")).to_be_visible()
    page.locator("summary", has_text="Jouw link en QR-code").click()
    expect(page.get_by_label("Jouw link")).to_have_value(re.compile(f"{anna.link.path()}$"))
    expect(page.locator("svg.qr, .qr svg").first).to_be_visible()
    page.get_by_label("Welke groep of welk overleg missen we nog?").fill("de leerlingenraden")
    page.get_by_role("button", name="Geef door").click()
    expect(page.get_by_text("Dank je wel. De coördinator kijkt ernaar.")).to_be_visible()
    assert Call.objects.get().name == "de leerlingenraden"
    page.get_by_role("button", name="Zet de mail uit").click()
    page.get_by_role("button", name="Zet de mail aan").click()
    expect(page.get_by_text("Je krijgt een mail op maandag.")).to_be_visible()
    assert anna.gets_mail


def test_ones_link_is_whole_in_sight_and_copied_by_one_press(open_page, anna, path):
    page = open_page()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{path}?soort=maandbericht")
    page.locator("summary", has_text="Jouw link en QR-code").click()
    link = page.get_by_label("Jouw link")
    for way in ("Width", "Height"):
        assert link.evaluate(f"(field) => field.scroll{way} <= field.client{way}")
    page.get_by_role("button", name="Kopieer de link").click()
    expect(page.locator("#jouw-link-gekopieerd")).to_have_text("Gekopieerd.")
    assert copied(page) == link.input_value() and copied(page).endswith(f"{anna.link.path()}maandbericht/")


def test_the_question_stands_there_once_and_the_first_button_is_near(open_page, anna, tmp_path, settings, path):
    settings.MAILERS = settings.MAILERS
    page = open_page()
    page.set_content(the_mail(anna, tmp_path))
    question = "Wat maakt ons Passend Onderwijs tot een succes?"
    assert page.inner_text("body").count(question) == 1
    page.goto(path)
    text = page.inner_text("main") + page.get_by_label("De tekst", exact=True).input_value()
    assert text.count(question) == 1
    assert page.get_by_role("button", name="Kopieer", exact=True).bounding_box()["y"] < 844 * 1.1


def test_axe_finds_nothing(open_page, path):
    page = judged(open_page())
    page.goto(path)
    page.locator("summary", has_text="Jouw link en QR-code").click()
    assert faults_of(page, [(390, False), (390, True), (1280, False), (1280, True)], all_rules=True) == []


def test_by_keyboard_alone(open_page, path):
    page = open_page()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{path}#tekst")
    word(page).focus()
    page.keyboard.type("Hoi Bo,")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#uitnodiging-gekopieerd")).to_have_text("Gekopieerd.")
    assert copied(page).startswith("Hoi Bo,\n\nWe denken")


def test_thanks_and_errors_for_whom_we_miss_are_in_sight_and_have_the_focus(open_page, path):
    page = open_page()
    page.goto(path)
    for typed, said in (("anna@school.nl", "Er gaat nog iets niet goed"), ("de leerlingenraden", "Dank je wel.")):
        page.get_by_label("Welke groep of welk overleg missen we nog?").fill(typed)
        page.get_by_role("button", name="Geef door").click()
        told = page.locator("#missen")
        expect(told).to_contain_text(said)
        expect(told).to_be_focused()
        expect(told).to_be_in_viewport()
