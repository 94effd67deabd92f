"""What is whose: by the register, in one query."""

import pytest

from tests.helpers import factories
from werkplaats.avg.rows import registered, rows_of, theirs
from werkplaats.people import visitors
from werkplaats.people.models import User
from werkplaats.privacy.person import Person

pytestmark = pytest.mark.django_db


def labels(rows):
    return {row.model._meta.label for row in rows}


def test_each_path_of_the_register_leads_somewhere():
    """A lookup that does not exist raises FieldError."""
    person = Person(1, frozenset({factories.visitor().pk}), frozenset({"iemand@example.org"}))
    found = [list(theirs(model, entry, person)) for model, entry in registered()]
    assert len(found) > 30


def test_all_of_a_person_comes_in_one_query(django_assert_num_queries):
    user = User.objects.confirmed("fatima@example.org")
    own = visitors.own(user)
    post = factories.post(author=user, visitor=own, email=user.email)
    post.edit(text="Anders gezegd")
    factories.registration(factories.cafe(), email=user.email, name="Fatima")
    factories.post(text="Van een ander", name="Bram")
    person = Person.of_user(user)
    with django_assert_num_queries(1):
        rows = rows_of(person)
    assert {"werkplaats.User", "werkplaats.Visitor", "account.EmailAddress"} <= labels(rows)
    assert {"posts.Post", "posts.PostEvent", "events.Registration"} <= labels(rows)
    (shown,) = [row.values for row in rows if row.model._meta.label == "posts.Post"]
    assert (shown["text"], shown["role"]) == ("Anders gezegd", "ouder")
    assert "Van een ander" not in str(rows)


def test_words_of_a_person_are_not_of_the_browser_that_typed_them():
    typed = factories.visitor()
    user = User.objects.confirmed("fatima@example.org")
    factories.post(author=user, visitor=typed, text="Van Fatima")
    factories.post(visitor=typed, text="Van de browser")
    found = rows_of(Person.of_visitor(typed.pk), only=("posts.Post",))
    assert [row.values["text"] for row in found if not row.is_version] == ["Van de browser"]
    assert "Van Fatima" in str(rows_of(Person.of_user(user)))


def test_what_somebody_else_typed_under_an_address_is_not_theirs():
    user = User.objects.confirmed("fatima@example.org")
    factories.post(email=user.email, text="Door een vreemde getypt")
    assert "vreemde" not in str(rows_of(Person.of_user(user)))


def test_the_cookie_of_a_person_alone_is_nobody():
    own = visitors.own(User.objects.confirmed("fatima@example.org"))
    assert not Person.of_visitor(own.pk)
    assert rows_of(Person()) == []


def test_nothing_that_opens_something_is_told():
    user = User.objects.confirmed("fatima@example.org")
    found = rows_of(Person.of_user(user))
    assert user.key.hex not in str(found).replace("-", "")
    assert user.password not in str(found)
