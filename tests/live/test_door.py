"""Who comes when the evening is over: from when its page tells what was heard, the code leads there."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from live.actions import leading, rehearsing
from live.models import Kind, LiveCafe, Seat
from live.models.cafes import LATER
from live.reading import fixed
from posts.models import Post
from tests.helpers import factories
from tests.helpers.browsers import browser_of
from tests.live.helpers import again, room, seat, to

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
PLEK = {"plek": "7", "people": "30"}


def address(live: LiveCafe, *rest) -> str:
    return "/".join(["/z", live.shown_code.lower(), *map(str, rest)]) + "/"


def ended(live: LiveCafe, ago: timedelta) -> LiveCafe:
    now = timezone.now()
    live.cafe.starts_at, live.cafe.ends_at = now - ago - timedelta(hours=2), now - ago
    live.cafe.save(update_fields=["starts_at", "ends_at"])
    return again(live)


def thanked() -> LiveCafe:
    return to(room(Kind.QUESTION, Kind.THANKS), Kind.THANKS)


def past_its_hour() -> LiveCafe:
    return ended(to(room(Kind.QUESTION, Kind.THANKS), Kind.QUESTION), LATER)


def never_begun() -> LiveCafe:
    return ended(room(begun=False), timedelta(minutes=1))


def write(live: LiveCafe, browser: Client, *, htmx: bool = False, text: str = "Korte lijnen") -> object:
    scene = live.scenes.get(kind=Kind.QUESTION)
    headers = {"Sec-Fetch-Site": "same-origin", **(HTMX if htmx else {})}
    return browser.post(address(live, "zeg", scene.pk), {**PLEK, "text": text}, headers=headers)


@pytest.mark.parametrize("made", [thanked, past_its_hour, never_begun])
def test_the_code_and_the_sheet_of_a_table_lead_to_what_was_heard_and_no_seat_is_taken(made, client):
    live = made()
    seat(live, 3)
    page = live.cafe.get_absolute_url()
    before = fixed.present_in(live)
    assert client.get(address(live)).url == page
    assert client.post("/z/", {"code": live.code}, follow=True).redirect_chain[-1][0] == page
    for answer in (
        client.get(address(live, 7), follow=True),
        client.get(address(live, "plek"), follow=True),
        client.post(address(live, "plek"), PLEK, follow=True),
        client.get(address(live, "al"), follow=True),
    ):
        assert answer.redirect_chain[-1][0] == page
    assert fixed.present_in(again(live)) == before and Seat.objects.count() == 1


def test_the_figures_on_its_page_stand(client):
    live = thanked()
    seat(live, 3)
    assert "6</dd>" in client.get(live.cafe.get_absolute_url()).text
    Client().post(address(live, "plek"), PLEK)
    browser = browser_of(Seat.objects.get().visitor)
    assert browser.post(address(live, "plek"), PLEK).url == address(live)
    assert "6</dd>" in client.get(live.cafe.get_absolute_url()).text


def test_until_its_thanks_and_in_a_rehearsal_everyone_is_let_in(client):
    live = ended(to(room(Kind.QUESTION, Kind.THANKS), Kind.QUESTION), timedelta(minutes=50))
    assert client.post(address(live, "plek"), PLEK).url == f"{address(live)}?nieuw"
    leading.go_to(live, live.turn, live.scenes.get(kind=Kind.THANKS))
    leading.go_to(live, again(live).turn, live.scenes.get(kind=Kind.QUESTION))  # back from a slip
    assert Client().get(address(live, 7)).status_code == 200
    starts = timezone.now() + timedelta(days=1)
    tried = room(Kind.THANKS, begun=False, starts_at=starts, ends_at=starts + timedelta(hours=2))
    tried = rehearsing.start(tried)
    leading.begin(tried, tried.turn)
    assert Client().get(address(again(tried))).status_code == 200


@pytest.mark.parametrize("htmx", [True, False])
def test_who_sits_there_finishes_writing_at_the_thanks_and_until_the_hour(htmx):
    live = thanked()
    browser = browser_of(seat(live, 7).visitor)
    own = browser.get(address(live))
    assert "Dank je wel" in own.text and "verander je plek" not in own.text
    assert "Schrijf er een bij" in browser.get(address(live, "al")).text
    live = ended(live, LATER - timedelta(minutes=1))
    assert write(live, browser, htmx=htmx).status_code == (200 if htmx else 302)
    assert Post.objects.get().text == "Korte lijnen"


@pytest.mark.parametrize("htmx", [True, False])
def test_after_the_hour_a_phone_that_stayed_open_has_its_words_back_and_the_way_to_what_was_heard(htmx):
    live = thanked()
    browser = browser_of(seat(live, 7).visitor)
    assert write(live, browser).status_code == 302
    live = ended(live, LATER)
    answer = write(live, browser, htmx=htmx, text="Nog één ding")
    assert answer.status_code == 410 and "<textarea" in answer.text and "Nog één ding" in answer.text
    assert live.cafe.get_absolute_url() in answer.text and Post.objects.count() == 1
    assert not htmx or "data-mark" in answer.text  # else its script would ask the page again, and the words be gone
    assert browser.get(address(live)).url == live.cafe.get_absolute_url()
    own = browser.get(address(live, "al")).text
    assert "Korte lijnen" in own and "Schrijf er een bij" not in own
    assert browser.post(address(live, "weg", live.voices.get().pk)).url == address(live, "al")
    assert Post.objects.get().removed_at


def test_who_lost_their_seat_at_the_thanks_gets_none_but_has_their_words():
    live = thanked()
    answer = write(live, browser_of(factories.visitor()))
    assert answer.status_code == 410 and "Korte lijnen" in answer.text
    assert not Seat.objects.exists() and not Post.objects.exists()
