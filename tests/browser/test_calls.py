"""Gerichte acties in Chromium: from a gap to a sent text on a phone; and 50 invitations of which nothing is left."""

import datetime
import html
import re
from urllib.parse import unquote

import pytest
from django.core.cache import caches
from playwright.sync_api import expect

from inviting import tokens
from inviting.models import Call, Consulent, What
from plan.models import Body, Harvest
from tests.browser.axe import faults_of, judged, sized
from tests.browser.staff_page import log_in
from tests.helpers import factories
from tests.plan import helpers
from tests.prove import canaries
from werkplaats import kept
from werkplaats.invited.models import Act, Kind, LinkFigure
from werkplaats.models import User

pytestmark = pytest.mark.prove
VIEWS = [(width, dark) for width in (390, 1280) for dark in (False, True)]
MAKE = re.compile("Maak een actie ?: OPR")  # Chromium puts a space before what only a screen reader reads
ADDRESS, NAME = "kanariepost{}@example.org", "Kanarienaam Vogel {}"


@pytest.fixture
def harvest(transactional_db, settings, tmp_path) -> Harvest:
    settings.DEMO = True  # no second factor
    settings.VAR_DIR = tmp_path / "var"
    settings.MEDIA_ROOT = settings.VAR_DIR / "media"
    settings.ERASED_LIST = settings.VAR_DIR / "erased.jsonl"
    settings.MEDIA_ROOT.mkdir(parents=True)
    mails = settings.VAR_DIR / "mail"
    settings.MAILERS = {"default": {"BACKEND": "werkplaats.mail.FolderBackend", "OPTIONS": {"folder": mails}}}
    question = factories.question(text="Wat werkt er al goed?")
    helpers.voice(question)
    Body.objects.create(name="OPR")
    return Harvest.objects.get(question=question)


@pytest.fixture
def open_staff(open_page, harvest):
    """A function that opens a page as a coordinator."""
    coordinator = factories.coordinator()
    coordinator.let_sort(True)

    def open_staff(path: str, **wishes):
        page = judged(open_page(**wishes))
        log_in(page, coordinator)
        page.goto(path)
        return page

    return open_staff


def test_from_who_is_missing_to_a_text_that_leaves(open_staff, harvest):
    page = open_staff(f"/beheer/werkbank/wie-ontbreekt/?over=o{harvest.pk}")
    page.get_by_role("button", name=MAKE).click()
    way = page.get_by_role("link", name=re.compile("Actie: nog niet ?, OPR"))
    expect(way).to_be_focused()
    way.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("OPR")
    text = page.get_by_label("De tekst")
    text.press("Control+Home")
    text.type("Beste leden, ")
    mailto = page.get_by_role("link", name="Open in mijn mailprogramma").get_attribute("href")
    assert unquote(mailto.partition("&body=")[2]).startswith("Beste leden, ")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Kopieer de tekst").click()
    expect(page.get_by_text("Gekopieerd.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").startswith("Beste leden, ")
    page.get_by_role("button", name="gevraagd").click()
    expect(page.get_by_role("button", name="gevraagd")).to_have_attribute("aria-pressed", "true")
    assert Call.objects.get().state == "gevraagd"


def test_without_permission_the_text_is_copied_all_the_same(open_staff):
    call = Call.objects.call_upon(What.TEAM, "Team De Ark")
    page = open_staff(f"/beheer/acties/{call.pk}/")
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }")
    page.get_by_role("button", name="Kopieer de tekst").click()
    expect(page.get_by_text("Gekopieerd.")).to_be_visible()


def test_the_link_goes_to_the_share_sheet_of_a_phone(open_staff):
    call = Call.objects.call_upon(What.TEAM, "Team De Ark")
    page = open_staff(f"/beheer/acties/{call.pk}/")
    page.evaluate("() => { navigator.share = (data) => { window.shared = data; return Promise.resolve(); }; }")
    page.locator("a[data-share]").click()
    assert page.evaluate("window.shared.url").endswith(f"/v/{call.link.code}/")


def test_by_keyboard_and_without_scripts_it_is_the_same_work(open_staff, harvest):
    page = open_staff(f"/beheer/werkbank/wie-ontbreekt/?over=o{harvest.pk}", js=False)
    button = page.get_by_role("button", name=MAKE)
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("OPR")
    call = Call.objects.get()
    expect(page.get_by_label("De tekst")).to_contain_text(f"/v/{call.link.code}/")
    expect(page.get_by_role("button", name="Kopieer de tekst")).to_have_count(0)
    page.goto("/beheer/inviting/call/")
    page.get_by_role("button", name=re.compile("doet mee ?: OPR")).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=re.compile("doet mee ?: OPR"))).to_have_attribute("aria-pressed", "true")
    call.refresh_from_db()
    assert call.state == "doet_mee"


def test_no_page_of_it_has_a_fault(open_staff, harvest):
    call = Call.objects.call_upon(What.TEAM, "Team De Ark", note="Na de herfst.")
    LinkFigure.objects.create(month=datetime.date(2026, 3, 1), kind=Kind.NONE, act=Act.SENT, counted=9, told=9)
    missing = f"/beheer/werkbank/wie-ontbreekt/?over=o{harvest.pk}"
    list_of_them, figures = "/beheer/inviting/call/", "/beheer/acties/cijfers/"
    card = f"{harvest.question.get_absolute_url()}praatkaart/"
    page = open_staff(missing)
    for path in (missing, list_of_them, f"{list_of_them}add/", f"/beheer/acties/{call.pk}/", figures, card):
        page.goto(path)
        assert faults_of(page, VIEWS) == []


def test_the_figures_fit_a_phone(open_staff):
    for kind in Kind:
        for act in (Act.SENT, Act.FINISHED, Act.VOTED, Act.SIGNED_UP):
            LinkFigure.objects.create(month=datetime.date(2026, 3, 1), kind=kind, act=act, counted=1234, told=1234)
    LinkFigure.objects.create(month=datetime.date(2026, 2, 1), kind=Kind.NONE, act=Act.SENT, counted=1, told=0)
    page = open_staff("/beheer/acties/cijfers/")
    sized(page, 390, 844)
    tables = page.locator(".call-figures").all()
    assert len(tables) == 2
    assert [table.evaluate("(table) => table.scrollWidth - table.clientWidth") for table in tables] == [0, 0]
    assert page.evaluate("document.scrollingElement.scrollWidth") == 390


def type_everywhere(page, number: int) -> None:
    """A name and an address in every field of the page."""
    marked = f"{NAME.format(number)} {ADDRESS.format(number)}"
    for field in page.locator(
        "input:not([type=hidden], [type=date], [type=submit], [readonly]), textarea:not([readonly])"
    ).all():
        field.fill(marked)


def in_memory() -> str:
    """What is kept in this process."""
    return f"{caches['cards']._cache} {kept.SHARED}"


def test_of_fifty_invitations_nobody_can_say_who_got_one(open_staff, harvest, caplog):
    """What an access log would hold are the addresses that were asked for, and from which page."""
    call = Call.objects.call_upon(What.MEETING, "IB-overleg Winsum")
    consulent = Consulent.objects.invite(User.objects.confirmed("anna@example.org"), "Anna")
    own = f"/uitnodigen/{tokens.token_of(consulent)}/"
    pages = [own, f"/beheer/acties/{call.pk}/", f"{harvest.question.get_absolute_url()}uitnodigen/"]
    page = open_staff(pages[0])
    asked = []
    page.on("request", lambda request: asked.append(f"{request.method} {request.url} {request.headers.get('referer')}"))
    typed = set()
    for number in range(50):
        page.goto(pages[number % 3])
        type_everywhere(page, number)
        typed.add(page.locator("#uitnodiging").input_value())
        page.locator("[data-copy=uitnodiging]").click()
        expect(page.get_by_text("Gekopieerd.")).to_be_visible()
        assert ADDRESS.format(number) in unquote(html.unescape(page.locator("[data-mailto]").get_attribute("href"))), (
            "it stays on the device"
        )
    assert len(typed) == 50
    page.goto(own)
    type_everywhere(page, 50)
    page.get_by_role("button", name="Geef door").click()
    expect(page.get_by_text("Hier past geen webadres of e-mailadres.").first).to_be_visible()
    for path in ("/beheer/inviting/call/add/", f"/beheer/inviting/call/{call.pk}/change/"):
        page.goto(path)
        type_everywhere(page, 51)
        page.locator("#call_form [name=_save]").click()
        expect(page.locator(".error-summary")).to_contain_text("Hier past geen webadres of e-mailadres.")
        assert page.locator(".error-summary li").filter(has_text="Hier past geen").count() == 3
    assert len(asked) > 100
    assert canaries.in_text("\n".join(asked)) == set()
    assert canaries.everywhere() == set()
    assert canaries.in_text(caplog.text) == set()
    assert canaries.in_text(in_memory()) == set()


def test_the_search_for_canaries_finds_one(open_staff, harvest):
    """The control: what is kept on purpose is found."""
    Call.objects.call_upon(What.MEETING, "Kanariecontrole")
    assert canaries.everywhere() == {"controle"}
