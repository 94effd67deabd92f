"""Querysets whose SQL is built once: what comes out is what the ORM would make of them, run after run."""

from threading import Thread

import pytest
from django.db import connection, transaction
from django.db.models import BigIntegerField, Q, TextField
from django.db.models.functions import Length
from django.db.transaction import TransactionManagementError

from posts.models import Post
from tests.helpers import factories
from werkplaats import compiled
from werkplaats.compiled import Given, among

pytestmark = pytest.mark.django_db
BUILT = []


def of_writers(most: int):
    BUILT.append(most)
    named = Post.objects.filter(name=Given("name", TextField())).select_related("role", "question")
    return named.only("text", "role__name", "question__text").annotate(length=Length("text")).order_by("pk")[:most]


def some():
    return Post.objects.filter(among("pk", "keys")).order_by("-pk")


def locked():
    return Post.objects.select_for_update().filter(Q(pk=Given("pk", BigIntegerField())))


def test_the_sql_is_built_once_and_the_rows_are_objects(django_assert_num_queries):
    question = factories.question()
    posts = [factories.post(question, name=name, text=f"Van {name}.") for name in ("Anna", "Bram", "Anna")]
    BUILT.clear()
    with django_assert_num_queries(3):
        anna, again = compiled.objects(of_writers, 5, name="Anna")
        (bram,) = compiled.objects(of_writers, 5, name="Bram")
        (first,) = compiled.objects(of_writers, 1, name="Anna")
        assert str(anna.role), "what is selected along asks nothing more"
        assert (bram.text, bram.length, bram.question.text) == ("Van Bram.", 9, question.text)
    assert [anna, bram, again, first] == [*posts, posts[0]]
    assert BUILT == [5, 1], "for each shape once"
    assert anna.name == "Anna", "what was left out is asked for"


def test_among_takes_any_number_of_keys():
    posts = [factories.post() for _ in range(3)]
    assert compiled.objects(some, keys=[post.pk for post in posts[:2]]) == [posts[1], posts[0]]
    assert compiled.objects(some, keys=[]) == []


@pytest.mark.django_db(transaction=True)
def test_rows_are_locked_in_a_transaction_alone():
    post = factories.post()
    for _ in range(2):  # the second time nothing is built
        with transaction.atomic():
            assert compiled.objects(locked, pk=post.pk) == [post]
        with pytest.raises(TransactionManagementError):
            compiled.objects(locked, pk=post.pk)


@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_on_its_own_connection():
    post, found = factories.post(), []
    compiled.objects(some, keys=[post.pk])

    def ask():
        found.append(compiled.objects(some, keys=[post.pk]))
        connection.close()

    thread = Thread(target=ask)
    thread.start()
    thread.join()
    assert found == [[post]]
