"""A sticker round with an idea of each of three groups; a test file may have another round of its own."""

import pytest


@pytest.fixture
def round():
    from tests.helpers import factories  # not before the settings are read

    return factories.sticker_round(groups=3, ideas=1, slug="sop", red_word="niet in het SOP zetten")


@pytest.fixture
def ideas(round):
    return list(round.ideas.order_by("pk"))
