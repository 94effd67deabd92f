"""The files of all that was said in Chromium: asking for one, seeing how far it is, fetching it."""

from io import BytesIO
from pathlib import Path

import docx
import pytest
from playwright.sync_api import expect

from plan.exports import making
from plan.models import Export
from tests.browser.axe import faults_of, judged
from tests.browser.staff_page import log_in
from tests.plan import helpers

pytestmark = pytest.mark.prove
VIEWS = [(width, dark) for width in (390, 768, 1366) for dark in (False, True)]


@pytest.fixture
def open_files(open_page, transactional_db, settings):
    """A function that opens the page in a browser of its own, after one contribution."""
    settings.DEMO = True  # no second factor
    helpers.voice(text="Korte lijnen helpen.")

    def open_files(**wishes):
        sorter = helpers.sorter()
        sorter.let_sort(True)
        page = open_page(**{"width": 1366, **wishes})
        log_in(page, sorter)
        judged(page).goto("/beheer/werkbank/uitvoer/")
        return page

    return open_files


def test_the_bar_goes_on_by_itself_and_the_button_comes(open_files):
    page = open_files()
    page.get_by_role("button", name="Maak het Word-bestand").click()
    expect(page.get_by_role("progressbar", name="Wacht op de beurt")).to_be_visible()
    export = Export.objects.get()
    export.go_on(state="making", done=50, total=2000)
    expect(page.get_by_role("progressbar", name="50 van de 2.000 stemmen")).to_have_js_property("value", 50)
    expect(page.locator("#stand")).to_have_text("Er wordt een bestand gemaakt.")
    refresh = page.get_by_role("button", name="Kijk hoever het is")
    refresh.focus()
    export.go_on(done=100)
    expect(page.get_by_role("progressbar", name="100 van de 2.000 stemmen")).to_be_visible()
    expect(refresh).to_be_focused()
    making.make(export.pk)
    expect(page.locator("#stand")).to_have_text("Klaar: er wordt nu niets gemaakt.")
    with page.expect_download() as coming:
        page.get_by_role("link", name="Haal op").click()
    assert coming.value.suggested_filename == Export.objects.get().file_name
    words = [each.text for each in docx.Document(BytesIO(Path(coming.value.path()).read_bytes())).paragraphs]
    assert "Korte lijnen helpen." in words


def test_without_javascript_a_button_looks_again(open_files):
    page = open_files(js=False)
    page.get_by_label("Met de naam die mensen opgaven").check()
    page.get_by_role("button", name="Maak het Excel-bestand").click()
    page.get_by_role("button", name="Kijk hoever het is").click()
    expect(page.get_by_text("Wacht op de beurt")).to_be_visible()
    export = Export.objects.get()
    assert (export.kind, export.names) == ("xlsx", True)
    making.make(export.pk)
    page.get_by_role("button", name="Kijk hoever het is").click()
    expect(page.get_by_role("link", name="Haal op")).to_be_visible()
    expect(page.get_by_role("button", name="Kijk hoever het is")).to_have_count(0)


def test_no_state_has_a_fault(open_files):
    page = open_files()
    assert faults_of(page, VIEWS) == []
    by = helpers.sorter("Joris")
    making.make(Export.objects.ask("docx", by).pk)
    Export.objects.ask("xlsx", by).go_on(state="failed", problem=making.WENT_WRONG)
    Export.objects.ask("xlsx", by, names=True).go_on(state="making", done=50, total=2000)
    page.reload()
    expect(page.get_by_text(making.WENT_WRONG)).to_be_visible()
    assert faults_of(page, VIEWS) == []
