"""Answers that come late in the room: what is older than what a page shows never takes its place. A test holds an
answer for as long as it likes, so nothing here waits for time."""

import pytest
from playwright.sync_api import Page, Response, Route, expect

from live.actions import saying
from live.models import Kind, LiveCafe, Voice
from tests.browser.on_its_way import arrived
from tests.browser.room import leader_of, press
from tests.browser.test_room_phone import phone, sit
from tests.helpers import factories
from tests.live.helpers import again, room, shown, to, voice
from werkplaats.site.models import Site

pytestmark = pytest.mark.prove
H1S = """() => {
  document.h1s = [];
  new MutationObserver(() => {
    const words = document.querySelector("h1").textContent;
    if (document.h1s.at(-1) !== words) document.h1s.push(words);
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
}"""


@pytest.fixture
def live(transactional_db, settings) -> LiveCafe:
    settings.DEMO = True  # no second factor
    Site.objects.get_or_create(pk=1)
    return room(Kind.WELCOME, Kind.TALK, Kind.QUESTION, Kind.POLL)


class Held:
    """The first answer to `method` at this address: it was given, and is on its way until `let_go`."""

    def __init__(self, page: Page, address: str, method: str) -> None:
        self.page, self.address, self.method = page, address, method
        self.answers: list[tuple[Route, Response]] = []
        page.route(address, self.hold)

    def hold(self, route: Route) -> None:
        if self.answers or route.request.method != self.method:
            route.continue_()
        else:
            self.answers.append((route, route.fetch()))

    def wait(self) -> None:
        arrived(self.page, self.answers)

    def let_go(self) -> None:
        [(route, answer)] = self.answers
        route.fulfill(response=answer)


def is_newer(live: LiveCafe):
    """Of an answer: that it is the state of the room as it is now."""
    version = again(live).version
    return lambda answer: answer.url.endswith("/stand/") and answer.headers.get("etag") == f'"{version}"'


def write(page: Page, words: str) -> Voice:
    page.get_by_label("Jullie antwoord").fill(words)
    page.get_by_role("button", name="Verstuur").click()
    expect(page.get_by_role("heading", name="Verstuurd")).to_be_visible()
    return Voice.objects.get(post__text=words)


def test_words_that_were_shown_before_the_page_said_that_they_wait(open_page, live):
    live = to(live, Kind.QUESTION)
    page = phone(open_page)
    sit(page, live)
    held = Held(page, "**/zeg/**", "POST")
    page.get_by_label("Jullie antwoord").fill("Korte lijnen")
    page.get_by_role("button", name="Verstuur").click()
    held.wait()
    made = Voice.objects.get()
    saying.show(made, factories.coordinator(), made.post.version)
    page.wait_for_event("response", is_newer(live))
    held.let_go()
    expect(page.get_by_role("heading", name="Verstuurd")).to_be_visible()
    expect(page.get_by_text("staat op het scherm")).to_be_visible()


def test_words_that_were_shown_while_the_page_was_on_its_way(open_page, live):
    live = to(live, Kind.QUESTION)
    page, boss = phone(open_page), factories.coordinator()
    sit(page, live)
    first, second = voice(live, "Een", 1), voice(live, "Twee", 2)
    mine = write(page, "Drie")
    held = Held(page, f"**{live.get_absolute_url()}", "GET")
    saying.show(first, boss, first.post.version)
    held.wait()
    saying.show(mine, boss, mine.post.version)
    page.wait_for_event("response", is_newer(live))
    held.let_go()
    expect(page.get_by_text("staat op het scherm")).to_be_visible()
    saying.show(second, boss, second.post.version)
    expect(page.locator(".phone-said .voice-words")).to_have_text(["Twee", "Drie", "Een"])


def test_own_words_that_left_the_screen_are_said_to_have_left_it(open_page, live):
    live = to(live, Kind.QUESTION)
    page, boss = phone(open_page), factories.coordinator()
    sit(page, live)
    mine = write(page, "Korte lijnen")
    saying.show(mine, boss, mine.post.version)
    expect(page.get_by_text("staat op het scherm")).to_be_visible()
    saying.hide(mine)
    expect(page.get_by_text("iemand leest het nog eens")).to_be_visible()
    expect(page.locator(".phone-voices")).to_be_hidden()


def test_who_types_reads_that_the_room_came_back(open_page, live):
    live = to(live, Kind.QUESTION)
    page = phone(open_page)
    sit(page, live)
    page.get_by_label("Jullie antwoord").fill("Korte lijnen")
    live = to(live, Kind.POLL)
    expect(page.get_by_text("De zaal is nu bij de peiling.", exact=True)).to_be_visible()
    expect(page.locator(".phone-where > b")).to_be_hidden()
    live = to(live, Kind.QUESTION)
    expect(page.locator("#zaal-verder")).to_be_hidden()
    expect(page.locator(".phone-where > b")).to_be_visible()
    expect(page.get_by_label("Jullie antwoord")).to_have_value("Korte lijnen")


def test_what_a_press_was_told_stays_when_an_older_page_comes_after_it(open_page, live):
    live = to(live, Kind.POLL)
    page = phone(open_page)
    sit(page, live, "alleen")
    held = Held(page, f"**{live.get_absolute_url()}", "GET")
    to(live, Kind.QUESTION)
    held.wait()
    page.get_by_role("button", name="ja", exact=True).click()
    told = page.get_by_text("Dit kan nu niet meer: de zaal is verder gegaan.")
    expect(told).to_be_visible()
    with page.expect_event("requestfinished", lambda request: request.url.endswith(live.get_absolute_url())):
        held.let_go()
    shown(live, "Zo gaat het verder")
    expect(page.get_by_text("Zo gaat het verder")).to_be_visible()
    expect(told).to_be_visible()


def test_the_page_of_who_leads_never_goes_back_to_how_it_was_before_a_press(open_page, live):
    page = leader_of(open_page, live)
    expect(page.locator("h1")).to_have_text("Welkom")
    page.evaluate(H1S)
    held = Held(page, f"**/beheer/zaal/{live.pk}/**", "GET")
    again(live).raise_version()
    held.wait()
    press(page, "Start 8 minuten")
    expect(page.locator("h1")).to_have_text("Tafeltijd")
    with page.expect_response(lambda answer: "deel=" in answer.url and answer != held.answers[0][1]):
        held.let_go()
    shown(again(live))
    expect(page.locator(".room-lights")).to_contain_text("1 tafel")
    assert page.evaluate("document.h1s") == ["Tafeltijd"]


def test_a_page_that_cannot_be_had_is_asked_for_once_an_answer_and_comes_when_it_can(open_page, live, complaints):
    page = phone(open_page)
    sit(page, live)
    asked, address = [], f"**{live.get_absolute_url()}"
    page.route(address, lambda route: (asked.append(1), route.abort()))
    live = to(live, Kind.TALK)
    for _ in range(3):
        page.wait_for_event("response", lambda answer: answer.url.endswith("/stand/"))
    assert 1 <= len(asked) <= 4
    page.unroute(address)
    expect(page.get_by_role("heading", name="Praat met elkaar")).to_be_visible()
    complaints.clear()  # the browser says that it could not get it
