import pytest

SAID = [
    "Elk gezin verdient een vast contactpersoon.",
    "Een vaste contactpersoon per gezin, dat geeft rust.",
    "De speeltuin heeft een hek nodig.",
    "Ons gezin kreeg eindelijk een vast contactpersoon.",
]


@pytest.fixture
def voices(db):
    """Three that are alike, the first two and the last; the third is like nothing."""
    from tests.helpers import factories
    from tests.plan import helpers

    question = factories.question()
    return [helpers.voice(question, text=text) for text in SAID]
