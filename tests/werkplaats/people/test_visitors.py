"""One browser is one visitor; logging in gives it the visitor of the person, logging out starts a new one."""

import contextlib
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from polls.voting.models import Ballot
from posts.models.thumb_kinds import DOWN, UP
from posts.models.thumbs import Thumb
from tests.helpers import factories
from tests.helpers.browsers import browser_of
from werkplaats.people import visitors
from werkplaats.people.models import Visitor

pytestmark = pytest.mark.django_db


class Asked:
    """As much of a request as visitors need."""

    def __init__(self, visitor_id=None, cookie=""):
        self.visitor_id, self.visitor_changed, self.META = visitor_id, False, {}
        self.COOKIES = {visitors.COOKIE.name: cookie}


def test_reading_makes_no_visitor_and_no_cookie(client):
    answer = client.get("/")
    assert not Visitor.objects.exists()
    assert visitors.COOKIE.name not in answer.cookies


def test_a_first_write_makes_one_and_the_next_finds_it():
    asked = Asked()
    visitor = visitors.writing(asked)
    assert asked.visitor_changed
    assert visitors.writing(Asked(visitor.pk)) == visitor
    assert Visitor.objects.count() == 1


def test_a_visitor_that_was_erased_comes_back_as_itself():
    lost = uuid.uuid4()
    assert visitors.writing(Asked(lost)).pk == lost


@pytest.mark.parametrize("cookie", ["", "x", "x:y", f"{uuid.UUID(int=7).hex}:forged", "\x00", "é" * 5000])
def test_a_cookie_that_is_not_ours_is_nobody(cookie):
    assert visitors.read(Asked(cookie=cookie)) is None


def test_our_own_cookie_is_read():
    known = uuid.uuid4()
    assert visitors.read(Asked(cookie=visitors.COOKIE.sign(known.hex))) == known


def test_two_visitors_who_are_one_person_become_one():
    user = factories.user()
    phone, laptop = factories.visitor(user=user), factories.visitor()
    post, other = factories.post(), factories.post()
    Thumb.objects.create(post=post, visitor=phone, value=1)
    Thumb.objects.create(post=post, visitor=laptop, value=-1)  # the same person cannot have both: the last in time
    Thumb.objects.create(post=other, visitor=laptop, value=1)
    poll = factories.poll()
    yes, no, _ = poll.choices.all()
    factories.vote(poll, phone, yes, 1)
    factories.vote(poll, laptop, no, 1)

    visitors.merge(laptop, phone)

    assert not Visitor.objects.filter(pk=laptop.pk).exists()
    assert set(phone.thumbs.values_list("post", "value")) == {(post.pk, -1), (other.pk, 1)}
    post.refresh_from_db()
    assert (post.tally.count(UP), post.tally.count(DOWN)) == (0, 1)
    assert list(Ballot.objects.order_by("number").values_list("visitor", "number", "choice")) == [
        (phone.pk, 1, yes.pk),
        (phone.pk, 2, no.pk),
    ]


def test_logging_in_twice_is_logging_in_once():
    user = factories.user()
    asked = Asked(factories.visitor().pk)
    before = asked.visitor_id
    assert [visitors.link(asked, user) for _ in range(2)] == [before, None]
    assert asked.visitor_id == Visitor.objects.get(user=user).pk != before


def test_logging_in_takes_nothing_along():
    """What was done here may be of whoever sat here before: see test_earlier.py."""
    here, user = factories.visitor(), factories.user()
    Thumb.objects.create(post=factories.post(), visitor=here, value=1)
    asked = Asked(here.pk)
    assert visitors.link(asked, user) == here.pk
    assert Thumb.objects.get().visitor == here
    here.refresh_from_db()
    assert here.user is None


def test_a_browser_of_someone_else_is_not_taken_over():
    theirs = factories.visitor(user=factories.user())
    user = factories.user()
    asked = Asked(theirs.pk)
    visitors.link(asked, user)
    assert asked.visitor_id != theirs.pk
    theirs.refresh_from_db()
    assert theirs.user != user


def test_logging_out_starts_a_new_visitor():
    user = factories.user()
    visitor = factories.visitor(user=user)
    client = browser_of(visitor)
    client.force_login(user)
    answer = client.post("/accounts/logout/")
    assert answer.cookies[visitors.COOKIE.name].value == ""
    assert Visitor.objects.filter(pk=visitor.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_merging_does_not_wait_for_who_thumbs_the_same_posts():
    """A thumb holds an answer, then its root: who holds many posts would wait for it, and it for them."""
    answer = factories.post(parent=factories.post())
    own = factories.visitor(user=factories.user())
    here = factories.visitor()
    Thumb.objects.create(post=answer, visitor=here, value=1)

    def merge():
        with contextlib.closing(connection), connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '2s'")
            visitors.merge(here, own)

    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        Thumb.objects.create(post=answer, visitor=factories.visitor(), value=1)
        pool.submit(merge).result()
    answer.refresh_from_db()
    assert answer.tally.count(UP) == 2
