"""An address is not betrayed: whether it was known, nothing that a sign-up answers tells, nor how long that takes."""

import random
import statistics
import time

import pytest
from django.test import Client

from events.models.snapshots import Snapshot
from tests.events.test_one_answer import all_of
from tests.helpers import factories

pytestmark = pytest.mark.alone

ANSWERS = 200


@pytest.fixture
def cafe():
    """With a full room, so that queues are there too, and signed-up addresses in every state."""
    made = factories.cafe(room_capacity=3, online_capacity=400)
    for state in range(3):
        factories.registration(made, email=f"zaal{state}@example.org", firm=state > 0)
    for number in range(ANSWERS):
        factories.registration(made, email=f"bekend{number}@example.org", wish="online", firm=number % 2 == 0)
    Snapshot.objects.take()
    return made


@pytest.mark.django_db
def test_known_and_unknown_addresses_get_the_very_same(cafe):
    names = [f"{name}{number}" for number in range(30) for name in ("bekend", "nieuw")]
    told = [all_of(Client(), cafe, email=f"{name}@example.org", wish="online") for name in names]
    assert all(each == told[0] for each in told)


@pytest.mark.django_db(transaction=True)
def test_200_answers_of_each_take_as_long(cafe):
    """Mixed, so that whatever else the machine does falls on both."""
    names = (1, "bekend"), (0, "nieuw")
    addresses = [(known, f"{name}{number}") for number in range(ANSWERS) for known, name in names]
    random.Random(1).shuffle(addresses)
    seconds: tuple[list[float], list[float]] = ([], [])
    path, clients = f"/cafes/{cafe.slug}/aanmelden/", iter([Client() for _ in addresses])
    Client().post(path, form("warm"))
    for known, address in addresses:
        client = next(clients)
        began = time.perf_counter()
        assert client.post(path, form(address)).status_code == 302
        seconds[known].append(time.perf_counter() - began)
    new, known = (statistics.quantiles(each, n=10) for each in seconds)
    spread = max(each[8] - each[0] for each in (new, known))  # in which eight of ten lie
    told = [f"{name} {figures[4] * 1000:.2f} ms" for name, figures in (("new", new), ("known", known))]
    print(f"{', '.join(told)}, spread {spread * 1000:.2f} ms")
    assert abs(new[4] - known[4]) < spread


def form(name: str) -> dict[str, str]:
    return {"wish": "online", "name": "Noor", "email": f"{name}@example.org"}
