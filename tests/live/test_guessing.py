"""Codes cannot be tried one after the other, and a room behind one address is never refused."""

import itertools
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from live import guessing
from live.actions import rehearsing
from live.models import Kind, LiveCafe
from live.models.cafes import CODE_LETTERS
from live.networks import network_of
from live.stream.application import address_of
from tests.live.helpers import room
from werkplaats.web.limits import Limit

pytestmark = pytest.mark.django_db
WRONG = 60  # what settings.WRITE_RATE_LIMITS allows in ten minutes


@pytest.fixture(autouse=True)
def other_process():
    """Nothing that this process saw before."""
    guessing.OPENED.clear()


def wrong_codes(live):
    codes = ("".join(letters) for letters in itertools.product(CODE_LETTERS, repeat=4))
    return (code for code in codes if code != live.code)


def get(address: str, code: str, page: str = "/z/{}/") -> int:
    """The status that a browser at this address gets, as the proxy tells it."""
    return Client().get(page.format(code), headers={"X-Forwarded-For": address}).status_code


def type_wrongly(address: str, live, times: int) -> list[int]:
    return [get(address, code) for code in itertools.islice(wrong_codes(live), times)]


def test_a_room_of_500_behind_one_address_with_59_typing_errors_is_never_refused():
    live = room()
    codes = wrong_codes(live)
    statuses = []
    for number in range(500):
        statuses.append(get("10.0.0.1", live.code, "/z/{}/" if number % 50 == 0 else "/z/{}/stand/"))
        if number % 8 == 0 and number // 8 < 59:
            assert get("10.0.0.1", next(codes)) == 404
    assert statuses == [200] * 500


def test_who_tries_many_codes_is_refused_a_right_one_too_and_others_are_not():
    live = room()
    assert type_wrongly("10.0.0.2", live, WRONG + 2) == [404] * WRONG + [429] * 2
    assert get("10.0.0.2", live.code) == 429
    assert get("10.0.0.2", live.code, "/scherm/{}/") == 429
    assert get("10.0.0.2", live.code, "/z/{}/stand/") == 404
    assert get("10.0.0.3", live.code) == 200


def test_a_code_that_was_opened_at_that_address_stays_open_in_every_process():
    live = room()
    assert get("10.0.0.4", live.code) == 200
    type_wrongly("10.0.0.4", live, WRONG + 1)
    guessing.OPENED.clear()
    assert get("10.0.0.4", live.code.lower()) == 200
    other = room(Kind.WELCOME)
    assert get("10.0.0.4", other.code) == 429  # this one nobody there opened


def test_after_ten_minutes_it_works_again(monkeypatch):
    live = room()
    type_wrongly("10.0.0.5", live, WRONG)
    assert get("10.0.0.5", live.code) == 429
    later = timezone.now() + timedelta(minutes=10, seconds=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert get("10.0.0.5", live.code) == 200


def test_what_is_typed_in_the_form_counts_as_well():
    live = room()
    for code in itertools.islice(wrong_codes(live), WRONG):
        assert Client().post("/z/", {"code": code}).status_code == 422
    answer = Client().post("/z/", {"code": live.code})
    assert answer.status_code == 429
    assert "te vaak een verkeerde code" in answer.content.decode()


def test_no_address_is_kept_and_a_known_one_costs_nothing(django_assert_num_queries):
    live = room()
    get("10.0.0.6", live.code)
    assert not Limit.objects.filter(key__contains="10.0.0").exists()
    with django_assert_num_queries(1):
        assert guessing.room_of(live.code, "10.0.0.6") == live


def test_the_address_is_what_the_proxy_tells_and_else_the_one_that_asks(rf):
    assert guessing.address_of(rf.get("/", headers={"X-Forwarded-For": "192.0.2.1, 198.51.100.2"})) == "198.51.100.2"
    assert guessing.address_of(rf.get("/", REMOTE_ADDR="192.0.2.9")) == "192.0.2.9"


def test_the_addresses_of_one_line_at_home_count_as_one():
    live = room()
    codes = itertools.islice(wrong_codes(live), WRONG)
    assert {get(f"2001:db8:1:2::{number:x}", code) for number, code in enumerate(codes)} == {404}
    assert get("2001:db8:1:2:ffff::1", live.code) == 429
    assert get("2001:db8:1:3::1", live.code) == 200


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:DB8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("unknown", "unknown"),
        ("", ""),
    ],
)
def test_what_an_address_counts_as(address, network):
    assert network_of(address) == network


def test_the_stream_counts_them_as_one_too():
    asked = [
        {"headers": [(b"x-forwarded-for", each)], "client": None} for each in (b"2001:db8:1:2::1", b"2001:db8:1:2::2")
    ]
    assert {address_of(scope) for scope in asked} == {"2001:db8:1:2::/64"}
    assert address_of({"headers": [], "client": ("2001:db8:1:2::3", 1)}) == "2001:db8:1:2::/64"


def test_a_page_of_a_rehearsal_that_was_wiped_and_of_a_room_that_is_over_is_no_guess():
    tomorrow = timezone.now() + timedelta(days=1)
    live = room(begun=False, starts_at=tomorrow, ends_at=tomorrow + timedelta(hours=2))
    old = rehearsing.start(live).shown_code
    rehearsing.wipe(live)
    over = room()
    LiveCafe.objects.filter(pk=over.pk).update(closed_at=timezone.now())
    for code in (old, over.code):
        assert {get("192.0.2.1", code, "/z/{}/stand/") for _ in range(WRONG + 5)} <= {404, 410}
    assert get("192.0.2.1", live.code) == 200


def test_phones_left_open_at_the_first_rehearsal_use_up_nothing_during_the_second_and_after_it():
    tomorrow = timezone.now() + timedelta(days=1)
    live = room(begun=False, starts_at=tomorrow, ends_at=tomorrow + timedelta(hours=2))
    old = rehearsing.start(live).shown_code
    rehearsing.wipe(live)
    second = rehearsing.start(live)
    asked = [get("192.0.2.1", old, "/z/{}/stand/") for _ in range(WRONG + 5)]
    rehearsing.wipe(second)
    asked += [get("192.0.2.1", old, "/z/{}/stand/") for _ in range(WRONG + 5)]
    assert 429 not in asked
    assert get("192.0.2.1", live.code) == 200
