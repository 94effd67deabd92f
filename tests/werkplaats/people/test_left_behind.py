"""A cookie that stayed behind when the session of a person ended: who is not logged in acts as somebody new."""

import pytest
from django.core.cache import caches
from django.test import Client

from events.models import Registration
from polls.rounds.models.ideas import Idea
from polls.rounds.models.rounds import Member
from polls.rounds.models.stickers import Sticker
from polls.voting.models import Ballot
from polls.wensbeelden.models import Wensbeeld, WensbeeldReport
from posts.composing import device as memory
from posts.models import Post, Report
from posts.models.thumbs import Thumb
from tests.helpers import factories
from tests.helpers.browsers import as_visitor, browser_of, left_by
from tests.helpers.logging_in import log_in
from werkplaats.people import visitors
from werkplaats.people.models import Visitor

pytestmark = pytest.mark.django_db
TYPED = {"text": "Korte lijnen met het wijkteam.", "name": "Anna"}


@pytest.fixture(autouse=True)
def no_limits_of_another_test():
    caches["default"].clear()


@pytest.fixture
def anneke():
    return factories.visitor(user=factories.user(email="anneke@example.org"))


def browser(who: str, anneke: Visitor) -> Client:
    return {"own session": lambda: browser_of(anneke), "session over": lambda: left_by(anneke), "nobody": Client}[who]()


def contribution():
    return f"/vragen/{factories.question().slug}/bijdragen/", {**TYPED, "role": factories.role().pk}


def answer():
    return f"/bijdragen/{factories.post().pk}/antwoord/", {**TYPED, "role": factories.role().pk}


def thumb():
    return f"/bijdragen/{factories.post().pk}/duim/op/", {}


def report():
    return f"/bijdragen/{factories.post().pk}/melden/", {"reason": "spam"}


def wensbeeld():
    return "/wensbeelden/insturen/", {"text": "Iedereen telt mee"}


def report_of_wensbeeld():
    return f"/wensbeelden/{factories.wensbeeld().pk}/melden/", {"reason": "spam"}


def vote():
    poll = factories.poll()
    return f"/peilingen/{poll.slug}/stem/", {"choice": poll.choices.first().pk}


def group():
    return factories.sticker_round(groups=1, ideas=1, stage="ideas", slug="sop").groups.get()


def idea():
    return f"/stickerrondes/sop/groep/{group().code}/idee/", {"text": "Elke klas een assistent"}


def joining():
    return "/stickerrondes/sop/meedoen/", {"code": group().code}


def sticker():
    sticker_round = factories.sticker_round(groups=1, ideas=1, stage="stickers", slug="sop")
    return "/stickerrondes/sop/plakken/sticker/", {"idea": sticker_round.ideas.first().pk, "colour": "1"}


def sign_up():
    cafe = factories.cafe()
    return f"/cafes/{cafe.slug}/aanmelden/", {"wish": "room", "name": "Anna", "email": "anna@example.org"}


WRITES = {
    contribution: Post,
    answer: Post,
    thumb: Thumb,
    report: Report,
    wensbeeld: Wensbeeld,
    report_of_wensbeeld: WensbeeldReport,
    vote: Ballot,
    idea: Idea,
    joining: Member,
    sticker: Sticker,
    sign_up: Registration,
}


@pytest.mark.parametrize("who", ["own session", "session over", "nobody"])
@pytest.mark.parametrize("write", WRITES, ids=lambda write: write.__name__)
def test_only_with_their_own_session_somebody_acts_as_a_person(anneke, write, who):
    path, data = write()
    there = set(WRITES[write].objects.values_list("pk", flat=True))
    acting = browser(who, anneke)
    assert acting.post(path, data).status_code < 400
    written = WRITES[write].objects.exclude(pk__in=there).get()
    assert (written.visitor == anneke) == (who == "own session")
    assert who == "own session" or written.visitor.user is None


def test_the_reports_of_who_came_after_do_not_count(monkeypatch):
    """They would count on the strength of the account."""
    monkeypatch.setattr("werkplaats.web.programs.looks_hurried", lambda request: False)
    known = factories.known_visitor()
    for browser in (browser_of(known), left_by(known)):
        browser.post(f"/bijdragen/{factories.post().pk}/melden/", {"reason": "spam"})
    assert list(Report.objects.order_by("pk").values_list("counts", flat=True)) == [True, False]


def test_stickers_of_a_person_show_to_them_alone(anneke):
    sticker_round = factories.sticker_round(groups=1, ideas=1, stage="stickers", slug="sop")
    factories.sticker(sticker_round.ideas.first(), 1, anneke)
    own, left, nobody = (
        browser(who, anneke).get("/stickerrondes/sop/mijn-stickers/").text
        for who in ("own session", "session over", "nobody")
    )
    assert "1 van de 1" in own or own != nobody
    assert len(left) == len(nobody) != len(own)


def test_a_first_write_replaces_the_cookie_and_the_log_in_asks(anneke):
    device = left_by(anneke)
    device.post(*thumb())
    said = visitors.COOKIE.unsign(device.cookies[visitors.COOKIE.name].value)
    assert said == Thumb.objects.get().visitor_id.hex != anneke.pk.hex


@pytest.mark.parametrize("write", [thumb, vote, sticker], ids=lambda write: write.__name__)
def test_what_is_hot_looks_nobody_up_for_who_is_not_logged_in(write, django_assert_num_queries):
    path, data = write()
    stranger = as_visitor(Client(), factories.visitor())
    stranger.post(path, data)
    with django_assert_num_queries(1):
        stranger.post(path, data)


def test_the_name_of_a_person_whose_session_is_over_is_forgotten_when_another_logs_in(anneke):
    other = left_by(anneke)
    other.cookies[memory.COOKIE.name] = memory.COOKIE.sign({"name": "Anneke", "role": factories.role().pk})
    factories.user(email="b@example.org")
    log_in(other, "b@example.org")
    assert not other.cookies[memory.COOKIE.name].value
