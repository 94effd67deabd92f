import pytest


@pytest.fixture
def desk(db):
    """Three voices, two stacks and two people."""
    from tests.plan.helpers import Desk

    return Desk()
