"""Who sits down at a session that is open puts no second factor of their own on it."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.urls import get_resolver

from tests.helpers import factories
from tests.helpers.logging_in import log_in
from werkplaats.accounts.models import Letter
from werkplaats.people.models import User

pytestmark = pytest.mark.django_db
EMAIL, SECRET = "fatima@example.org", "JBSWY3DPEHPK3PXP"
ADDS = ["/accounts/2fa/totp/activate/", "/accounts/2fa/webauthn/add/"]


def pages() -> set[str]:
    """All of the second factor, but the step of the log-in."""
    accounts = next(each for each in get_resolver().url_patterns if str(each.pattern) == "accounts/")
    found = {str(each.pattern) for each in accounts.url_patterns if str(each.pattern).startswith("2fa/")}
    return {f"/accounts/{path.replace('<id:pk>', '1')}" for path in found} - {"/accounts/2fa/authenticate/"}


def test_nobody_but_staff_has_these_pages():
    User.objects.confirmed(EMAIL)
    browser = Client()
    log_in(browser, EMAIL)
    assert len(pages()) == 12 and set(ADDS) <= pages()
    for path in pages():
        assert (browser.get(path).status_code, browser.post(path).status_code) == (404, 404), path
        assert Client().get(path).status_code == 302, path


def test_a_factor_of_before_opens_nothing_more_to_who_is_no_staff(totp_code):
    TOTP.activate(User.objects.confirmed(EMAIL), SECRET)
    browser = Client()
    browser.force_login(User.objects.get(email=EMAIL))
    again = {"code": totp_code(SECRET), "next": "/jouw-gegevens/"}
    assert browser.post("/accounts/2fa/reauthenticate/", again).status_code == 404
    assert "Even een nieuwe code" in browser.get("/jouw-gegevens/").text


@pytest.mark.parametrize("path", ADDS)
def test_the_first_factor_of_staff_asks_a_fresh_code(path):
    user = factories.coordinator(email=EMAIL)
    browser = Client()
    browser.force_login(user)  # as a session of last week
    page = browser.get(path).text
    assert "Even een nieuwe code" in page and "tweede slot" in page and f'value="{path}"' in page
    browser.post(path, {"code": "123456"})
    assert not Authenticator.objects.exists()
    log_in(fresh := Client(), EMAIL)
    assert "Even een nieuwe code" not in fresh.get(path).text


def test_whose_it_is_hears_of_it_by_mail(totp_code):
    factories.coordinator(email=EMAIL)
    browser = Client()
    log_in(browser, EMAIL)
    secret = re.search(r"<code>([A-Z2-7]+)</code>", browser.get(ADDS[0]).text)[1]
    browser.post(ADDS[0], {"code": totp_code(secret)})
    assert Authenticator.objects.filter(type=Authenticator.Type.TOTP).exists()
    assert Letter.objects.filter(to=EMAIL, template=Letter.FACTOR).count() == 1
