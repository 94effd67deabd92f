import pytest


@pytest.fixture
def staff(client, coordinator):
    """The browser of a coordinator."""
    return client
