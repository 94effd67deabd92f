"""A log-in that is not done: its session holds an address and a code, and ends within the hour."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from tests.helpers import factories
from tests.helpers.logging_in import CONFIRM, ask_code
from werkplaats.avg.tasks import forget_sessions

pytestmark = pytest.mark.django_db
EMAIL = "ouder@example.org"


def left() -> timedelta:
    return Session.objects.get().expire_date - timezone.now()


def test_it_ends_within_the_hour_and_leaves_nothing(client):
    factories.user(email=EMAIL)
    ask_code(client, EMAIL)
    assert left() <= timedelta(hours=1)
    assert client.cookies["sessie"]["max-age"] <= 3600
    Session.objects.update(expire_date=timezone.now() - timedelta(minutes=1))
    forget_sessions(0)
    assert not Session.objects.exists()


def test_who_is_logged_in_stays_so_for_two_weeks(client):
    factories.user(email=EMAIL)
    client.post(CONFIRM, {"code": ask_code(client, EMAIL)})
    assert left() > timedelta(days=13)
