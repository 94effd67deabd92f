"""What a press asks of the server: no answer is told beside the button, and a double tap is one press."""

import re

import pytest
from playwright.sync_api import expect

from events.models.registrations import Registration
from polls.voting.models import Ballot
from polls.wensbeelden.models import Wensbeeld
from tests.browser.on_its_way import first_of
from tests.browser.test_drafts import forget_the_lost_connection
from tests.helpers import factories
from werkplaats.site.models import Site

pytestmark = pytest.mark.prove  # in detail; the ways that people go are in test_whole_way.py

LOST = "Geen verbinding. Druk straks nog eens op de knop."


@pytest.fixture
def poll(transactional_db):
    Site.objects.get_or_create(pk=1)
    return factories.poll(repeat_votes=False)


def test_a_vote_without_a_connection_is_said_not_to_count(open_page, poll, complaints):
    page = open_page()
    page.goto("/")
    yes = page.locator("#peiling").get_by_role("button", name="ja", exact=True)
    page.context.set_offline(True)
    for _ in range(2):
        yes.click()
        note = page.locator("#peiling").get_by_role("alert")
        expect(note).to_have_text("Geen verbinding. Je stem is niet geteld. Tik straks nog eens.")
        expect(note).to_be_in_viewport()
    expect(yes).not_to_have_class("vote is-waiting")
    page.context.set_offline(False)
    yes.click()
    expect(page.locator("#antwoord")).to_be_focused()
    expect(note).to_have_count(0)
    assert Ballot.objects.count() == 1

    page.context.set_offline(True)
    page.get_by_role("link", name="Wijzig je stem").click()
    expect(note).to_have_text("Geen verbinding. Tik straks nog eens.")
    page.context.set_offline(False)
    page.get_by_role("link", name="Wijzig je stem").click()
    expect(page.get_by_role("button", pressed=True)).to_have_text("ja")
    expect(note).to_have_count(0)
    forget_the_lost_connection(complaints)


def test_the_vote_that_was_pressed_shows_that_it_waits(open_page, poll, complaints):
    page = open_page()
    page.goto("/")
    on_their_way = []
    page.route("**/stem/", lambda route: on_their_way.append(route))
    button = page.get_by_role("button", name="nee", exact=True)
    button.click()
    expect(button).to_have_class("vote is-waiting")
    assert button.evaluate("vote => getComputedStyle(vote, '::after').borderStyle") == "dotted"
    first_of(page, on_their_way).continue_()
    expect(page.locator("#antwoord")).to_be_visible()


def test_the_page_of_a_proxy_does_not_take_the_place_of_a_form(open_page, poll, complaints):
    page = open_page()
    page.goto("/")
    body = "<!DOCTYPE html><html><body><h1>502 Bad Gateway</h1></body></html>"
    page.route("**/stem/", lambda route: route.fulfill(status=502, body=body, content_type="text/html"))
    page.get_by_role("button", name="ja", exact=True).click()
    alert = page.locator("#peiling").get_by_role("alert")
    expect(alert).to_have_text("Dat lukte niet. Je stem is niet geteld. Tik straks nog eens.")
    expect(page.get_by_text("Bad Gateway")).to_have_count(0)
    complaints[:] = [said for said in complaints if not said.startswith("502 ")]


def test_a_cafe_without_a_connection(open_page, transactional_db, complaints):
    Site.objects.get_or_create(pk=1)
    factories.role("ouder")
    cafe = factories.cafe()
    page = open_page()
    page.goto(cafe.get_absolute_url())
    page.get_by_role("radio", name=re.compile("^In de zaal")).check()
    page.get_by_label("Je naam").fill("Fatima")
    page.get_by_label("E-mailadres").fill("fatima@example.org")
    page.get_by_label("Je rol").select_option("ouder")
    button, alert = page.get_by_role("button", name="Meld je aan"), page.get_by_role("alert")
    page.context.set_offline(True)
    button.click()
    expect(alert).to_have_text(LOST)
    expect(alert).to_be_in_viewport()
    expect(page.get_by_label("Je naam")).to_have_value("Fatima")
    page.context.set_offline(False)
    button.click()
    expect(page.get_by_role("heading", name="We hebben je aanmelding")).to_be_visible()
    expect(alert).to_have_count(0)

    registration = Registration.objects.get()
    page.goto(registration.get_absolute_url())
    page.get_by_role("button", name="Ik kom", exact=True).click()
    expect(page.get_by_role("heading", name="Je hebt een plaats in de zaal")).to_be_visible()
    button = page.get_by_role("button", name="Meld me af")
    page.context.set_offline(True)
    button.click()
    expect(alert).to_have_text(LOST)
    page.context.set_offline(False)
    button.click()
    expect(page.get_by_role("heading", name="Je bent afgemeld")).to_be_visible()
    registration.refresh_from_db()
    assert not registration.is_coming
    forget_the_lost_connection(complaints)


def test_a_report_without_a_connection(open_page, poll, complaints):
    wensbeeld = factories.wensbeeld()
    page = open_page()
    page.goto(wensbeeld.get_absolute_url())
    meld, alert = page.get_by_role("link", name="Meld dit wensbeeld"), page.get_by_role("alert")
    page.context.set_offline(True)
    meld.click()
    expect(alert).to_have_text("Geen verbinding. Tik straks nog eens.")
    page.context.set_offline(False)
    meld.click()
    spam = page.get_by_role("button", name="Het is reclame")
    expect(spam).to_be_visible()
    expect(alert).to_have_count(0)
    page.context.set_offline(True)
    spam.click()
    expect(alert).to_have_text(LOST)
    page.context.set_offline(False)
    spam.click()
    expect(page.get_by_text("Dank je voor je melding")).to_be_visible()
    assert wensbeeld.reports.count() == 1
    forget_the_lost_connection(complaints)


# Moves what stands at `other` to where the finger is, as soon as the answer is there, and taps once more.
TAP_TWICE = """([x, y, other]) => document.addEventListener("htmx:after:swap", () => queueMicrotask(() => {
  const button = document.querySelector(other);
  const { left, top, width, height } = button.getBoundingClientRect();
  button.style.translate = `${x - left - width / 2}px ${y - top - height / 2}px`;
  const under = document.elementFromPoint(x, y);
  document.body.dataset.tapped = under.closest("a, button").textContent.trim();
  const tap = { bubbles: true, cancelable: true, detail: 1, clientX: x, clientY: y };
  under.dispatchEvent(new MouseEvent("click", tap));
}), { once: true })"""


def double_tap(page, button, other: str, words: str) -> tuple[float, float]:
    box = button.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.evaluate(TAP_TWICE, [x, y, other])
    page.mouse.click(x, y)
    expect(page.locator("body")).to_have_attribute("data-tapped", words)
    return x, y


def test_the_second_tap_of_a_double_tap_does_not_press_what_the_answer_put_there(open_page, poll):
    page = open_page(width=1280)
    page.clock.install()
    page.goto("/peilingen/wensbeeld/")
    place = double_tap(
        page, page.get_by_role("button", name="ja", exact=True), "#antwoord .button", "Laat je wensbeeld zien"
    )
    expect(page.locator("#antwoord")).to_be_visible()
    assert page.url.endswith("/peilingen/wensbeeld/")
    assert not Wensbeeld.objects.exists()
    page.clock.fast_forward(1000)
    page.mouse.click(*place)
    page.wait_for_url("**/insturen/**")


def test_a_double_tap_on_voting_again_opens_the_choices_once(open_page, poll):
    page = open_page()
    page.goto("/peilingen/wensbeeld/")
    page.get_by_role("button", name="ja", exact=True).click()
    again = page.get_by_role("link", name="Wijzig je stem")
    again.scroll_into_view_if_needed()
    asked = []
    page.on("request", lambda request: asked.append(request.url.split("/peilingen/")[1]))
    double_tap(page, again, "#peiling .back", "Toch niet")
    expect(page.get_by_role("button", pressed=True)).to_have_text("ja")
    page.get_by_role("link", name="Toch niet").press("Enter")  # a key is no second tap
    expect(page.locator("#antwoord")).to_be_focused()
    assert asked == ["wensbeeld/?opnieuw=1", "wensbeeld/"]
