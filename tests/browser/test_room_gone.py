"""Pages of a room that is gone: they say so, ask for nothing any more, and what was typed can be copied."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from live.actions import closing, rehearsing
from live.models import Kind, LiveCafe
from tests.browser.axe import faults_of, judged
from tests.browser.test_room_phone import VIEWS, phone, sit
from tests.live.helpers import room, to
from tests.live.test_rehearsing import ahead
from werkplaats.site.models import Site

pytestmark = pytest.mark.prove
TYPED = "Wij willen korte lijnen"


@pytest.fixture
def live(transactional_db) -> LiveCafe:
    Site.objects.get_or_create(pk=1)
    return to(room(), Kind.QUESTION)


def test_who_types_keeps_the_text_and_can_copy_it(open_page, live):
    page = phone(open_page)
    sit(page, live)
    page.get_by_label("Jullie antwoord").fill(TYPED)
    closing.close(live.pk, timezone.now())
    expect(page.locator("#zaal-verder", has_text="Deze zaal is dicht.")).to_be_visible()
    expect(page.get_by_label("Jullie antwoord")).to_have_value(TYPED)
    page.get_by_role("button", name="Verstuur").click()
    expect(page.get_by_role("heading", name="Dit café is voorbij")).to_be_visible()
    expect(page.get_by_label("Wat je schreef")).to_have_value(TYPED)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Kopieer").click()
    expect(page.get_by_text("Gekopieerd.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == TYPED
    assert faults_of(page, VIEWS) == []
    page.goto(live.get_absolute_url())  # and on the page itself, from this device
    expect(page.get_by_label("Wat je schreef")).to_have_value(TYPED)
    assert faults_of(page, VIEWS) == []


def test_a_phone_where_nobody_types_goes_to_what_was_said(open_page, live):
    page = phone(open_page)
    sit(page, live)
    closing.close(live.pk, timezone.now())
    expect(page.get_by_role("link", name="Lees wat er gezegd is")).to_have_attribute(
        "href", live.cafe.get_absolute_url()
    )
    expect(page.get_by_label("Wat je schreef")).to_be_hidden()


def test_phone_and_screen_of_a_café_that_is_called_off_say_so_and_lead_to_its_page(open_page, live):
    pages = [phone(open_page), judged(open_page())]
    sit(pages[0], live)
    pages[1].goto(live.screen_url)
    live.cafe.called_off_at = timezone.now()
    live.cafe.save(update_fields=["called_off_at"])
    for page in pages:
        expect(page.get_by_role("heading", name="Dit café gaat niet door")).to_be_visible()
        expect(page.get_by_role("link", name="Naar de pagina van het café")).to_be_visible()
        assert faults_of(page, VIEWS) == []


def test_phone_and_screen_of_a_rehearsal_that_was_wiped_say_so_and_ask_nothing_more(open_page, transactional_db):
    Site.objects.get_or_create(pk=1)
    live = rehearsing.start(ahead())
    pages = [judged(open_page()) for _ in range(2)]
    for page, path in zip(pages, (live.get_absolute_url() + "?waar=online", live.screen_url), strict=True):
        page.goto(path)
    pages[0].get_by_role("button", name="Klaar").click()
    expect(pages[0].get_by_role("link", name="verander je plek")).to_be_visible()
    pages[0].goto(live.get_absolute_url())
    rehearsing.wipe(live)
    for page in pages:
        expect(page.get_by_text("De proef met deze code is voorbij")).to_be_visible()
        assert page.evaluate("typeof followRoom") == "undefined"  # nothing on it follows a room
