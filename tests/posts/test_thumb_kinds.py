"""A kind of thumb stands in one place: one that is added there is drawn, given, counted and taken back."""

import re

import pytest
from django.db import connection

from posts.models import thumb_kinds
from posts.models.tallies import PostTally
from posts.models.thumb_kinds import DOWN, UP, Kind, Thumbs
from posts.models.thumbs import Thumb
from tests.helpers import factories

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def heart(monkeypatch):
    """One kind more, with what a migration would do for it."""
    kind = Kind(99, "hart", "met een hart", "heart", frozenset({Thumbs.BOTH}))
    monkeypatch.setattr(thumb_kinds, "KINDS", [UP, DOWN, kind])
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE posts_thumb DROP CONSTRAINT thumb_of_a_kind")
    return kind


@pytest.mark.parametrize("kind", thumb_kinds.KINDS, ids=lambda kind: kind.word)
def test_a_kind_has_a_value_that_gives_and_a_word_that_an_address_can_hold(kind):
    assert kind.value != 0
    assert re.fullmatch("[a-z]+", kind.word) and kind.word != thumb_kinds.TAKEN_BACK


def shown(client, post) -> str:
    return client.get(post.question.get_absolute_url()).text


def counts(post) -> list[int]:
    tally = PostTally.objects.get(pk=post.pk)
    return [tally.count(kind) for kind in thumb_kinds.KINDS]


def test_a_kind_that_is_added_is_drawn_given_counted_and_taken_back(client, heart):
    post = factories.post()
    button = f'<button class="thumb" form="act" id="hart-{post.pk}"'
    assert button in shown(client, post) and "#heart" in shown(client, post)
    given = f'{button} name="gezien" value="{post.pk}.1" formaction="/bijdragen/{post.pk}/duim/weg/"'
    for wish, result in [("op", [1, 0, 0]), ("hart", [0, 0, 1]), ("hart", [0, 0, 1])]:
        client.post(f"/bijdragen/{post.pk}/duim/{wish}/")
        assert counts(post) == result
    assert given in shown(client, post)
    assert (
        '<span class="thumb-count">1</span><span class="visually-hidden thumb-words"> duimpje met een hart</span>'
        in shown(client, post)
    )
    assert Thumb.objects.get().value == heart.value
    answer = client.post(f"/bijdragen/{post.pk}/duim/weg/", headers=HTMX).text
    assert button in answer and given not in answer
    assert counts(post) == [0, 0, 0] and not Thumb.objects.exists()


def test_a_question_that_does_not_take_it_neither_draws_nor_counts_it(client, heart):
    post = factories.post(factories.question(thumbs="up"))
    assert f"hart-{post.pk}" not in shown(client, post)
    answer = client.post(f"/bijdragen/{post.pk}/duim/hart/", headers=HTMX).text
    assert "Dit duimpje staat uit bij deze vraag." in answer and counts(post) == [0, 0, 0]


def test_without_it_there_is_no_such_address(client):
    assert client.post(f"/bijdragen/{factories.post().pk}/duim/hart/").status_code == 404
