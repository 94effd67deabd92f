"""Somebody whose address is proven."""

import pytest


@pytest.fixture
def writer():
    from werkplaats.models import User  # not before the settings are read

    return User.objects.confirmed("ouder@example.org")
