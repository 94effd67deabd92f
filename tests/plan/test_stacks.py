"""Stacks: their names and places, what was heard, and joining and taking apart."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from plan.actions import laying, stacks
from plan.actions.outcomes import Refused, Why
from plan.models import KEYS, Act, Destination, Fragment, Harvest, Stack
from plan.reading.desk import stacks_of
from tests.helpers import factories
from tests.plan import helpers
from tests.plan.helpers import card, lies_on, seen, shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def harvest():
    return Harvest.objects.create(question=factories.question())


@pytest.fixture
def anouk():
    return helpers.sorter("Anouk")


@pytest.fixture
def joris():
    return helpers.sorter("Joris")


def now(stack: Stack) -> Stack:
    return Stack.objects.get(pk=stack.pk)


def test_fifteen_stacks_have_a_key_and_the_next_has_none(harvest, anouk):
    made = [helpers.stack(harvest, by=anouk) for _ in range(16)]
    assert [stack.key for stack in made] == [*KEYS, ""]
    assert list(harvest.stacks.in_place()) == made


def test_names_and_places_are_taken_once(harvest, anouk):
    helpers.stack(harvest, "Wachten")
    elsewhere = Harvest.objects.create(question=factories.question(current=False))
    assert helpers.stack(elsewhere, "Wachten").key == "Q"
    with pytest.raises(Refused, match=r"^Er is al een stapel met deze naam\.$"):
        stacks.make(harvest.pk, "wachten", anouk)
    with pytest.raises(Refused, match=r"^Op deze plaats ligt al een stapel\.$"):
        stacks.make(harvest.pk, "Anders", anouk, key="Q")
    with pytest.raises(Refused, match="vijftien plaatsen"):
        stacks.make(harvest.pk, "Anders", anouk, key="P")
    with pytest.raises(Refused, match=r"^Geef de stapel een naam\.$"):
        stacks.make(harvest.pk, "", anouk)
    assert (harvest.stacks.count(), Act.objects.count()) == (1, 2)


def test_two_write_different_things_and_neither_is_in_the_way(harvest, anouk, joris):
    stack = helpers.stack(harvest, "Wachten", anouk)
    page = stack.version
    assert stacks.hear(harvest.pk, stack.pk, "Wachten duurt te lang.", page, anouk).done == [stack.pk]
    assert stacks.rename(harvest.pk, stack.pk, "Wachttijd", page, joris).done == [stack.pk]
    assert stacks.choose(harvest.pk, stack.pk, page, joris, choice="plan").done == [stack.pk]
    stack = now(stack)
    assert (stack.name, stack.heard, stack.choice, stack.is_done) == (
        "Wachttijd",
        "Wachten duurt te lang.",
        "plan",
        True,
    )


def test_the_same_sentence_shows_both(harvest, anouk, joris):
    stack = helpers.stack(harvest, "Wachten", anouk)
    page = stack.version
    stacks.hear(harvest.pk, stack.pk, "Gezinnen willen één vast gezicht.", page, anouk)
    stacks.choose(harvest.pk, stack.pk, page, anouk, choice="plan")
    came = stacks.hear(harvest.pk, stack.pk, "Vertel je verhaal één keer.", page, joris)
    (lost,) = came.lost
    assert (lost.why, lost.now) == (Why.OTHER, {"heard": "Gezinnen willen één vast gezicht."})
    assert "Anouk" in lost.told
    assert now(stack).heard == "Gezinnen willen één vast gezicht."
    # «Houd die van mij»: now that both were seen.
    assert stacks.hear(harvest.pk, stack.pk, "Vertel je verhaal één keer.", came.version, joris)
    same = stacks.hear(harvest.pk, stack.pk, "Vertel je verhaal één keer.", page, anouk)
    assert (same.done, same.act) == ([stack.pk], None)


def test_an_unknown_version_is_no_way_round(harvest, anouk, joris):
    stack = helpers.stack(harvest, "Wachten", anouk)
    stacks.hear(harvest.pk, stack.pk, "Een.", stack.version, anouk)
    for seen_version in (0, 999):
        assert stacks.hear(harvest.pk, stack.pk, "Twee.", seen_version, joris).lost
    assert now(stack).heard == "Een."


def test_choices_of_a_stack_need_their_words(harvest, anouk):
    stack = helpers.stack(harvest)
    with pytest.raises(ValidationError):
        stacks.choose(harvest.pk, stack.pk, stack.version, anouk, choice="answer")
    for values in ({"choice": "answer"}, {"choice": "not", "words": "x"}, {"words": "x"}, {"choice": "weg"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Stack.objects.filter(pk=stack.pk).update(**values)


def test_joining_brings_all_cards_over_once(anouk):
    voices = [helpers.voice(factories.question())]
    harvest = voices[0].harvest
    voices += [helpers.voice(harvest.question) for _ in range(3)]
    one, two = helpers.stack(harvest, "Wachten"), helpers.stack(harvest, "Korte lijnen")
    laying.lay(harvest.pk, one.pk, seen(*voices[:3]), anouk)
    laying.lay(harvest.pk, two.pk, seen(voices[2]), anouk, also=True)
    laying.lay(harvest.pk, two.pk, seen(voices[3]), anouk)
    voices[0].post.remove(None, "kwetsend")
    came = stacks.join(harvest.pk, one.pk, two.pk, {one.pk: one.version, two.pk: two.version}, anouk)
    assert came
    assert [lies_on(voice) for voice in voices] == [["Korte lijnen"]] * 4
    assert [voice.destinations for voice in Fragment.objects.all()] == [1] * 4
    assert (now(one).joined_into, now(one).key, list(harvest.stacks.lying())) == (two, "", [two])
    assert [stack.cards for stack in stacks_of(harvest)] == [3]
    voices[0].post.restore(None)
    assert [stack.cards for stack in stacks_of(harvest)] == [4]
    for act in (
        lambda: laying.lay(harvest.pk, one.pk, {}, anouk),
        lambda: stacks.rename(harvest.pk, one.pk, "Nieuw", one.version, anouk),
    ):
        with pytest.raises(Refused, match=r"^«Wachten» is samengevoegd met «Korte lijnen»\. Kies die stapel\.$"):
            act()
    helpers.stack(harvest, "Wachten")  # the name is free again


def test_joining_is_about_what_was_seen(harvest, anouk, joris):
    one, two = helpers.stack(harvest, "Een", anouk), helpers.stack(harvest, "Twee", anouk)
    page = {one.pk: one.version, two.pk: two.version}
    stacks.hear(harvest.pk, two.pk, "Gehoord.", two.version, anouk)
    (lost,) = stacks.join(harvest.pk, one.pk, two.pk, page, joris).lost
    assert (lost.pk, lost.now["heard"], now(one).joined_into) == (two.pk, "Gehoord.", None)
    with pytest.raises(Refused, match="een andere stapel"):
        stacks.join(harvest.pk, one.pk, one.pk, page, joris)


def test_taking_apart(anouk):
    voices = [helpers.voice(factories.question())]
    harvest = voices[0].harvest
    voices += [helpers.voice(harvest.question) for _ in range(2)]
    stack = helpers.stack(harvest, "Wachten")
    laying.lay(harvest.pk, stack.pk, seen(*voices), anouk)
    cards = [card(voice, stack) for voice in voices]
    came = stacks.split(harvest.pk, stack.pk, shown(*cards[:2]), "Te laat", anouk)
    assert [lies_on(voice) for voice in voices] == [["Te laat"], ["Te laat"], ["Wachten"]]
    assert str(came.act) == "Anouk haalde 2 stemmen uit elkaar tot «Te laat»"
    again = stacks.split(harvest.pk, stack.pk, {cards[0].pk: cards[0].version}, "Nog een", anouk)
    assert (again.made, again.lost[0].why, harvest.stacks.count()) == (None, Why.OTHER, 2)


def test_a_card_is_a_stack_or_a_choice_and_lies_on_a_stack_once():
    voice = helpers.voice()
    stack = helpers.stack(voice.harvest)
    row = {"harvest": voice.harvest, "fragment": voice, "source_version": 1, "version": 1}
    with pytest.raises(IntegrityError, match="destination_is_a_stack_or_a_choice"), transaction.atomic():
        Destination.objects.create(**row)
    for where in ({"stack": stack}, {"choice": "good"}):
        Destination.objects.create(**row, **where)
        with pytest.raises(IntegrityError, match="once_on_a_stack"), transaction.atomic():
            Destination.objects.create(**row, **where)
    other = helpers.stack(Harvest.objects.create(question=factories.question(current=False)))
    foreign = Destination.objects.create(**row, stack=other)
    foreign.refresh_from_db()
    voice.refresh_from_db()
    assert (foreign.harvest, voice.destinations) == (other.harvest, 2)
