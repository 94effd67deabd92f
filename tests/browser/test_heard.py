"""«Wat we hoorden» in Chromium: with axe at each width, by keyboard, without JavaScript, and on paper."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from plan.actions import showing
from plan.models import Choice
from posts.models import Post
from tests.browser.axe import faults_of, judged, sized
from tests.helpers import factories
from tests.plan import helpers
from tests.plan.heard_helpers import lay, people, publish, quote, sentence, write
from werkplaats.models import Werkgebied

pytestmark = pytest.mark.prove
VIEWS = [(width, dark) for width in (320, 390, 768, 1280) for dark in (False, True)]
WORDS = "Ouders en kinderen willen één vast gezicht dat blijft als de juf of de school wisselt. "
PAPER = (673, 1000)  # what is left of an A4 inside its margins, in CSS pixels
# What does not fit: wider than its box, or cut off.
LOST = """() => [...document.querySelectorAll('.sheet *')].filter(e => !e.closest('svg') && (
  e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline')).map(e => e.className || e.tagName)"""


@pytest.fixture
def harvest(transactional_db):
    """Each choice, many of one, quotes in two languages, a line of an evening, and somebody who is missing."""
    Werkgebied.objects.create(name="Eilanden")
    question = factories.question()
    harvest = helpers.voice(question, name="Marieke").harvest
    first = write(helpers.stack(harvest), "Vertel je verhaal één keer.")
    lay(first, *harvest.fragments.all(), *people(question, "ouder", 8), *people(question, "leerkracht", 5))
    arabic = helpers.voice(question, text="المعلمة تتصل بنا كل أسبوع.", lang="ar", name="Noor")
    note = helpers.note(harvest, "Graag een keer bij elkaar kijken.", table=5).fragment
    lay(first, arabic, note)
    for voice in (harvest.fragments.earliest("pk"), arabic, note):
        quote(voice, first)
    for choice in Choice:
        for _ in range(6 if choice == Choice.PLAN else 1):
            stack = write(helpers.stack(harvest), WORDS[:120], choice)
            lay(stack, *people(question, "ouder", 2))
    sentence([first], "Ieder gezin heeft één vaste contactpersoon. Die blijft, ook als het kind van groep wisselt.")
    publish(harvest)
    return harvest


def correct(harvest, changed: str) -> None:
    """Publishes it anew, with one voice more."""
    lay(harvest.stacks.earliest("pk"), *people(harvest.question, "ouder", 1))
    publish(harvest, changed=changed)


def address(harvest) -> str:
    return f"{harvest.question.get_absolute_url()}wat-we-hoorden/"


@pytest.mark.parametrize("page_of", ["", "voorlezen/", "?versie=1"])
def test_nothing_is_wrong_with_it(open_page, harvest, page_of):
    correct(harvest, "Bij de eerste zin staat nu wat ouders zeiden.")
    page = judged(open_page())
    page.goto(address(harvest) + page_of)
    assert faults_of(page, VIEWS, all_rules=True) == []


@pytest.mark.parametrize("path", ["/wat-we-hoorden/", "/", "/programma/", "question"])
def test_nor_with_what_leads_to_it(open_page, harvest, path):
    factories.question()  # so it is closed
    showing.show(harvest.publications.get().pk)
    page = judged(open_page())
    page.goto(harvest.question.get_absolute_url() if path == "question" else path)
    expect(
        page.get_by_role("link", name=re.compile("Wat we hoorden|Lees wat we|De Eerste Vraag")).first
    ).to_be_visible()
    assert faults_of(page, [view for view in VIEWS if view[0] > 320]) == []


@pytest.mark.parametrize("js", [True, False])
def test_tiles_and_quotes_lead_where_they_say(open_page, harvest, js):
    page = open_page(js=js)
    page.goto(address(harvest))
    page.get_by_role("navigation", name="Wat we ermee doen").get_by_role("link", name="doen we niet").press("Enter")
    expect(page).to_have_url(re.compile("#niet$"))
    expect(page.get_by_role("heading", name="Dit doen we niet, en waarom")).to_be_in_viewport()
    page.get_by_text("Toon de andere 3").click()
    expect(page.locator(".heard-item:visible")).to_have_count(12)
    page.get_by_role("link", name="Marieke").click()
    expect(page.locator(".post.is-target")).to_contain_text("Marieke")
    page.go_back()
    page.get_by_role("link", name="Eén A4 om voor te lezen").click()
    expect(page.get_by_text("Voorlezen duurt")).to_be_visible()
    expect(page.get_by_role("button", name="Print dit A4")).to_be_visible(visible=js)


def test_who_reads_aloud_on_a_phone_sees_the_words_first(open_page, harvest):
    page = open_page(width=390)
    page.goto(address(harvest))
    item = page.locator(".heard-item").first
    boxes = [item.locator(part).bounding_box()["y"] for part in ("h3", ".heard-answer", ".heard-quotes")]
    assert boxes == sorted(boxes)


def fill(question, count: int, length: int, words: int, choice: Choice) -> None:
    """So many things that were heard, in sentences and answers of so many characters."""
    for number in range(count):
        stack = write(
            helpers.stack(helpers.voice(question).harvest), (f"{number}. " + WORDS * 3)[:length].strip(), choice
        )
        if words:
            type(stack).objects.filter(pk=stack.pk).update(words=(WORDS * 4)[:words].strip())
        lay(stack, Post.objects.latest("pk").fragment)


@pytest.mark.parametrize(
    ("count", "length", "words", "least"),
    [
        (1, 30, 30, 1),
        (5, 60, 60, 5),
        (7, 60, 60, 5),  # in the largest type: five are enough for it
        (7, 80, 110, 6),
        (7, 120, 180, 5),
        (7, 200, 300, 4),
        (12, 200, 300, 4),
    ],
)
@pytest.mark.parametrize("choice", [Choice.ANSWER, Choice.NOT])
def test_the_sheet_is_one_a4(open_page, transactional_db, count, length, words, least, choice):
    question = factories.question(text="Wat maakt ons Passend Onderwijs voor elk kind tot een succes? " * 2)
    for number in range(12):
        factories.role(f"medewerker van soort {number}", plural=f"medewerkers van soort {number}")
    fill(question, count, length, words, choice)
    publish(question.harvest)
    page = open_page(width=1280)
    page.goto(f"{question.get_absolute_url()}wat-we-hoorden/voorlezen/")
    paper = page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", paper)) == 1
    boxes = {tuple(map(float, box.split())) for box in re.findall(rb"/MediaBox \[([^\]]+)\]", paper)}
    assert {(round(right / 72 * 25.4), round(top / 72 * 25.4)) for _, _, right, top in boxes} == {(210, 297)}
    page.emulate_media(media="print")
    sized(page, *PAPER)
    assert page.evaluate(LOST) == []
    assert page.locator(".sheet li").count() >= least
    assert page.locator(".sheet").bounding_box()["height"] <= 265 / 25.4 * 96
    expect(page.locator(".sheet .qr")).to_be_visible()


def test_the_page_on_paper_leaves_nothing_folded(open_page, harvest):
    page = open_page(width=1280)
    page.goto(address(harvest))
    expect(page.get_by_text("Hoort jouw groep hierbij?")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(".heard-item").last).to_be_visible()
    expect(page.get_by_text("Hoort jouw groep hierbij?")).to_be_hidden()
    assert page.locator(".heard-item h3").evaluate_all("all => all.filter(e => !e.getClientRects().length).length") == 0


def test_a_new_version_is_announced_to_who_has_the_old_link(open_page, harvest):
    page = open_page()
    correct(harvest, "De eerste zin is korter.")
    page.goto(f"{address(harvest)}?versie=1")
    page.get_by_role("link", name="Lees de nieuwste versie").click()
    expect(page.get_by_text("De eerste zin is korter.").first).to_be_visible()
    page.get_by_role("link", name=re.compile("^Versie 1,")).click()
    expect(page.get_by_text("Dit is een eerdere versie, van")).to_be_visible()


def test_long_ago(open_page, harvest):
    """A year is told with a day that is not of this year."""
    page = open_page()
    question = harvest.question
    type(question).objects.filter(pk=question.pk).update(opened_at=timezone.now() - timedelta(days=800))
    correct(harvest, "Sinds wanneer het open staat.")
    page.goto(address(harvest))
    expect(page.locator(".page-head .lead")).to_contain_text(re.compile(r"Van \w+ \d{4} tot en met"))
