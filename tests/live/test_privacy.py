"""What becomes of seats when a person is erased, or two browsers turn out to be one."""

import pytest

from live import privacy
from live.models import Kind, Leader, Seat, Voice
from tests.helpers import factories
from tests.live.helpers import room, shown, to, voice
from werkplaats.people.merging import hand_over
from werkplaats.privacy.person import Person

pytestmark = pytest.mark.django_db


def test_who_is_erased_has_no_seat_any_more_and_their_words_are_of_no_table():
    live = to(room(), Kind.QUESTION)
    said, other = shown(live, "Weg met mij", 4), voice(live, "Van een ander", 5)
    person = Person(None, frozenset([said.seat.visitor_id]), frozenset())
    assert privacy.erase(person) == {"seats": 1}
    assert list(Seat.objects.all()) == [other.seat]
    said.refresh_from_db()
    assert said.seat is None
    assert privacy.erase(person) == {"seats": 0}


def test_who_is_erased_leads_no_café():
    live, user = room(), factories.coordinator()
    Leader.objects.create(live=live, user=user)
    privacy.erase(Person(user.pk, frozenset(), frozenset()))
    assert not Leader.objects.exists()


def test_two_browsers_of_one_person_have_one_seat():
    live = to(room(), Kind.QUESTION)
    old, new = voice(live, "Eerst", 4), voice(live, "Later", 5)
    hand_over(old.seat.visitor, new.seat.visitor)
    assert list(Seat.objects.values_list("visitor", "table")) == [(new.seat.visitor_id, 5)]
    assert set(Voice.objects.values_list("post__visitor", flat=True)) == {new.seat.visitor_id}
