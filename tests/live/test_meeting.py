"""Picture and sound for who takes part online: the link for who proved it theirs, and where it is for others."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events.models import Cafe, Registration
from live.actions import joining
from live.models import Kind, LiveCafe, SeatKind
from tests.helpers import factories
from tests.helpers.browsers import browser_of
from tests.live.helpers import again, room, seat, to
from tests.live.test_phones import address, at
from werkplaats.people import visitors
from werkplaats.people.models import User, Visitor

pytestmark = pytest.mark.django_db
LINK, MAIL = "https://vergadering.example/kamer-4", "in de mail van je aanmelding"
EMAIL = "thuis@example.org"


@pytest.fixture
def live() -> LiveCafe:
    made = to(room(), Kind.QUESTION)
    Cafe.objects.filter(pk=made.cafe_id).update(online_link=LINK)
    return again(made)


def person(live: LiveCafe) -> Visitor:
    """Who is logged in and sits online."""
    visitor = visitors.own(User.objects.confirmed(EMAIL))
    joining.sit(live, visitor, SeatKind.ONLINE)
    return visitor


def both(browser, live: LiveCafe) -> str:
    """What stands on «Nu» and on «Wat er al was»."""
    return browser.get(address(live)).text + browser.get(address(live, "al")).text


def test_who_sits_online_reads_where_the_link_is_and_nobody_else(live):
    text = both(at(live, None, online=True), live)
    assert text.count(MAIL) == 2 and LINK not in text
    for table in (None, 4):
        text = both(at(live, table), live)
        assert MAIL not in text and LINK not in text


def test_of_a_café_without_a_link_it_says_nothing(live):
    Cafe.objects.filter(pk=live.cafe_id).update(online_link="")
    assert MAIL not in both(at(live, None, online=True), live)


def test_who_is_logged_in_with_the_address_of_a_place_online_has_the_link_itself(live):
    visitor = person(live)
    factories.registration(live.cafe, email=EMAIL, wish="online", by_hand=True)
    text = both(browser_of(visitor), live)
    assert text.count(f'href="{LINK}"') == 2 and MAIL not in text
    joining.sit(live, visitor, SeatKind.ALONE)
    assert LINK not in both(browser_of(visitor), live)


@pytest.mark.parametrize("why", ["a room place", "another café", "cancelled", "another address", "only a cookie"])
def test_nobody_else_gets_it(live, why):
    visitor = person(live)
    cafe = factories.cafe() if why == "another café" else live.cafe
    email = "ander@example.org" if why == "another address" else EMAIL
    wish = "room" if why == "a room place" else "online"
    made = factories.registration(cafe, email=email, wish=wish, by_hand=True)
    if why == "cancelled":
        made.cancel()
    browser = browser_of(visitor)
    if why == "only a cookie":  # of the browser that signed the address up: it proves nothing
        stranger = seat(live, online=True).visitor
        Registration.objects.filter(pk=made.pk).update(visitor=stranger)
        browser = browser_of(stranger)
    text = both(browser, live)
    assert LINK not in text and MAIL in text


def test_it_is_told_as_long_as_the_evening_goes_on(live):
    browser = at(live, None, online=True)
    for ago, told in ((timedelta(minutes=1), True), (timedelta(hours=2), False)):
        ends = timezone.now() - ago
        Cafe.objects.filter(pk=live.cafe_id).update(starts_at=ends - timedelta(hours=2), ends_at=ends)
        assert (MAIL in both(browser, live)) == told


def test_it_costs_one_query_of_who_is_logged_in_and_of_nobody_else(live, django_assert_num_queries):
    visitor = person(live)
    factories.registration(live.cafe, email=EMAIL, wish="online", by_hand=True)
    logged_in, stranger = browser_of(visitor), at(live, None, online=True)
    both(logged_in, live)
    for browser, queries in ((stranger, 4), (logged_in, 7)):  # the session, its user, their place
        both(browser, live)
        with django_assert_num_queries(queries):
            browser.get(address(live))
    joining.sit(live, visitor, SeatKind.ALONE)
    with django_assert_num_queries(6):
        logged_in.get(address(live))
