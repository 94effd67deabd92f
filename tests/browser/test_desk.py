"""The workbench in Chromium: by keys alone, two people at once, without JavaScript, and when the connection is gone."""

import re

import pytest
from playwright.sync_api import expect

from plan.actions import stacks
from plan.models import Destination, Fragment, Stack
from tests.browser.axe import faults_of, judged
from tests.browser.staff_page import log_in
from tests.plan import helpers
from werkplaats.laptop.processes import until

pytestmark = pytest.mark.prove
HELD = "Je laatste stap staat hier nog."


@pytest.fixture
def desk(transactional_db):
    return helpers.Desk()


@pytest.fixture
def open_desk(open_page, desk, settings):
    """A function that opens the desk in a browser of its own; `who` sorts there."""
    settings.DEMO = True  # no second factor

    def open_desk(who=None, *, path="", **wishes):
        user = who or desk.anouk
        user.let_sort(True)
        page = open_page(**{"width": 1366, **wishes})
        log_in(page, user)
        page.goto(desk.harvest.get_absolute_url() + path)
        return page

    return open_desk


def left(page, count: int) -> None:
    expect(page.locator(".bubble-count")).to_have_text(str(count))


def test_three_voices_by_keys_alone(open_desk, desk):
    page = open_desk()
    page.keyboard.press("q")
    left(page, 2)
    expect(page.locator("#stemkaart")).to_be_focused()
    expect(page.locator("#gezegd")).to_have_text("Je legde deze stem op «Wachten». Nog 2.")
    page.keyboard.press("n")
    page.keyboard.type("Minder papier")  # letters in a field are letters
    page.keyboard.press("Enter")
    left(page, 1)
    page.keyboard.press("l")
    page.get_by_label("dit gaat goed, dit houden we").check()
    page.get_by_role("button", name="Bewaar, en toon de volgende").click()
    left(page, 0)
    expect(page.get_by_role("heading", name="Alles heeft een bestemming")).to_be_visible()
    assert [helpers.lies_on(voice) for voice in desk.voices] == [["Wachten"], ["Minder papier"], [""]]
    for count in (1, 2, 3):
        page.keyboard.press("Control+z")
        left(page, count)
    assert not Destination.objects.exists()


def test_what_is_ticked_goes_along_and_is_said(open_desk, desk):
    page = open_desk()
    page.keyboard.press("1")
    page.keyboard.press("n")
    expect(page.get_by_role("button", name="Maak, en leg de 2 stemmen erop")).to_be_visible()
    assert page.locator("[name=ook]").nth(1).is_visible()
    page.keyboard.type("Minder papier")
    page.keyboard.press("Enter")
    left(page, 1)
    expect(page.get_by_role("button", name=re.compile("Maak ongedaan"))).to_contain_text("2 stemmen op «Minder papier»")


def test_a_pop_up_has_its_own_keys_and_enter_does_what_it_says(open_desk, desk):
    page = open_desk()
    page.keyboard.press("l")
    page.keyboard.press("ArrowDown")  # between the choices, and not to the next voice
    expect(page.get_by_label("dit gaat goed, dit houden we")).to_be_checked()
    page.get_by_label("dit gaat goed, dit houden we").blur()
    page.keyboard.press("q")
    left(page, 3)
    page.get_by_label("dit gaat goed, dit houden we").focus()
    page.keyboard.press("Enter")
    left(page, 2)
    assert Destination.objects.get().choice == "good"
    page.locator("[name=ook]").first.focus()
    page.keyboard.press("Enter")  # does nothing: no stack was named
    page.keyboard.press("q")
    left(page, 1)
    assert Destination.objects.count() == 2


def test_keys_that_are_switched_off_stay_off(open_desk, desk):
    page = open_desk()
    page.get_by_label("Toetsen aan").uncheck()
    page.keyboard.press("q")
    page.reload()
    expect(page.get_by_label("Toetsen aan")).not_to_be_checked()
    page.keyboard.press("q")
    left(page, 3)
    page.get_by_label("Toetsen aan").check()
    page.keyboard.press("q")
    left(page, 2)


def test_a_voice_may_lie_on_two_stacks_and_an_open_one_moves_its_cards(open_desk, desk):
    page = open_desk()
    page.keyboard.press("+")
    page.keyboard.press("q")
    expect(page.locator(".voice-lies")).to_contain_text("Wachten")
    page.keyboard.press("w")
    expect(page.locator(".voice-lies")).to_have_count(0)
    assert helpers.lies_on(desk.voices[0]) == ["Wachten", "Korte lijnen"]
    page.keyboard.press("Shift+Q")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Wachten")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("'")
    expect(page.get_by_role("button", name="Citaat", pressed=True)).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Backspace")
    expect(page.get_by_text("Er ligt nog niets op deze stapel.")).to_be_visible()
    page.keyboard.press("Escape")
    left(page, 2)
    assert helpers.lies_on(desk.voices[0]) == ["Korte lijnen"]


def test_the_current_card_stays_current_when_it_became_a_quote(open_desk, desk):
    desk.lay(*desk.voices)
    page = open_desk(path=f"stapels/{desk.wait.pk}/")
    for key in ("ArrowDown", "'"):
        page.keyboard.press(key)
    expect(page.get_by_role("button", name="Citaat", pressed=True)).to_have_count(1)
    for key in ("ArrowDown", "ArrowDown", "'"):
        page.keyboard.press(key)
    expect(page.get_by_role("button", name="Citaat", pressed=True)).to_have_count(2)
    page.keyboard.press("Enter")  # on a tick it does nothing
    quotes = Destination.objects.order_by("pk").values_list("is_quote", flat=True)
    assert list(quotes) == [True, False, True]
    expect(page.get_by_role("alert").filter(has_text="Kies")).to_have_count(0)


def test_the_sentence_is_kept_while_it_is_typed(open_desk, desk):
    page = open_desk(path=f"stapels/{desk.wait.pk}/")
    page.get_by_role("textbox", name="Wat we hoorden").press_sequentially("Wie wacht, wil weten hoe lang.")
    expect(page.locator("#hoorden-stand")).to_contain_text("Bewaard")
    desk.wait.refresh_from_db()
    assert desk.wait.heard == "Wie wacht, wil weten hoe lang."
    page.get_by_label("voorstel voor het plan").check()
    page.get_by_role("button", name="Bewaar de keuze").click()
    expect(page.locator(".tile.is-open .tile-done")).to_contain_text("af")


LONG = "Wie wacht, wil weten hoe lang."


@pytest.fixture
def typed(open_desk, desk):
    """The open stack, with its sentence typed and nothing pressed yet."""
    desk.lay(desk.voices[0])
    page = open_desk(path=f"stapels/{desk.wait.pk}/")
    page.get_by_role("textbox", name="Wat we hoorden").press_sequentially(LONG)
    return page


def test_what_is_pressed_at_once_keeps_the_sentence(typed, desk):
    typed.get_by_label("dit gaat goed, dit houden we").check()
    typed.get_by_role("button", name="Bewaar de keuze").click()
    expect(typed.locator(".tile.is-open .tile-done")).to_contain_text("af")
    expect(typed.get_by_role("textbox", name="Wat we hoorden")).to_have_value(LONG)
    desk.wait.refresh_from_db()
    assert (desk.wait.heard, desk.wait.choice) == (LONG, "good")


def test_a_press_from_within_the_field_keeps_it_too(typed, desk):
    typed.locator("[data-quote]").evaluate("button => button.click()")  # no other place has the focus first
    expect(typed.get_by_role("button", name="Citaat", pressed=True)).to_be_visible()
    expect(typed.get_by_role("textbox", name="Wat we hoorden")).to_have_value(LONG)


@pytest.mark.parametrize("way", ["link", "address", "closed"])
def test_who_leaves_at_once_keeps_it(typed, desk, way):
    if way == "link":
        typed.locator(".stack-close").evaluate("link => link.click()")
        expect(typed.locator("#stemkaart")).to_be_visible()
    elif way == "address":
        typed.goto(desk.harvest.get_absolute_url())
    else:
        typed.close(run_before_unload=True)
    assert until(lambda: Stack.objects.filter(pk=desk.wait.pk, heard=LONG).exists(), 60), "the sentence is gone"


def test_a_sentence_that_could_not_be_saved_is_not_left_without_a_question(typed, desk, complaints):
    """The session ended: the browser asks, and who stays still has the sentence."""
    field = typed.get_by_role("textbox", name="Wat we hoorden")
    expect(typed.locator("#hoorden-stand")).to_contain_text("Bewaard")
    typed.context.clear_cookies(name="sessie")
    field.press_sequentially(" Echt.")
    expect(typed.get_by_text("Je bent niet meer ingelogd.")).to_be_visible()
    asked = []
    typed.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    typed.locator(".stack-close").click(no_wait_after=True)
    expect(field).to_have_value(f"{LONG} Echt.")
    typed.wait_for_function("true")
    assert asked == ["beforeunload"]
    complaints.clear()  # the browser tells of the 401


def test_what_another_wrote_is_read_before_anything_is_done(typed, desk, complaints):
    stacks.hear(desk.harvest.pk, desk.wait.pk, "Gezinnen wachten.", desk.wait.version, desk.joris)
    quote = typed.locator("[data-quote]")
    quote.evaluate("button => button.click()")
    expect(typed.locator("#hoorden-stand")).to_contain_text("Joris veranderde de zin")
    quote.click()  # again: nothing is chosen yet
    expect(typed.get_by_role("textbox", name="Wat we hoorden")).to_be_focused()
    assert not Destination.objects.filter(is_quote=True).exists()
    typed.get_by_role("link", name="Neem die").click()
    expect(typed.get_by_role("textbox", name="Wat we hoorden")).to_have_value("Gezinnen wachten.")
    complaints.clear()  # the browser tells of the 409


def test_selected_words_become_the_quote(open_desk, desk):
    page = open_desk()
    page.locator("[data-words]").click(click_count=3)
    expect(page.get_by_label("De woorden van het citaat")).not_to_have_value("")
    page.locator("#stemkaart").focus()
    page.keyboard.press("q")
    left(page, 2)
    assert Destination.objects.get().is_quote


@pytest.mark.parametrize("js", [True, False])
def test_with_the_mouse_or_without_javascript(open_desk, desk, js):
    page = open_desk(js=js)
    page.get_by_role("button", name=re.compile("Wachten")).click()
    left(page, 2)
    page.get_by_text("Nieuwe stapel", exact=False).first.click()
    page.get_by_label("Naam van de stapel").fill("Minder papier")
    page.get_by_role("button", name=re.compile("Maak, en leg de stem erop")).click()
    left(page, 1)
    page.get_by_role("button", name=re.compile("Maak ongedaan")).click()
    left(page, 2)
    assert [helpers.lies_on(voice) for voice in desk.voices] == [["Wachten"], [], []]


def test_each_sees_the_other_and_who_is_second_is_told(open_desk, desk):
    anouk, joris = open_desk(), open_desk(desk.joris)
    for page in (anouk, joris):
        expect(page.locator("#nieuws")).to_have_attribute("hx-trigger", "every 4s")  # so within five
    expect(anouk.locator("#anderen")).to_contain_text("Joris leest stem")
    joris.goto(f"{desk.harvest.get_absolute_url()}?stem={desk.voices[0].pk}")
    anouk.keyboard.press("q")
    left(anouk, 2)
    expect(joris.locator(".bubble-count")).to_have_text("2")
    expect(joris.locator("#intussen")).to_contain_text("Iemand legde deze stem net neer")
    joris.keyboard.press("w")
    expect(joris.locator("#stemkaart").get_by_role("alert")).to_contain_text("Anouk legde deze stem op «Wachten».")
    joris.get_by_role("button", name="Ja, ook hier").click()
    expect(joris.locator("#gezegd")).to_contain_text("Je legde deze stem op «Korte lijnen».")
    assert helpers.lies_on(desk.voices[0]) == ["Wachten", "Korte lijnen"]


def test_without_connection_the_step_is_held_and_sent_once(open_desk, desk, complaints):
    page = open_desk()
    page.context.set_offline(True)
    page.keyboard.press("q")
    expect(page.locator("#verbinding")).to_contain_text(HELD)
    page.keyboard.press("w")  # one step is held, no more
    page.context.set_offline(False)
    left(page, 2)
    expect(page.locator("#verbinding")).to_be_empty()
    assert helpers.lies_on(desk.voices[0]) == ["Wachten"]
    assert Destination.objects.count() == 1
    complaints.clear()  # the browser says that it had no connection


def test_all_keys_are_told(open_desk, desk):
    page = open_desk()
    page.keyboard.press("?")
    expect(page.get_by_role("heading", name="Alle toetsen")).to_be_visible()
    page.keyboard.press("q")
    left(page, 3)
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="Alle toetsen")).to_be_hidden()
    page.keyboard.press("q")
    left(page, 2)


# Which of both depends on whether the news, which comes by itself, brought a new cookie first.
STALE = re.compile("Deze pagina stond lang open|Je browser stuurde onze cookie niet mee")


def test_a_stale_page_holds_the_step_until_there_is_a_log_in(open_desk, desk):
    page = open_desk()
    page.context.clear_cookies()  # also that of the forms
    page.keyboard.press("q")
    expect(page.locator("#verbinding")).to_contain_text(STALE)
    log_in(page, desk.anouk)
    left(page, 2)


def test_who_was_logged_out_keeps_the_page(open_desk, desk, settings):
    page = open_desk()
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.keyboard.press("q")
    expect(page.locator("#verbinding")).to_contain_text("Je bent niet meer ingelogd.")
    expect(page.locator("#stemkaart")).to_be_visible()
    log_in(page, desk.anouk)
    left(page, 2)
    assert Fragment.objects.without_destination().count() == 2


VIEWS = [(1366, False), (1366, True), (768, False), (390, False), (390, True)]
PAGES = ["", "stapels/{}/", "stapels/{}/zin/", "stapels/{}/mails/", "afronden/", "keuzes/"]
BESIDE = ["../", "../plan/", "../wie-ontbreekt/", "../uitvoer/"]


@pytest.mark.parametrize("path", PAGES + BESIDE)
def test_the_pages_are_clean_for_axe_and_fit(open_desk, desk, path):
    desk.lay(desk.voices[0])
    page = judged(open_desk())
    page.goto(desk.harvest.get_absolute_url() + path.format(desk.wait.pk))
    assert faults_of(page, VIEWS) == []
