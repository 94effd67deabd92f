"""A coordinator who is logged in, and somebody whose address is proven."""

import pytest


@pytest.fixture
def coordinator(client, settings):
    from tests.helpers import factories  # not before the settings are read

    settings.DEMO = True
    user = factories.coordinator(email="coordinator@example.org")
    client.force_login(user)
    return user


@pytest.fixture
def writer():
    from werkplaats.models import User  # as above

    return User.objects.confirmed("ouder@example.org")
