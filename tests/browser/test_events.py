"""Going to a café: from the landing page to a seat, the mail, and giving the seat back."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from events.models.registrations import Registration
from tests.events import mailing
from tests.helpers import factories
from werkplaats.words import day

pytestmark = pytest.mark.django_db(transaction=True)


def link_in(mail) -> str:
    return re.search(r"http\S+/aanmelding/\S+", mail.get_body(("plain",)).get_content())[0]


def test_from_landing_page_to_mail_and_back_without_javascript(open_page, settings, tmp_path):
    folder = mailing.folder(settings, tmp_path)
    factories.role("ouder")
    cafe = factories.cafe(title="Café aan het ontbijt", room_capacity=1)
    waits = factories.registration(cafe)
    waits.cancel()
    mailing.deliver(folder)
    page = open_page(js=False)
    page.goto("/")
    page.get_by_role("link", name="Café aan het ontbijt").first.click()
    page.get_by_role("link", name="Meld je aan").click()

    page.get_by_label("Je e-mailadres").fill("fatima")
    page.get_by_role("button", name="Meld je aan").click()
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("Kies of je naar de zaal komt of online meedoet.")
    expect(page.get_by_label("Je e-mailadres")).to_have_value("fatima")
    expect(summary).to_be_in_viewport(ratio=1)

    page.get_by_role("radio", name=re.compile("^In de zaal")).check()
    page.get_by_label("Je naam").fill("Fatima")
    page.get_by_label("Je e-mailadres").fill("fatima@example.org")
    page.get_by_label("Je rol").select_option("ouder")
    page.get_by_role("button", name="Meld je aan").click()
    expect(page.get_by_role("heading", name="We hebben je aanmelding")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="We hebben je aanmelding")).to_be_visible()

    cafe.register(email="volgende@example.org", name="Volgende", wish="room", firm=True)
    mine, theirs = mailing.deliver(folder)
    assert (mine["To"], theirs["To"]) == ("fatima@example.org", "volgende@example.org")

    phone = open_page(js=False)  # the mail is opened elsewhere
    phone.goto(link_in(mine))
    expect(phone.get_by_role("button", name="Ik kom", exact=True)).to_be_in_viewport(ratio=1)
    phone.get_by_role("button", name="Ik kom", exact=True).click()
    expect(phone.get_by_text("je aanmelding is vast")).to_be_in_viewport(ratio=1)
    mailing.deliver(folder)
    expect(phone.get_by_text("Fatima, je bent welkom!")).to_be_visible()
    with phone.expect_download() as download:
        phone.get_by_role("link", name="Zet in mijn agenda").click()
    assert download.value.suggested_filename == "passend-onderwijscafe.ics"
    phone.get_by_label("Ik neem iemand mee").check()
    phone.get_by_role("button", name="Bewaar").click()
    expect(phone.get_by_role("alert")).to_contain_text("Er is geen plaats vrij voor een tweede persoon")
    expect(phone.get_by_role("alert")).to_be_in_viewport(ratio=1)
    phone.get_by_label("Ik neem iemand mee").uncheck()
    phone.get_by_role("button", name="Bewaar").click()
    expect(phone.get_by_text("Er is niets veranderd")).to_be_in_viewport(ratio=1)
    phone.get_by_role("button", name="Meld me af").click()
    expect(phone.get_by_role("heading", name="Je bent afgemeld")).to_be_visible()

    goodbye, promotion = mailing.deliver(folder)
    assert (goodbye["To"], promotion["To"]) == ("fatima@example.org", "volgende@example.org")
    phone.goto(link_in(promotion))
    expect(phone.get_by_role("heading", name="Je hebt een plaats in de zaal")).to_be_visible()


@pytest.mark.parametrize("width", [320, 360])
def test_the_invitation_breaks_no_word_in_two_on_a_narrow_phone(open_page, width):
    cafe = factories.cafe(title="Passend Onderwijscafé: ondersteuningsplan", question="Ondersteuningsplan?")
    page = open_page()
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(f"{cafe.get_absolute_url()}uitnodiging/")
    lines = "node => { const all = document.createRange(); all.selectNodeContents(node); "
    lines += "return new Set([...all.getClientRects()].map(line => line.top)).size }"
    for selector in (".voorkant h1 span", ".vervolg h2", ".vraag"):
        assert page.locator(selector).evaluate(lines) == 1, selector
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_with_htmx_and_the_keyboard_mistakes_stay_and_a_sign_up_leads_to_its_own_page(open_page):
    cafe = factories.cafe(room_capacity=1, online_capacity=1)
    factories.registration(cafe)
    page = open_page()
    page.goto(f"{cafe.get_absolute_url()}#aanmelden")
    page.get_by_role("button", name="Meld je aan").press("Enter")
    page.locator(".error-summary:focus").wait_for()
    assert page.url.endswith(f"{cafe.get_absolute_url()}#aanmelden")

    page.get_by_label("In de zaal wachtlijst").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("Fatima")
    page.keyboard.press("Tab")
    page.keyboard.type("fatima@example.org")
    page.keyboard.press("Enter")
    page.wait_for_url("**/aangemeld/*")
    expect(page.locator(".notice:focus")).to_contain_text("We hebben je aanmelding")
    made = Registration.objects.get(email="fatima@example.org")
    assert made.waits_for == ["room"]
    page.goto(made.get_absolute_url())  # as the link in the mail does
    page.get_by_role("button", name="Ik kom", exact=True).press("Enter")
    expect(page.locator(".notice:focus")).to_contain_text("je aanmelding is vast")
    page.get_by_role("button", name="Ja, ik doe alvast online mee").press("Enter")
    page.get_by_role("heading", name="Je doet online mee, en je staat op de wachtlijst").wait_for()
    page.reload()
    expect(page.get_by_role("heading", name="Je doet online mee, en je staat op de wachtlijst")).to_be_visible()


def test_changing_with_htmx_keeps_the_page_and_moves_the_focus(open_page):
    cafe = factories.cafe(room_capacity=1)
    made = factories.registration(cafe)
    page = open_page()
    page.goto(made.get_absolute_url())
    page.get_by_label("Online").check()
    page.get_by_role("button", name="Bewaar").press("Enter")
    expect(page.locator(".notice:focus")).to_contain_text("Je aanmelding is gewijzigd")
    expect(page.get_by_role("heading", name="Je doet online mee")).to_be_visible()
    page.get_by_role("button", name="Meld me af").press("Enter")
    page.get_by_role("button", name="Ik kom toch").press("Enter")
    page.get_by_text("Je bent weer aangemeld.").wait_for()
    assert Registration.objects.get().seat == "online"


def test_a_page_of_before_the_cafe_moved_shows_where_it_goes_on_before_it_is_said_yes_to(open_page, complaints):
    cafe = factories.cafe()
    made = factories.registration(cafe, email="noor@example.org", name="Noor")
    made.cancel()
    page = open_page(width=390)
    page.goto(made.get_absolute_url())
    was, starts = day(cafe.starts_at), cafe.starts_at + timedelta(days=9)
    cafe.move(by=None, starts_at=starts, ends_at=starts + timedelta(hours=2))
    page.get_by_role("button", name="Ik kom toch").click()
    asks = page.get_by_text("Er is intussen iets veranderd")
    asks.wait_for()
    told = page.locator("main").inner_text()
    assert day(starts) in told and was not in told and cafe.room in told and cafe.question in told
    assert page.locator("h1").count() == 1
    expect(asks).to_be_in_viewport(ratio=1)
    page.get_by_role("button", name="Ik kom toch").click()
    page.get_by_text("Je bent weer aangemeld").wait_for()
    assert Registration.objects.get().is_sure
    complaints.clear()  # the browser tells of every 409
