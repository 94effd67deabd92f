"""The page on which someone chooses which mails they get."""

import pytest
from django.test import Client

from tests.helpers import factories
from werkplaats.mutes.links import switches_url
from werkplaats.mutes.models import Mute
from werkplaats.people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def fatima():
    return User.objects.confirmed("fatima@example.org")


def test_every_kind_is_switched_by_itself_and_back(fatima):
    path = switches_url(fatima, "answers").removeprefix("http://testserver")
    browser = Client(enforce_csrf_checks=True)
    page = browser.post(path, {"soort": ["decisions", "told", "x", "\x00"]}, follow=True)
    assert "Bewaard" in page.text
    assert "fatima@example.org" in page.text
    assert list(Mute.objects.values_list("kind", flat=True)) == ["answers"]
    assert page.text.count("checked") == 2
    browser.post(path, {"soort": ["answers", "decisions", "told"]})
    assert not Mute.objects.exists()
    assert "moderator wacht" not in page.text  # a kind for moderators only
    staff = switches_url(factories.coordinator(), "summary").removeprefix("http://testserver")
    assert "moderator wacht" in browser.get(staff).text


def test_the_link_of_a_kind_that_is_no_more_still_opens(client, fatima):
    path = switches_url(fatima, "fireworks").removeprefix("http://testserver")
    assert "Welke mails" in client.get(path).text
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200


@pytest.mark.parametrize("token", ["x", "1.answers", "1.answers.x", "%00", "é", "9" * 5000])
def test_a_link_that_is_not_ours_is_not_found(client, token):
    assert client.get(f"/mails/{token}/").status_code in (400, 404)
    assert client.post(f"/mails/{token}/", {"List-Unsubscribe": "One-Click"}).status_code in (400, 404)
