"""A coordinator who presses twice, or two at once: everyone is mailed once."""

import uuid

import pytest
from django.test import Client

from events.models import Cafe, Mailing
from tests import factories
from tests.events import mailing, race
from tests.events.test_cafe_admin import START, fields

pytestmark = pytest.mark.django_db(transaction=True)
BUTTONS = {
    "bericht": (
        "bericht/",
        {"audience": "all", "subject": "De deur", "text": "Neem de zijdeur.", "key": uuid.uuid4()},
    ),
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
        typed = fields(cafe, **typed)
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
