"""A room with its browsers: what each of them presses, and that all of them show the same scene."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from textwrap import dedent

from playwright.sync_api import Locator, Page, expect

from live.models import Kind, LiveCafe
from polls.models import Idea, Poll
from tests.browser.staff_page import log_in
from tests.helpers import factories
from tests.live.helpers import again, room
from werkplaats.laptop.processes import until

BEAMER = {"width": 1920, "height": 1080}
MOST_TABS = 60
PATIENCE = 60  # seconds, as for all that a test expects of a browser
CELLS = """body => [...body.rows].map(
  row => [...row.cells].map(cell => cell.textContent.trim()).filter(Boolean)
)"""
IDEAS = ["Maak één profiel.", "Laat de kennis reizen.", "Houd vast wat al werkt.", "Kies eerst voor wie."]


def prepared() -> LiveCafe:
    """A room that did not begin, with every kind of scene: a poll of yes and no, four ideas, a wensbeeld."""
    live = room(*Kind, begun=False)
    Poll.objects.update(question="Heb jij een wensbeeld voor Passend Onderwijs?")
    for idea, text in zip(Idea.objects.order_by("pk"), IDEAS, strict=True):
        Idea.objects.filter(pk=idea.pk).update(text=text)
    factories.wensbeeld(text="Naar school om de hoek.")
    return again(live)


def leader_of(open_page: Callable[..., Page], live: LiveCafe) -> Page:
    page = open_page()
    log_in(page, factories.coordinator())
    page.goto(f"/beheer/zaal/{live.pk}/")
    return page


def screen_of(open_page: Callable[..., Page], live: LiveCafe) -> Page:
    """Its clock goes until a test stops it."""
    page = open_page(width=1280)
    page.set_viewport_size(BEAMER)
    page.clock.install()
    page.goto(live.screen_url)
    return page


def at_table(open_page: Callable[..., Page], live: LiveCafe, number: int, people: int) -> Page:
    """The phone of a table, without JavaScript."""
    page = open_page(js=False)
    page.goto(live.get_absolute_url())
    page.locator(f"input[name=plek][value='{number}']").check()
    page.get_by_label("Met z’n hoevelen?").fill(str(people))
    page.get_by_role("button", name="Klaar").click()
    expect(page.get_by_role("link", name=f"Tafel {number}")).to_be_visible()
    return page


def by_keyboard(open_page: Callable[..., Page], live: LiveCafe) -> Page:
    """Somebody alone in the room, who has no pointer."""
    page = open_page()
    page.goto(live.get_absolute_url())
    tab_to(page, page.get_by_role("radio").first)
    page.keyboard.press("ArrowUp")  # of one list of choices: online, the last
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("radio", name="In de zaal, alleen voor mezelf")).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="In de zaal (verander je plek)")).to_be_visible()
    return page


def tab_to(page: Page, wanted: Locator) -> None:
    """Goes on with the Tab key until this has the focus."""
    expect(wanted).to_be_visible()
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"no way by keyboard to {wanted}")


def by_key(page: Page, name: str) -> None:
    """Presses a button with the keyboard alone."""
    tab_to(page, page.get_by_role("button", name=name, exact=True))
    page.keyboard.press("Enter")


def press(within: Page | Locator, name: str) -> None:
    """A button by its key: two taps on one place within so short a time would be one."""
    within.get_by_role("button", name=name).first.press("Enter")


def refresh(page: Page) -> None:
    """The way without JavaScript."""
    page.get_by_role("link", name="Ververs").click()


def version_on(screen: Page) -> int:
    """Of the room, as the screen shows it; 0 before it heard anything."""
    return int(screen.locator("#scherm").get_attribute("data-version") or 0)


def caught_up(screen: Page, live: LiveCafe) -> None:
    """Until the screen shows the room as it is now, or as it is by then: votes go on raising its version."""
    version = again(live).version
    assert until(lambda: version_on(screen) >= version, PATIENCE), f"{version_on(screen)}, and not {version}"


def without_a_clock(screen: Page, live: LiveCafe) -> None:
    """From now on the screen asks for nothing by itself: what comes is what its stream tells."""
    now = datetime.fromtimestamp(screen.evaluate("Date.now()") / 1000, UTC)  # on its own clock, which was moved before
    screen.clock.pause_at(now + timedelta(minutes=1))
    again(live).raise_version()
    caught_up(screen, live)


def rows(page: Page, table: str) -> list[list[str]]:
    """The cells of a table's body as they are read, without what is empty."""
    return page.locator(f"{table} tbody").evaluate(CELLS)


def rows_in_words(page: Page, live: LiveCafe, screen: Page) -> list[list[str]]:
    """Those of the table that everyone is told, in words, of the same version as what stands on the screen."""
    states: list[dict] = []

    def same() -> bool:
        states.append(state_of(page, live))
        return states[-1]["version"] == version_on(screen)

    assert until(same, PATIENCE)
    html = "html => new DOMParser().parseFromString(html, 'text/html').querySelector('tbody')"
    return page.evaluate_handle(html, states[-1]["words"]).evaluate(CELLS)


def state_of(page: Page, live: LiveCafe) -> dict:
    """What the one live process tells everyone now."""
    return page.request.get(f"/live/{live.shown_code.lower()}/stand").json()


class Evening:
    """The browsers of one evening. `helper` is there once somebody took the key that the leader hands out."""

    def __init__(self, open_page: Callable[..., Page], live: LiveCafe) -> None:
        self.live = live
        self.leader, self.screen = leader_of(open_page, live), screen_of(open_page, live)
        self.table, self.alone = at_table(open_page, live, 4, 6), by_keyboard(open_page, live)
        self.helper: Page | None = None

    def on(self, kind: str, title: str, heading: str, *, leader: str, hears: str, says: str | None = None) -> None:
        """All of them are in this scene: the `kind` on the screen, the `title` of screen and phones, the `heading` of
        both phones, and that of who leads. Somebody who reads with their ears is told what it `says`, the title
        without another, and `hears` all of these lines of the page."""
        expect(self.screen.locator(f".stage.is-{kind}:not(.leaves)")).to_be_visible()
        expect(self.screen).to_have_title(f"{title} · het scherm")
        caught_up(self.screen, self.live)
        expect(self.leader.locator("h1")).to_have_text(leader)
        expect(self.alone).to_have_title(f"{title} · de digitale werkplaats")
        status = f"- status: {title if says is None else says}".rstrip(": ")
        main = f"{status}\n- 'heading \"{heading}\" [level=1]'\n{dedent(hears).strip()}"
        expect(self.alone.locator("#inhoud")).to_match_aria_snapshot(main)
        refresh(self.table)
        expect(self.table.get_by_role("heading", level=1)).to_have_text(heading)
        expect(self.table).to_have_title(f"{title} · de digitale werkplaats")
        if self.helper:
            expect(self.helper.locator("h1")).to_have_text("Je helpt mee")
            expect(self.helper.get_by_text("Er wacht niets.")).to_be_visible()

    def nowhere(self, words: str, *, writer: Page | None = None) -> None:
        """On none of the pages that everyone sees but the writer's own, nor in what the room tells all of them."""
        for page in {self.screen, self.alone, self.table} - {writer}:
            assert words not in page.content()
        assert words not in str(state_of(self.alone, self.live))
