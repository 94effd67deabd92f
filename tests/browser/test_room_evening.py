"""A whole evening by five browsers at once: the screen, who leads, who reads along, a table without JavaScript, and
somebody alone by keyboard."""

import pytest
from playwright.sync_api import expect

from live.models import Headcount, Kind, LiveCafe
from polls.models import Ballot, Poll
from posts.models import Post
from tests.browser.axe import judged
from tests.browser.staff_page import log_in
from tests.helpers import factories
from tests.live.helpers import again, room
from werkplaats.site.models import Site

pytestmark = pytest.mark.prove
KINDS = (Kind.WELCOME, Kind.TALK, Kind.QUESTION, Kind.POLL, Kind.THANKS)
OF_TABLE, OF_ONE = "Bij ons kent de hele school de consulent.", "Eén vast gezicht, dat scheelt zoveel."


@pytest.fixture(autouse=True)
def a_poll_and_more():
    """A phone asks every four seconds, and then its page."""
    expect.set_options(timeout=15_000)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture
def live(transactional_db, settings) -> LiveCafe:
    settings.DEMO = True  # no second factor
    Site.objects.get_or_create(pk=1)
    made = room(*KINDS, begun=False)
    Poll.objects.update(question="Heb jij een wensbeeld voor Passend Onderwijs?", repeat_votes=False)
    return made


def press(page, name: str) -> None:
    """A tap that counts, and is no second tap of the one before."""
    page.wait_for_timeout(800)
    page.get_by_role("button", name=name).first.click()


def refresh(page) -> None:
    page.get_by_role("link", name="Ververs").click()


def test_an_evening_with_a_screen_a_leader_a_helper_and_two_phones(open_page, live):
    leader, screen = judged(open_page(width=390)), open_page(width=1280)
    log_in(leader, factories.coordinator())
    leader.goto(f"/beheer/zaal/{live.pk}/")
    screen.set_viewport_size({"width": 1920, "height": 1080})
    screen.goto(live.screen_url)
    stage = screen.locator("body")

    # Who reads along takes the key that the leader hands out.
    leader.get_by_role("link", name="Draaiboek").click()
    press(leader, "Laat iemand meelezen")
    helper = open_page(width=390)
    helper.goto(leader.locator(".room-link a").get_attribute("href"))
    helper.get_by_role("button", name="Lees mee op deze telefoon").click()
    leader.get_by_role("link", name="Nu", exact=True).click()

    # A table without JavaScript, and somebody alone by keyboard, come in.
    table, alone = open_page(js=False), open_page()
    table.goto(live.get_absolute_url())
    table.locator("input[name=plek][value='4']").check()
    table.get_by_label("Met z’n hoevelen?").fill("6")
    table.get_by_role("button", name="Klaar").click()
    alone.goto(live.get_absolute_url())
    alone.get_by_role("radio", name="In de zaal, alleen voor mezelf").press("Space")
    alone.keyboard.press("Enter")
    expect(alone.get_by_role("link", name="In de zaal (verander je plek)")).to_be_visible()

    press(leader, "Begin het café")
    expect(stage).to_contain_text("Welkom")
    expect(stage).to_contain_text(live.code)
    expect(alone.get_by_role("heading", level=1)).to_have_text("Kijk even naar voren")
    press(leader, "Start 8 minuten")
    expect(alone.get_by_role("heading", level=1)).to_have_text("Praat met elkaar")
    press(leader, "Stop, en ga schrijven")
    expect(stage).to_contain_text("Iemand leest het eerst.")

    # Both write; what waits is on no screen; the helper lets it come.
    refresh(table)
    table.get_by_label("Jullie antwoord").fill(OF_TABLE)
    table.get_by_role("button", name="Verstuur").click()
    expect(table.get_by_role("heading", name="Verstuurd")).to_be_visible()
    box = alone.get_by_role("textbox")
    box.focus()
    box.press_sequentially(OF_ONE)
    alone.keyboard.press("Tab")
    alone.keyboard.press("Enter")
    expect(alone.get_by_role("heading", name="Verstuurd")).to_be_visible()
    expect(helper.get_by_text(OF_TABLE, exact=True)).to_be_visible()
    assert OF_TABLE not in screen.content() and OF_TABLE not in alone.content()
    for _ in range(2):
        press(helper, "Goed")
    expect(helper.get_by_text("Er wacht niets.")).to_be_visible()
    expect(stage).to_contain_text(OF_TABLE)
    expect(stage).to_contain_text(OF_ONE, timeout=30_000)  # one at a time
    expect(alone.get_by_text(OF_TABLE).first).to_be_visible()
    assert Post.objects.readable().filter(in_room=True).count() == 2

    # The table counts hands, the other votes; nothing of it shows before the leader says so.
    press(leader, "Verder: peiling")
    expect(stage).to_contain_text("Steek aan tafel je hand op.")
    refresh(table)
    for choice, hands in (("ja", "4"), ("nee", "1")):
        table.get_by_label(choice, exact=True).fill(hands)
    table.get_by_role("button", name="Verstuur").click()
    expect(table.get_by_text("Jullie tafel is geteld")).to_be_visible()
    alone.get_by_role("button", name="ja", exact=True).press("Enter")
    expect(alone.get_by_text("Je koos «ja».")).to_be_visible()
    assert "De meesten" not in alone.content() and "De meesten" not in screen.content()
    press(leader, "Toon de uitslag")
    expect(alone.locator("#zaal-zegt")).to_contain_text("De meesten zeggen ja: 5 van")
    refresh(table)
    expect(table.get_by_role("table")).to_contain_text("ja")
    expect(stage).to_contain_text("5")
    assert Ballot.objects.count() == 1 and Headcount.objects.filter(table=4).exists()

    # Emptied, nobody sees anything; shown again, it is as it was. Then it ends.
    press(leader, "Scherm leeg")
    expect(alone.get_by_role("table")).to_have_count(0)
    press(leader, "Toon het scherm weer")
    expect(alone.get_by_role("table")).to_be_visible()
    press(leader, "Verder: dank je wel")
    expect(stage).to_contain_text("Dank je wel")
    expect(alone.get_by_role("heading", level=1)).to_have_text("Dank je wel")
    assert again(live).scene.kind == Kind.THANKS
