"""The state of a room: what everyone may see now, one version after the other."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from live.actions import leading, saying
from live.models import Kind, LiveCafe
from live.reading import state
from live.reading.state import LARGEST, state_of
from posts.models import Post
from tests.helpers import factories
from tests.live.helpers import again, room, shown, to, voice

pytestmark = pytest.mark.django_db


def said(live: LiveCafe) -> dict:
    return json.loads(state_of(again(live)).body)


def test_what_waits_is_in_no_state_nor_in_its_size():
    live = to(room(), Kind.QUESTION)
    before = state_of(live)
    voice(live, "Dit wacht nog")
    assert state_of(again(live)) == before


def test_what_is_shown_has_its_place_in_the_order_and_leaves_when_it_is_hidden():
    live = to(room(), Kind.QUESTION)
    first, second = shown(live, "Eerst dit"), shown(live, "Dan dat")
    assert [number for number, _ in said(live)["voices"]] == [1, 2]
    assert said(live)["count"] == 2
    saying.hide(second)
    assert [number for number, _ in said(live)["voices"]] == [1]
    assert "Dan dat" not in state_of(again(live)).body.decode()
    assert not Post.objects.readable().filter(pk=second.post_id).exists()
    assert Post.objects.readable().filter(pk=first.post_id).exists()


@pytest.mark.parametrize("act", ["remove", "withdraw", "erase", "hold"])
def test_what_is_taken_away_on_the_site_leaves_the_screen_with_a_new_version(act):
    live = to(room(), Kind.QUESTION)
    made, by = shown(live, "Hier staat te veel"), factories.coordinator(email="b@example.com")
    version = again(live).version
    arguments = {"remove": (by, "te veel"), "withdraw": (), "erase": (by,), "hold": ("reported",)}[act]
    getattr(made.post, act)(*arguments)
    assert again(live).version > version
    assert "te veel" not in state_of(again(live)).body.decode()


def test_nothing_is_left_of_the_state_while_the_screen_is_empty():
    live = to(room(), Kind.QUESTION)
    shown(live, "Eerst dit")
    leading.clear(again(live), again(live).turn)
    assert said(live)["kind"] == "leeg" and said(live)["voices"] == [] and said(live)["count"] == 0
    assert "Eerst dit" not in state_of(again(live)).body.decode()
    leading.clear(again(live), again(live).turn, empty=False)
    assert said(live)["count"] == 1


def test_a_voice_that_comes_while_a_state_is_read_is_wholly_in_it_or_not_at_all():
    live = to(room(), Kind.QUESTION)
    shown(live, "Al gehoord")
    came = []

    def between(execute, sql, params, many, context):
        found = execute(sql, params, many, context)
        if not came and 'FROM "live_voice"' in sql:
            came.append(True)
            shown(live, "Net nu")
        return found

    with connection.execute_wrapper(between):
        torn = said(live)
    assert came
    assert [number for number, _ in torn["voices"]] == torn["stand"]


def test_a_state_of_long_voices_is_small():
    live = to(room(), Kind.QUESTION)
    for number in range(14):
        shown(live, f"{number} " + "ë" * 270, table=number % 9 + 1)
    assert len(state_of(again(live)).body) <= LARGEST


def test_a_state_costs_the_same_with_one_voice_and_with_many(django_assert_num_queries):
    live = to(room(), Kind.QUESTION)
    shown(live)
    with django_assert_num_queries(4):  # the room, who is there, the voices, how many
        state._drawn(live.pk)
    for number in range(6):
        shown(live, f"stem {number}")
    with django_assert_num_queries(4):
        state._drawn(live.pk)


def test_the_site_says_that_nothing_changed_with_one_query(client, django_assert_num_queries):
    live = to(room(), Kind.QUESTION)
    url = f"/z/{live.code.lower()}/stand/"
    first = client.get(url)
    assert first.status_code == 200 and first["ETag"] == f'"{live.version}"'
    with django_assert_num_queries(1):
        assert client.get(url, headers={"If-None-Match": first["ETag"]}).status_code == 304
    shown(live)
    assert client.get(url, headers={"If-None-Match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize("name", ["called_off_at", "ends_at", "title"])
def test_screen_and_phones_hear_at_once_that_the_café_was_called_off_moved_or_renamed(name):
    live = room()
    now = timezone.now()
    value = {"called_off_at": now, "ends_at": now + timedelta(hours=3), "title": "Anders"}[name]
    version = live.version
    type(live.cafe).objects.filter(pk=live.cafe_id).update(route="Achterom")
    assert again(live).version == version
    type(live.cafe).objects.filter(pk=live.cafe_id).update(**{name: value})
    assert again(live).version > version


def test_voices_that_are_long_in_html_are_fewer_than_would_make_a_state_large():
    live = to(room(), Kind.QUESTION)
    for number in range(9):
        shown(live, f"{number} " + '"' * 270, table=number % 9 + 1)
    assert len(state_of(again(live)).body) <= LARGEST
    assert len(said(live)["voices"]) >= len(state.PLACES)
