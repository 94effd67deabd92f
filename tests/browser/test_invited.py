"""Who opens an invitation link on a phone: from the link to a contribution that counts where it came from."""

import re

import pytest
from playwright.sync_api import expect

from inviting.models import Call, What
from posts.models.translations import Translation
from tests.browser import writing
from tests.browser.axe import faults_of, judged
from tests.helpers import factories
from tests.inviting import helpers
from werkplaats.invited.models import Act, Kind, LinkUse
from werkplaats.site.models import Site

JS = pytest.mark.parametrize("js", [False, True], ids=["no-js", "js"])


@pytest.fixture
def anna(transactional_db):
    Site.objects.get_or_create(pk=1)
    factories.role("ouder")
    question = helpers.question()
    Translation.objects.create(question=question, lang="uk", text="Що допомагає?", line="Пишіть українською.")
    factories.poll(placed_with=question, on_landing_page=False)
    return helpers.consulent("Anna")


def counted() -> list[tuple[str, str]]:
    return sorted(LinkUse.objects.values_list("kind", "act"))


def finish(page) -> None:
    """The second step, which somebody may reload."""
    expect(page.locator(".step")).to_be_visible()
    page.reload()
    writing.sign(page)


@JS
def test_who_chooses_ukrainian_sorts_votes_and_writes_counts_where_they_came_from(open_page, anna, js):
    page = open_page(js=js)
    page.goto(anna.link.path())
    invites = page.get_by_text("Anna nodigt je uit")
    page.get_by_role("link", name="Українська").click()
    expect(page.locator(".told-question")).to_have_text("Що допомагає?")
    expect(invites).to_be_visible()
    page.locator("summary", has_text="Ook meedoen").click()
    page.get_by_role("button", name="nog niet").click()
    expect(page.get_by_text("Je stemde «nog niet»")).to_be_visible()
    page.get_by_role("link", name="Stem opnieuw").click()
    page.get_by_role("button", name="nee").click()
    expect(page.get_by_text("Je stemde «nee»")).to_be_visible()
    writing.send(page.locator("#schrijf"), "Спокій і час.")
    finish(page)
    assert counted() == [(Kind.PLAIN, act) for act in (Act.FINISHED, Act.VOTED, Act.SENT)]
    kept = page.evaluate("JSON.stringify([localStorage, sessionStorage])") if js else ""
    assert anna.link.code not in f"{page.context.cookies()} {kept}"


@JS
def test_two_links_in_one_browser_count_where_they_were_used_whatever_is_reloaded(open_page, anna, js):
    call = Call.objects.call_upon(What.TEAM, "Team De Ark")
    page = open_page(js=js)
    for path, text in ((anna.link.path(Kind.MEETING), "Korte lijnen."), (call.link.path(), "Vaste gezichten.")):
        page.goto(path)
        page.reload()
        writing.send(page.locator("#schrijf"), text)
        expect(page.locator(".step, .notice.success").first).to_be_visible()
        if page.locator(".step").count():
            finish(page)
        page.reload()
    assert counted() == sorted((kind, act) for kind in (Kind.MEETING, Kind.CALL) for act in (Act.FINISHED, Act.SENT))


def test_axe_finds_nothing(open_page, anna):
    factories.cafe()
    factories.post(factories.question(current=False), text="Van vroeger.")
    page = judged(open_page())
    page.goto(anna.link.path())
    assert faults_of(page, [(390, False), (390, True), (1280, False), (1280, True)]) == []


def test_by_keyboard_alone(open_page, anna):
    page = open_page(js=False)
    page.goto(anna.link.path())
    page.locator("#schrijf textarea").focus()
    page.keyboard.type("Korte lijnen.")
    page.get_by_role("button", name="Verstuur").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"/afzender/\?via={anna.link.code}$"))
