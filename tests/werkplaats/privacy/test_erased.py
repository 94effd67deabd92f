"""The list outside the database of what was erased for good."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.helpers import factories
from werkplaats.privacy import erased
from werkplaats.privacy.erased import What


@pytest.fixture(autouse=True)
def erased_list(settings, tmp_path):
    settings.ERASED_LIST = tmp_path / "below" / "erased.jsonl"
    return settings.ERASED_LIST


def test_lines_come_back_in_their_order(erased_list):
    erased.note(What.POST, [3, 1])
    erased.note(What.PERSON, [7], visitors=["a"])
    one, two = erased.lines()
    assert (one.what, one.ids, one.more) == (What.POST, [1, 3], {})
    assert (two.what, two.ids, two.more) == (What.PERSON, [7], {"visitors": ["a"]})
    assert timezone.now() - timedelta(minutes=1) < one.at <= two.at <= timezone.now()
    assert erased_list.stat().st_mode & 0o007 == 0


def test_a_line_that_was_cut_off_hides_no_other(erased_list):
    erased.note(What.POST, [1])
    with erased_list.open("a") as file:
        file.write('{"at": "2026-\n[]\n')
    erased.note(What.POST, [2])
    assert [line.ids for line in erased.lines()] == [[1], [2]]


def test_without_a_list_there_is_nothing():
    assert list(erased.lines()) == []


def test_a_moderator_who_erases_leaves_a_number_and_no_words(db, erased_list):
    post = factories.post(text="Kanarie in de tekst", name="Kanarie")
    post.erase(None)
    (line,) = erased_list.read_text().splitlines()
    assert "anarie" not in line
    assert {**json.loads(line), "at": ""} == {"at": "", "what": "post", "ids": [post.pk]}


def test_what_cannot_be_listed_is_not_erased(db, settings, tmp_path):
    settings.ERASED_LIST = tmp_path / "file" / "erased.jsonl"
    (tmp_path / "file").write_text("no folder")
    post = factories.post(text="Blijft staan")
    with pytest.raises(OSError):
        post.erase(None)
    post.refresh_from_db()
    assert post.text == "Blijft staan"
