"""A seat that is another by now than the page showed: nothing of one table is kept for another."""

import pytest

from live.actions import joining
from live.models import Headcount, Kind, Seat, SeatKind, Voice
from polls.models import Ballot
from tests.helpers import factories
from tests.helpers.browsers import browser_of
from tests.live.helpers import room, seat, to, voice
from tests.live.test_phones import ALL, HTMX, address, at, hands, words
from werkplaats.people import merging

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_hands_of_one_table_are_not_counted_as_those_of_another(headers):
    live = to(room(*ALL), Kind.POLL)
    seven = at(live, 7)
    url = address(live, "tel", live.scene.pk)
    seven.post(url, hands(live, 1, 1, 1))
    answer = seven.post(url, hands(live, 4, 1, 0) | {"plek": "3", "people": "5"}, headers=headers)
    assert answer.status_code == 409 and "Deze telefoon hoort nu bij tafel 7." in words(answer)
    assert 'value="4"' in answer.content.decode() and 'name="plek" value="7"' in answer.content.decode()
    assert set(Headcount.objects.values_list("table", "people")) == {(7, 1)}
    assert seven.post(url, hands(live, 4, 1, 0) | {"plek": "7"}).status_code == 302


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_words_of_one_table_are_not_kept_as_those_of_another_and_stay(headers):
    live = to(room(), Kind.QUESTION)
    answer = at(live, 7).post(
        address(live, "zeg", live.scene.pk), {"text": "Van tafel drie", "plek": "3"}, headers=headers
    )
    assert answer.status_code == 409 and "tafel 7" in words(answer)
    assert "Van tafel drie</textarea>" in answer.content.decode() and not Voice.objects.exists()


def test_a_vote_of_who_sits_at_a_table_by_now_is_none():
    live = to(room(*ALL), Kind.POLL)
    sent = {"choice": live.scene.poll.choices.first().pk, "plek": "online"}
    answer = at(live, 7).post(address(live, "stem", live.scene.pk), sent)
    assert answer.status_code == 409 and "tafel 7" in words(answer)
    assert not Ballot.objects.exists()


def test_of_two_seats_of_one_person_the_last_stays_with_the_words_of_both():
    live = to(room(), Kind.QUESTION)
    tablet, said = seat(live, 9), voice(live, "Van de telefoon", 3)
    phone = said.seat
    merging.hand_over(phone.visitor, tablet.visitor)
    said.refresh_from_db()
    last = Seat.objects.get()
    assert (last.table, last.visitor, said.seat) == (3, tablet.visitor, last)
    older = factories.visitor()
    joining.sit(live, older, SeatKind.ONLINE)
    Seat.objects.filter(visitor=older).update(taken_at=live.begun_at)
    merging.hand_over(older, tablet.visitor)
    assert Seat.objects.get().table == 3
    assert "Van de telefoon" in words(browser_of(tablet.visitor).get(address(live, "al")))


def test_a_link_for_who_is_online_chooses_that(client):
    live = room()
    assert 'value="online" checked' in client.get(f"{address(live)}?waar=online").content.decode()
    for other in (f"{address(live)}?waar=tafel", address(live)):
        assert "checked" not in client.get(other).content.decode()
