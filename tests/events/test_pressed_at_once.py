"""Who presses twice, or many at once: everyone is mailed once, and no place goes to two."""

import uuid
from unittest.mock import patch

import pytest
from django.test import Client

from events import gate
from events.models.cafes import Cafe
from events.models.mailings import Mailing
from events.models.registrations import Registration
from tests.events import mailing, race
from tests.events.cafe_form import START, filled_in
from tests.helpers import factories

pytestmark = pytest.mark.django_db(transaction=True)
BUTTONS = {
    "bericht": ("bericht/", {"audience": "all", "subject": "De deur", "text": "Neem de zijdeur.", "key": uuid.uuid4()}),
    "afgelasten": ("afgelasten/", {}),
    "verplaatsen": ("change/", {"starts_at_1": "19:00"}),
}


@pytest.mark.parametrize("button", BUTTONS)
def test_everyone_is_mailed_once(settings, button):
    settings.DEMO = True
    cafe = factories.cafe(starts_at=START)
    people = [factories.registration(cafe) for _ in range(2)]
    mailing.forget()
    path, typed = BUTTONS[button]
    if path == "change/":
        typed = filled_in(cafe, **typed)
    coordinator = factories.coordinator()

    def press(_) -> int:
        client = Client()
        client.force_login(coordinator)
        return client.post(f"/beheer/events/cafe/{cafe.pk}/{path}", {**typed, "_tell": "x"}).status_code

    assert race.together(press, list(range(6)), threads=3) == [302] * 6
    assert mailing.jobs() == [("mailing", person.pk) for person in people]
    assert Mailing.objects.count() == 1
    made = Cafe.objects.get()
    assert bool(made.called_off_at) is (button == "afgelasten")
    assert (made.starts_at != START) is (button == "verplaatsen")


def test_who_come_back_at_once_get_the_one_place_and_a_queue_without_gaps():
    cafe = factories.cafe(room_capacity=4)
    people = [factories.registration(cafe) for _ in range(4)]
    for each in people:
        each.cancel()
    for _ in range(3):
        factories.registration(cafe)
    mailing.forget()

    def press(made: Registration) -> int:
        return Client().post(f"{made.get_absolute_url()}terug/").status_code

    with patch.object(gate, "cafes", gate.Gates(8)):
        assert race.together(press, people * 4, threads=8) == [302] * 16
    assert cafe.registrations.filter(seat="room").count() == 4
    queue = list(cafe.registrations.queued_for("room"))
    assert [each.position("room") for each in queue] == [1, 2, 3]
    assert sorted(mailing.jobs()) == [("confirmation", each.pk) for each in people]
