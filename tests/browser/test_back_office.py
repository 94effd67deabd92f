"""The back office of polls on a coordinator's phone: nothing runs off the screen."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.staff_page import log_in
from tests.helpers import factories

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
