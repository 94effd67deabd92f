import pytest


@pytest.fixture
def plan(db):
    """Two chapters of a plan that is not public yet, with sentences that may be."""
    from tests.plan.concept.helpers import Written

    return Written()
