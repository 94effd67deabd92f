"""What a thumb, a seat and taking words away cost, in queries, with one voice and with three."""

import pytest

from live.actions import leading
from live.models import Kind
from tests.helpers.browsers import browser_of
from tests.live.helpers import again, room, seat, shown, to
from tests.live.test_phones import ALL, address, at

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("many", [1, 3])
def test_what_a_thumb_costs(django_assert_num_queries, many):
    live = to(room(*ALL), Kind.QUESTION)
    for number in range(many):
        voice = shown(live, f"stem {number}", number + 1)
    leading.spotlight(again(live), again(live).turn, voice)
    browser, seen = at(live, 9), {"gezien": f"{voice.post_id}.{voice.post.version}"}
    for wish in ("op", "weg"):
        browser.post(address(live, "duim", voice.pk, wish), seen)
    with django_assert_num_queries(5):
        browser.post(address(live, "duim", voice.pk, "op"), seen)


@pytest.mark.parametrize("many", [1, 3])
def test_what_a_seat_costs(django_assert_num_queries, many):
    live = to(room(*ALL), Kind.QUESTION)
    for number in range(many):
        seat(live, number + 1)
    browser = at(live, 9)
    browser.post(address(live, "plek"), {"plek": "alleen"})
    for plek in ({"plek": "7", "people": "5"}, {"plek": "online"}):
        with django_assert_num_queries(11):
            browser.post(address(live, "plek"), plek)


@pytest.mark.parametrize("many", [1, 3])
def test_what_taking_words_away_costs(django_assert_num_queries, many):
    live = to(room(*ALL), Kind.QUESTION)
    for number in range(many):
        voice = shown(live, f"stem {number}", 9)
    browser = browser_of(voice.seat.visitor)
    browser.get(address(live))
    with django_assert_num_queries(9):
        browser.post(address(live, "weg", voice.pk))
