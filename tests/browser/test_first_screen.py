"""From a link to a voice: question, field and button stand on the first screen, and two taps are enough."""

import pytest
from django.db import transaction
from playwright.sync_api import expect

from posts.models.posts import Post
from posts.models.translations import Translation
from tests.browser import writing
from tests.browser.staff_page import log_in
from tests.helpers import factories
from werkplaats.demo.content import questions
from werkplaats.demo.loading.pictures import load
from werkplaats.people.models import User
from werkplaats.site.models import Motto, Site

pytestmark = pytest.mark.django_db(transaction=True)
SIZES = [(390, 700), (360, 640), (1366, 768), (1440, 900)]
PAGES = {"/": 2, "/denk-praat-doe-mee/": 1.5}  # screens of a phone within which somebody else's words begin
TEN_WORDS = "Bij ons helpt één vast gezicht in de klas echt."

with_and_without_js = pytest.mark.parametrize("js", [True, False], ids=["js", "without"])


@pytest.fixture
def question():
    """As full a first screen as a site has: a long name, three mottos, a poll, a café."""
    factories.role()
    Site.objects.update(cooperation="Samenwerkingsverband Passend Onderwijs Waterkant")
    for text, artwork in (
        ("samen leren leven", "motto-bubbles"),
        ("perspectief voor ieder kind", "motto-hand-in-hand"),
        ("ik maak verschil voor ons", "motto-circles"),
    ):
        Motto.objects.create(text=text, artwork=artwork, artwork_alt="Een tekening")
    factories.poll()
    factories.cafe()
    return factories.post(
        factories.question(
            title="De Eerste Vraag",
            text="Wat maakt ons Passend Onderwijs tot een succes?",
            intro="Vertel over een moment waarop het lukte. " * 20,
        )
    ).question


@with_and_without_js
@pytest.mark.parametrize("path", PAGES)
def test_question_field_and_button_are_on_the_first_screen(open_page, question, path, js):
    page = open_page(js=js)
    box = page.locator("#schrijf")
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.goto(path)
        for element in (
            page.locator(".ask-head").get_by_role("heading"),
            box.get_by_label("Jouw bijdrage"),
            box.get_by_role("button", name="Verstuur"),
        ):
            expect(element).to_be_in_viewport(ratio=1)
        assert page.evaluate("scrollY") == 0
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("logged_in", [True, False], ids=["logged in", "remembered"])
def test_nor_does_who_is_known_scroll(open_page, question, path, logged_in):
    page = open_page()
    page.set_viewport_size({"width": 390, "height": 700})
    if logged_in:
        log_in(page, User.objects.confirmed("fatima.de-vries-van-den-berg@school-aan-de-waterkant.example"))
    page.goto("/denk-praat-doe-mee/")
    page.get_by_label("Jouw bijdrage").fill(TEN_WORDS)
    page.get_by_role("button", name="Verstuur").click()
    page.get_by_label("Je naam").fill("Fatima")
    page.get_by_label("Je rol").select_option("ouder")
    page.get_by_label("Onthoud mij op dit apparaat").check()
    page.get_by_role("button", name="Klaar").click()
    expect(page.get_by_role("heading", name="Dank je wel, Fatima!")).to_be_focused()
    page.goto(path)
    expect(page.get_by_text("Je schrijft als Fatima, ouder")).to_be_visible()
    for element in (page.get_by_label("Jouw bijdrage"), page.get_by_role("button", name="Verstuur")):
        expect(element).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize(("path", "screens"), PAGES.items())
def test_what_somebody_else_wrote_is_near_on_a_phone(open_page, question, path, screens):
    page = open_page()
    page.set_viewport_size({"width": 390, "height": 700})
    page.goto(path)
    assert page.locator("#bijdragen article").first.bounding_box()["y"] < screens * 700


@pytest.mark.parametrize("width", [320, 820, 1440])
def test_a_photo_on_top_goes_from_edge_to_edge(open_page, question, settings, tmp_path, width):
    settings.MEDIA_ROOT = tmp_path
    with transaction.atomic():
        Site.objects.update(header=load("tekening", shown=True), poem="Een kind blaast een bel.")
    page = open_page(width=width)
    page.goto("/")
    photo = page.locator(".front-picture img").bounding_box()
    assert (round(photo["x"]), round(photo["width"])) == (0, page.evaluate("document.documentElement.clientWidth"))
    expect(page.locator(".poem img")).to_have_count(1)


@with_and_without_js
@pytest.mark.parametrize("path", PAGES)
def test_two_taps_without_scrolling_send_ten_words(open_page, question, path, js):
    """Twenty seconds for who types forty words a minute: fifteen for the letters, and five for two taps. They are
    counted here, not timed: a machine that others use takes what it takes."""
    assert len(TEN_WORDS.split()) == 10
    page = open_page(js=js)
    button = page.locator("#schrijf").get_by_role("button", name="Verstuur")
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.context.clear_cookies()
        page.goto(path)
        page.get_by_label("Jouw bijdrage").click()
        page.keyboard.type(TEN_WORDS)
        expect(button).to_be_in_viewport(ratio=1)
        assert page.evaluate("scrollY") == 0
        button.click()
        expect(page.get_by_text("Je bijdrage is bewaard.")).to_be_visible()
    kept = Post.objects.filter(text=TEN_WORDS).values_list("finished_at", "published_at")
    assert list(kept) == [(None, None)] * len(SIZES)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("taal", ["ar", "uk"])
def test_in_another_language_too(open_page, question, path, taal):
    """With the sentences of the demo, which are as long as they come."""
    question.easy = questions.first_question["easy"]
    question.save()
    for lang, words in questions.translations.items():
        Translation.objects.create(question=question, lang=lang, **words)
    page = open_page()
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        for asked in ("", f"?taal={taal}"):
            page.goto(f"{path}{asked}")
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


@with_and_without_js
@pytest.mark.parametrize("path", PAGES)
def test_the_second_step_needs_no_scrolling_on_a_phone(open_page, question, path, js):
    page = open_page(js=js)
    page.set_viewport_size({"width": 390, "height": 700})
    page.goto(path)
    writing.send(page.locator("#schrijf"), "Bij ons helpt één vast gezicht in de klas.")
    step = page.locator(".step")
    for element in (step.get_by_label("Je naam"), step.get_by_role("button", name="Klaar").first):
        expect(element).to_be_in_viewport(ratio=1)
    writing.sign(page)
    assert Post.objects.latest("pk").name == "Fatima"
