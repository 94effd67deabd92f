"""Around the evening: the page of a café while it goes on and afterwards, and trying it out the evening before."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from live.actions import counting, leading, saying
from live.models import Kind, LiveCafe
from posts.models import Thumb
from tests.browser.axe import faults_of, judged
from tests.browser.staff_page import log_in
from tests.helpers import factories
from tests.live.helpers import again, room, seat, shown, to
from werkplaats.demo import playing
from werkplaats.site.models import Site

pytestmark = pytest.mark.prove
VIEWS = [(390, False), (390, True), (1280, False), (1280, True)]


@pytest.fixture
def site(transactional_db, settings):
    settings.DEMO = True  # no second factor
    return Site.objects.get_or_create(pk=1)[0]


def evening() -> LiveCafe:
    """One at its thanks: things said with thumbs, hands counted, stickers shown."""
    live = to(room(Kind.QUESTION, Kind.POLL, Kind.STICKERS, Kind.THANKS), Kind.QUESTION)
    for table, words in enumerate(["Eén vast gezicht, dat scheelt zoveel.", "Iemand die meekijkt in de klas."], 1):
        saying_it = shown(live, words, table) if table == 1 else say(live, words, table)
        Thumb.objects.create(post=saying_it.post, visitor=factories.visitor(), value=1)
    live = to(live, Kind.POLL)
    yes, no = live.scene.poll.choices.order_by("pk")[:2]
    counting.count_hands(live.scene, seat(live, 4), {yes.pk: 5, no.pk: 1})
    leading.reveal(again(live), again(live).turn)
    live = to(live, Kind.STICKERS)
    leading.reveal(live, live.turn)
    return to(live, Kind.THANKS)


def say(live: LiveCafe, words: str, table: int):
    sitting = seat(live, table)
    made = saying.say(live.scenes.get(kind=Kind.QUESTION), sitting, sitting.visitor, words)
    saying.show(made, factories.coordinator(email="meelezer@example.com"), made.post.version)
    made.refresh_from_db()
    return made


@pytest.mark.parametrize("js", [True, False])
def test_now_one_press_leads_in_to_take_part(open_page, site, js):
    live = to(room(), Kind.QUESTION)
    page = open_page(js=js)
    page.goto(live.cafe.get_absolute_url())
    expect(page.get_by_text("nu bezig")).to_be_visible()
    button = page.get_by_role("link", name="Ik ben in de zaal")
    box = button.bounding_box()
    assert box and box["y"] + box["height"] < 844
    button.click()
    page.wait_for_url(f"**/z/{live.code.lower()}/")
    page.goto(f"/c/{live.cafe_id}/")
    page.wait_for_url(f"**/z/{live.code.lower()}/")


def test_now_and_afterwards_nothing_is_wrong_with_the_page(open_page, site):
    live = evening()
    page = judged(open_page(width=1280))
    page.goto(live.cafe.get_absolute_url())
    assert faults_of(page, VIEWS) == []
    now = timezone.now()
    live.cafe.starts_at, live.cafe.ends_at = now - timedelta(hours=3), now - timedelta(hours=1)
    live.cafe.save(update_fields=["starts_at", "ends_at"])
    page.goto(live.cafe.get_absolute_url())
    expect(page.get_by_role("heading", name="Dit hoorden we")).to_be_visible()
    expect(page.get_by_role("row", name="ja")).to_contain_text("5")
    assert faults_of(page, VIEWS) == []


def test_the_steps_of_a_rehearsal_tick_themselves_and_it_is_erased_by_one_press(open_page, site):
    starts = timezone.now() + timedelta(days=1)
    live = room(begun=False, starts_at=starts, ends_at=starts + timedelta(hours=2))
    page = judged(open_page(width=1280))
    log_in(page, factories.coordinator())
    page.goto(f"/beheer/zaal/{live.pk}/proef/")
    page.get_by_role("button", name="Begin de proef").click()
    expect(page.get_by_text("De proef heeft een eigen code")).to_be_visible()
    seat(again(live), 3)
    expect(page.get_by_text("1 telefoon doet mee.")).to_be_visible()
    assert faults_of(page, VIEWS) == []
    page.get_by_role("button", name="Klaar: wis de proef").click()
    expect(page.get_by_text("Er is niets van over")).to_be_visible()
    assert not live.seats.exists()


def test_a_café_is_played_by_one_press(open_page, site, monkeypatch):
    factories.question()
    factories.coordinator()
    monkeypatch.setattr(playing, "in_thread", lambda pk: None)
    page = judged(open_page())
    page.goto("/speel-een-cafe-na/")
    assert faults_of(page, VIEWS) == []
    page.get_by_role("button", name="Speel een café na").click()
    expect(page.get_by_role("heading", name="Het café is nu bezig")).to_be_visible()
    assert faults_of(page, VIEWS) == []
