"""Figures that are public: what an attacker makes of them who has every publication, one beside the other."""

import random

import pytest

from plan.actions import laying, stacks
from plan.reading.heard import Person, _said, _told, public_figures
from plan.reading.withholding import FEW, Told
from tests.helpers import factories
from tests.plan import helpers
from tests.plan.heard_helpers import lay, people, publish, version, write
from werkplaats.models import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard(desk):
    """Nobody spoke yet; one stack with its sentence."""
    for voice in desk.voices:
        voice.post.remove(by=None, reason="weg")
    desk.stack = write(desk.lines, "Vertel je verhaal één keer.")
    return desk


def told(heard, **more) -> tuple[list, int]:
    row = publish(heard.harvest, **more).heard.get(stack=heard.stack)
    return row.speakers, row.others


def say(heard, role: str | None, count: int) -> None:
    lay(heard.stack, *people(heard.question, role and role_of(role), count))


def role_of(name: str) -> Role:
    Role.objects.filter(pk=factories.role(name).pk).update(plural=f"{name}s")
    return factories.role(name)


@pytest.mark.parametrize(
    ("said", "speakers", "others"),
    [
        ({"ouder": 8, "leerkracht": 4, "directeur": 2}, [["ouders", 8]], 6),
        ({"ouder": 8, "leerkracht": 5}, [["ouders", 8], ["leerkrachts", 5]], 0),
        ({"ouder": 8, "leerkracht": 2}, [["ouders", None]], 0),
        ({"ouder": 5, "leerkracht": 5, "directeur": 1}, [["leerkrachts", 5]], 6),  # the director is among six
        ({"ouder": 4, "leerkracht": 4}, [], 0),
        ({"ouder": 4}, [], 0),
    ],
)
def test_roles_are_told_from_five_on_and_nobody_is_left_alone(heard, said, speakers, others):
    for role, count in said.items():
        say(heard, role, count)
    assert told(heard) == (speakers, others)


def test_who_says_five_things_is_one_person(heard):
    talker = factories.visitor()
    voices = [helpers.voice(heard.question, role=role_of("directeur"), visitor=talker) for _ in range(6)]
    lay(heard.stack, *voices)
    publication = publish(heard.harvest)
    row = publication.heard.get()
    assert (row.times, row.speakers, row.others) == (6, [], 0)
    assert publication.figures["heard"] == []


def test_one_more_shows_in_no_figure_but_how_often(heard):
    """Four directors, and then the fifth: with everybody else as they were, it would be the four that are told."""
    say(heard, "ouder", 8)
    say(heard, "directeur", 4)
    say(heard, "leerkracht", 3)
    first = publish(heard.harvest)
    say(heard, "directeur", 1)
    second = publish(heard.harvest, changed="Er kwam er een bij.")
    one, two = first.heard.get(), second.heard.get()
    assert (one.times, two.times) == (15, 16)
    assert (two.speakers, two.others) == (one.speakers, one.others) == ([["ouders", 8]], 7)
    ours = ("heard", "missed", "people")
    assert [first.figures[name] for name in ours] == [second.figures[name] for name in ours]


def test_five_more_of_a_role_are_told(heard):
    say(heard, "ouder", 8)
    say(heard, "leerkracht", 6)
    told(heard)
    say(heard, "ouder", 5)
    assert told(heard, changed="Vijf erbij.") == ([["ouders", 13], ["leerkrachts", 6]], 0)


def test_of_the_whole_only_fives_are_told_so_that_its_parts_leave_no_small_number(heard):
    say(heard, "ouder", 8)
    say(heard, "leerkracht", 6)
    lay(heard.wait, *people(heard.question, role_of("leerkracht"), 1), *people(heard.question, role_of("ouder"), 5))
    write(heard.wait, "Wachten is het zwaarst.")
    publication = publish(heard.harvest)
    assert publication.figures["heard"] == [["ouders", 10], ["leerkrachts", 5]]
    assert "roles" not in public_figures(publication)


def test_people_are_told_in_tens_with_the_meetings_that_they_spoke_for(heard):
    voices = [*people(heard.question, "ouder", 9), helpers.voice(heard.question, meeting="Team", meeting_size=14)]
    lay(heard.stack, *voices)
    assert publish(heard.harvest).figures["people"] == 20


def test_lines_of_an_evening_do_not_lend_their_role_to_who_counts_contributions(heard):
    """Everyone sees the eight parents and teachers. The roles of four lines would be what is left."""
    say(heard, "ouder", 6)
    director = role_of("directeur")
    notes = [helpers.note(heard.harvest, f"Regel {number}.", role_id=director.pk).fragment for number in range(4)]
    parent = helpers.note(heard.harvest, "Van een ouder.", role_id=role_of("ouder").pk).fragment
    lay(heard.stack, *notes, parent)
    assert told(heard) == ([["ouders", 6]], 5)


def test_what_went_from_one_stack_to_another_is_told_of_neither(heard):
    say(heard, "ouder", 8)
    say(heard, "leerkracht", 6)
    lay(heard.wait, *people(heard.question, role_of("ouder"), 4), *people(heard.question, role_of("directeur"), 1))
    write(heard.wait, "Wachten is het zwaarst.")
    publish(heard.harvest)
    stacks.join(
        *(heard.harvest.pk, heard.wait.pk, heard.stack.pk),
        {heard.wait.pk: version(heard.wait), heard.stack.pk: version(heard.stack)},
        heard.anouk,
    )
    row = publish(heard.harvest, changed="Samengevoegd.").heard.get()
    assert row.times == 19
    assert not any(count for _, count in row.speakers) and row.others == 0


def test_a_card_that_moved_closes_both_stacks_for_good(heard):
    say(heard, "ouder", 8)
    say(heard, "leerkracht", 6)
    moved = people(heard.question, role_of("ouder"), 1)
    lay(heard.stack, *moved)
    lay(heard.wait, *people(heard.question, role_of("ouder"), 6), *people(heard.question, role_of("leerkracht"), 5))
    write(heard.wait, "Wachten is het zwaarst.")
    publish(heard.harvest)
    card = helpers.card(moved[0], heard.stack)
    laying.move(heard.harvest.pk, heard.wait.pk, helpers.shown(card), heard.anouk)
    for changed in ("Eén verhuisde.", "De zin is anders."):
        write(heard.wait, f"Wachten is het zwaarst. {changed}")
        rows = publish(heard.harvest, changed=changed).heard.all()
        assert [count for row in rows for _, count in row.speakers if count] == []


def test_random_histories_betray_nobody():
    """One stack over forty publications: what is told changes only when enough people came or went."""
    random.seed(17)
    names = {role: f"rol {role}" for role in range(1, 6)}
    for _ in range(60):
        there: list[Person] = []
        before: Told | None = None
        shown, then = None, []
        for number in range(40):
            for each in range(random.choice((0, 1, 1, 1, 2, 6))):
                role, aloud = random.randint(0, 5), random.random() < 0.2
                there.append(Person((number, each), role, None, 1, 1, aloud))
            if there and random.random() < 0.3:
                there.remove(random.choice(there))
            said = _said(there, before, False, names)
            before = _told(said.by_role)
            figures = [count for _, count in said.roles if count]
            assert all(count >= FEW for count in figures)
            assert said.others == 0 or said.others >= FEW
            now = (said.roles, said.others)
            if shown and figures and shown[0] and shown[0][0][1] and now != shown:
                assert len({*then} ^ {*there}) >= FEW
            if figures and now != shown:
                shown, then = now, [*there]
