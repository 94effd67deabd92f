"""A shared computer: what was done on it before a log-in is somebody's only when they say so."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import caches
from django.db import connection, transaction
from django.test import Client

from posts.composing import device
from posts.models.posts import Post
from posts.models.thumbs import Thumb
from tests.helpers import factories
from tests.helpers.browsers import as_visitor, browser_of
from tests.helpers.logging_in import CONFIRM, ask_code, log_in
from tests.helpers.races import until_somebody_waits
from werkplaats.people import earlier, visitors
from werkplaats.people.merging import look_along_as
from werkplaats.people.models import User, Visitor
from werkplaats.pictures.models import Picture

pytestmark = pytest.mark.django_db
EMAIL, WORDS = "b@example.org", "Van wie hier eerder zat."
QUESTION = "/accounts/was-jij-dat/"


@pytest.fixture(autouse=True)
def no_limits_of_another_test():
    caches["default"].clear()


@pytest.fixture
def before():
    """Who sat here first: wrote something that a moderator approved, gave a thumb, voted, signed up for a café."""
    visitor = factories.visitor()
    factories.post(visitor=visitor, text=WORDS)
    Thumb.objects.create(post=factories.post(), visitor=visitor, value=1)
    poll = factories.poll()
    factories.vote(poll, visitor, poll.choices.first())
    factories.registration(factories.cafe(), visitor_id=visitor.pk, email="a@example.org", name="Geheime naam")
    return visitor


@pytest.fixture
def b(before):
    """Somebody else, who logs in on that browser and wanted to go to the cafés."""
    factories.user(email=EMAIL)
    browser = browser_of(before)
    browser.answer = log_in(browser, EMAIL, next="/cafes/")
    return browser


def own() -> Visitor:
    return Visitor.objects.get(user__email=EMAIL)


def ask(browser: Client) -> dict:
    """The question as it stands on the page, with what a button sends along."""
    page = browser.get(f"{QUESTION}?next=/cafes/").text
    return {"next": "/cafes/", "gezien": re.search(r'name="gezien" value="(\w+)"', page)[1]}


def test_it_is_nobodys_before_they_answer(b, before):
    post = before.posts.get()
    assert b.get(f"/bijdragen/{post.pk}/wijzigen/").status_code == 404
    b.post(f"/bijdragen/{post.pk}/wijzigen/", {"text": "Van B.", "name": "B", "role": post.role_id})
    b.post(f"/bijdragen/{post.pk}/weghalen/")
    post.refresh_from_db()
    assert (post.text, post.removed_at, post.visitor) == (WORDS, None, before)
    assert visitors.COOKIE.unsign(b.cookies[visitors.COOKIE.name].value) == visitors.signed(
        own().pk, visitors.key_of(own().user)
    )


def test_the_log_in_asks_and_shows_what_was_done(b):
    assert b.answer.url == f"{QUESTION}?next=%2Fcafes%2F"
    page = b.get(b.answer.url).text
    assert "Was jij dat?" in page and WORDS in page
    for count in ("1 duimpje", "1 stem"):
        assert f"<strong>{count}</strong>" in page
    # Only of a new address there is a sign-up: the question would tell which it was.
    assert "aanmelding" not in page.partition("Was jij dat?")[2].partition("</main>")[0]
    assert "Geheime naam" not in page and "a@example.org" not in page


def test_yes_makes_it_theirs_and_leads_where_they_wanted_to_go(b, before):
    assert b.post(QUESTION, {"antwoord": "ja", **ask(b)}).url == "/cafes/"
    assert not Visitor.objects.filter(pk=before.pk).exists()
    assert (own().posts.get().text, own().thumbs.count(), own().ballots.count()) == (WORDS, 1, 1)
    assert b.get(QUESTION).url == "/"  # nothing is asked twice


def test_no_leaves_it_with_nobodys_browser(b, before):
    assert b.post(QUESTION, {"antwoord": "nee", **ask(b)}).url == "/cafes/"
    assert (before.posts.get().text, before.thumbs.count(), own().posts.count()) == (WORDS, 1, 0)
    assert "Was jij dat?" not in b.get("/mijn-cafes/").text
    assert b.get(QUESTION).url == "/"
    assert b.post(QUESTION, {"antwoord": "ja", "gezien": "x"}).url == "/"
    assert own().posts.count() == 0


@pytest.mark.parametrize("what", ["words", "thumb", "taken away", "turned", "sticker", "role"])
def test_yes_counts_for_what_was_shown(b, before, what):
    sticker = factories.sticker(factories.sticker_round(groups=1, ideas=1).ideas.get(), 1, before)
    seen = ask(b)
    if what == "turned":
        Thumb.objects.wish(before.thumbs.get().post_id, before.pk, -1)
    elif what == "sticker":
        type(sticker).objects.filter(pk=sticker.pk).update(colour=3)
    elif what == "role":
        look_along_as(before.pk, factories.role("leerkracht"))
    elif what == "words":
        before.posts.update(text="Iets heel anders.")
    elif what == "thumb":
        Thumb.objects.create(post=factories.post(), visitor=before, value=1)
    else:
        before.posts.get().withdraw()
    page = b.post(QUESTION, {"antwoord": "ja", **seen})
    assert page.status_code == 409
    assert "Er is net iets veranderd" in page.text
    assert Visitor.objects.filter(pk=before.pk, user=None).exists()
    assert ("Iets heel anders." in page.text) == (what == "words")
    assert ("mee als <strong>leerkracht</strong>" in page.text) == (what == "role")
    b.post(QUESTION, {"antwoord": "ja", **ask(b)})
    assert own().thumbs.count() == (2 if what == "thumb" else 1)


def test_where_nothing_was_done_nothing_is_asked():
    factories.user(email=EMAIL)
    assert log_in(browser_of(factories.visitor()), EMAIL, next="/cafes/").url == "/cafes/"
    assert log_in(Client(), EMAIL, next="/cafes/").url == "/cafes/"


def test_on_ones_own_device_it_is_asked_once(b):
    b.post(QUESTION, {"antwoord": "ja", **ask(b)})
    b.cookies.pop("sessie")  # the session is over, the browser is still theirs
    assert log_in(b, EMAIL, next="/cafes/").url == "/cafes/"


def test_a_browser_of_somebody_else_who_logged_in_is_not_asked_about(before):
    visitors.Visitor.objects.filter(pk=before.pk).update(user=factories.user(email="a@example.org"))
    factories.user(email=EMAIL)
    browser = browser_of(before)
    assert log_in(browser, EMAIL, next="/cafes/").url == "/cafes/"
    assert browser.get(QUESTION).url == "/"


def test_the_question_is_for_who_just_logged_in(b, before):
    assert as_visitor(Client(), before).get(QUESTION).url.startswith("/accounts/login/")
    other = Client()
    factories.user(email="c@example.org")
    log_in(other, "c@example.org")
    assert other.post(QUESTION, {"antwoord": "ja", **ask(b)}).url == "/cafes/"
    assert before.posts.exists()


def test_without_an_answer_the_writing_box_knows_nobody_by_name(b):
    factories.question()
    b.cookies[device.COOKIE.name] = device.COOKIE.sign({"name": "Fatima", "role": factories.role().pk})
    assert "Fatima" not in b.get("/denk-praat-doe-mee/").text
    b.post(QUESTION, {"antwoord": "ja", **ask(b)})
    assert "Fatima" in b.get("/denk-praat-doe-mee/").text


def test_it_leads_to_no_other_site(b):
    for url in ("https://kwaad.example/", "//kwaad.example", "javascript:alert(1)"):
        assert "kwaad" not in b.get(QUESTION, {"next": url}).text
    assert b.post(QUESTION, {"antwoord": "nee", "next": "https://kwaad.example/"}).url == "/"


def test_without_an_answer_it_stays_asked_in_this_session(b, before):
    page = b.get("/mijn-cafes/").text
    assert f'<a href="{QUESTION}?next=/mijn-cafes/">Was jij dat?</a>' in page
    assert WORDS in b.get(QUESTION).text
    b.post("/accounts/logout/")
    log_in(b, EMAIL)
    assert b.get(QUESTION).url == "/"
    assert before.posts.exists()


def test_what_they_proved_to_be_theirs_is_not_asked():
    """Wrote, and typed the code that was mailed for it: one press, and it is theirs."""
    user, here = User.objects.confirmed(EMAIL), factories.visitor()
    post = factories.post(visitor=here, published=False, email=EMAIL)
    browser = browser_of(here)
    answer = log_in(browser, EMAIL, next="/cafes/")
    post.refresh_from_db()
    if post.author_id is None:  # it is asked about by the page of the code
        post.confirm(user)
        earlier.settle(user)
        post.refresh_from_db()
    assert post.visitor == own()
    assert WORDS not in browser.get(answer.url, follow=True).text


def test_of_two_things_only_what_is_not_proven_is_asked():
    user, here = User.objects.confirmed(EMAIL), factories.visitor()
    factories.post(visitor=here, author=user, email=EMAIL, text="Bewezen van mij.")
    factories.post(visitor=here, text=WORDS)
    browser = browser_of(here)
    page = browser.get(log_in(browser, EMAIL).url).text
    assert WORDS in page and "Bewezen van mij." not in page


def test_one_who_is_shut_out_gets_no_visitor_by_logging_in(before):
    user = factories.user(email=EMAIL)
    browser = browser_of(before)
    code = ask_code(browser, EMAIL)
    User.objects.filter(pk=user.pk).update(is_active=False)
    browser.post(CONFIRM, {"code": code})
    assert not Visitor.objects.filter(user=user).exists()


class Asked:
    def __init__(self, visitor_id):
        self.visitor_id, self.visitor_changed = visitor_id, False


def at_once(asked: list[Asked], users: list[User]) -> None:
    """All log in at the same moment, each on a connection of its own."""
    start = threading.Barrier(len(asked))

    def log_in(request, user):
        try:
            start.wait()
            visitors.link(request, user)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(asked)) as pool:
        list(pool.map(log_in, asked, users))


@pytest.mark.django_db(transaction=True)
def test_two_people_who_log_in_at_once_with_one_cookie_each_get_a_visitor_of_their_own():
    for _ in range(10):
        here = factories.visitor()
        users, asked = [factories.user(), factories.user()], [Asked(here.pk), Asked(here.pk)]
        at_once(asked, users)
        assert [Visitor.objects.get(pk=each.visitor_id).user for each in asked] == users


@pytest.mark.django_db(transaction=True)
def test_one_person_who_logs_in_six_times_at_once_is_one_visitor():
    user, asked = factories.user(), [Asked(factories.visitor().pk) for _ in range(6)]
    at_once(asked, [user] * 6)
    assert {each.visitor_id for each in asked} == {Visitor.objects.get(user=user).pk}


@pytest.mark.django_db(transaction=True)
def test_words_that_change_while_yes_is_pressed_are_asked_again(before):
    """A holds the words when B presses: B's yes waits for A, and then sees that they are others."""
    factories.user(email=EMAIL)
    browser = browser_of(before)
    log_in(browser, EMAIL)
    seen, waits = ask(browser), threading.Event()

    def press():
        try:
            waits.set()
            return browser.post(QUESTION, {"antwoord": "ja", **seen}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            before.posts.update(text="Iets heel anders.")
            pressed = pool.submit(press)
            waits.wait()
            until_somebody_waits()
        assert pressed.result() == 409
    assert Post.objects.get(text="Iets heel anders.").visitor == before


@pytest.mark.django_db(transaction=True)
def test_words_are_locked_in_the_order_in_which_moderators_lock_them():
    """Answers before roots: who waits for an answer holds no root that a moderator of that answer needs next."""
    here, user = factories.visitor(), factories.user(email=EMAIL)
    root = factories.post(visitor=here)
    answer = factories.post(root.question, parent=root, visitor=here)

    def merge():
        try:
            visitors.merge(here, visitors.own(user))
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Post.objects.select_for_update().get(pk=answer.pk)
            merged = pool.submit(merge)
            until_somebody_waits()
            Post.objects.select_for_update(nowait=True, no_key=True).get(pk=root.pk)
        merged.result()
    assert set(own().posts.all()) == {root, answer}


def test_the_question_shows_the_name_and_the_picture_of_what_becomes_theirs():
    here = factories.visitor()
    photo = Picture.objects.create(name=f"{1:032x}", width=640, height=480, alt="Een tekening van X")
    factories.post(visitor=here, name="Naam van X", text="Kijk eens.", published=False, picture=photo)
    drawing = Picture.objects.create(name=f"{2:032x}", width=640, height=480, alt="Zonder woorden")
    factories.wensbeeld(visitor=here, text="", picture=drawing)
    factories.user(email=EMAIL)
    browser = browser_of(here)
    page = browser.get(log_in(browser, EMAIL).url).text
    for shown in ("Naam van X", "Kijk eens.", "Een tekening van X", "Zonder woorden"):
        assert shown in page
    assert page.count("<img class") == 2
