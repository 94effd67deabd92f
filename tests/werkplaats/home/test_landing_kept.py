"""The landing page is kept for everyone: it is of nobody, never out of date, and each reader's own is theirs."""

import re
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from events.models.cafes import Cafe
from events.models.snapshots import OLDEST, Snapshot
from polls.models import Poll, StickerRound, Wensbeeld
from posts.models.posts import Post
from tests.helpers import factories
from tests.helpers.browsers import browser_of
from tests.helpers.clock import Clock
from werkplaats.home import landing
from werkplaats.kept import SHARED
from werkplaats.people import visitors
from werkplaats.people.models import User
from werkplaats.site.models import Site

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
MOMENT = re.compile(r'name="moment" value="([^"]+)"')
BAR = re.compile(r'<div class="whose">.*?</div>\n', re.DOTALL)


@pytest.fixture
def question(monkeypatch):
    """What a page with everything on it shows; it stands in what is kept, as long as a test takes."""
    monkeypatch.setattr(landing, "PEOPLE_KEPT", 600)
    (
        factories.poll(),
        factories.wensbeeld(text="Ieder kind gezien"),
        factories.sticker_round(question="Wat hoort erbij?"),
    )
    factories.cafe(room_capacity=1, online_capacity=0)
    made = factories.question()
    factories.post(made, text="Korte lijnen.")
    Snapshot.objects.take()
    assert page() == page()
    return made


def page(browser: Client | None = None) -> str:
    """What a browser reads, a stranger's unless told, without what differs from answer to answer."""
    html = (browser or Client()).get("/").text
    return MOMENT.sub("", TOKEN.sub("", html))


def test_each_answer_has_a_token_and_a_moment_of_its_own(client, question, monkeypatch):
    clock = Clock(monkeypatch)
    clock.set_to(timezone.now())
    first = client.get("/").text
    clock.set_to(timezone.now() + timedelta(minutes=5))
    second = client.get("/").text
    assert len(TOKEN.findall(first)) == 3  # the box, the thumbs, the poll
    assert not {*TOKEN.findall(first)} & {*TOKEN.findall(second)}
    assert MOMENT.findall(first) != MOMENT.findall(second)
    assert "\0" not in first


def test_the_tokens_of_a_kept_page_are_good(question):
    Client().get("/")
    browser = Client(enforce_csrf_checks=True)
    token = TOKEN.findall(browser.get("/").text)[-1]
    choice = Poll.objects.get().choices.get(text="ja")
    data = {"choice": choice.pk, "number": 1, "plek": "voorpagina"}
    assert browser.post("/peilingen/wensbeeld/stem/", {**data, "csrfmiddlewaretoken": "x" * 64}).status_code == 403
    assert browser.post("/peilingen/wensbeeld/stem/", {**data, "csrfmiddlewaretoken": token}).status_code == 302


def test_a_kept_page_is_the_page_that_is_drawn_for_who_is_logged_in(question):
    user = browser_of(visitors.own(User.objects.confirmed("anna@example.org")))
    drawn = BAR.sub("", page(user))
    kept = page().replace('<p class="promise">Je schrijft zonder account. Wij lezen alles.</p>', "")
    assert "<fieldset" not in drawn  # the box asks no more of who is known, or this compares nothing
    assert re.sub(r'data-who="\w*"', "", drawn).split() == re.sub(r'data-who="\w*"', "", kept).split()


def test_nothing_of_who_made_it_stays_in_it(question):
    Site.objects.update(intro="Anders.")  # so that the next one makes it anew
    writer = factories.visitor()
    choice = Poll.objects.get().choices.get(text="nee")
    factories.vote(Poll.objects.get(), writer, choice)
    own = factories.post(question, visitor=writer, text="Eigen woorden die wachten.", published=False)
    browser = browser_of(writer)
    theirs = page(browser)
    assert own.text in theirs and "Je stemde «nee»" in theirs
    for stranger in (page(), page(browser_of(factories.visitor()))):
        assert own.text not in stranger and "Je stemde" not in stranger
        assert f"/bijdragen/{own.pk}/" not in stranger
    SHARED.clear()
    page(browser_of(visitors.own(User.objects.confirmed("anna@example.org"))))
    assert "ingelogd" not in page() and "example.org" not in page()


def remove_the_post():
    Post.objects.get().remove(by=None, reason="kwetsend")


def remove_the_wensbeeld():
    Wensbeeld.objects.update(removed_at=timezone.now(), removal_reason="kwetsend")


def vote():
    poll = Poll.objects.get()
    factories.vote(poll, factories.visitor(), poll.choices.get(text="ja"))


def fill_the_cafe():
    factories.registration(Cafe.objects.get())
    Snapshot.objects.update(taken_at=timezone.now() - OLDEST)
    Snapshot.objects.take()


def close_the_poll():
    Poll.objects.update(closes_at=timezone.now())


def end_the_round():
    StickerRound.objects.get().move_to("result")


def take_part():
    question = Post.objects.get().question
    for _ in range(12):
        factories.post(question)
    assert "mensen doen" not in page()  # counted a few seconds ago
    caches["cards"].delete("people")  # as ten seconds later


@pytest.mark.parametrize(
    ("happens", "before", "after"),
    [
        (remove_the_post, "Korte lijnen.", "Nog geen bijdragen"),
        (remove_the_wensbeeld, "Ieder kind gezien", ""),
        (vote, "Er zijn nog geen stemmen", "1 stem van"),
        (fill_the_cafe, "In de zaal: nog enkele plaatsen", "In de zaal: wachtlijst"),
        (close_the_poll, 'class="vote"', "Deze peiling is gesloten"),
        (end_the_round, "Wat hoort erbij?", ""),
        (take_part, "", "mensen doen"),
    ],
)
def test_what_somebody_else_does_is_there_at_the_next_request(question, happens, before, after):
    """One reads, another changes something, the first reads again."""
    reader, known = Client(), browser_of(factories.visitor())
    for browser in (reader, known):
        assert before in page(browser)
        if after:
            assert after not in page(browser)
    happens()
    for browser in (reader, known):
        assert after in page(browser)
        if before:
            assert before not in page(browser)


def test_a_round_appears_at_midnight_and_goes(question, monkeypatch):
    clock = Clock(monkeypatch)
    clock.set_to("2026-11-30 23:59")
    day = {"starts_at": "2026-12-01T09:00:00+01:00", "ends_at": "2026-12-01T11:00:00+01:00"}
    StickerRound.objects.update(**day)
    stands = []
    for moment in ("2026-11-30 23:59", "2026-12-01 00:00", "2026-12-01 23:59", "2026-12-02 00:00"):
        clock.set_to(moment)
        stands.append("Wat hoort erbij?" in page())
    assert stands == [False, True, True, False]


def test_the_address_of_a_shared_picture_is_that_of_who_asks(question, settings):
    settings.ALLOWED_HOSTS = ["een.example", "twee.example"]
    for host in ("een.example", "twee.example", "een.example"):
        assert f'content="http://{host}/static/img/og.jpg"' in Client(headers={"host": host}).get("/").text
