"""Erasing at the moment at which something of theirs happens: nothing of them is left, and nothing breaks."""

import pytest
from django.db import IntegrityError
from django.test import Client
from procrastinate.contrib.django import app

from events.models import Registration
from posts.models import Post, Thumb
from tests.helpers import factories
from tests.helpers.browsers import browser_of
from tests.helpers.races import in_between
from werkplaats.avg import erasing
from werkplaats.avg.rows import rows_of
from werkplaats.models import Erasure, User, Visitor
from werkplaats.people import visitors
from werkplaats.privacy.person import Person, Words
from werkplaats.web import programs

pytestmark = pytest.mark.django_db(transaction=True)
EMAIL = "fatima@example.org"


@pytest.fixture(autouse=True)
def erased_list(settings, tmp_path):
    settings.ERASED_LIST = tmp_path / "erased.jsonl"


class Somebody:
    def __init__(self) -> None:
        self.user = User.objects.confirmed(EMAIL)
        self.visitor = visitors.own(self.user)
        self.question = factories.question()
        self.post = factories.post(self.question, author=self.user, visitor=self.visitor, email=EMAIL)
        self.other = factories.post(self.question)
        self.cafe = factories.cafe()
        self.sign_up = factories.registration(self.cafe, email=EMAIL)
        self.person = Person.of_user(self.user)
        self.browser = browser_of(self.visitor)

    def erase(self) -> None:
        erasing.erase(self.person, Words.GO)

    def writes(self) -> None:
        said = {"text": "Nog iets", "name": "Fatima", "role": factories.role().pk, "email": EMAIL}
        url = f"/vragen/{self.question.slug}/bijdragen/"
        answer = self.browser.post(url, {**said, "moment": programs.moment(ago=10)})
        assert answer.status_code < 500

    def gives_a_thumb(self) -> None:
        assert self.browser.post(f"/bijdragen/{self.other.pk}/duim/omhoog/").status_code < 500

    def takes_away(self) -> None:
        assert self.browser.post(f"/bijdragen/{self.post.pk}/weghalen/").status_code < 500

    def merges(self) -> None:
        """As «Was jij dat?» does, which first locks who says so."""
        User.objects.select_for_update(no_key=True).get(pk=self.user.pk)
        visitors.merge(self.before, self.visitor)

    def cancels(self) -> None:
        assert Client().post(f"{self.sign_up.get_absolute_url()}afmelden/").status_code < 500

    def signs_up_again(self) -> None:
        self.cafe.register(email=EMAIL, name="Fatima", wish="online")


@pytest.fixture
def somebody():
    return Somebody()


def nothing_is_theirs(somebody: Somebody) -> None:
    app.tasks["werkplaats.tasks.forget_acts"].func(user_id=somebody.person.user)  # as the worker does, minutes later
    assert rows_of(Person(somebody.person.user, somebody.person.visitors)) == []
    assert not User.objects.filter(pk=somebody.user.pk).exists()
    assert not Visitor.objects.filter(pk=somebody.visitor.pk).exists()
    assert not Post.objects.filter(author=somebody.user.pk).exists()


@pytest.mark.parametrize("act", ["writes", "takes_away", "cancels", "signs_up_again"])
def test_what_comes_while_they_are_erased(somebody, act):
    assert in_between(somebody.erase, getattr(somebody, act)) == []
    nothing_is_theirs(somebody)


@pytest.mark.parametrize("act", ["changes", "cancels"])
def test_what_is_under_way_when_they_are_erased(somebody, act):
    slow = {"changes": lambda: somebody.post.edit(text="Anders"), "cancels": somebody.sign_up.cancel}[act]
    assert in_between(slow, somebody.erase) == []
    nothing_is_theirs(somebody)
    assert not Registration.objects.filter(email=EMAIL).exists()
    somebody.post.refresh_from_db()
    assert somebody.post.text == ""


def test_a_thumb_under_way_is_taken_back(somebody):
    def give():
        Thumb.objects.wish(somebody.other.pk, somebody.visitor.pk, 1)

    assert in_between(give, somebody.erase) == []
    nothing_is_theirs(somebody)
    somebody.other.tally.refresh_from_db()
    assert somebody.other.tally.thumbs.get("1", 0) == Thumb.objects.count() == 0


def test_two_who_erase_at_once_do_it_once(somebody):
    assert in_between(somebody.erase, somebody.erase) == []
    nothing_is_theirs(somebody)
    assert Erasure.objects.count() == 1


def test_without_the_lock_both_believe_that_they_did_it(somebody, monkeypatch):
    """The control: it is the lock that makes it once."""
    monkeypatch.setattr(erasing, "locked", lambda person: person)
    monkeypatch.setattr(erasing.events.privacy, "lock_cafes", lambda person: None)
    in_between(somebody.erase, somebody.erase)
    assert Erasure.objects.count() == 2


def test_what_is_claimed_at_the_same_moment(somebody):
    typed = factories.post(somebody.question, email=EMAIL, text="Getypt", published=False)
    assert in_between(somebody.erase, lambda: refused(lambda: typed.confirm(somebody.user))) == []
    nothing_is_theirs(somebody)
    typed.refresh_from_db()
    assert (typed.author, typed.email) == (None, "")


def refused(act) -> None:
    """It may fail: there is nobody any more to claim it."""
    with pytest.raises((IntegrityError, User.DoesNotExist)):
        act()


def test_a_merge_at_the_same_moment_leaves_nothing_behind(somebody):
    somebody.before = factories.visitor()
    factories.post(somebody.question, visitor=somebody.before, text="Van eerder")
    assert in_between(somebody.merges, somebody.erase) == []
    nothing_is_theirs(somebody)
    assert not Post.objects.filter(text="Van eerder").exists()
