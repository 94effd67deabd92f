"""What a browser keeps of a person counts nobody: who has two addresses would read how many came in between."""

import base64
import re

import pytest
from django.test import Client

from tests.helpers import factories
from tests.helpers.counting import COUNTED, count_from_far
from tests.helpers.logging_in import log_in
from werkplaats.people.models import User

pytestmark = pytest.mark.django_db
OWN = "zelf@example.org"


def decoded(value: str) -> str:
    """A cookie's value with what it holds in base64."""
    parts = [part + "=" * (-len(part) % 4) for part in re.split(r"[:.\"]", value) if part]
    found = [value]
    for part in parts:
        try:
            found.append(base64.urlsafe_b64decode(part).decode(errors="replace"))
        except ValueError:
            continue
    return "\n".join(found)


def test_no_cookie_tells_the_number_of_who_is_logged_in():
    role = factories.role()
    count_from_far()
    person = User.objects.confirmed(OWN)
    browser, question = Client(), factories.question()
    log_in(browser, OWN)
    page = browser.get(question.get_absolute_url()).text
    moment = re.search(r'name="moment" value="([^"]+)"', page)[1]
    words = {"text": "Minder papier.", "name": "Zelf", "role": role.pk, "remember": "on", "moment": moment}
    assert browser.post(f"{question.get_absolute_url()}bijdragen/", words).status_code == 302
    kept = {name: decoded(morsel.value) for name, morsel in browser.cookies.items()}
    assert {"bezoeker", "naam"} <= kept.keys()
    assert person.key.hex in kept["bezoeker"]  # the cookie was read
    assert {name: COUNTED.findall(value) for name, value in kept.items() if COUNTED.findall(value)} == {}


def test_a_key_of_a_device_names_nobody_by_number():
    browser, person = Client(), factories.coordinator(email=OWN)
    log_in(browser, OWN)
    page = browser.get("/accounts/2fa/webauthn/add/", follow=True).text
    handle = base64.urlsafe_b64encode(person.key.bytes).decode().rstrip("=")
    assert handle in page
