"""The words that are kept beside a post for the search: written with it, and gone with it."""

import subprocess
import sys

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from posts.finding import keeping
from posts.models import Post, PostWords
from tests.helpers import factories

pytestmark = pytest.mark.django_db


def kept(post: Post) -> tuple[str, str, bool]:
    return PostWords.objects.values_list("words", "lemmas", "waits").get(pk=post.pk)


@pytest.fixture
def post():
    return factories.post(text="Scholen in de steden.", name="Zoë", meeting="Teamoverleg")


def test_words_are_written_with_the_post_and_lemmas_by_the_worker(post):
    assert kept(post) == (" scholen in de steden zoe teamoverleg ", "", True)
    assert keeping.add_lemmas() == 1
    assert kept(post) == (" scholen in de steden zoe teamoverleg ", " school stad ", False)
    assert keeping.add_lemmas() == 0


def test_all_that_wait_get_their_lemmas(post, monkeypatch):
    monkeypatch.setattr(keeping, "A_TIME", 2)
    posts = [post, *(factories.post(text=f"{number} brieven") for number in range(4))]
    assert keeping.add_lemmas() == len(posts)
    assert not PostWords.objects.filter(waits=True).exists()


def test_other_words_take_the_place_of_the_old(post):
    keeping.add_lemmas()
    post.edit(text="Wij kregen brieven.")
    assert kept(post) == (" wij kregen brieven zoe teamoverleg ", "", True)
    keeping.add_lemmas()
    assert "brief" in kept(post)[1].split() and "stad" not in kept(post)[1]


def test_words_that_change_while_the_worker_reads_get_no_lemmas_of_the_old(post):
    (row,) = keeping.waiting()
    post.edit(text="Wij kregen brieven.")
    keeping.write([(post.pk, row[1], " school stad ")])
    assert kept(post) == (" wij kregen brieven zoe teamoverleg ", "", True)


def test_the_same_words_again_keep_their_lemmas(post):
    keeping.add_lemmas()
    Post.objects.get(pk=post.pk).save()
    assert kept(post)[1:] == (" school stad ", False)


def test_erasing_takes_words_and_lemmas_along(post):
    keeping.add_lemmas()
    post.erase(None)
    assert kept(post) == (" ", "", True)
    keeping.add_lemmas()
    assert kept(post) == (" ", "", False)


def test_a_name_that_goes_is_not_kept_here(post):
    Post.objects.filter(pk=post.pk).update(name="Iemand", meeting="")
    assert kept(post)[0] == " scholen in de steden iemand "


def test_what_is_deleted_leaves_nothing(post):
    Post.objects.filter(pk=post.pk).delete()
    assert not PostWords.objects.exists()


def test_a_thumb_and_a_decision_leave_them_alone(post):
    keeping.add_lemmas()
    with CaptureQueriesContext(connection) as queries:
        before = xmin(post)
        post.remove(by=None, reason="weg")
        post.restore(by=None)
        assert xmin(post) == before
    assert not any("postwords SET" in query["sql"] for query in queries)


def xmin(post: Post) -> str:
    """Which transaction wrote the row, and where it lies: another when it was written again."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT xmin::text || ctid::text FROM posts_postwords WHERE post_id = %s", [post.pk])
        return cursor.fetchone()[0]


def test_what_was_written_before_the_worker_came_is_found_as_it_stands(client, post):
    address = post.question.get_absolute_url()
    assert f"bijdrage-{post.pk}" in client.get(address, {"zoek": "scholen"}).text
    assert f'id="bijdrage-{post.pk}"' not in client.get(address, {"zoek": "stad"}).text
    keeping.add_lemmas()
    assert f'id="bijdrage-{post.pk}"' in client.get(address, {"zoek": "stad"}).text


WRITES = """
import sys, django
django.setup()
from importlib import import_module
from django.conf import settings
import_module(settings.ROOT_URLCONF)
import posts.tasks
print("simplemma" in sys.modules)
from posts.finding import asking
asking.read("kinderen")
print("simplemma" in sys.modules)
"""


def test_the_dictionary_is_loaded_at_the_first_search():
    loaded = subprocess.run([sys.executable, "-c", WRITES], capture_output=True, text=True, check=True)
    assert loaded.stdout.split() == ["False", "True"]
