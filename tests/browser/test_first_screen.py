"""From a link to a voice: question, field and button stand on the first screen, and two presses are enough."""

import pytest
from playwright.sync_api import expect

from posts.models.posts import Post
from posts.models.translations import Translation
from tests.browser import writing
from tests.helpers import factories
from werkplaats.demo.content import questions

pytestmark = pytest.mark.django_db(transaction=True)
SIZES = [(390, 700), (360, 640), (1366, 768), (1440, 900)]


@pytest.fixture
def question():
    factories.role()
    return factories.post(factories.question(text="Wat maakt ons Passend Onderwijs tot een succes?")).question


@pytest.mark.parametrize("js", [True, False], ids=["js", "without"])
def test_question_field_and_button_are_on_the_first_screen(open_page, question, js):
    page = open_page(js=js)
    box = page.locator("#schrijf")
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.goto("/denk-praat-doe-mee/")
        for element in (
            page.get_by_role("heading", level=1),
            box.get_by_label("Jouw bijdrage"),
            box.get_by_role("button", name="Verstuur"),
        ):
            expect(element).to_be_in_viewport(ratio=1)
        assert page.evaluate("scrollY") == 0
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("taal", ["ar", "uk"])
def test_in_another_language_too(open_page, question, taal):
    """With the sentences of the demo, which are as long as they come."""
    question.easy = questions.first_question["easy"]
    question.save()
    for lang, words in questions.translations.items():
        Translation.objects.create(question=question, lang=lang, **words)
    page = open_page()
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        for asked in ("", f"?taal={taal}"):
            page.goto(f"/denk-praat-doe-mee/{asked}")
            box = page.locator("#schrijf")
            told = questions.translations[taal]["text"] if asked else question.easy
            for element in (box.get_by_text(told), box.get_by_role("button", name="Verstuur")):
                expect(element).to_be_in_viewport(ratio=1)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    field = box.get_by_label("Jouw bijdrage")
    field.fill("مرحبا" if taal == "ar" else "Привіт")
    assert field.evaluate("field => getComputedStyle(field).direction") == ("rtl" if taal == "ar" else "ltr")
    writing.send(box, "مرحبا")
    expect(page.locator(".step-words")).to_have_attribute("lang", taal)
    page.reload()
    expect(page.locator(".step-words")).to_have_attribute("lang", taal)


@pytest.mark.parametrize("js", [True, False], ids=["js", "without"])
def test_the_second_step_needs_no_scrolling_on_a_phone(open_page, question, js):
    page = open_page(js=js)
    page.set_viewport_size({"width": 390, "height": 700})
    page.goto("/denk-praat-doe-mee/")
    writing.send(page.locator("#schrijf"), "Bij ons helpt één vast gezicht in de klas.")
    step = page.locator(".step")
    for element in (step.get_by_label("Je naam"), step.get_by_role("button", name="Klaar").first):
        expect(element).to_be_in_viewport(ratio=1)
    writing.sign(page)
    assert Post.objects.latest("pk").name == "Fatima"
