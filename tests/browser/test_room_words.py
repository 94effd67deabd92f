"""Phones and the leader's pages in every scene, with ordinary words, the longest, and words without an end: nothing is
pushed wide, and ordinary words stay whole."""

import pytest
from playwright.sync_api import expect

from live.models import LiveCafe
from polls.models import Choice, Idea, Poll
from posts.models import Post, Question
from tests.browser.staff_page import log_in
from tests.browser.test_long_words import BROKEN, CUT, too_wide
from tests.helpers import factories
from tests.live.evening import each_scene, evening
from tests.live.helpers import again
from werkplaats.site.models import Site

pytestmark = pytest.mark.prove
WITHOUT_END = {Choice: ("text", 60), Idea: ("text", 200), Poll: ("question", 200), Question: ("text", 200)}
PHONE, LEADER = (320, 390, 1280), (390, 1280)


def stretch(live: LiveCafe) -> None:
    """Makes one word of everything that somebody wrote, as long as it may be."""
    for model, (field, longest) in WITHOUT_END.items():
        for row in model.objects.all():
            model.objects.filter(pk=row.pk).update(**{field: f"{row.pk}{'W' * (longest - 10)}"})
    for post in Post.objects.all():
        Post.objects.filter(pk=post.pk).update(text=f"{post.pk}www.samenwerkingsverband.nl/{'W' * 200}")
    again(live).raise_version()


@pytest.fixture(params=["as it is", "the longest", "without an end"])
def live(request, transactional_db, settings) -> LiveCafe:
    settings.DEMO = True  # no second factor
    Site.objects.get_or_create(pk=1)
    made = evening(long=request.param == "the longest")
    if request.param == "without an end":
        stretch(made)
    return made


def judge(page, widths, read: set[str]) -> list[str]:
    """What is wrong with the page that is open, unless one that reads the same was judged: many stay as they are."""
    words = page.evaluate("document.body.innerText")
    if words in read:
        return []
    read.add(words)
    faults = [f"{page.url}: cut into columns: {row}" for row in page.evaluate(CUT)]
    for width in widths:
        faults += too_wide(page, [width])
        faults += [f"{page.url} at {width} px: {word}" for word in page.evaluate(BROKEN)]
    return faults


def test_no_words_push_a_page_wide(open_page, live):
    phones = {plek: open_page(js=False) for plek in ("4", "alleen")}
    for plek, phone in phones.items():
        phone.goto(f"{live.get_absolute_url()}plek/")
        phone.locator(f"input[name=plek][value='{plek}']").check()
        phone.get_by_role("button", name="Klaar").click()
        expect(phone.get_by_role("link", name="verander je plek")).to_be_visible()
    leader = open_page()
    log_in(leader, factories.coordinator())
    faults, read = [], set()
    for name in each_scene(live):
        for phone in phones.values():
            for path in ("", "al/"):
                phone.goto(f"{live.get_absolute_url()}{path}")
                faults += [f"{name}: {fault}" for fault in judge(phone, PHONE, read)]
        for part in ("nu", "wacht", "groot", "draaiboek"):
            leader.goto(f"/beheer/zaal/{live.pk}/?deel={part}")
            faults += [f"{name}: {fault}" for fault in judge(leader, LEADER, read)]
    assert not faults, "\n".join(faults)
