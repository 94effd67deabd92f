"""The plan in Chromium: with axe at each width, thumbs with and without JavaScript, by keyboard, and on paper."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from plan.actions import writing
from plan.models import Plan, PlanStep, WordingThumb
from tests.browser.axe import faults_of, judged
from tests.browser.staff_page import log_in
from tests.helpers import factories
from tests.plan.concept.helpers import Written, react, shown
from tests.plan.heard_helpers import lay, publish, write

pytestmark = pytest.mark.prove
VIEWS = [(width, dark) for width in (390, 1280) for dark in (False, True)]


@pytest.fixture
def plan(transactional_db):
    """One that is open for reactions: with what was heard behind it, a voice, a changed and a withdrawn sentence."""
    made = Written()
    lay(write(made.desk.wait, "Wachten zonder bericht is het ergste."), *made.desk.voices)
    publish(made.desk.harvest)
    PlanStep.objects.filter(pk=made.agree.pk).update(body="de OPR", short="OPR", explained="Ja of nee zeggen.")
    writing.link(made.first.pk, made.by, fragment_id=made.desk.voices[0].pk)
    gone = made.write("Deze zin gaat weer weg.", made.parents)
    made.open()
    for number in range(3):
        react(made.second, text=f"Dat duurt te lang ({number}).")
    made.reword(made.second, "Ouders horen binnen tien schooldagen hoe lang wachten duurt.")
    made.publish()
    writing.withdraw(gone.pk)
    return made


@pytest.mark.parametrize(
    "path", ["/plan/", "/plan/2/", "/plan/zin/1.1/", "/plan/zin/1.2/", "/plan/alles/", "/plan/jaar/"]
)
def test_nothing_is_wrong_with_it(open_page, plan, path):
    page = judged(open_page())
    page.goto(path)
    assert faults_of(page, VIEWS, all_rules=True) == []


def test_nor_with_what_folds_open_or_with_the_adopted_plan(open_page, plan):
    page = judged(open_page())
    page.goto("/plan/")
    page.get_by_text("Stap 2 van 4").click()
    page.get_by_text("Van wie komt dit?").first.click()
    expect(page.get_by_text("Wachten zonder bericht is het ergste.").first).to_be_visible()
    assert faults_of(page, VIEWS, all_rules=True) == []

    plan.take(plan.agree, plan.adopt)
    Plan.objects.update(speech_title="Het is 2031", speech="Niemand wacht meer op een formulier.")
    plan.reword(plan.first, "Ook in groep 3.", why="", decided_on=timezone.localdate())
    plan.publish()
    for path in ("/plan/", "/plan/zin/1.1/", "/plan/jaar/"):
        page.goto(path)
        assert faults_of(page, VIEWS) == []


def test_before_there_is_a_plan(open_page, transactional_db):
    page = judged(open_page())
    for path in ("/plan/", "/plan/jaar/"):
        page.goto(path)
        assert faults_of(page, VIEWS) == []


@pytest.mark.parametrize("js", [True, False])
def test_a_thumb_and_who_looks_along(open_page, plan, js):
    factories.role("leerkracht")
    page = open_page(js=js)
    page.goto("/plan/")
    row = page.locator("#zin-1-1")
    row.get_by_role("button", name="0 duimpjes omhoog").click()
    pressed = row.get_by_role("button", name="1 duimpje omhoog")
    expect(pressed).to_have_attribute("aria-pressed", "true")
    row.locator("#kijkrol").select_option("leerkracht")
    row.get_by_role("button", name="Bewaar").click()
    expect(row.locator("#kijkrol")).to_have_count(0)
    assert str(WordingThumb.objects.get().role) == "leerkracht"
    page.reload()
    expect(pressed).to_have_attribute("aria-pressed", "true")
    pressed.press("Enter")
    expect(row.get_by_role("button", name="0 duimpjes omhoog")).to_have_attribute("aria-pressed", "false")


def test_a_sentence_that_changed_under_ones_hands_is_shown_and_asked_again(open_page, plan):
    page = open_page()
    page.goto("/plan/")
    row = page.locator("#zin-1-1")
    row.get_by_role("button", name="0 duimpjes omhoog").click()
    expect(row.get_by_role("button", name="1 duimpje omhoog")).to_be_visible()
    plan.reword(plan.first, "Elk kind praat mee over zijn eigen plan.")
    plan.publish()
    row.get_by_role("button", name="0 duimpjes omlaag").click()
    expect(row.get_by_text("Elk kind praat mee over zijn eigen plan.")).to_be_visible()
    expect(row.get_by_text("je duim is niet geteld")).to_be_visible()
    expect(row.get_by_text("Jij gaf de vorige zin een duim. Kijk je nog eens?")).to_be_visible()
    expect(row).to_be_focused()
    assert shown(plan.first).thumbs == {}
    row.get_by_role("button", name="0 duimpjes omlaag").click()
    expect(row.get_by_role("button", name="1 duimpje omlaag")).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("js", [True, False])
def test_from_a_chapter_to_a_sentence_to_a_reaction(open_page, plan, js):
    page = open_page(js=js)
    page.goto("/plan/")
    page.get_by_role("link", name="Reageer bij zin 1.3").click()
    expect(page).to_have_url(re.compile(r"/plan/zin/1\.3/#schrijf$"))
    page.get_by_label("Wat vind je van deze zin?").fill("Waar vind ik die commissie?")
    page.get_by_role("button", name="Verstuur").click()
    expect(page.get_by_text("Hoe mogen we je noemen?")).to_be_visible()
    page.get_by_label("Je naam").fill("Noor")
    page.get_by_label("Je rol").select_option("ouder")
    page.get_by_role("button", name="Klaar").first.click()
    expect(page.get_by_text("Waar vind ik die commissie?").first).to_be_visible()
    page.goto("/plan/zin/1.3/")
    expect(page.get_by_text("Waar vind ik die commissie?")).to_be_visible()


@pytest.mark.parametrize("js", [True, False])
def test_a_number_leads_to_what_is_behind_it(open_page, plan, js):
    page = open_page(js=js, width=1280)
    page.goto("/plan/")
    page.locator("#zin-1-1").get_by_role("link", name="Bron 1").press("Enter")
    expect(page).to_have_url(re.compile(r"/plan/zin/1\.1/#bron-1$"))
    page.get_by_role("link", name="Lees wat we hoorden (bron 1)").click()
    expect(page).to_have_url(re.compile(r"wat-we-hoorden/#gehoord-\d+$"))
    page.go_back()
    page.get_by_role("link", name="Zin 1.2").click()
    expect(page.get_by_text("Zo stond het eerder")).to_be_visible()


def test_all_of_it_on_paper(open_page, plan, tmp_path):
    page = open_page(width=1280)
    page.goto("/plan/alles/")
    page.emulate_media(media="print")
    for words in ("instemming", "Een kind praat mee", "Wie hulp vraagt", "Wachten zonder bericht"):
        expect(page.get_by_text(words, exact=False).first).to_be_visible()
    expect(page.get_by_role("button", name="Print")).to_be_hidden()
    page.pdf(path=tmp_path / "plan.pdf", format="A4")
    assert (tmp_path / "plan.pdf").stat().st_size > 10_000


def test_a_sentence_on_paper_has_no_empty_box(open_page, plan):
    page = open_page(width=1280)
    page.goto("/plan/zin/1.1/")
    expect(page.get_by_role("heading", name="Wat vind je van deze zin?")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Zin 1.1")).to_be_visible()
    expect(page.get_by_role("heading", name="Wat vind je van deze zin?")).to_be_hidden()


def test_the_pages_of_the_workbench(open_page, plan, settings):
    settings.DEMO = True
    user = factories.coordinator()
    user.let_sort(True)
    plan.reword(plan.first, "Elk kind praat mee over zijn eigen plan.")
    page = judged(open_page(width=1280))
    log_in(page, user)
    paths = ["/beheer/werkbank/plan/", "/beheer/werkbank/plan/openbaar/", f"/beheer/werkbank/plan/zin/{plan.first.pk}/"]
    for path in [
        *paths,
        "/beheer/plan/planstep/",
        f"/beheer/plan/planstep/{plan.agree.pk}/change/",
        "/beheer/plan/plan/",
    ]:
        page.goto(path)
        assert faults_of(page, [(1280, False), (1280, True)]) == []
    page.goto("/beheer/werkbank/plan/openbaar/")
    page.get_by_role("button", name="Maak openbaar").click()
    expect(page.get_by_role("heading", name="Lees mee met het concept")).to_be_visible()
    expect(page.get_by_text("Elk kind praat mee over zijn eigen plan.")).to_be_visible()
