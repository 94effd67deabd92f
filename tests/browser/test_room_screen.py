"""The screen in front of a room: readable in every scene, calm, on time, and back by itself after a lost connection."""

import re
from itertools import pairwise

import pytest
from playwright.sync_api import expect

from live.actions import leading, saying
from live.models import Kind, LiveCafe
from tests.browser.axe import JUDGE, RULES, judged, sized
from tests.browser.on_its_way import WORDS_STAY
from tests.browser.staff_page import log_in
from tests.helpers import factories
from tests.live.evening import each_scene, evening, words
from tests.live.helpers import again, room, seat, shown, to
from tests.live.test_gone import call_off
from werkplaats.site.models import Site

pytestmark = pytest.mark.prove

BEAMER = {"width": 1920, "height": 1080}
AWAY = 30_000  # milliseconds without a network
SMALLEST = 28  # pixels of a letter on a beamer
# What is drawn too small, or sticks out of the box that it belongs to.
UNREADABLE = """smallest => {
  const faults = [];
  const words = document.createTreeWalker(document.querySelector(".beamer"), NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const node = words.currentNode, place = node.parentElement, text = node.textContent.trim();
    if (!text || !place.checkVisibility() || place.closest(".visually-hidden, .sign, svg")) continue;
    const size = parseFloat(getComputedStyle(place).fontSize);
    if (size < smallest) faults.push(`${size} px: ${text}`);
    const range = document.createRange();
    range.selectNodeContents(node);
    const around = place.closest("li, td, th, .film, .ball, .figures, .corner, .scan, [data-part]");
    const box = around.getBoundingClientRect();
    for (const line of range.getClientRects()) {
      // The box of a letter is higher than its line.
      const out = Math.max(
        box.left - line.left, line.right - box.right, box.top - line.top - size * 0.4,
        line.bottom - box.bottom - size * 0.4);
      if (out > 1) faults.push(`${Math.round(out)} px outside: ${text}`);
    }
  }
  const parts = [...document.querySelectorAll("[data-part]")].map(part => part.getBoundingClientRect());
  parts.forEach((part, number) => {
    if (number && parts[number - 1].bottom > part.top + 1) faults.push("one part stands on another");
  });
  return faults;
}"""


# What of a voice or an idea is drawn over something else: its box stands above the foot, and its words in its box.
OUT_OF_PLACE = """places => {
  const foot = document.querySelector(".foot").getBoundingClientRect();
  const middle = document.querySelector(".middle").getBoundingClientRect();
  return [...document.querySelectorAll(places)].flatMap(place => {
    const text = place.querySelector("p[dir]") ?? place.querySelector("p");
    const box = place.getBoundingClientRect(), words = text.getBoundingClientRect();
    const out = [box.bottom - foot.top, middle.top - box.top, box.top - words.top, words.bottom - box.bottom];
    return Math.max(...out) > 1 ? [`${out.map(Math.round)}: ${place.textContent.trim().slice(0, 20)}`] : [];
  });
}"""
# Words that end in the middle of a line.
HALF_A_LINE = """places => [...document.querySelectorAll(`${places} > p:not(.colours)`)].filter(words => {
  const line = parseFloat(getComputedStyle(words).lineHeight), lines = words.clientHeight / line;
  return words.scrollHeight - words.clientHeight > line / 3 && Math.abs(lines - Math.round(lines)) > 0.1;
}).map(words => `half a line: ${words.textContent.slice(0, 20)}`)"""
IDEAS = ":is(.cards, .ideas, .ranking) > li"
# A clicker that presses twice in one moment.
BOUNCES = """key => [1, 2].forEach(
  () => document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true })))"""
CUT_OFF = """() => [...document.querySelectorAll(".voice-words")].filter(
  words => words.scrollHeight - words.clientHeight > parseFloat(getComputedStyle(words).lineHeight) / 2
).length"""


@pytest.fixture
def on_screen(open_page, transactional_db):
    """A function that opens the screen of a room in the size of a beamer."""
    Site.objects.get_or_create(pk=1)

    def on_screen(live: LiveCafe, **how):
        page = judged(open_page(width=1920, **how))
        page.set_viewport_size(BEAMER)
        page.goto(live.screen_url)
        return page

    return on_screen


def caught_up(page, live: LiveCafe) -> None:
    """Waits until the screen shows the room as it is now."""
    expect(page.locator("#scherm")).to_have_attribute("data-version", str(again(live).version))


def asks(page) -> None:
    """The screen asks once more, also when an answer of before is on its way and its clock stands still."""
    page.evaluate("room.look()")


@pytest.mark.parametrize("long", [False, True], ids=["as it is", "the longest words"])
def test_every_scene_is_readable_light_and_dark(on_screen, long):
    live = evening(long=long)
    page, faults = on_screen(live), []
    for name in each_scene(live):
        for dark in (False, True):
            LiveCafe.objects.filter(pk=live.pk).update(is_dark=dark)
            page.goto(live.screen_url)
            caught_up(page, live)
            assert page.evaluate("document.documentElement.className") == ("is-dark" if dark else "is-light")
            where = f"{name} {'dark' if dark else 'light'}"
            faults += [f"{where}: {fault}" for fault in page.evaluate(JUDGE, [{"type": "tag", "values": RULES}, None])]
            faults += [f"{where}: {fault}" for fault in page.evaluate(UNREADABLE, SMALLEST)]
        sized(page, 480, 270)
        faults += [f"{name} at a quarter: {fault}" for fault in page.evaluate(UNREADABLE, SMALLEST / 4)]
        page.set_viewport_size(BEAMER)
    assert faults == []


@pytest.mark.parametrize(
    ("text", "is_whole"),
    [
        ("WIJ WILLEN EEN VAST GEZICHT OP SCHOOL " * 8, True),
        ("WMWMWMWM " * 18, True),
        ("W" * 280, False),
        ("\N{GRINNING FACE}" * 280, False),
    ],
    ids=["capitals", "wide letters", "one word without an end", "emoji"],
)
def test_words_that_are_wide_stay_in_their_place(on_screen, text, is_whole):
    live = to(room(), Kind.QUESTION)
    first, *_ = [shown(live, f"{number} {text}"[:280], table=number) for number in range(4)]
    page = on_screen(live)
    expect(page.locator(".voice-words")).to_have_count(4)
    assert page.evaluate(CUT_OFF) == (0 if is_whole else 4)
    faults = page.evaluate(OUT_OF_PLACE, ".place") + (page.evaluate(UNREADABLE, SMALLEST) if is_whole else [])
    leading.spotlight(again(live), again(live).turn, first)
    expect(page.locator(".spot")).to_be_visible()
    faults += page.evaluate(OUT_OF_PLACE, ".spot") + page.evaluate(UNREADABLE, SMALLEST)
    assert faults == []


@pytest.mark.parametrize("letters", ["WIJ WILLEN EEN VAST GEZICHT ", "W" * 200, "\N{GRINNING FACE}" * 200])
def test_so_do_the_words_of_ideas_and_wensbeelden(on_screen, letters):
    live = evening(long=True, letters=letters)
    page, faults = on_screen(live), []
    for name in each_scene(live):
        if name.startswith(("stickers", "wensbeelden")):
            page.goto(live.screen_url)
            caught_up(page, live)
            found = page.evaluate(OUT_OF_PLACE, IDEAS) + page.evaluate(HALF_A_LINE, IDEAS)
            faults += [f"{name}: {fault}" for fault in found]
    assert faults == []


def test_one_that_was_called_off_says_so_in_letters_for_a_room(on_screen):
    live = room(title=words("Onderwijscafé ", 120))
    page, faults = on_screen(live), []
    caught_up(page, live)
    call_off(live)
    expect(page.locator("h1")).to_have_text("Dit café gaat niet door")
    for dark in (False, True):
        LiveCafe.objects.filter(pk=live.pk).update(is_dark=dark)
        page.reload()
        assert page.evaluate("document.documentElement.className") == ("is-dark" if dark else "is-light")
        faults += page.evaluate(UNREADABLE, SMALLEST) + page.evaluate(JUDGE, [{"type": "tag", "values": RULES}, None])
    assert faults == []


def test_who_leads_chooses_light_or_dark_and_not_the_computer(on_screen):
    live = room()
    page = on_screen(live, dark=True)
    expect(page.locator("body")).to_have_css("background-color", "rgb(255, 253, 248)")
    leading.darken(live, live.turn, dark=True)
    expect(page.locator("body")).to_have_css("background-color", "rgb(16, 24, 43)")


def words_of(page) -> list[str]:
    """What stands in the four places; empty ones are empty."""
    return page.locator(".place").evaluate_all(
        "places => places.map(place => place.querySelector('.voice-words')?.textContent ?? '')"
    )


def test_one_voice_at_a_time_comes_where_the_oldest_was_and_nothing_else_moves(on_screen):
    live = to(room(), Kind.QUESTION)
    page = on_screen(live)
    page.clock.install(time="2026-11-30T19:00:00")
    page.reload()
    caught_up(page, live)
    page.clock.pause_at("2026-11-30T19:30:00")
    page.evaluate("document.querySelectorAll('.place').forEach((place, number) => { place.number = number })")
    for number in range(1, 7):
        shown(live, f"stem {number}", table=number)
    asks(page)
    caught_up(page, live)
    stood, came = [words_of(page)], [0]
    for second in range(1, 45):
        page.clock.run_for(1000)
        if words_of(page) != stood[-1]:
            stood.append(words_of(page))
            came.append(second)
            expect(page.locator(".is-new .badge")).to_have_count(1)
    assert stood == [
        ["stem 1", "", "", ""],
        ["stem 1", "stem 2", "", ""],
        ["stem 1", "stem 2", "stem 3", ""],
        ["stem 1", "stem 2", "stem 3", "stem 4"],
        ["stem 5", "stem 2", "stem 3", "stem 4"],
        ["stem 5", "stem 6", "stem 3", "stem 4"],
    ]
    assert [after - before for before, after in pairwise(came[1:])] == [8, 8, 8, 8]
    expect(page.locator(".is-new")).to_contain_text("stem 6")
    expect(page.locator(".is-new")).to_contain_text("nieuw")

    seat(live, 9)  # the foot is another one; what people read stays where it was
    again(live).raise_version()
    asks(page)
    expect(page.locator(".foot")).to_contain_text("zaal 42")
    assert page.locator(".place").evaluate_all("places => places.map(place => place.number)") == [0, 1, 2, 3]

    saying.hide(live.voices.get(number=3))
    asks(page)
    expect(page.locator(".place").nth(2)).not_to_have_class(re.compile("is-taken"))
    assert words_of(page) == ["stem 5", "stem 6", "", "stem 4"]
    shown(live, "stem 7", table=3)
    asks(page)
    caught_up(page, live)
    page.clock.run_for(9000)
    expect(page.locator(".place").nth(2)).to_contain_text("stem 7")


def test_a_voice_that_was_taken_away_by_mistake_is_back_without_a_reload(on_screen):
    live = to(room(), Kind.QUESTION)
    made, _ = shown(live, "Te snel gedrukt"), shown(live, "Dit blijft", 5)
    page = on_screen(live)
    caught_up(page, live)
    saying.hide(made)
    expect(page.locator(".voice-words")).to_have_text(["Dit blijft"])
    made.post.refresh_from_db()
    made.post.publish(vetted=True)
    expect(page.locator(".voice-words")).to_have_text(["Te snel gedrukt", "Dit blijft"])


def test_a_voice_is_large_and_the_others_stand_where_they_were_afterwards(on_screen):
    live = to(room(), Kind.QUESTION)
    made = [shown(live, f"stem {number}", table=number) for number in range(1, 6)]
    page = on_screen(live)
    expect(page.locator(".place").nth(3)).to_contain_text("stem 5")
    before = words_of(page)
    leading.spotlight(again(live), again(live).turn, made[2])
    expect(page.locator(".spot")).to_have_text("stem 3")
    expect(page).to_have_title("Eén bijdrage, groot op het scherm · het scherm")
    leading.spotlight(again(live), again(live).turn, None)
    expect(page.locator(".place").nth(3)).to_contain_text("stem 5")
    assert words_of(page) == before


def test_minutes_go_by_the_servers_time_and_nothing_moves_on_by_itself(on_screen):
    live = to(room(), Kind.TALK)
    page = on_screen(live)
    page.clock.install(time="2001-01-01T03:00:00")  # whatever the computer at the beamer says
    page.reload()
    leading.start_time(again(live), again(live).turn)
    expect(page.locator("[data-minutes]")).to_have_text("8")
    page.clock.run_for(61_000)
    expect(page.locator("[data-minutes]")).to_have_text("7")
    expect(page.locator(".pips .is-full")).to_have_count(7)
    expect(page.get_by_role("heading", name="Rond rustig af")).to_be_hidden()
    page.clock.run_for(7 * 60_000)
    expect(page.get_by_role("heading", name="Rond rustig af")).to_be_visible()
    page.clock.run_for(60_000)
    expect(page.locator(".ball")).to_contain_text("0")
    assert again(live).scene.kind == Kind.TALK


def test_scenes_fade_into_each_other_unless_somebody_wants_no_movement(on_screen):
    live = room()
    page = on_screen(live)
    caught_up(page, live)
    page.evaluate("""() => {
      document.leavers = 0;
      new MutationObserver(() => {
        document.leavers = Math.max(document.leavers, document.getAnimations().length);
      }).observe(document.getElementById("scherm"), { childList: true, subtree: true, attributes: true });
    }""")
    to(live, Kind.QUESTION)
    expect(page.locator(".kicker")).to_have_text("De vraag")
    shown(live, "Rustig")
    expect(page.locator(".is-new")).to_contain_text("Rustig")
    assert page.evaluate("document.leavers") == 0
    page.emulate_media(reduced_motion="no-preference")
    to(live, Kind.BREAK)
    expect(page.locator("h1", has_text="Pauze")).to_be_visible()
    expect(page.locator(".stage")).to_have_count(1)
    assert page.evaluate("document.leavers") > 0
    page.evaluate("Promise.allSettled(document.getAnimations().map(({ finished }) => finished))")
    # What has to be gone is gone at once.
    page.evaluate("document.leavers = 0")
    leading.clear(again(live), again(live).turn)
    expect(page.locator(".is-leeg")).to_be_visible()
    assert page.evaluate("document.leavers") == 0


def test_without_a_connection_the_last_state_stays_and_says_of_when_it_is(on_screen, complaints):
    live = to(room(), Kind.QUESTION)
    shown(live, "Voor de storing")
    page = on_screen(live)
    sign = page.get_by_text("Geen internet. Dit is de stand van")
    expect(page.locator(".place").first).to_contain_text("Voor de storing")
    expect(sign).to_be_hidden()
    page.context.set_offline(True)
    for number in range(3):
        shown(live, f"Tijdens {number}", table=number + 1)
        page.wait_for_timeout(AWAY / 3)
    expect(sign).to_have_text(re.compile(r"Dit is de stand van \d{1,2}\.\d\d uur\."))
    expect(page.locator(".place").first).to_contain_text("Voor de storing")
    to(live, Kind.BREAK)
    page.context.set_offline(False)
    expect(page.get_by_role("heading", name="Pauze")).to_be_visible()
    expect(sign).to_be_hidden()
    to(live, Kind.QUESTION)
    expect(page.locator(".is-taken")).to_have_count(4)
    assert words_of(page) == ["Voor de storing", "Tijdens 0", "Tijdens 1", "Tijdens 2"]
    complaints[:] = [each for each in complaints if "ERR_INTERNET_DISCONNECTED" not in each]


def test_who_leads_has_keys_and_everyone_else_has_none(on_screen, settings):
    settings.DEMO = True
    live = room()
    others = on_screen(live)
    caught_up(others, live)
    others.keyboard.press("ArrowRight")
    others.keyboard.press("b")
    page = on_screen(live)
    log_in(page, factories.coordinator(email="leidt@example.org"))
    page.reload()
    caught_up(page, live)
    assert again(live).turn == live.turn
    page.evaluate(BOUNCES, "ArrowRight")
    expect(page.get_by_role("heading", name="Wat maakt ons Passend Onderwijs tot een succes?")).to_be_visible()
    expect(others.locator(".is-tafeltijd")).to_be_visible()
    expect(page.get_by_text("Iemand anders was je net voor")).to_be_hidden()
    assert again(live).turn == live.turn + 1
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("heading", name="Welkom")).to_be_visible()
    page.keyboard.press("b")
    expect(page.locator(".is-leeg")).to_be_visible()
    page.keyboard.press("B")
    expect(page.get_by_role("heading", name="Welkom")).to_be_visible()
    page.keyboard.press("?")
    expect(page.get_by_role("heading", name="Toetsen")).to_be_visible()
    assert page.evaluate(JUDGE, [{"type": "tag", "values": RULES[:-1]}, None]) == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="Toetsen")).to_be_hidden()
    to(live, Kind.QUESTION)
    expect(page.locator(".places")).to_be_visible()
    page.keyboard.press("p")
    shown(live, "Even wachten")
    caught_up(page, live)
    expect(page.get_by_text("Nieuwe bijdragen wachten even.")).to_be_visible()
    expect(page.locator(".is-taken")).to_have_count(0)
    page.keyboard.press("p")
    expect(page.locator(".is-taken")).to_contain_text("Even wachten")


def test_a_key_of_a_screen_that_is_behind_does_nothing_and_says_so(on_screen, settings):
    settings.DEMO = True
    live = room()
    page = on_screen(live)
    page.add_init_script(WORDS_STAY)
    log_in(page, factories.coordinator(email="leidt@example.org"))
    page.reload()
    caught_up(page, live)
    page.route("**/stand/", lambda route: route.fulfill(status=304))
    with page.expect_response("**/stand/"):  # what was on its way is there now, and says what stood
        asks(page)
    leading.go_to(live, live.turn, live.scenes.get(kind=Kind.BREAK))
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("status")).to_have_text("Iemand anders was je net voor. Kijk wat er nu staat.")
    assert again(live).scene.kind == Kind.BREAK


def test_without_javascript_the_page_has_the_last_four_voices_and_comes_again_by_itself(on_screen):
    live = to(room(), Kind.QUESTION)
    for number in range(1, 7):
        shown(live, f"stem {number}", table=number)
    page = on_screen(live, js=False)
    assert page.locator(".voice-words").all_text_contents() == ["stem 3", "stem 4", "stem 5", "stem 6"]
    assert page.locator('meta[http-equiv="refresh"]').get_attribute("content") == "10"
