"""Leaving a device that others use too: logging out and «Begin opnieuw» do the same."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from polls.rounds import person
from posts.composing import device
from posts.models.posts import Post
from tests.helpers import factories
from tests.helpers.browsers import as_visitor
from tests.helpers.logging_in import CONFIRM, is_logged_in, log_in
from werkplaats.accounts.models import Letter
from werkplaats.people import sessions, visitors
from werkplaats.people.models import User
from werkplaats.web import programs

pytestmark = pytest.mark.django_db
EMAIL, SECRET = "fatima@example.org", "JBSWY3DPEHPK3PXP"
PAGE = "/denk-praat-doe-mee/"


@pytest.fixture(autouse=True)
def no_limits_of_another_test():
    caches["default"].clear()


@pytest.fixture
def fatima():
    return User.objects.confirmed(EMAIL)


@pytest.fixture
def used(fatima):
    """A browser in which somebody logged in, wrote and let the device remember their name."""
    browser = Client(enforce_csrf_checks=True)
    factories.question()
    press(browser, "/accounts/login/", email=EMAIL)
    press(browser, CONFIRM, code=Letter.objects.latest("pk").data["code"])
    write(browser, "Van Fatima.", remember="on")
    browser.cookies[person.COOKIE.name] = person.COOKIE.sign((visitors.own(fatima).pk.hex, 7))
    assert 'value="Fatima"' in browser.get(PAGE).text
    return browser


def press(browser: Client, path: str, *, page: str = "", **fields):
    """Sends a form as a browser does, with the token that stands on the page."""
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)', browser.get(page or path).text)[1]
    return browser.post(path, fields | {"csrfmiddlewaretoken": token})


def write(browser: Client, text: str, **fields):
    words = {"text": text, "name": "Fatima", "role": factories.role().pk, "moment": programs.moment(ago=10)}
    question = re.search(r"/vragen/([\w-]+)/bijdragen/", browser.get(PAGE).text)[1]
    return press(browser, f"/vragen/{question}/bijdragen/", page=PAGE, **words, **fields)


LEAVING = [("/accounts/logout/", "/accounts/logout/"), ("/apparaat/wissen/", "/apparaat/wissen/")]


@pytest.mark.parametrize(("page", "path"), LEAVING)
def test_the_device_forgets_who_used_it(used, page, path):
    before = Post.objects.get(text="Van Fatima.").visitor
    answer = press(used, path, page=page)
    assert answer.headers["Clear-Site-Data"] == '"storage"'
    assert "data-wiped" in answer.text  # drafts.js does it where that header is not known
    for cookie in (visitors.COOKIE, device.COOKIE, person.COOKIE):
        assert used.cookies[cookie.name].value == "", cookie.name
    assert not is_logged_in(used)
    assert 'value="Fatima"' not in used.get(PAGE).text
    write(used, "Van de volgende.")
    after = Post.objects.get(text="Van de volgende.")
    assert (after.visitor != before, after.author) == (True, None)


@pytest.mark.parametrize(("page", "path"), LEAVING)
def test_opening_the_page_changes_nothing(used, page, path):
    answer = used.get(path)
    assert "Clear-Site-Data" not in answer.headers and "data-wiped" not in answer.text
    assert is_logged_in(used) and 'value="Fatima"' in used.get(PAGE).text


def test_the_back_office_logs_out_as_the_site_does(client, coordinator):
    client.cookies[device.COOKIE.name] = device.COOKIE.sign({"name": "Coördinator"})
    assert client.get("/beheer/logout/").url == "/accounts/logout/"
    assert client.get("/beheer/").status_code == 200
    answer = client.post("/beheer/logout/")
    assert answer.headers["Clear-Site-Data"] and "data-wiped" in answer.text
    assert client.cookies[device.COOKIE.name].value == ""


def test_a_page_that_was_open_when_the_session_ended_still_clears_the_device(used):
    Session.objects.all().delete()
    answer = press(used, "/accounts/logout/", page="/apparaat/wissen/")
    assert "Je bent uitgelogd" in answer.text
    assert used.cookies[visitors.COOKIE.name].value == ""


def test_who_is_halfway_into_logging_in_only_stops_that(client, fatima):
    TOTP.activate(fatima, SECRET)
    visitor = factories.visitor()
    as_visitor(client, visitor)
    log_in(client, EMAIL)
    assert client.post("/accounts/logout/").url == "/"
    assert client.get("/accounts/2fa/authenticate/").url == "/accounts/login/"
    assert visitors.COOKIE.unsign(client.cookies[visitors.COOKIE.name].value) == visitor.pk.hex


def test_another_who_logs_in_reads_no_name_of_the_last_one(used):
    """Fatima closed the page without logging out, and her session is over."""
    User.objects.confirmed("b@example.org")
    Session.objects.all().delete()
    used.handler.enforce_csrf_checks = False
    log_in(used, "b@example.org")
    assert 'value="Fatima"' not in used.get(PAGE).text


class TestSessions:
    """How long a log-in lasts."""

    def cookie(self, browser):
        return browser.cookies["sessie"]

    def test_a_visitor_is_remembered_for_two_weeks(self, client, fatima):
        log_in(client, EMAIL)
        assert self.cookie(client)["max-age"] == 14 * 24 * 3600

    def test_it_is_renewed_once_a_day_and_not_at_every_request(self, client, fatima, monkeypatch):
        log_in(client, EMAIL)
        ends, now = Session.objects.get().expire_date, time.time()
        for hours, renewed in [(1, False), (23, False), (25, True), (26, False)]:
            monkeypatch.setattr(time, "time", lambda hours=hours: now + hours * 3600)
            answer = client.get("/mijn-cafes/")
            assert ("sessie" in answer.cookies) == renewed, hours
        assert Session.objects.get().expire_date > ends

    def test_staff_are_logged_out_with_the_browser(self, client):
        staff = factories.coordinator(email=EMAIL)
        log_in(client, staff.email)
        assert is_logged_in(client)
        assert (self.cookie(client)["max-age"], self.cookie(client)["expires"]) == ("", "")

    @pytest.mark.parametrize(("fields", "age"), [({}, ""), ({"onthoud": "on"}, 14 * 24 * 3600)], ids=["no", "yes"])
    def test_staff_choose_where_they_show_their_second_factor(self, client, fields, age, totp_code):
        TOTP.activate(factories.coordinator(email=EMAIL), SECRET)
        log_in(client, EMAIL)
        assert client.get("/accounts/2fa/authenticate/").text.count('name="onthoud"') == 2  # of the app, of the key
        client.post("/accounts/2fa/authenticate/", {"code": totp_code(SECRET), **fields})
        assert self.cookie(client)["max-age"] == age
        session = client.session
        session[sessions.KEY] = 0
        session.save()
        assert ("sessie" in client.get("/mijn-cafes/").cookies) == bool(fields)

    def test_the_choice_is_offered_to_staff_alone(self, client, fatima):
        TOTP.activate(fatima, SECRET)
        log_in(client, EMAIL)
        assert "onthoud" not in client.get("/accounts/2fa/authenticate/").text
        for page in ("/accounts/login/", "/accounts/login/code/confirm/"):
            assert "onthoud" not in client.get(page).text
        assert Session.objects.get().expire_date > timezone.now()
