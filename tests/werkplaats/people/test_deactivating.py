"""Who is shut out by a coordinator: nothing that they still hold lets them write as that person."""

import pytest

from tests.helpers import factories
from werkplaats.people.models import User

pytestmark = pytest.mark.django_db


def test_an_address_is_shut_out_when_its_user_is(django_assert_num_queries):
    factories.user(email="weg@example.org", is_active=False)
    factories.user(email="blijft@example.org")
    with django_assert_num_queries(3):
        said = [User.objects.shut_out(email) for email in (" Weg@Example.org", "blijft@example.org", "nieuw@example.org")]
    assert said == [True, False, False]
