"""What lies beside a voice on the desk, as the worker found it and without the worker."""

import pytest

from plan.actions import comparing
from plan.reading import alike
from tests.helpers import factories
from tests.plan import helpers

pytestmark = pytest.mark.django_db

SAID = [
    "Elk gezin verdient een vast contactpersoon.",
    "Een vaste contactpersoon per gezin, dat geeft rust.",
    "De speeltuin heeft een hek nodig.",
    "Ons gezin kreeg eindelijk een contactpersoon.",
]


@pytest.fixture
def voices(db):
    question = factories.question()
    return [helpers.voice(question, text=text) for text in SAID]


@pytest.mark.parametrize("worker", [True, False])
def test_alike_voices_are_found_with_and_without_the_worker(voices, worker):
    if worker:
        assert comparing.compare_due() == 1
    first, second, fence, _ = voices
    assert alike.to(first)[0].fragment == second
    assert alike.to(fence) == []
    bold = {piece.text for each in alike.to(first) for piece in each.pieces if piece.shared}
    assert bold >= {"contactpersoon", "gezin"}
