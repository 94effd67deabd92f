"""What lies beside a voice on the desk, as the worker found it and without the worker; and what is proposed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plan.actions import comparing, laying, stacks
from plan.models import Compared, Fragment, Likeness
from plan.reading import alike
from posts.models import Post
from tests.helpers import factories
from tests.plan import helpers
from tests.plan.helpers import seen

pytestmark = pytest.mark.django_db


def alike_to(voice: Fragment) -> set[Fragment]:
    return {each.fragment for each in alike.to(Fragment.objects.get(pk=voice.pk))}


@pytest.mark.parametrize("worker", [True, False])
def test_alike_voices_are_found_with_and_without_the_worker(voices, worker):
    if worker:
        assert comparing.compare_due() == 1
    first, second, fence, third = voices
    assert alike_to(first) == {second, third}
    assert alike_to(fence) == set()
    bold = {piece.text for each in alike.to(first) for piece in each.pieces if piece.shared}
    assert {"contactpersoon", "gezin"} <= bold
    for each in alike.to(first):
        assert "".join(piece.text for piece in each.pieces) == each.fragment.text


def test_only_what_lies_nowhere_is_beside_it_and_the_rest_is_told(voices):
    comparing.compare_due()
    first, second, _, third = voices
    by, harvest = helpers.sorter(), first.harvest_id
    one, other = helpers.stack(first.harvest, "Eén vast gezicht"), helpers.stack(first.harvest, "Rust")
    laying.lay(harvest, one.pk, seen(second, third), by)
    laying.lay(harvest, other.pk, seen(third), by, also=True)
    assert alike_to(first) == set()
    assert alike.where_lies(first) == [(one, 2), (other, 1)]
    stacks.join(harvest, other.pk, one.pk, {each.pk: each.version for each in fresh(one, other)}, by)
    assert alike.where_lies(first) == [(one, 2)]


def fresh(*made):
    for each in made:
        each.refresh_from_db()
    return made


def test_words_that_changed_are_not_shown_and_are_compared_anew(voices):
    comparing.compare_due()
    first, second, fence, third = voices
    Post.objects.filter(pk=second.post_id).update(text="Het hek van de speeltuin is stuk.")
    assert alike_to(first) == {third}, "what it said then is not what it says"
    assert alike_to(second) == {fence}, "of its own new words a page knows what they share"
    assert alike.where_lies(Fragment.objects.get(pk=second.pk)) == []
    comparing.compare(first.harvest)
    assert alike_to(first) == {third}
    assert alike_to(second) == {fence}
    assert Likeness.objects.filter(fragment=first, other=second).count() == 0


def test_what_is_removed_is_not_shown(voices):
    comparing.compare_due()
    first, second, _, third = voices
    second.post.remove(helpers.sorter(), "spam")
    assert alike_to(first) == {third}


def test_what_moved_to_another_question_is_not_shown(voices):
    comparing.compare_due()
    first, second, _, third = voices
    Post.objects.filter(pk=second.post_id).update(question=factories.question())
    assert alike_to(first) == {third}
    assert comparing.compare_due() == 1
    assert alike_to(second) == set()


def test_a_proposal_needs_two_of_three_and_thirty_that_lie(voices, monkeypatch):
    first, second, _, third = voices
    fourth = helpers.voice(first.post.question, text="Eén vast contactpersoon voor het hele gezin!")
    comparing.compare_due()
    by, harvest = helpers.sorter(), first.harvest_id
    wait, rest = helpers.stack(first.harvest, "Eén vast gezicht"), helpers.stack(first.harvest, "Rust")
    laying.lay(harvest, wait.pk, seen(second, third), by)
    assert alike.proposal(first) is None, "the first thirty are read without"
    monkeypatch.setattr(alike, "FIRST_WITHOUT", 2)
    found = alike.proposal(first)
    assert (found.stack, str(found)) == (wait, "2 van de 2 die al liggen, liggen daar")
    laying.lay(harvest, rest.pk, seen(fourth), by)
    assert str(alike.proposal(first)) == "2 van de 3 die al liggen, liggen daar"
    laying.take_off(harvest, helpers.shown(helpers.card(second, wait)), by)
    assert alike.proposal(first) is None, "they do not agree"


def test_what_was_dealt_with_by_itself_proposes_nothing(voices, monkeypatch):
    comparing.compare_due()
    monkeypatch.setattr(alike, "FIRST_WITHOUT", 1)
    first, second, _, third = voices
    laying.settle(first.harvest_id, seen(second, third), helpers.sorter(), choice="good")
    assert alike.proposal(first) is None
    assert alike.where_lies(first) == []


def test_thirty_that_lie_are_enough(voices, monkeypatch):
    comparing.compare_due()
    first, second, _, third = voices
    stack = helpers.stack(first.harvest)
    more = [helpers.voice(first.post.question, text=f"{n}") for n in range(alike.FIRST_WITHOUT - 3)]
    laying.lay(first.harvest_id, stack.pk, seen(second, third, *more), helpers.sorter())
    assert alike.proposal(first) is None
    laying.lay(first.harvest_id, stack.pk, seen(helpers.voice(first.post.question)), helpers.sorter())
    assert alike.proposal(first).stack == stack


def test_alike_lies_after_alike(voices):
    first, second, _, third = voices
    assert list(Fragment.objects.alike_after_alike()) == voices, "as they came, while nothing was compared"
    comparing.compare_due()
    order = list(Fragment.objects.alike_after_alike())
    assert {*order[:3]} == {first, second, third} or {*order[1:]} == {first, second, third}
    late = helpers.voice(first.post.question, text="Later.")
    assert list(Fragment.objects.alike_after_alike()) == [*order, late]
    assert list(Fragment.objects.alike_after_alike().reverse()) == [late, *reversed(order)]


def test_reading_takes_as_many_queries_beside_many_as_beside_few(voices):
    first, _, fence, _ = voices
    taken = []
    for more in (0, 40):
        for number in range(more):
            helpers.voice(first.post.question, text=f"Wij vragen een vast contactpersoon per gezin, {number} keer.")
        comparing.compare(first.harvest)
        taken.append([queries(read, voice) for voice, read in reads(first, fence)])
    assert taken[0] == taken[1] == [1, 2, 1, 1]
    Compared.objects.all().delete()
    Likeness.objects.all().delete()
    assert queries(alike.to, first) == 3


def reads(first, fence):
    return [(first, alike.to), (fence, alike.to), (first, alike.where_lies), (first, alike.proposal)]


def queries(read, voice) -> int:
    voice = Fragment.objects.with_words().get(pk=voice.pk)
    with CaptureQueriesContext(connection) as captured:
        [each.pieces for each in read(voice)] if read is alike.to else read(voice)
    return len(captured)
