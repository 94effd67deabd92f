"""Typing the notes of an evening in Chromium: quick, without a connection, by two, and without JavaScript."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from plan.actions import noting
from plan.models import Note
from polls.models import HandsOnPaper, PaperCount
from tests.browser.axe import faults_of, judged
from tests.browser.staff_page import log_in
from tests.helpers import factories
from tests.plan import helpers
from tests.plan.lines.test_prefixes import EXAMPLES
from werkplaats.models import User

pytestmark = pytest.mark.prove


@pytest.fixture
def notes(transactional_db):
    for position, name in enumerate(["ouder", "leerkracht", "intern begeleider"], start=1):
        factories.role(name, position=position)
    cafe = factories.cafe(topic=factories.question(), title="Ochtendcafé")
    return noting.open_cafe(cafe.pk, helpers.sorter("Wim"))


@pytest.fixture
def open_notes(open_page, notes, settings, complaints):
    """A function that opens the page in a browser of its own, of the one of this name. A plug may be pulled."""
    settings.DEMO = True  # no second factor
    users = {}

    def open_notes(name="Anouk", path="", **wishes):
        user = users.setdefault(name, helpers.sorter(name))
        user.let_sort(True)
        page = open_page(**{"width": 1366, **wishes})
        log_in(page, user)
        page.goto(f"/beheer/werkbank/aantekeningen/{notes.pk}/{path}")
        return page

    yield open_notes
    complaints[:] = [each for each in complaints if "ERR_INTERNET_DISCONNECTED" not in each]


def type_lines(page, *lines: str) -> None:
    page.locator("#regel").focus()
    for line in lines:
        page.keyboard.type(line)
        page.keyboard.press("Enter")


def kept() -> list[tuple]:
    return list(Note.objects.order_by("number").values_list("number", "table", "role__name", "text", "times"))


def state(page, words: str) -> None:
    expect(page.locator("#stand")).to_contain_text(words)


def test_ten_lines_as_quick_as_keys_go(open_notes):
    page = open_notes()
    type_lines(page, "3o elke keer een ander x4", *(f"regel {number}" for number in range(2, 10)), "4l meer tijd")
    state(page, "10 regels alles bewaard om")
    assert kept()[0] == (1, 3, "ouder", "elke keer een ander", 4)
    assert kept()[1:9] == [(number, 3, "ouder", f"regel {number}", 1) for number in range(2, 10)]
    assert kept()[9] == (10, 4, "leerkracht", "meer tijd", 1)
    expect(page.locator("#regels > li")).to_have_count(10)
    expect(page.locator("#nummer")).to_have_text("11")


def test_a_connection_that_goes_loses_nothing_and_doubles_nothing(open_notes):
    page = open_notes()
    type_lines(page, "eerst")
    state(page, "1 regel alles bewaard")
    page.context.set_offline(True)
    type_lines(page, "4o twee", "drie")
    state(page, "2 regels op dit apparaat bewaard gaan mee zodra er verbinding is")
    page.context.set_offline(False)
    state(page, "3 regels alles bewaard")
    page.context.set_offline(True)
    type_lines(page, "vier")
    state(page, "1 regel op dit apparaat bewaard gaat mee zodra er verbinding is")
    url = page.url
    other = page.context.new_page()
    page.close()  # the lid of the laptop goes down
    other.context.set_offline(False)
    other.goto(url)
    state(other, "4 regels")
    expect(other.locator(".is-waiting")).to_have_count(0)
    expect(other.locator("#regels > li")).to_have_count(4)
    assert [line[3] for line in kept()] == ["eerst", "twee", "drie", "vier"]


def test_an_answer_that_is_lost_doubles_nothing(open_notes):
    page = open_notes()
    lost = []

    def lose(route):
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch())  # it arrived
            route.abort("internetdisconnected")
        else:
            route.continue_()

    page.route("**/regels/*", lose)
    type_lines(page, "een", "twee")
    state(page, "2 regels alles bewaard")
    assert lost
    assert [line[3] for line in kept()] == ["een", "twee"]


def test_a_session_that_ends_loses_nothing(open_notes):
    page = open_notes()
    page.context.clear_cookies()
    type_lines(page, "getypt zonder sessie")
    expect(page.locator("#melding")).to_contain_text("Je bent niet meer ingelogd.")
    expect(page.locator(".is-waiting")).to_contain_text("getypt zonder sessie")
    log_in(page, User.objects.get(name="Anouk"))
    state(page, "1 regel alles bewaard")
    expect(page.locator("#melding")).to_be_empty()
    assert [line[3] for line in kept()] == ["getypt zonder sessie"]


def test_what_one_typed_is_not_sent_by_another(open_notes):
    page = open_notes()
    page.context.set_offline(True)
    type_lines(page, "van Anouk")
    joris = helpers.sorter("Joris")
    joris.let_sort(True)
    log_in(page, joris)
    page.context.set_offline(False)
    expect(page.locator("#melding")).to_contain_text("Er is nu iemand anders ingelogd.")
    page.reload()
    state(page, "0 regels")
    assert kept() == []


def test_a_second_typist_is_seen_within_five_seconds(open_notes, notes):
    anouk, joris = open_notes("Anouk"), open_notes("Joris")
    assert anouk.evaluate("EVERY") <= 4000  # milliseconds, and then a second for the way
    type_lines(joris, "van Joris")
    expect(anouk.locator("#regels > li")).to_contain_text(["van Joris"])
    expect(anouk.locator("#typisten")).to_contain_text("Joris typt ook")
    type_lines(anouk, "van Anouk")
    state(joris, "2 regels")
    noting.strike(notes.lines.get(number=1).pk)
    expect(anouk.locator("#regels > li")).to_have_count(1)
    expect(joris.locator("#regels > li")).to_have_count(1)


def test_what_is_alike_is_counted_up_by_a_key(open_notes):
    page = open_notes()
    type_lines(page, "wachten zonder te weten waarom")
    state(page, "1 regel alles bewaard")
    page.keyboard.type("wachten en niet weten waarom x2")
    expect(page.locator("#lijkt")).to_contain_text("Lijkt op regel 1: «wachten zonder te weten waarom».")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#regels .pill")).to_have_text("3 keer gezegd")
    assert [line[3:] for line in kept()] == [("wachten zonder te weten waarom", 3)]
    page.keyboard.type("het busje komt te laat")
    expect(page.locator("#lijkt")).to_be_hidden()


def test_the_last_line_is_corrected_and_struck_by_keys(open_notes):
    page = open_notes()
    type_lines(page, "een", "twe")
    state(page, "2 regels alles bewaard")
    page.keyboard.press("ArrowUp")
    expect(page.locator("[name=text]")).to_be_focused()
    page.keyboard.type("twee")
    page.keyboard.press("Enter")
    expect(page.locator("#regel-2 .line-text")).to_have_text("twee")
    expect(page.locator("#regel")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator("[name=text]")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".is-asking")).to_have_count(0)
    page.get_by_role("link", name="Verbeter regel 1").click()
    page.get_by_role("link", name="Haal weg").click()
    page.get_by_role("button", name="Haal weg").click()
    expect(page.locator("#regels > li")).to_have_count(1)
    assert [line[3] for line in kept()] == ["twee"]


def test_the_script_reads_prefixes_as_the_server_does(open_notes):
    page = open_notes()
    roles = {"o": "1", "l": "2", "i": "3"}
    read = "([raw, letters]) => ({ table: null, role: null, ...readPrefix(raw, new Map(Object.entries(letters))) })"
    for raw, text, (table, role), times in EXAMPLES:
        found = page.evaluate(read, [raw, roles])
        place = tuple(old if found[name] is None else found[name] for name, old in (("table", "3"), ("role", "1")))
        assert place == (str(table or ""), str(role or "")), raw
        if times == 1:
            assert found["words"].strip() == text, raw


def test_numbers_of_paper_are_kept_by_tab(open_notes, notes):
    cycle = factories.cycle()
    cycle.cafes.add(notes.cafe)
    idea, _ = factories.sticker_round(groups=1, ideas=2, cycle=cycle).ideas.order_by("pk")
    page = open_notes()
    page.locator(".paper-table input").first.focus()
    for number in ("14", "6", "2"):
        page.keyboard.type(number)
        page.keyboard.press("Tab")
    expect(page.locator("#papier-stand")).to_contain_text("1 van 2 ideeën geteld.")
    row = PaperCount.objects.get()
    assert (row.idea, row.green, row.blue, row.red) == (idea, 14, 6, 2)
    PaperCount.objects.update(green=15)
    page.locator(".paper-table input").first.fill("13")
    page.keyboard.press("Tab")
    expect(page.locator("#papier-melding")).to_contain_text("Daar staat nu 15.")
    page.context.set_offline(True)
    page.locator(".paper-table input:not([type=hidden])").nth(3).fill("9")
    page.keyboard.press("Tab")
    expect(page.locator("#papier-melding")).to_contain_text("op dit apparaat bewaard")
    page.context.set_offline(False)
    expect(page.locator("#papier-melding")).to_be_empty()
    assert PaperCount.objects.order_by("pk").last().green == 9


def test_hands_on_paper_are_kept_by_enter_and_the_second_of_two_is_told(open_notes, notes):
    notes.cafe.starts_at, notes.cafe.ends_at = timezone.now() - timedelta(hours=3), timezone.now() - timedelta(hours=1)
    notes.cafe.save(update_fields=["starts_at", "ends_at"])
    poll = factories.poll(is_of_room=True, room_cafe=notes.cafe, on_landing_page=False, closes_at=timezone.now())
    yes, no, _ = poll.choices.all()
    page = open_notes()
    fields = page.locator("#handen input:not([type=hidden])")
    fields.first.focus()
    for number in ("14", "6"):
        page.keyboard.type(number)
        page.keyboard.press("Enter")
    state = page.locator("#handen [data-counts-state]")
    expect(state).to_have_text("2 van 3 antwoorden geteld.")
    assert dict(HandsOnPaper.objects.values_list("choice", "people")) == {yes.pk: 14, no.pk: 6}
    HandsOnPaper.objects.filter(choice=yes).update(people=15)
    fields.first.fill("13")
    page.keyboard.press("Tab")
    told = page.locator("#handen [data-counts-told]")
    expect(told).to_contain_text("Daar staat nu 15.")
    expect(fields.first).to_have_value("13")
    page.context.set_offline(True)
    fields.nth(2).fill("9")
    page.keyboard.press("Tab")
    expect(told).to_contain_text("op dit apparaat bewaard")
    page.context.set_offline(False)
    expect(state).to_have_text("3 van 3 antwoorden geteld.")


def test_hands_on_paper_without_javascript(open_notes, notes):
    notes.cafe.starts_at, notes.cafe.ends_at = timezone.now() - timedelta(hours=3), timezone.now() - timedelta(hours=1)
    notes.cafe.save(update_fields=["starts_at", "ends_at"])
    factories.poll(is_of_room=True, room_cafe=notes.cafe, on_landing_page=False, closes_at=timezone.now())
    page = open_notes(js=False)
    page.get_by_label("ja, handen op papier").fill("4")
    page.get_by_label("nee, handen op papier").fill("vijf")
    page.get_by_role("button", name="Bewaar de handen").click()
    expect(page.locator("#handen .notice")).to_contain_text("«nee»: Vul een getal in")
    expect(page.get_by_label("ja, handen op papier")).to_have_value("4")
    expect(page.get_by_label("nee, handen op papier")).to_have_value("vijf")
    assert HandsOnPaper.objects.get().people == 4


def test_without_javascript_an_evening_is_typed_too(open_notes):
    page = open_notes(js=False)
    page.get_by_label("Regel 1").fill("4l minder papier x3")
    page.get_by_role("button", name="Bewaar").first.click()
    page.get_by_label("Regel 2").fill("meer tijd")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Verbeter regel 2").click()
    page.get_by_label("Wat er is gezegd").fill("veel meer tijd")
    page.get_by_role("button", name="Bewaar").click()
    page.get_by_role("link", name="Plak regels").click()
    page.get_by_label("De regels").fill("- wachten\n- bellen")
    page.get_by_role("button", name="Bekijk wat het wordt").click()
    page.get_by_role("button", name="Zet 2 regels erbij").click()
    assert [line[1:4] for line in kept()] == [
        (4, "leerkracht", "minder papier"),
        (4, "leerkracht", "veel meer tijd"),
        (None, None, "wachten"),
        (None, None, "bellen"),
    ]


VIEWS = [(width, dark) for width in (390, 768, 1366) for dark in (False, True)]


@pytest.mark.parametrize(
    "path", ["", "plakken/", "bestand/", "fotos/", "regels/1/verbeteren/", "regels/1/weg/", "../", "../begin/cafe/{}/"]
)
def test_the_pages_are_clean_for_axe_and_fit(open_notes, notes, path):
    cycle = factories.cycle()
    cycle.cafes.add(notes.cafe)
    factories.sticker_round(groups=1, ideas=2, cycle=cycle)
    noting.write(notes.pk, [noting.Line(helpers.uuid.uuid4(), "een lang woord " * 20, 4, None, 2)], helpers.sorter())
    page = judged(open_notes())
    page.goto(page.url + path.format(factories.cafe().pk))
    assert faults_of(page, VIEWS) == []


def test_what_is_asked_in_the_place_of_a_line_is_clean_too(open_notes, notes):
    lines = [noting.Line(helpers.uuid.uuid4(), words) for words in ("meer tijd", "minder papier")]
    noting.write(notes.pk, lines, helpers.sorter("Wim"))
    page = judged(open_notes())
    page.reload()
    page.get_by_role("link", name="Verbeter regel 1").click()
    expect(page.locator(".is-asking")).to_be_visible()
    page.locator("#regel").fill("papier minder")
    expect(page.locator("#lijkt")).to_be_visible()
    assert faults_of(page, VIEWS) == []
