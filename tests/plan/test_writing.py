"""Sentences of the plan with their numbers, wordings and sources."""

import pytest
from django.db import ProgrammingError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from plan.actions import stacks, writing
from plan.actions.outcomes import Refused
from plan.models import Chapter, Footnote, Origin, Sentence, Source, Wording
from tests.plan import helpers

pytestmark = pytest.mark.django_db


@pytest.fixture
def chapter():
    return writing.add_chapter("Basisondersteuning")


def public() -> list:
    """All that the public could see of the plan."""
    shown = Wording.objects.public()
    return list(shown.values_list("sentence__chapter__number", "sentence__number", "text", "sources"))


def publish(sentence) -> None:
    """As the next slice will do it."""
    numbers = sorted(sentence.footnotes.values_list("source__number", flat=True))
    newest = sentence.wordings.order_by("-number")[0]
    Wording.objects.filter(pk=newest.pk).update(published_at=timezone.now(), sources=numbers)


def test_numbers_are_never_used_again(desk, chapter):
    first, second = (writing.add_sentence(chapter.pk, f"Zin {n}.", desk.anouk) for n in (1, 2))
    writing.withdraw(second.pk)
    third = writing.add_sentence(chapter.pk, "Zin 3.", desk.anouk, origin=Origin.LAW)
    assert [str(each) for each in (first, second, third)] == ["zin 1.1", "zin 1.2", "zin 1.3"]
    changes = [
        lambda: second.delete(),
        lambda: Sentence.objects.filter(pk=third.pk).update(number=2),
        lambda: Chapter.objects.filter(pk=chapter.pk).update(number=7),
        lambda: chapter.delete(),
    ]
    for change in changes:
        with pytest.raises((ProgrammingError, ProtectedError)), transaction.atomic():
            change()
    assert str(writing.add_chapter("Werkgebieden")) == "2. Werkgebieden"


def test_each_wording_stays_with_who_wrote_it(desk, chapter):
    sentence = writing.add_sentence(chapter.pk, "Ieder gezin.", desk.anouk)
    assert not writing.reword(sentence.pk, "Ieder gezin heeft één gezicht.", 1, desk.joris).lost
    came = writing.reword(sentence.pk, "Elk gezin.", 1, desk.anouk)
    assert (came.lost, came.newest.by, came.newest.text) == (True, desk.joris, "Ieder gezin heeft één gezicht.")
    assert not writing.reword(sentence.pk, "Ieder gezin heeft één gezicht.", 1, desk.anouk).lost
    assert list(sentence.wordings.values_list("number", "by__name")) == [(1, "Anouk"), (2, "Joris")]
    listed = Sentence.objects.with_newest().get()
    assert (listed.newest_number, listed.newest_text, listed.sources_count) == (2, came.newest.text, 0)


def test_what_was_published_stays_as_it_is(desk, chapter):
    sentence = writing.add_sentence(chapter.pk, "Ieder gezin.", desk.anouk)
    publish(sentence)
    wording = sentence.wordings.get()
    for change in (
        lambda: Wording.objects.update(text="Anders."),
        lambda: Wording.objects.update(sources=[1]),
        lambda: wording.delete(),
    ):
        with pytest.raises(ProgrammingError), transaction.atomic():
            change()
    desk.anouk.delete()
    assert Wording.objects.get().by is None
    writing.reword(sentence.pk, "Beter.", 1, desk.joris, why="door 3 reacties")
    assert public() == [(1, 1, "Ieder gezin.", [])]


def test_linking_numbers_what_a_sentence_leans_on_and_shows_the_public_nothing(desk, chapter):
    first, second = (writing.add_sentence(chapter.pk, f"Zin {n}.", desk.anouk) for n in (1, 2))
    writing.link(first.pk, desk.anouk, stack_id=desk.wait.pk)
    publish(first)
    before = public()
    assert before == [(1, 1, "Zin 1.", [1])]
    voice = desk.voices[0]
    links = [
        (first, {"fragment_id": voice.pk}, 2),
        (first, {"stack_id": desk.lines.pk}, 3),
        (second, {"stack_id": desk.wait.pk}, 1),
        (second, {"stack_id": desk.wait.pk}, 1),
    ]
    for sentence, what, number in links:
        assert writing.link(sentence.pk, desk.joris, **what).number == number
        assert public() == before
    writing.unlink(first.pk, Source.objects.get(number=1).pk)
    writing.withdraw(second.pk)
    assert public() == before
    assert list(Footnote.objects.filter(sentence=first).values_list("source__number", flat=True)) == [2, 3]
    assert writing.link(first.pk, desk.anouk, stack_id=desk.wait.pk).number == 1


def test_a_number_outlives_the_voice_that_it_points_to(desk, chapter):
    sentence = writing.add_sentence(chapter.pk, "Zin.", desk.anouk)
    source = writing.link(sentence.pk, desk.anouk, fragment_id=desk.voices[0].pk)
    desk.voices[0].post.erase(None)
    source.refresh_from_db()
    assert (source.number, source.is_erased) == (1, True)
    assert writing.link(sentence.pk, desk.anouk, fragment_id=desk.voices[1].pk).number == 2
    with pytest.raises(ProgrammingError), transaction.atomic():
        Source.objects.filter(pk=source.pk)._raw_delete("default")


def test_a_source_of_a_stack_follows_where_that_is_joined(desk, chapter):
    sentence = writing.add_sentence(chapter.pk, "Zin.", desk.anouk)
    source = writing.link(sentence.pk, desk.anouk, stack_id=desk.wait.pk)
    page = {stack.pk: stack.version for stack in (desk.wait, desk.lines)}
    stacks.join(desk.harvest.pk, desk.wait.pk, desk.lines.pk, page, desk.anouk)
    source.refresh_from_db()
    assert source.stack.joined_into == desk.lines


def test_what_is_not_there_is_refused(desk, chapter):
    sentence = writing.add_sentence(chapter.pk, "Zin.", desk.anouk)
    desk.voices[0].post.remove(None, "kwetsend")
    gone = writing.add_sentence(chapter.pk, "Weg.", desk.anouk)
    writing.withdraw(gone.pk)
    for act in (
        lambda: writing.link(sentence.pk, desk.anouk, fragment_id=desk.voices[0].pk),
        lambda: writing.link(sentence.pk, desk.anouk, stack_id=0),
        lambda: writing.link(gone.pk, desk.anouk, stack_id=desk.wait.pk),
        lambda: writing.reword(gone.pk, "Terug.", 1, desk.anouk),
        lambda: writing.reword(sentence.pk, "", 1, desk.anouk),
        lambda: writing.add_sentence(chapter.pk, "", desk.anouk),
        lambda: writing.add_chapter(""),
    ):
        with pytest.raises(Refused, match=r"\.$"):
            act()
    assert not Source.objects.exists()
    assert helpers.lies_on(desk.voices[0]) == []
