"""Two at the same moment, on connections of their own; and the control, without the lock, in which it goes wrong."""

import uuid
from threading import Thread

import pytest
from django.db import connection, transaction

from plan.actions import laying, noting, repairing, stacks, writing
from plan.models import Act, Destination, Fragment, Harvest, Note, Source, Stack
from plan.models.fragments import FragmentQuerySet
from posts.models import Post
from tests.helpers import factories
from tests.helpers.races import in_between
from tests.plan import helpers
from tests.plan.helpers import lies_on, seen
from werkplaats import compiled

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(transactional_db):
    return helpers.Desk()


def both_lay(desk) -> tuple[list, list]:
    """Anouk and Joris see the same voice, and lay it each on another stack. What came of it, and errors."""
    voice, came = desk.voices[0], []
    page = seen(voice)
    errors = in_between(
        lambda: came.append(desk.lay(page=page)), lambda: came.append(desk.lay(page=page, on=desk.lines, by=desk.joris))
    )
    return came, errors


def test_of_two_who_lay_the_same_voice_the_second_is_told(desk):
    came, errors = both_lay(desk)
    assert errors == []
    assert [bool(outcome) for outcome in came] == [True, False]
    assert came[1].lost[0].told == "Anouk legde deze stem op «Wachten»."
    assert lies_on(desk.voices[0]) == ["Wachten"]
    assert list(Act.objects.values_list("number", flat=True)) == [1, 2, 3]


def test_without_the_locks_it_lies_on_both_or_breaks(desk, monkeypatch):
    """The control: else the test above proves nothing."""
    monkeypatch.setattr(Harvest, "locked", classmethod(lambda cls, pk: cls.objects.get(pk=pk)))
    monkeypatch.setattr(FragmentQuerySet, "locked", lambda self: self)
    monkeypatch.setattr(compiled, "built", compiled.built.__wrapped__)  # what is kept has the locks
    _, errors = both_lay(desk)
    assert errors or lies_on(desk.voices[0]) == ["Wachten", "Korte lijnen"]


def test_two_make_a_stack_of_the_same_name(desk):
    errors = in_between(
        lambda: stacks.make(desk.harvest.pk, "Nieuw", desk.anouk),
        lambda: stacks.make(desk.harvest.pk, "nieuw", desk.joris),
    )
    assert [str(error) for error in errors] == ["Er is al een stapel met deze naam."]
    assert Stack.objects.filter(name__iexact="nieuw").count() == 1


def test_one_joins_what_the_other_lays_on(desk):
    page = {stack.pk: stack.version for stack in (desk.wait, desk.lines)}
    errors = in_between(
        lambda: stacks.join(desk.harvest.pk, desk.wait.pk, desk.lines.pk, page, desk.anouk),
        lambda: desk.lay(desk.voices[0], by=desk.joris),
    )
    assert [str(error) for error in errors] == ["«Wachten» is samengevoegd met «Korte lijnen». Kies die stapel."]
    assert not Destination.objects.exists()


def test_a_moderator_does_not_wait_for_who_sorts_another_voice(desk):
    first, second = desk.voices[:2]
    removing = Thread(target=removed_apart, args=[second.post])
    with transaction.atomic():
        desk.lay(first)
        removing.start()
        removing.join()
        assert Fragment.objects.get(pk=second.pk).live is False


def removed_apart(post: Post) -> None:
    """On a connection of its own."""
    post.remove(None, "kwetsend")
    connection.close()


def test_a_voice_that_is_removed_while_it_is_laid(desk):
    voice, came = desk.voices[0], []
    page = seen(voice)
    errors = in_between(lambda: voice.post.remove(None, "kwetsend"), lambda: came.append(desk.lay(page=page)))
    assert errors == []
    assert (came[0].lost[0].why, lies_on(voice)) == ("gone", [])


def test_an_answer_and_what_it_answers_are_shown_at_the_same_moment():
    question = factories.question()
    root = factories.post(question, published=False)
    answer = factories.post(parent=root, published=False)
    by = factories.user()
    for slow, quick in ((answer, root), (root, answer)):
        Post.objects.update(published_at=None, published_by=None)
        Fragment.objects.all().delete()
        slow.refresh_from_db(), quick.refresh_from_db()
        assert in_between(lambda slow=slow: slow.publish(by), lambda quick=quick: quick.publish(by)) == []
        assert set(Fragment.objects.filter(live=True).values_list("post", flat=True)) == {root.pk, answer.pk}
    assert repairing.repair() == 0


def test_if_its_trigger_came_before_that_of_the_thread_the_answer_would_be_missed():
    """The control: the order of the names is what holds the test above."""
    question = factories.question()
    root = factories.post(question, published=False)
    answer = factories.post(parent=root, published=False)
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgrelid = 'posts_post'::regclass AND tgname LIKE '%voice%'")
        names = [name for (name,) in cursor.fetchall()]
        for name in names:
            cursor.execute(f"ALTER TRIGGER {name} ON posts_post RENAME TO a_{name}")
    try:
        in_between(lambda: answer.publish(None), lambda: root.publish(None))
        assert set(Fragment.objects.values_list("post", flat=True)) == {root.pk}
        assert repairing.repair() == 1
    finally:
        with connection.cursor() as cursor:
            for name in names:
                cursor.execute(f"ALTER TRIGGER a_{name} ON posts_post RENAME TO {name}")


def test_two_typists_get_numbers_without_gaps(desk):
    notes = noting.open_meeting(desk.harvest.pk, "de avond", factories.timezone.localdate(), desk.anouk)
    lines = [noting.Line(uuid.uuid4(), f"regel {number}") for number in range(4)]
    errors = in_between(
        lambda: noting.write(notes.pk, lines[:2], desk.anouk), lambda: noting.write(notes.pk, lines[1:], desk.joris)
    )
    assert errors == []
    assert list(Note.objects.values_list("number", "text")) == [(n + 1, f"regel {n}") for n in range(4)]


def test_two_link_at_once_and_no_number_is_given_twice(desk):
    chapter = writing.add_chapter("Basisondersteuning")
    sentences = [writing.add_sentence(chapter.pk, f"Zin {number}.", desk.anouk) for number in range(2)]
    errors = in_between(
        lambda: writing.link(sentences[0].pk, desk.anouk, stack_id=desk.wait.pk),
        lambda: writing.link(sentences[1].pk, desk.joris, stack_id=desk.lines.pk),
    )
    assert errors == []
    assert list(Source.objects.values_list("number", "stack")) == [(1, desk.wait.pk), (2, desk.lines.pk)]
    assert laying.take_off(desk.harvest.pk, {}, desk.anouk).act is None
