"""A sticker round with an idea of each of three groups; a test file may have another round of its own."""

import pytest

from tests.helpers import factories


@pytest.fixture
def round():
    return factories.sticker_round(groups=3, ideas=1, slug="sop")


@pytest.fixture
def ideas(round):
    return list(round.ideas.order_by("pk"))
