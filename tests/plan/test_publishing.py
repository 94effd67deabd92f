"""Publishing what was heard: what is in the way, what becomes public, and what stays."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from plan.actions import laying, publishing, stacks
from plan.actions.outcomes import Refused
from plan.models import Choice, Fragment, HeardVoice, Publication, Stack
from tests.plan import helpers

pytestmark = pytest.mark.django_db


def laid(desk) -> Stack:
    """All voices on one stack, that has a sentence and a choice."""
    open = desk.lines
    laying.lay(desk.harvest.pk, open.pk, helpers.seen(*desk.voices), desk.anouk)
    stacks.hear(desk.harvest.pk, open.pk, "Vertel je verhaal één keer.", _version(open), desk.anouk)
    stacks.choose(desk.harvest.pk, open.pk, _version(open), desk.anouk, choice=Choice.PLAN)
    return Stack.objects.get(pk=open.pk)


def _version(stack: Stack) -> int:
    return Stack.objects.values_list("version", flat=True).get(pk=stack.pk)


def publish(desk, **more) -> Publication:
    desk.harvest.refresh_from_db()
    until = timezone.localdate() + timedelta(weeks=8)
    return publishing.publish(desk.harvest.pk, desk.harvest.version, desk.anouk, reacts_until=until, **more)


def test_every_voice_that_may_be_read_has_its_place(desk):
    stack = laid(desk)
    publication = publish(desk)

    (heard,) = publication.heard.all()
    assert (heard.stack, heard.heard, heard.choice, heard.times) == (stack, "Vertel je verhaal één keer.", "plan", 3)
    went = set(HeardVoice.objects.filter(publication=publication, heard=heard).values_list("fragment", flat=True))
    assert went == {voice.pk for voice in desk.voices}


def test_nothing_is_public_while_a_voice_has_no_place(desk):
    laid(desk)
    helpers.voice(desk.harvest.question)
    with pytest.raises(Refused, match="Nog niet alles heeft een plek"):
        publish(desk)
    assert not Publication.objects.exists()


def test_what_another_sorted_meanwhile_is_looked_at_first(desk):
    laid(desk)
    desk.harvest.refresh_from_db()
    seen = desk.harvest.version
    stacks.hear(desk.harvest.pk, desk.lines.pk, "Eén keer vertellen.", _version(desk.lines), desk.anouk)
    with pytest.raises(Refused, match="veranderd sinds je keek"):
        publishing.publish(desk.harvest.pk, seen, desk.anouk, reacts_until=timezone.localdate())


def test_a_correction_is_the_next_one_and_says_what_changed(desk):
    laid(desk)
    first = publish(desk)
    stacks.hear(desk.harvest.pk, desk.lines.pk, "Eén keer vertellen.", _version(desk.lines), desk.anouk)
    with pytest.raises(Refused, match="wat er veranderde"):
        publish(desk)
    second = publish(desk, changed="De zin over vertellen is korter.")

    assert (first.number, second.number) == (1, 2)
    assert [first.heard.get().heard, second.heard.get().heard] == ["Vertel je verhaal één keer.", "Eén keer vertellen."]


def test_what_was_public_stays_as_it_was(desk):
    laid(desk)
    heard = publish(desk).heard.get()
    with pytest.raises(DatabaseError), transaction.atomic():
        type(heard).objects.filter(pk=heard.pk).update(heard="Iets anders.")
    with pytest.raises(DatabaseError), transaction.atomic():
        heard.delete()


def test_of_what_was_erased_nothing_stays_in_what_was_published(desk):
    laid(desk)
    publication = publish(desk)
    gone = desk.voices[0]
    Fragment.objects.select_related("post").get(pk=gone.pk).post.erase(None)
    assert not HeardVoice.objects.filter(fragment_id=gone.pk).exists()
    assert publication.voices.count() == 2


def test_letters_are_stopped_until_they_leave(desk):
    laid(desk)
    publication = publish(desk)
    assert publishing.stop(publication.pk, desk.anouk)
    assert publishing.stop(publication.pk, desk.anouk)  # a double click

    stacks.hear(desk.harvest.pk, desk.lines.pk, "Eén keer vertellen.", _version(desk.lines), desk.anouk)
    late = publish(desk, changed="Nog eens.")
    Publication.objects.filter(pk=late.pk).update(told_at=timezone.now())
    assert not publishing.stop(late.pk, desk.anouk)
