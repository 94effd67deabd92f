"""When voices are compared, and what stays of it: nothing of what is erased, and no word of anything."""

import logging
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection
from procrastinate.contrib.django import app

from plan.actions import comparing
from plan.models import Compared, Comparison, Fragment, Likeness
from posts.models import Post
from tests.helpers import factories
from tests.plan import helpers
from tests.plan.test_erasing import idea, note, post, wensbeeld

pytestmark = pytest.mark.django_db


def pairs() -> set[tuple[int, int]]:
    return set(Likeness.objects.values_list("fragment", "other"))


def due() -> list[int]:
    return [harvest.pk for harvest in comparing.due_harvests()]


def rested() -> None:
    Comparison.objects.update(took=timedelta(0))


def test_a_harvest_is_due_when_a_voice_is_new_or_has_other_words(voices):
    harvest = voices[0].harvest_id
    assert due() == [harvest]
    assert (comparing.compare_due(), comparing.compare_due()) == (1, 0)
    rested()
    assert due() == []
    factories.wensbeeld()  # lies in the same harvest, since its question is the one that is open
    assert due() == [harvest]
    comparing.compare_due()
    rested()
    assert due() == []
    Post.objects.filter(pk=voices[0].post_id).update(text="Anders.")
    assert due() == [harvest]


def test_one_that_took_long_is_left_for_a_while(voices):
    comparing.compare_due()
    helpers.voice(voices[0].post.question)
    Comparison.objects.update(took=timedelta(minutes=1))
    assert due() == []
    Comparison.objects.update(took=timedelta(seconds=0))
    assert due() == [voices[0].harvest_id]


def test_twice_is_once(voices):
    comparing.compare(voices[0].harvest)
    first = pairs()
    comparing.compare(voices[0].harvest)
    assert pairs() == first and len(first) == 6
    assert Compared.objects.count() == 4


def test_what_may_not_be_read_any_more_is_compared_with_nothing(voices):
    comparing.compare(voices[0].harvest)
    voices[1].post.remove(helpers.sorter(), "spam")
    comparing.compare(voices[0].harvest)
    assert not [pair for pair in pairs() if voices[1].pk in pair]
    assert set(Compared.objects.values_list("pk", flat=True)) == {voices[0].pk, voices[2].pk, voices[3].pk}


@pytest.mark.parametrize("kind", [post, wensbeeld, idea, note])
def test_of_what_is_erased_nothing_stays_in_what_is_alike(kind):
    voice, erase = kind()
    other = Fragment.objects.exclude(pk=voice.pk).first() or voice
    Fragment.objects.filter(pk=other.pk).update(harvest=voice.harvest)
    known = {"source_version": 1, "other_version": 1, "strength": 500}
    for one, another in ((voice, other), (other, voice)):
        Likeness.objects.get_or_create(fragment=one, other=another, defaults=known)
    Compared.objects.create(fragment=voice, harvest=voice.harvest, source_version=1, place=0)
    erase()
    assert not [pair for pair in pairs() if voice.pk in pair]
    assert not Compared.objects.filter(pk=voice.pk).exists()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_what_is_kept_has_no_column_for_words():
    for model in (Comparison, Compared, Likeness):
        kinds = {field.get_internal_type() for field in model._meta.concrete_fields}
        assert not kinds & {"CharField", "TextField", "JSONField"}
    assert {model._meta.model_name for model in apps.get_app_config("plan").get_models()} >= {"likeness", "compared"}


def test_a_process_that_fails_leaves_what_was_there_and_the_harvest_rests(voices, monkeypatch, caplog):
    comparing.compare(voices[0].harvest)
    before = pairs()
    rested()
    helpers.voice(voices[0].post.question)
    monkeypatch.setattr(comparing, "MEASURING", "plan.alike.nowhere")
    with caplog.at_level(logging.CRITICAL):
        assert comparing.compare_due() == 0
    assert pairs() == before
    assert due() == [], "it is not tried again each minute"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seen", [True, False])
def test_a_voice_that_goes_while_it_is_compared_spoils_nothing(voices, monkeypatch, seen):
    """Seen before the others are written; or not, and then the database refuses."""
    measured = comparing.measured

    def slow(harvest, versions):
        found = list(measured(harvest, versions))
        Post.objects.get(pk=voices[1].post_id).erase(None)
        return iter(found)

    monkeypatch.setattr(comparing, "measured", slow)
    if not seen:
        monkeypatch.setattr(comparing, "still_there", set)
    comparing.compare(voices[0].harvest)
    rested()
    assert not [pair for pair in pairs() if voices[1].pk in pair]
    assert len(pairs()) == (2 if seen else 0)
    assert due() == ([] if seen else [voices[0].harvest_id])


def test_the_job_looks_each_minute_and_never_two_at_once():
    [(periodic, cron)] = [
        (task.task, task.cron)
        for (name, _), task in app.periodic_registry.periodic_tasks.items()
        if name.endswith("compare_voices")
    ]
    assert cron == "* * * * *"
    assert (periodic.queueing_lock, periodic.lock) == ("compare_voices", "compare_voices")
