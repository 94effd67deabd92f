"""An evening that is led alone: its thanks and its page afterwards say what is true of words that nobody read yet."""

import json

import pytest
from django.utils import timezone

from live.actions import closing, joining, leading, saying
from live.models import Kind, LiveCafe
from live.models.cafes import OPEN_AFTER
from live.reading.state import state_of
from tests.live.helpers import again, room, seat, shown, to, voice
from tests.live.test_around import over, page
from tests.live.test_phones import address, at, words

pytestmark = pytest.mark.django_db
SCREEN = "Wat hier op het scherm stond, staat op de site."


def alone(*before: str) -> LiveCafe:
    """At the thanks: what came `before` was shown; alone two tables wrote, one of them twice, and somebody online."""
    live = to(room(Kind.QUESTION, Kind.THANKS), Kind.QUESTION)
    for text in before:
        shown(live, text, 9)
    leading.go_alone(again(live), again(live).turn, alone=True)
    live = again(live)
    voice(live, "Korte lijnen", 4)
    voice(live, "Rust in de klas", 4)
    voice(live, "Meer tijd", 5)
    online = seat(live, online=True)
    saying.say(live.scene, online, online.visitor, "Een vast gezicht")
    return to(live, Kind.THANKS)


def drawn(live: LiveCafe) -> tuple[str, str]:
    """The screen, and the same in words."""
    told = json.loads(state_of(live).body)
    return told["screen"], told["words"]


def read(live: LiveCafe) -> None:
    """Somebody reads all of it in the ordinary list."""
    for each in live.voices.unread().select_related("post"):
        each.post.publish()


def text(client, live: LiveCafe) -> str:
    return " ".join(page(client, live).split())


def test_the_thanks_tell_who_wrote_and_that_it_is_read_afterwards():
    screen, table = drawn(alone())
    assert "<b>2</b> tafels schreven, en 1 mens alleen of online" in screen
    assert "<li>2 tafels en 1 mens alleen of online schreven</li>" in table
    for told in (screen, table):
        assert "We lezen wat jullie schreven. Dan staat het op de site." in told
        assert SCREEN not in told and "bijdragen" not in told


def test_the_thanks_of_an_evening_that_was_led_alone_from_halfway():
    screen, table = drawn(alone("Dit stond er al"))
    assert "<b>1</b> bijdrage" in screen and "<b>3</b> tafels schreven" in screen
    for told in (screen, table):
        assert f"{SCREEN} De rest lezen we na afloop." in told


def test_once_all_of_it_is_read_nothing_is_promised_any_more():
    live = alone("Dit stond er al")
    read(live)
    live.raise_version()
    assert "De rest lezen we" not in "".join(drawn(again(live)))


def test_with_somebody_who_reads_along_the_thanks_count_what_was_shown():
    live = to(room(Kind.QUESTION, Kind.THANKS), Kind.QUESTION)
    shown(live)
    voice(live, "Dit wacht nog", 5)
    screen, _ = drawn(to(live, Kind.THANKS))
    assert "<b>1</b> bijdrage" in screen and SCREEN in screen
    assert "schreef" not in screen and "na afloop" not in screen


@pytest.mark.parametrize("before", [(), ("Dit stond er al",)])
def test_phones_are_led_on_without_a_promise_of_words(before):
    live = alone(*before)
    told = words(at(live, 7).get(address(live)))
    rest = (
        "Wat nog niet op het scherm stond, lezen we na afloop." if before else "We lezen na afloop wat jullie schreven."
    )
    assert f"{rest} Dan staat het op de site." in told
    assert ("Lees hoe het verdergaat" in told) == (not before)
    assert ("Lees wat er gezegd is" in told) == bool(before)


@pytest.mark.parametrize("closed", [False, True])
def test_afterwards_its_page_tells_who_wrote_and_then_what(client, closed):
    live = over(alone())
    if closed:
        live = over(live, OPEN_AFTER)
        assert closing.close_due(timezone.now()) == 1
    told = text(client, live)
    assert "tafels schreven, en 1 mens alleen of online</dt><dd>2</dd>" in told
    assert "We lezen na afloop wat er geschreven is. Dan staat het hier." in told
    assert "bijdragen</dt>" not in told and "Korte lijnen" not in told
    live.voices.order_by("pk").first().post.publish()
    told = text(client, live)
    assert "bijdrage</dt><dd>1</dd>" in told and "Korte lijnen" in told
    assert "We lezen nog wat er geschreven is. Dan staat dat hier ook." in told
    read(live)
    told = text(client, live)
    assert "bijdragen</dt><dd>4</dd>" in told and "We lezen" not in told.split("Wat gebeurt er nu?")[0]
    assert "tafels schreven, en 1 mens alleen of online</dt><dd>2</dd>" in told


def test_a_phone_that_was_put_out_is_not_among_who_wrote():
    live = alone()
    joining.put_out(live, list(live.seats.filter(table=5).values_list("pk", flat=True)))
    live.raise_version()
    live = again(live)
    assert "<b>1</b> tafel schreef, en 1 mens alleen of online" in drawn(live)[0]
