"""Reading along on a phone: from the mail, without JavaScript, with two taps in a row, and with the keyboard alone."""

import pytest
from playwright.sync_api import expect

from posts.actions import helping
from posts.models.posts import Post
from posts.models.reports import Report
from tests.browser.axe import faults_of, judged
from tests.events import mailing
from tests.helpers import factories
from tests.posts.helpers import helper, link_of
from werkplaats.models import HelperLink
from werkplaats.site.models import Site


@pytest.fixture
def link(transactional_db):
    Site.objects.get_or_create(pk=1)
    question = factories.question()
    for name in ("Anna", "Bram", "Chris"):
        factories.post(question, published=False, name=name, text="Korte lijnen helpen.")
    return link_of(helper())


@pytest.mark.parametrize("js", [True, False])
def test_one_press_each_and_a_second_tap_decides_nothing(open_page, link, js):
    page = open_page(js=js)
    page.goto(link)
    shows = page.get_by_role("button", name="Tonen")
    expect(shows).to_have_count(3)
    box = shows.first.bounding_box()
    assert box["height"] >= 48 and box["width"] >= 300
    settled(shows)
    hold = page.context.new_cdp_session(page)
    hold.send("Animation.enable")
    hold.send("Animation.setPlaybackRate", {"playbackRate": 0})  # «at once» lasts as long as the machine needs
    # At the top of the page that comes, the button of the next one may lie where the finger is.
    shows.first.scroll_into_view_if_needed()
    at = shows.first.bounding_box()
    page.mouse.click(at["x"] + 20, at["y"] + 20)
    page.get_by_text("De bijdrage staat nu online").wait_for()
    expect(shows.first).to_have_css("pointer-events", "none")
    at = shows.first.bounding_box()  # wherever it lies, nothing reacts to a tap that comes at once
    page.mouse.click(at["x"] + 20, at["y"] + 20)
    hold.send("Animation.setPlaybackRate", {"playbackRate": 1})
    settled(shows)
    assert Post.objects.public().count() == 1
    page.locator("summary", has_text="Weigeren").first.click()
    page.get_by_role("button", name="De bijdrage is reclame.").click()
    page.get_by_text("Niemand ziet de bijdrage nu").wait_for()
    settled(shows)
    shows.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Er wacht niets meer. Dank je wel!")
    assert [Post.objects.filter(removal=how).count() for how in ("", "moderator")] == [2, 1]


def settled(shows) -> None:
    """Until a tap counts again."""
    expect(shows.first).to_have_css("pointer-events", "auto")


def test_with_the_keyboard_the_focus_is_on_what_came_of_it(open_page, link):
    page = open_page(width=1366)
    page.goto(link)
    page.get_by_role("button", name="Tonen").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".notice")).to_be_focused()
    page.keyboard.press("Enter")  # a second one presses nothing
    assert Post.objects.public().count() == 1
    page.locator("summary", has_text="Weigeren").first.focus()
    page.keyboard.press("Enter")
    field = page.get_by_label("Iets anders, namelijk").first
    field.focus()
    page.keyboard.press("Enter")  # refuses, and shows nothing
    expect(page.get_by_role("alert")).to_be_focused()
    assert Post.objects.public().count() == 1
    page.get_by_label("Iets anders, namelijk").first.fill("Dit kunnen we niet plaatsen.")
    page.keyboard.press("Enter")
    expect(page.locator(".notice")).to_be_focused()
    assert Post.objects.get(removal="moderator").removal_reason == "Dit kunnen we niet plaatsen."


def test_every_state_at_every_width(open_page, demo):
    public = Post.objects.public().filter(removed_at=None).first()
    Report.objects.create(post=public, visitor=factories.visitor(), reason="one-child", words="Daan")
    helping.call_at_once()
    mailing.work()
    page = judged(open_page())
    page.goto("/postvak/")
    page.locator(".mails a", has_text="over een kind").first.click()
    mail = HelperLink.objects.get()
    path = page.get_by_text("/meelezen/").first.inner_text().partition("/meelezen/")[2].split()[0]
    page.goto(f"/meelezen/{path}")
    assert mail.user.name == "Mieke"
    views = [(390, False), (390, True), (320, False), (1366, False), (1366, True)]
    faults = faults_of(page, views, all_rules=True)
    fold = page.locator("summary", has_text="want …").first
    fold.focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="met deze woorden").first.press("Enter")
    page.get_by_text("Kies een reden").wait_for()
    faults += faults_of(page, views, all_rules=True)
    page.locator("article button").first.press("Enter")
    page.locator(".notice").wait_for()
    faults += faults_of(page, views)
    page.goto("/meelezen/geen-token/")
    faults += faults_of(page, views)
    HelperLink.objects.end()
    page.goto(f"/meelezen/{path}")
    faults += faults_of(page, views)
    assert faults == []
