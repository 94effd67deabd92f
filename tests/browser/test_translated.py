"""A page that the browser translates: each of its texts stands in a <font> by then, and everything still works."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import expect

from events.models.registrations import Registration
from polls.rounds.models.stickers import Sticker
from polls.voting.models import Ballot
from posts.models.posts import Post
from posts.models.reports import Report
from posts.models.thumbs import Thumb
from tests.browser import writing
from tests.helpers import factories
from tests.plan.concept.helpers import Written

TRANSLATED = """
  const wrap = (root) => {
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const found = [];
    while (texts.nextNode()) found.push(texts.currentNode);
    for (const text of found) {
      const parent = text.parentElement;
      if (!text.data.trim() || !parent || parent.closest("script, style, textarea, option, svg, font font")) continue;
      const [outer, inner] = [document.createElement("font"), document.createElement("font")];
      outer.append(inner);
      text.replaceWith(outer);
      inner.append(text);
    }
  };
  const begin = () => {
    wrap(document.body);
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes) for (const node of addedNodes) {
        if (node.nodeType === 3 && node.parentElement && !node.parentElement.closest("font")) wrap(node.parentElement);
        else if (node.nodeType === 1 && !node.matches("font")) wrap(node);
      }
    }).observe(document.body, { childList: true, subtree: true });
  };
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", () => setTimeout(begin));
  else begin();
"""
BY_PLACE = re.compile(r"\b(childNodes|firstChild|lastChild|nextSibling|previousSibling|nodeValue)\b|\bcount\.data\b")


@pytest.fixture
def translated(open_page):
    def translated():
        page = open_page()
        page.add_init_script(TRANSLATED)
        return page

    return translated


def test_no_script_finds_a_text_by_its_place():
    scripts = [path for path in Path(settings.BASE_DIR, "static/js").rglob("*.js")]
    found = {path.name: BY_PLACE.findall(path.read_text()) for path in scripts}
    assert len(scripts) > 20 and {name: words for name, words in found.items() if words} == {}


@pytest.mark.prove
def test_a_conversation_in_a_translated_page(translated, transactional_db):
    factories.role("leerling", is_pupil=True)
    root = factories.post(name="Anna", text="Korte lijnen met de consulent.")
    page = translated()
    page.goto("/denk-praat-doe-mee/")
    expect(page.locator("font").first).to_be_attached()
    for pressed, count in (("true", "1"), ("false", "0"), ("true", "1")):
        with page.expect_response("**/duim/**"):
            page.locator(f"#op-{root.pk}").press("Enter")  # a second tap of a finger would be too soon
        expect(page.locator(f"#op-{root.pk}")).to_have_attribute("aria-pressed", pressed)
        expect(page.locator(f"#op-{root.pk} .thumb-count")).to_have_text(count)
    assert Thumb.objects.get().value == 1
    page.locator(f"#bijdrage-{root.pk} a[href$='antwoord/']").click()
    box = page.locator(f"#antwoord-{root.pk}")
    box.get_by_label("Jouw antwoord").fill("Bij ons ook.")
    box.get_by_role("button", name="Verstuur").first.click()
    writing.sign(page)
    assert Post.objects.get(text="Bij ons ook.").parent == root
    page.goto("/denk-praat-doe-mee/")
    writing.write(page, "Meer rust in de klas.")
    assert Post.objects.get(text="Meer rust in de klas.").finished_at
    page.goto("/denk-praat-doe-mee/")
    page.locator(f"#bijdrage-{root.pk} a[href$='melden/']").click()
    page.get_by_role("button", name="Het gaat ergens anders over").click()
    expect(page.locator(f"#antwoord-{root.pk}")).to_contain_text("Dank je voor je melding")
    assert Report.objects.get().post == root


@pytest.mark.prove
def test_a_draft_comes_back_in_a_translated_page(translated, transactional_db):
    factories.question()
    page = translated()
    page.goto("/denk-praat-doe-mee/")
    page.get_by_label("Jouw bijdrage").fill("Nog niet af")
    page.goto("/denk-praat-doe-mee/")
    expect(page.get_by_label("Jouw bijdrage")).to_have_value("Nog niet af")
    page.get_by_role("button", name="Wis deze tekst").click()
    expect(page.get_by_label("Jouw bijdrage")).to_have_value("")


@pytest.mark.prove
def test_a_vote_and_a_sticker_in_a_translated_page(translated, transactional_db):
    factories.question()
    factories.poll()
    round = factories.sticker_round(groups=1, ideas=2, slug="sop")
    page = translated()
    page.goto("/")
    page.locator("#peiling").get_by_role("button", name="ja", exact=True).click()
    expect(page.locator("#antwoord")).to_be_focused()
    page.locator("#peiling").get_by_role("link", name="Stem opnieuw").click()
    page.locator("#peiling").get_by_role("button", name="nee", exact=True).click()
    expect(page.locator("#antwoord")).to_contain_text("nee")
    assert Ballot.objects.count() == 2
    page.goto(f"/stickerrondes/{round.slug}/plakken/")
    for place in range(2):
        page.locator(".stick").nth(place).press("Enter")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Idee 2" if not place else "Klaar")
    assert Sticker.objects.count() == 2


@pytest.mark.prove
def test_a_sentence_and_a_sign_up_in_a_translated_page(translated, transactional_db):
    plan = Written()
    plan.open()
    cafe = factories.cafe()
    page = translated()
    page.goto("/plan/")
    thumb = page.locator("article.plan-sentence button.thumb").first
    thumb.click()
    expect(thumb).to_have_attribute("aria-pressed", "true")
    expect(thumb.locator(".thumb-count")).to_have_text("1")
    page.goto(f"{cafe.get_absolute_url()}#aanmelden")
    page.get_by_label("In de zaal").check()
    page.get_by_label("Je naam").fill("Noor")
    page.get_by_role("button", name="Meld je aan").click()
    expect(page.locator(".error-summary")).to_be_focused()
    page.get_by_label("Je e-mailadres").fill("noor@example.org")
    page.get_by_role("button", name="Meld je aan").click()
    page.wait_for_url("**/aangemeld/")
    assert Registration.objects.get().name == "Noor"
