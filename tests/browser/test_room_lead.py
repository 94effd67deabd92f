"""Leading a café from a phone and from a tablet: one big button, what waits, and one evening led alone."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from live.actions import leading
from live.models import HelperKey, Kind, LiveCafe, Scene
from posts import room as posts_of_room
from posts.models import Post
from tests.browser.axe import faults_of, judged
from tests.browser.on_its_way import swapped
from tests.browser.staff_page import log_in
from tests.helpers import factories
from tests.live.helpers import again, room, seat, to, voice
from werkplaats.site.models import Site

pytestmark = pytest.mark.prove
# What lies half behind a head or foot that stays in sight is no small target: it scrolls from under it.
UNSTUCK = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(".room-head, .room-foot { position: static }");
  document.adoptedStyleSheets = [sheet];
}"""
# A finger that taps again on what the answer put under it, as soon as it is there.
TAP_AGAIN = """([clientX, clientY]) => document.addEventListener("htmx:after:swap", function tap({ detail }) {
  if (detail.ctx.isUnasked) return; // the page itself asked: that is no answer to a tap
  document.removeEventListener("htmx:after:swap", tap);
  const under = document.querySelector("button[value=goed]");
  const { left, right, top, bottom } = under.getBoundingClientRect();
  document.isUnder = left < clientX && clientX < right && top < clientY && clientY < bottom;
  under.dispatchEvent(new MouseEvent("click", { detail: 1, clientX, clientY, bubbles: true, cancelable: true }));
})"""
KINDS = (Kind.WELCOME, Kind.TALK, Kind.QUESTION, Kind.BREAK, Kind.POLL, Kind.STICKERS, Kind.THANKS)
VIEWS = [(320, False), (390, False), (390, True), (1024, False), (1366, False), (1366, True)]


@pytest.fixture
def live(transactional_db, settings) -> LiveCafe:
    settings.DEMO = True  # no second factor
    Site.objects.get_or_create(pk=1)
    made = room(*KINDS, begun=False)
    for table in range(1, 8):
        seat(made, table)
    seat(made, online=True)
    return made


def screen_is_there(live: LiveCafe) -> None:
    LiveCafe.objects.filter(pk=live.pk).update(screen_seen_at=timezone.now() + timedelta(minutes=5))


def lead(open_page, live: LiveCafe, **options):
    page = judged(open_page(**options))
    log_in(page, factories.coordinator())
    page.goto(f"/beheer/zaal/{live.pk}/")
    return page


def settled(page) -> None:
    """Until a tap counts again, which is no second tap of the one before."""
    swapped(page)
    page.wait_for_timeout(800)


def press(page, name: str) -> None:
    button = page.get_by_role("button", name=name).first
    expect(button).to_be_visible()  # the answer to the tap before may have brought it
    settled(page)
    button.click()


def now(page) -> str:
    return page.locator("h1").inner_text()


@pytest.mark.parametrize("width, js", [(390, True), (390, False), (1366, True)])
def test_an_evening_with_one_button(open_page, live, width, js):
    page = lead(open_page, live, width=width, js=js)
    expect(page.locator("h1")).to_have_text("Nog niet begonnen")
    expect(page.get_by_text("Het scherm staat nog niet op de beamer")).to_be_visible()
    screen_is_there(live)
    steps = [
        ("Begin het café", "Welkom"),
        ("Start 8 minuten", "Tafeltijd"),
        ("Stop, en ga schrijven", "De vraag"),
        ("Verder: pauze", "Pauze"),
        ("Verder: peiling", "Peiling"),
        ("Toon de uitslag", "Peiling"),
        ("Verder: stickers", "Stickers"),
        ("Toon de uitslag", "Stickers"),
        ("Verder: dank je wel", "Dank je wel"),
    ]
    for button, title in steps:
        big = page.locator(".room-big:visible")
        expect(big).to_contain_text(button)
        box = big.bounding_box()
        assert box["height"] >= 64 and box["y"] + box["height"] <= (844 if width < 800 else 900)
        settled(page)
        big.click()
        expect(page.locator("h1")).to_have_text(title)
        expect(page.locator(".room-clear")).to_be_visible()
    expect(page.get_by_text("Dit was het laatste")).to_be_visible()
    assert again(live).scene.kind == Kind.THANKS
    press(page, "Terug")
    expect(page.locator("h1")).to_have_text("Stickers")


def test_what_waits_is_read_and_made_large_and_a_second_tap_decides_nothing(open_page, live):
    page = lead(open_page, live)
    press(page, "Begin het café")
    press(page, "Start 8 minuten")
    press(page, "Stop, en ga schrijven")
    expect(page.locator("h1")).to_have_text("De vraag")
    first, _, third = (voice(live, text, table) for text, table in (("Een", 1), ("Twee", 2), ("Drie", 3)))
    tab = page.get_by_role("link", name=re.compile("^Wacht"))
    expect(tab).to_contain_text("3")  # by itself
    tab.click()
    good = page.get_by_role("button", name="Goed").first
    settled(page)
    at = good.bounding_box()
    where = [at["x"] + 20, at["y"] + 20]
    page.evaluate(TAP_AGAIN, where)
    page.mouse.click(*where)
    expect(page.get_by_role("button", name="Goed")).to_have_count(2)
    assert page.evaluate("document.isUnder")
    press(page, "Nu niet")
    expect(page.get_by_role("button", name="Goed")).to_have_count(1)
    assert live.voices.shown().count() == 1 and live.voices.waiting().get() == third
    settled(page)
    page.locator("summary", has_text="Over één kind").click()
    voice(live, "Vier", 4)
    expect(page.get_by_text("Vier", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Het gaat over één kind").first).to_be_visible()  # it stays open
    page.get_by_role("button", name="Het gaat over één kind").first.click()
    expect(page.get_by_text("Drie", exact=True)).to_have_count(0)
    assert Post.objects.get(pk=third.post_id).is_about_child
    settled(page)
    page.get_by_role("link", name="Nu", exact=True).click()
    page.get_by_role("link", name="Maak één groot").click()
    press(page, "Maak groot")
    expect(page.locator(".room-big:visible")).to_contain_text("Terug naar allemaal")
    assert again(live).spotlight == first
    press(page, "Scherm leeg")
    expect(page.locator("h1")).to_have_text("Het scherm is leeg")
    expect(page.get_by_text("Er gaat niets verloren")).to_be_visible()
    press(page, "Verberg wat het laatst kwam")
    expect(page.get_by_role("button", name="Verberg wat het laatst kwam")).to_have_count(0)
    assert not live.voices.shown().exists() and not Post.objects.readable().filter(pk=first.post_id).exists()
    press(page, "Toon het scherm weer")
    expect(page.locator("h1")).to_have_text("De vraag")


def test_two_leaders_the_second_gets_the_page_as_it_is(open_page, live):
    one, two = lead(open_page, live), lead_along(open_page, live)
    press(one, "Begin het café")
    expect(two.locator("h1")).to_have_text("Welkom")  # by itself
    # In one go: the page keeps up with the room by itself.
    two.evaluate(
        "() => { const form = document.querySelector('.room-next');"
        " form.beurt.value = '1'; form.querySelector('button').click() }"
    )
    expect(two.get_by_role("alert").filter(has_text="Er is intussen iets anders gekozen")).to_be_visible()
    assert again(live).scene.kind == Kind.WELCOME


def lead_along(open_page, live: LiveCafe):
    page = open_page()
    log_in(page, factories.coordinator(email="tweede@example.org"))
    page.goto(f"/beheer/zaal/{live.pk}/")
    return page


def test_without_internet_nothing_is_kept_for_later(open_page, live, complaints):
    page = lead(open_page, live)
    press(page, "Begin het café")
    settled(page)
    page.context.set_offline(True)
    page.locator(".room-big:visible").click()
    expect(page.get_by_text("Geen internet.")).to_be_visible()
    expect(page.get_by_role("button", name="Probeer opnieuw")).to_be_visible()
    expect(page.locator(".room-next")).to_be_hidden()
    again_button = page.locator("[data-again]")
    page.context.set_offline(False)
    again_button.dispatch_event("click")  # the page may be back by itself at the same moment
    expect(page.locator(".room-big:visible")).to_contain_text("Start 8 minuten")
    assert again(live).scene.kind == Kind.WELCOME
    complaints.clear()  # the browser says that it had no connection


def test_with_the_keyboard_alone(open_page, live):
    page = lead(open_page, live, width=1366)
    order = []
    for _ in range(12):
        page.keyboard.press("Tab")
        order.append(page.evaluate("(document.activeElement.innerText || '').trim().split('\\n')[0]"))
    assert order.index("Scherm leeg") < order.index("Begin het café")
    page.locator(".room-big:visible").focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Welkom")
    expect(page.locator(".room-big:visible")).to_be_focused()


def test_after_a_choice_by_keyboard_the_next_key_is_at_what_waits(open_page, live):
    leading.begin(live, live.turn)
    leading.go_to(live, again(live).turn, live.scenes.get(kind=Kind.QUESTION))
    for table in (3, 5):
        voice(again(live), f"Van tafel {table}", table)
    page = lead(open_page, live)
    page.goto(f"/beheer/zaal/{live.pk}/?deel=wacht")
    settled(page)
    page.get_by_role("button", name=re.compile("^Goed.*Van tafel 3")).press("Enter")
    expect(page.get_by_text("Van tafel 3", exact=True)).not_to_be_visible()
    expect(page.locator("#wat-wacht")).to_be_focused()
    page.evaluate("refresh()")  # as when something else comes in
    expect(page.locator("#wat-wacht")).to_be_focused()


def test_an_evening_led_alone(open_page, live):
    page = lead(open_page, live)
    page.get_by_role("link", name="Draaiboek").last.click()
    press(page, "Ik sta er alleen voor")
    expect(page.get_by_role("button", name="Ik sta er alleen voor")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("link", name="Nu", exact=True).click()
    for button in ("Begin het café", "Start 8 minuten", "Stop, en ga schrijven"):
        expect(page.locator(".room-big:visible")).to_contain_text(button)
        settled(page)
        page.locator(".room-big:visible").click()
    expect(page.locator("h1")).to_have_text("De vraag")
    for table in (1, 2):
        voice(live, "Dit leest niemand nu", table)
    expect(page.get_by_text("2 tafels schreven")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("^Na afloop"))).to_contain_text("2")
    assert "Dit leest niemand nu" not in page.content()
    press(page, "Verder: pauze")
    expect(page.locator("h1")).to_have_text("Pauze")
    assert Post.objects.for_moderator().count() == 2
    assert not live.voices.filter(number__isnull=False).exists()


@pytest.mark.parametrize("js", [True, False], ids=["js", "no-js"])
def test_somebody_reads_along_on_their_own_phone(open_page, live, js):
    page = lead(open_page, live, js=js)
    press(page, "Begin het café")
    expect(page.locator("h1")).to_have_text("Welkom")
    settled(page)
    page.get_by_role("link", name="Draaiboek").last.click()
    press(page, "Laat iemand meelezen")
    link = page.locator(".room-link a").get_attribute("href")
    if js:
        voice(live, "Terwijl de code er staat", 2)
        tab = page.get_by_role("link", name=re.compile("^Wacht"))
        expect(tab).to_contain_text("1")  # the page went on, and the link stays
        expect(page.locator(".room-link a")).to_have_attribute("href", link)
        live.voices.waiting().update(aside_at=timezone.now())
    helper, other = judged(open_page(js=js)), open_page(js=js)
    for each in (helper, other):
        each.goto(link)
        expect(each.get_by_role("button", name="Lees mee op deze telefoon")).to_be_visible()
    assert not HelperKey.objects.exclude(browser="").exists()  # looking took nothing
    helper.get_by_role("button", name="Lees mee op deze telefoon").click()
    expect(helper.locator("h1")).to_have_text("Je helpt mee")
    if js:
        expect(page.get_by_text("Iemand leest mee")).to_be_visible()
        expect(page.locator(".room-link")).to_have_count(0)
    other.get_by_role("button", name="Lees mee op deze telefoon").click()
    expect(other.locator("h1")).to_have_text("Iemand anders leest al mee")
    voice(live, "Korte lijnen", 4)
    helper.reload()
    press(helper, "Goed")
    expect(helper.get_by_text("Er wacht niets.")).to_be_visible()
    assert live.voices.shown().count() == 1
    page.goto(f"/beheer/zaal/{live.pk}/?deel=draaiboek")
    press(page, "Stop")
    expect(page.get_by_text("Iemand leest mee")).to_have_count(0)
    helper.goto("/z/helpen/")
    expect(helper.locator("h1")).to_have_text("Meelezen is voorbij")


def test_nothing_is_wrong_with_the_pages(open_page, live):
    page, faults = lead(open_page, live, width=1366), []
    page.goto(reverse("live:prepare", args=[factories.cafe().pk]))
    faults.extend(faults_of(page, VIEWS))
    first = live.scenes.get(kind=Kind.QUESTION)

    def look(path: str = "") -> None:
        page.goto(f"/beheer/zaal/{live.pk}/{path}")
        page.evaluate(UNSTUCK)
        faults.extend(faults_of(page, VIEWS))

    look()
    press(page, "Begin het café")
    expect(page.locator("h1")).to_have_text("Welkom")
    screen_is_there(live)
    for text, table in (("Bij ons kent de hele school de consulent.", 4), ("Waarom moet een kind vastlopen?", 5)):
        voice(live, text, table)
    look("?deel=draaiboek")
    for scene in Scene.objects.filter(live=live):
        go_to(page, scene)
        look()
    go_to(page, first)
    look("?deel=wacht")
    page.locator("summary", has_text="Over één kind").first.click()
    faults.extend(faults_of(page, VIEWS))
    press(page, "Goed")
    expect(page.get_by_role("button", name="Goed")).to_have_count(1)
    look("?deel=groot")
    press(page, "Maak groot")
    expect(page.locator(".room-big:visible")).to_contain_text("Terug naar allemaal")
    look()
    press(page, "Scherm leeg")
    expect(page.locator("h1")).to_have_text("Het scherm is leeg")
    look()
    page.goto(f"/beheer/zaal/{live.pk}/?deel=draaiboek")
    press(page, "Laat iemand meelezen")
    link = page.locator(".room-link a").get_attribute("href")
    page.evaluate(UNSTUCK)
    faults.extend(faults_of(page, VIEWS))
    page.goto(link)
    faults.extend(faults_of(page, VIEWS))
    page.get_by_role("button", name="Lees mee op deze telefoon").click()
    expect(page.locator("h1")).to_have_text("Je helpt mee")
    faults.extend(faults_of(page, VIEWS))
    assert faults == []


def go_to(page, scene: Scene) -> None:
    live = again(scene.live)
    if live.scene != scene:
        leading.go_to(live, live.turn, scene)


def test_on_wacht_it_is_told_what_became_of_words_that_were_taken_away(open_page, live):
    leading.begin(live, live.turn)
    made = voice(to(live, Kind.QUESTION), "Toch liever niet", 1)
    page = lead(open_page, live)
    page.goto(f"/beheer/zaal/{live.pk}/?deel=wacht")
    page.locator("summary", has_text="Over één kind").click()
    expect(page.get_by_role("button", name="Het gaat over één kind")).to_be_visible()
    posts_of_room.withdraw(made.post, made.seat.visitor_id, AnonymousUser())
    press(page, "Het gaat over één kind")
    expect(page.get_by_role("alert").filter(has_text="haalde deze woorden net zelf weg")).to_be_visible()
    expect(page.get_by_text("Er wacht niets.")).to_be_visible()
