"""Who is shut out by a coordinator: nothing that they still hold lets them write as that person."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import caches
from django.db import connection, transaction
from django.test import Client

from posts.models.posts import Post
from posts.models.thumbs import Thumb
from tests.helpers import factories
from tests.helpers.browsers import browser_of
from tests.helpers.logging_in import CONFIRM, ask_code, is_logged_in, log_in
from tests.helpers.races import until_somebody_waits
from tests.helpers.shown import to_change
from tests.helpers.shown_form import shown_form
from werkplaats.accounts import changes
from werkplaats.accounts.models import Letter
from werkplaats.people import visitors
from werkplaats.people.models import User, Visitor
from werkplaats.web import programs

pytestmark = pytest.mark.django_db
EMAIL, SECRET = "weg@example.org", "JBSWY3DPEHPK3PXP"
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture(autouse=True)
def no_limits_of_another_test():
    caches["default"].clear()


@pytest.fixture
def user():
    return User.objects.confirmed(EMAIL)


@pytest.fixture
def end(user, settings):
    """A function with which a coordinator ends their access, or with True gives it back."""
    browser = Client()
    coordinator = factories.coordinator()

    def press(active: bool = False):
        settings.DEMO = True  # no second factor for the coordinator
        browser.force_login(coordinator)
        page = f"/beheer/werkplaats/user/{user.pk}/change/"
        sent = shown_form(browser, page)
        sent.pop("is_active", None)
        assert browser.post(page, sent | ({"is_active": "on"} if active else {})).status_code == 302

    return press


def test_an_address_is_shut_out_when_its_user_is(django_assert_num_queries):
    factories.user(email=EMAIL, is_active=False)
    factories.user(email="blijft@example.org")
    asked = {" Weg@Example.org": True, "blijft@example.org": False, "nieuw@example.org": False}
    with django_assert_num_queries(3):
        assert {email: User.objects.shut_out(email) for email in asked} == asked


def test_a_session_ends_and_does_not_come_back(end):
    browser = Client()
    log_in(browser, EMAIL)
    assert is_logged_in(browser)
    end()
    assert not is_logged_in(browser)
    end(True)
    assert not is_logged_in(browser)
    assert log_in(browser, EMAIL) and is_logged_in(browser)


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_a_page_that_was_open_writes_as_nobody(user, end, headers):
    """They pressed the button of a page that they opened before."""
    question = factories.question()
    browser = Client()
    log_in(browser, EMAIL)
    browser.post(f"/bijdragen/{factories.post(question).pk}/duim/op/")
    end()
    words = {"text": "Na afloop.", "name": "Weg", "role": factories.role().pk, "moment": programs.moment(ago=10)}
    browser.post(f"/vragen/{question.slug}/bijdragen/", words, headers=headers)
    post = Post.objects.get(text="Na afloop.")
    assert (post.author, post.is_waiting, post.email) == (None, True, "")
    assert post.visitor != Visitor.objects.get(user=user)


def test_a_cookie_is_a_strangers(user, end):
    own = visitors.own(user)
    post = factories.post(visitor=own, author=user, email=EMAIL, text="Van mij.")
    waiting = factories.post(visitor=own, published=False)
    device = browser_of(own)
    assert device.get(f"/bijdragen/{waiting.pk}/").status_code == 200
    end()
    assert device.get(f"/bijdragen/{waiting.pk}/").status_code == 404
    for what in ("wijzigen", "weghalen"):
        device.post(f"/bijdragen/{post.pk}/{what}/", {"text": "Anders.", "name": "X", "role": post.role_id})
    post.refresh_from_db()
    assert (post.text, post.removed_at) == ("Van mij.", None)
    assert post.visitor == Visitor.objects.get(user=user)
    device.post(f"/bijdragen/{factories.post().pk}/duim/op/")
    assert Thumb.objects.get().visitor.user is None


def test_a_code_under_way_does_not_let_in(end):
    browser = Client()
    code = ask_code(browser, EMAIL)
    end()
    assert not Letter.objects.filter(template=Letter.CODE).exists()
    answer = browser.post(CONFIRM, {"code": code}, follow=True)
    assert "Je kunt hier niet inloggen" in answer.text
    assert not is_logged_in(browser)


def test_a_second_factor_under_way_does_not_let_in(user, end, totp_code):
    TOTP.activate(user, SECRET)
    browser = Client()
    assert log_in(browser, EMAIL).url == "/accounts/2fa/authenticate/"
    end()
    answer = browser.post("/accounts/2fa/authenticate/", {"code": totp_code(SECRET)}, follow=True)
    assert "Je kunt hier niet inloggen" in answer.text
    assert not is_logged_in(browser)
    assert not browser.cookies.get(visitors.COOKIE.name)


def test_a_new_code_is_not_mailed_and_the_mail_says_why(end):
    end()
    browser = Client()
    assert ask_code(browser, EMAIL) == ""
    assert [letter.template for letter in Letter.objects.all()] == ["account/email/shut_out"]
    # The page tells no more than of an address that nobody knows.
    other = Client()
    ask_code(other, "onbekend@example.org")
    pages = [re.sub(r"\S+@example.org|csrf\S+ value=\S+", "", each.get(CONFIRM).text) for each in (browser, other)]
    assert pages[0] == pages[1]


@pytest.mark.django_db(transaction=True)
def test_who_writes_at_that_very_moment_writes_as_a_stranger():
    """A thumb with the old cookie waits until the visitor has another id, and is nobody's then."""
    user = User.objects.confirmed(EMAIL)
    own, post = visitors.own(user), factories.post()
    device = browser_of(own)

    def thumb():
        try:
            return device.post(f"/bijdragen/{post.pk}/duim/op/").status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            visitors.renew(user)
            pressed = pool.submit(thumb)
            until_somebody_waits()
        assert pressed.result() == 302
    given = Thumb.objects.get()
    assert (given.visitor_id, given.visitor.user) == (own.pk, None)


def write(device: Client, post: Post, role: int) -> None:
    words = {"text": "Net daarna.", "name": "Weg", "role": role, "moment": programs.moment(ago=10)}
    device.post(f"/vragen/{post.question.slug}/bijdragen/", words)


def finish(device: Client, post: Post, role: int) -> None:
    unfinished = Post.objects.get(finished_at=None)
    device.post(f"/bijdragen/{unfinished.pk}/afzender/", {"name": "Weg", "role": role})


def edit(device: Client, post: Post, role: int) -> None:
    device.post(f"/bijdragen/{post.pk}/wijzigen/", to_change(post, text="Net daarna."))


def withdraw(device: Client, post: Post, role: int) -> None:
    device.post(f"/bijdragen/{post.pk}/weghalen/")


@pytest.mark.parametrize("act", [write, finish, edit, withdraw])
@pytest.mark.django_db(transaction=True)
def test_words_on_their_way_while_access_ends_are_not_said_as_that_person(act):
    user = User.objects.confirmed(EMAIL)
    own, role = visitors.own(user), factories.role().pk
    post = factories.post(visitor=own, author=user, text="Eerst.", role_id=role)
    factories.post(post.question, visitor=own, finished_at=None, published=False, role=None, text="Nog één stap.")
    device = browser_of(own)

    def press():
        try:
            act(device, post, role)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            now = User.objects.get(pk=user.pk)
            now.is_active = False
            now.save()
            changes.follow(user, now)
            pressed = pool.submit(press)
            until_somebody_waits()
        pressed.result()
    post.refresh_from_db()
    assert (post.text, post.removed_at, post.author) == ("Eerst.", None, user)
    assert not Post.objects.filter(text="Nog één stap.", published_at__isnull=False).exists()
    for said in Post.objects.filter(text="Net daarna."):
        assert (said.author, said.is_waiting, said.email) == (None, True, "")
