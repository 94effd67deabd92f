"""The back office on a coordinator's phone: nothing runs off the screen, and nothing that was typed is lost."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from posts.models.posts import Post
from tests.browser.staff_page import log_in
from tests.helpers import factories
from werkplaats.accounts.models import Letter

pytestmark = pytest.mark.prove  # in detail; the ways that people go are in test_whole_way.py
PAST_ITS_BOX = """box => [...box.querySelectorAll("input, select, textarea")]
    .filter(field => field.checkVisibility())
    .filter(field => field.getBoundingClientRect().right > box.getBoundingClientRect().right)
    .map(field => field.name)"""
HIDDEN_WIDTH = "box => box.scrollWidth - box.clientWidth"


@pytest.fixture
def open_office(open_page, transactional_db, coordinator):
    """A function that opens a page of the back office on a phone."""

    def open_office(path: str):
        page = open_page()
        log_in(page, coordinator)
        page.goto(path)
        return page

    return open_office


def test_the_fields_of_rows_in_a_form_stay_in_their_box(open_office):
    poll, cycle = factories.poll(), factories.cycle()
    for name, pk in (("poll", poll.pk), ("designcycle", cycle.pk)):
        page = open_office(reverse(f"admin:polls_{name}_change", args=[pk]))
        boxes = page.locator(".inline-related:visible")
        assert boxes.count() >= 3
        assert [box.evaluate(PAST_ITS_BOX) for box in boxes.all()] == [[]] * boxes.count()


def test_the_list_of_ideas_can_be_read(open_office):
    idea = factories.sticker_round(groups=1, ideas=1).ideas.get()
    factories.sticker(idea, 1)
    page = open_office(reverse("admin:polls_idea_changelist"))
    row = page.get_by_role("row").filter(has_text=idea.text)
    for words in ("groep 1", "Het profiel", "zichtbaar", "1 / 0 / 0"):
        expect(row.get_by_text(words)).to_be_in_viewport(ratio=1)
    assert page.locator(".results").evaluate(HIDDEN_WIDTH) == 0


def test_the_table_of_a_poll_can_be_read(open_office):
    poll = factories.poll()
    choice = poll.choices.first()
    choice.text = "ja, en ik weet al precies hoe dat eruitziet"
    choice.save()
    factories.vote(poll, factories.visitor(), choice)
    page = open_office(reverse("admin:polls_poll_results", args=[poll.pk]))
    table = page.get_by_role("region", name="Tabel met de uitslag")
    assert table.evaluate(HIDDEN_WIDTH) == 0
    expect(table.get_by_role("cell").first).to_have_text("1")


LISTS = ["posts_post", "events_registration", "polls_wensbeeld", "posts_question", "werkplaats_user"]
SMALL = """() => [...document.querySelectorAll("input:not([type=hidden], [type=checkbox]), select, textarea")]
    .filter((field) => field.checkVisibility() && parseFloat(getComputedStyle(field).fontSize) < 16)
    .map((field) => field.name)"""
WIDTH = "document.documentElement.scrollWidth"


@pytest.mark.parametrize("width", [320, 390])
def test_a_list_of_hundreds_on_a_phone(open_page, transactional_db, coordinator, width):
    question, role = factories.question(), factories.role()
    kept = {"question": question, "role": role, "name": "Noor", "text": "Kleinere klassen."}
    Post.objects.bulk_create([Post(**kept, visitor=factories.visitor()) for _ in range(560)])
    factories.registration(factories.cafe())
    page = open_page(width=width)
    log_in(page, coordinator)
    for path in [*(reverse(f"admin:{name}_changelist") for name in LISTS), "/beheer/posts/post/?p=6"]:
        page.goto(path)
        assert (path, page.evaluate(WIDTH), page.evaluate(SMALL)) == (path, width, [])
        expect(page.locator("#pagination")).to_contain_text("Bladzijden met ")


def test_leaving_a_form_asks_only_when_something_was_typed(open_office):
    question, asked = factories.question(), []
    address = reverse("admin:posts_question_change", args=[question.pk])
    page = open_office(address)
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.get_by_role("link", name="Vandaag").click()
    expect(page).to_have_url(re.compile("/beheer/$"))
    page.goto(address)
    page.locator("[name=promise]").fill("Binnen een week.")
    page.get_by_role("link", name="Vandaag").click(no_wait_after=True)
    expect(page.locator("[name=promise]")).to_have_value("Binnen een week.")
    assert asked == ["beforeunload"]
    page.locator("[name=promise]").fill("")
    page.locator("[name=promise]").fill(question.promise)
    page.get_by_role("link", name="Vandaag").click()  # what was typed is gone again
    expect(page).to_have_url(re.compile("/beheer/$"))
    page.goto(address)
    page.locator("[name=promise]").fill("Binnen een week.")
    page.locator("[name=_save]").first.click()
    expect(page.get_by_text("is met succes gewijzigd")).to_be_visible()
    assert asked == ["beforeunload"]


@pytest.mark.parametrize("js", [True, False], ids=["scripts", "no scripts"])
def test_a_session_that_ends_in_the_middle_of_a_form(open_page, transactional_db, coordinator, js):
    question = factories.question()
    page = open_page(js=js)
    log_in(page, coordinator)
    page.goto(reverse("admin:posts_question_change", args=[question.pk]))
    page.locator("[name=promise]").fill("Een half uur werk.")
    page.context.clear_cookies()
    page.locator("[name=_save]").first.click()
    expect(page).to_have_url(re.compile("/accounts/login/"))
    page.get_by_label("Je e-mailadres").fill(coordinator.email)
    page.locator("main button").first.click()
    page.get_by_label("De code uit je mail").fill(Letter.objects.get(template=Letter.CODE).code)
    page.locator("main button").first.click()
    expect(page.get_by_text("Dit is nog niet bewaard.")).to_be_visible()
    expect(page.locator("[name=promise]")).to_have_value("Een half uur werk.")
    page.locator("[name=_save]").first.click()
    expect(page.get_by_text("is met succes gewijzigd")).to_be_visible()
    question.refresh_from_db()
    assert question.promise == "Een half uur werk."
