"""Proven stands in one place: every way in which a person comes to be, or is changed, and what follows from it."""

import re

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from posts import tokens
from posts.actions import moderating
from posts.actions.answers import became_public
from posts.models.posts import Post
from tests.events import mailing
from tests.helpers import factories
from tests.helpers.browsers import browser_of
from tests.helpers.logging_in import ask_code, is_logged_in, log_in
from tests.helpers.shown import as_read
from tests.helpers.shown_form import shown_form
from werkplaats.accounts.models import Letter
from werkplaats.demo.loading.people import COORDINATOR
from werkplaats.mail.sending import is_beyond
from werkplaats.mutes.links import switches_url
from werkplaats.people import visitors
from werkplaats.people.models import User, Visitor
from werkplaats.web import programs

pytestmark = pytest.mark.django_db
EMAIL, OLD, NEW = "iemand@example.org", "oud@example.org", "nieuw@example.org"


@pytest.fixture(autouse=True)
def no_limits_of_another_test():
    caches["default"].clear()


@pytest.fixture
def mailbox(settings, tmp_path):
    """A function that does all jobs in the queue, and returns their mails in order."""
    folder = mailing.folder(settings, tmp_path)
    return lambda: mailing.deliver(folder)


@pytest.fixture
def admin(settings):
    """The browser of a coordinator."""
    settings.DEMO = True  # no second factor
    browser = Client()
    browser.force_login(factories.coordinator())
    return browser


def in_the_admin(browser, user: User | None = None, **fields):
    """Fills in the form of a user as it is shown, with other values in some fields. None in a field unticks it."""
    page = f"/beheer/werkplaats/user/{f'{user.pk}/change' if user else 'add'}/"
    sent = {**shown_form(browser, page), **fields}
    answer = browser.post(page, {name: value for name, value in sent.items() if value is not None})
    assert answer.status_code == 302, answer.text
    return answer


def by_the_command(admin) -> str:
    """As the README says."""
    call_command("createsuperuser", "--no-input", "--email", EMAIL, verbosity=0)
    return EMAIL


def added_in_the_admin(admin) -> str:
    in_the_admin(admin, email=EMAIL, name="Noor")
    return EMAIL


def added_as_staff(admin) -> str:
    in_the_admin(admin, email=EMAIL, name="Noor", is_staff="on")
    return EMAIL


def address_changed(admin) -> str:
    in_the_admin(admin, User.objects.confirmed(OLD), email=EMAIL)
    return EMAIL


def address_changed_by_sql(admin) -> str:
    user = User.objects.confirmed(OLD)
    User.objects.filter(pk=user.pk).update(email=EMAIL)
    return EMAIL


def asked_a_code_for_a_post(admin) -> str:
    visitor = factories.visitor()
    post = factories.post(visitor=visitor, email=EMAIL, published=False, asked_at="2026-01-01T00:00Z")
    browser_of(visitor).post(f"/bijdragen/{post.pk}/code/", {"gezien": f"{post.pk}.{post.version}"})
    User.objects.unconfirmed(EMAIL)
    return EMAIL


def signed_up_for_a_cafe(admin) -> str:
    """Makes no user: a sign-up is found by its address."""
    factories.registration(factories.cafe(), email=EMAIL)
    assert not User.objects.filter(email=EMAIL).exists()
    return EMAIL


def logged_in_by_code(admin) -> str:
    factories.user(email=EMAIL)
    log_in(Client(), EMAIL)
    return EMAIL


def confirmed_a_post(admin) -> str:
    User.objects.confirmed(EMAIL)
    return EMAIL


def merged_with_another_browser(admin) -> str:
    user = User.objects.confirmed(EMAIL)
    visitors.merge(factories.visitor(), visitors.own(user))
    return EMAIL


def of_the_demo(admin) -> str:
    call_command("loaddemo", verbosity=0)
    return COORDINATOR


def shut_out(admin) -> str:
    in_the_admin(admin, User.objects.confirmed(EMAIL), is_active=None)
    return EMAIL


# The way; whether the address is proven by it, and whether its owner can log in.
WAYS = [
    (by_the_command, False, True),
    (added_in_the_admin, False, True),
    (added_as_staff, False, True),
    (address_changed, False, True),
    (address_changed_by_sql, False, True),
    (asked_a_code_for_a_post, False, True),
    (signed_up_for_a_cafe, False, False),
    (logged_in_by_code, True, True),
    (confirmed_a_post, True, True),
    (merged_with_another_browser, True, True),
    (of_the_demo, True, True),
    (shut_out, False, False),
]


@pytest.mark.parametrize(("way", "proven", "can_log_in"), WAYS, ids=lambda each: getattr(each, "__name__", ""))
def test_a_person_is_proven_by_a_code_and_by_nothing_else(admin, way, proven, can_log_in):
    email = way(admin)
    assert User.objects.reachable().filter(email=email).exists() == proven
    browser = Client()
    log_in(browser, email)
    assert is_logged_in(browser) == can_log_in
    assert User.objects.reachable().filter(email=email).exists() == can_log_in
    if not can_log_in:
        return
    cafe = factories.cafe()
    factories.registration(cafe, email=email, name="Mijn naam")
    assert cafe.title in browser.get("/mijn-cafes/").text  # no circle
    question = factories.question()
    words = {"text": "Zo.", "name": "Noor", "role": factories.role().pk, "moment": programs.moment(ago=10)}
    browser.post(f"/vragen/{question.slug}/bijdragen/", words)
    post = Post.objects.get(text="Zo.")
    assert (post.is_public, post.author.email) == (True, email)


class TestAnotherAddress:
    """A coordinator changes oud@ into nieuw@."""

    @pytest.fixture
    def user(self):
        return User.objects.confirmed(OLD)

    @pytest.fixture
    def owner(self, user):
        """The browser of whoever reads the mail of the old address."""
        browser = Client()
        log_in(browser, OLD)
        assert is_logged_in(browser)
        Letter.objects.all().delete()
        return browser

    @pytest.fixture
    def change(self, admin, user):
        return lambda: in_the_admin(admin, user, email=NEW)

    def test_the_old_one_is_logged_out_and_gets_no_code(self, owner, change):
        change()
        assert not is_logged_in(owner)
        assert ask_code(Client(), OLD) == ""
        assert Letter.objects.filter(to=OLD, template=Letter.UNKNOWN).exists()

    def test_a_code_that_was_under_way_works_no_more(self, user, change):
        browser = Client()
        code = ask_code(browser, OLD)
        change()
        answer = browser.post("/accounts/login/code/confirm/", {"code": code}, follow=True)
        assert "Deze code werkt niet meer. Vraag een nieuwe." in answer.text
        assert not is_logged_in(browser)
        assert not User.objects.reachable().filter(pk=user.pk).exists()

    def test_a_code_in_the_queue_does_not_leave(self, user, change):
        ask_code(Client(), OLD)
        change()
        assert not Letter.objects.filter(template=Letter.CODE).exists()

    def test_both_are_told_and_neither_reads_the_other(self, user, change, mailbox):
        change()
        told = {
            mail["To"]: f"{mail['Subject']} {mail.get_body(['plain'])} {mail.get_body(['html'])}" for mail in mailbox()
        }
        assert set(told) == {OLD, NEW}
        assert "hoort niet meer bij" in told[OLD] and "Je logt er voortaan mee in" in told[NEW]
        assert NEW not in told[OLD] and OLD not in told[NEW]

    def test_both_are_told_whatever_strangers_had_mailed_to_them_that_day(self, user, change, mailbox):
        for address in (OLD, NEW) * 20:
            is_beyond(address, by_typing=True)
        change()
        assert {mail["To"] for mail in mailbox()} == {OLD, NEW}

    def test_the_new_one_is_theirs_after_a_code(self, user, change):
        post = factories.post(author=user, email=OLD, visitor=visitors.own(user))
        change()
        browser = Client()
        log_in(browser, NEW)
        assert is_logged_in(browser)
        assert browser.get(f"/bijdragen/{post.pk}/wijzigen/").status_code == 200

    def test_what_hangs_on_the_old_address_is_not_told_to_the_new_one(self, user, change):
        cafe = factories.cafe(title="Ontbijtcafé")
        factories.registration(cafe, email=OLD)
        waiting = factories.post(email=OLD, published=False, text="Onder het oude adres.")
        change()
        browser = Client()
        log_in(browser, NEW)
        assert "Ontbijtcafé" not in browser.get("/mijn-cafes/").text
        assert "Onder het oude adres." not in browser.get("/bijdragen/bevestigen/", follow=True).text
        # Who reads the mail of the old address still has both, as somebody else.
        assert "Onder het oude adres." in Client().get(f"/bijdragen/bevestigen/{tokens.make(waiting)}/").text

    def test_a_cookie_of_the_old_one_is_a_strangers(self, user, change):
        own = visitors.own(user)
        post = factories.post(visitor=own, published=False)
        device = browser_of(own)
        assert device.get(f"/bijdragen/{post.pk}/").status_code == 200
        change()
        assert device.get(f"/bijdragen/{post.pk}/").status_code == 404
        post.refresh_from_db()
        assert post.visitor == Visitor.objects.get(user=user)

    def test_a_mail_of_years_ago_opens_nothing_of_the_new_one(self, user, change):
        path = switches_url(user, "answers").removeprefix("http://testserver")
        assert OLD in Client().get(path).text
        change()
        assert Client().get(path).status_code == 404
        assert Client().post(path, {"List-Unsubscribe": "One-Click"}).status_code == 404

    def test_nothing_of_theirs_is_mailed_to_the_new_one_before_it_is_proven(self, user, change, mailbox):
        question = factories.question()
        post = factories.post(question, author=user, email=OLD)
        change()
        mailbox()
        answer_to(post)
        post = factories.post(question, author=user, email=OLD)
        moderating.remove([post], factories.coordinator(), "kwetsend", as_read(post))
        assert mailbox() == []
        log_in(Client(), NEW)
        mailbox()
        answer_to(post)
        post = factories.post(question, author=user, email=OLD)
        moderating.remove([post], factories.coordinator(), "kwetsend", as_read(post))
        assert [mail["To"] for mail in mailbox()] == [NEW, NEW]

    def test_saving_without_a_change_ends_nothing(self, admin, owner, user):
        in_the_admin(admin, user, name="Fatima")
        assert is_logged_in(owner)
        assert not ProcrastinateJob.objects.filter(task_name="werkplaats.tasks.send_letter", status="doing").exists()
        assert not Letter.objects.exists()

    def test_two_coordinators_at_once_change_only_what_they_typed(self, admin, user):
        page = f"/beheer/werkplaats/user/{user.pk}/change/"
        opened = shown_form(admin, page)
        in_the_admin(admin, user, is_active=None)
        admin.post(page, {**opened, "name": "Fatima"})
        user.refresh_from_db()
        assert (user.name, user.is_active) == ("Fatima", False)


def test_who_becomes_staff_is_asked_again_whether_the_log_in_outlives_the_browser(admin):
    """Theirs, of a parent, does: on a computer at school, and the second factor would stay in it."""
    user = User.objects.confirmed(EMAIL)
    browser = Client()
    log_in(browser, EMAIL)
    assert not browser.session.get_expire_at_browser_close()
    in_the_admin(admin, user, name="Noor")
    assert is_logged_in(browser)
    in_the_admin(admin, user, is_staff="on")
    assert not is_logged_in(browser)
    log_in(browser, EMAIL)
    assert is_logged_in(browser) and browser.session.get_expire_at_browser_close()
    in_the_admin(admin, user, name="Noor Bos")  # staff as before
    assert is_logged_in(browser)


def answer_to(post: Post) -> None:
    became_public([factories.post(parent=post)])


def test_a_session_without_a_proven_address_proves_one_instead_of_going_round(client):
    user = factories.user(email=EMAIL)
    client.force_login(user)
    page = client.get("/mijn-cafes/", follow=True)
    assert len(page.redirect_chain) == 1 and "Mail me een code" in page.text
    answer = log_in(client, EMAIL, next="/mijn-cafes/")
    assert answer.url == "/mijn-cafes/"
    assert is_logged_in(client)


def test_a_new_code_can_be_asked_while_one_is_under_way(client):
    """The link on the page of the code led back to that page."""
    factories.user(email=EMAIL)
    ask_code(client, EMAIL)
    page = client.get("/accounts/login/code/confirm/").text
    link = re.search(r'<a href="([^"]+)">vraag een nieuwe code', page)[1]
    assert "Mail me een code" in client.get(link).text
    log_in(client, EMAIL)
    assert is_logged_in(client)
