"""Undoing one's own steps: all that a step changed comes back, unless somebody changed the same since."""

import datetime

import pytest
from django.core.serializers import serialize
from django.db import ProgrammingError, transaction

from plan.actions import laying, stacks, undoing, writing
from plan.actions.outcomes import Refused
from plan.models import Act, Destination, Fragment, Stack
from posts.models import Post
from tests.plan import helpers
from tests.plan.helpers import card, lies_on, seen, shown

pytestmark = pytest.mark.django_db


def state() -> str:
    """All that lies on the desk, to the last field."""
    return "\n".join(serialize("jsonl", model.objects.order_by("pk")) for model in (Stack, Destination, Fragment))


def card_of(desk, number: int) -> Destination:
    return Destination.objects.filter(fragment=desk.voices[number]).order_by("pk")[0]


def pair(desk) -> dict[int, int]:
    return dict(Stack.objects.filter(pk__in=[desk.wait.pk, desk.lines.pk]).values_list("pk", "version"))


# Each after the ones before, on one desk.
STEPS = {
    "lay": lambda desk: desk.lay(*desk.voices[:2], quotes={desk.voices[0].pk: (0, 6)}),
    "lay also": lambda desk: desk.lay(desk.voices[0], on=desk.lines, also=True),
    "move": lambda desk: laying.move(desk.harvest.pk, desk.lines.pk, shown(card_of(desk, 1)), desk.anouk),
    "decide": lambda desk: laying.decide(
        desk.harvest.pk,
        card_of(desk, 0).pk,
        card_of(desk, 0).version,
        desk.anouk,
        choice="not",
        words="te duur",
        decided_by="het bestuur",
        decided_on=datetime.date(2026, 11, 3),
    ),
    "quote": lambda desk: laying.quote(
        desk.harvest.pk, card_of(desk, 1).pk, card_of(desk, 1).version, desk.anouk, source_version=1, is_quote=True
    ),
    "take off": lambda desk: laying.take_off(desk.harvest.pk, shown(card_of(desk, 0)), desk.anouk),
    "settle": lambda desk: laying.settle(desk.harvest.pk, seen(desk.voices[2]), desk.anouk, choice="next"),
    "rename": lambda desk: stacks.rename(
        desk.harvest.pk, desk.wait.pk, "Wachttijd", pair(desk)[desk.wait.pk], desk.anouk
    ),
    "hear": lambda desk: stacks.hear(desk.harvest.pk, desk.wait.pk, "Te lang.", pair(desk)[desk.wait.pk], desk.anouk),
    "choose": lambda desk: stacks.choose(
        desk.harvest.pk, desk.wait.pk, pair(desk)[desk.wait.pk], desk.anouk, choice="answer", words="dat kan al"
    ),
    "make": lambda desk: stacks.make(desk.harvest.pk, "Nieuw", desk.anouk, seen(desk.voices[1]), also=True),
    "join": lambda desk: stacks.join(desk.harvest.pk, desk.lines.pk, desk.wait.pk, pair(desk), desk.anouk),
    "split": lambda desk: stacks.split(
        desk.harvest.pk, desk.wait.pk, shown(*desk.wait.cards_on.all()[:1]), "Te laat", desk.anouk
    ),
}


def test_each_step_is_undone_and_all_of_them_in_a_row(desk):
    states = []
    for name, do in STEPS.items():
        states.append(state())
        came = do(desk)
        assert came.act and came, name
        assert state() != states[-1], name
    for name, before in reversed(list(zip(STEPS, states, strict=True))):
        came = undoing.undo(desk.harvest.pk, desk.anouk)
        assert came.act.undoes.number < came.version, name
        assert state() == before, name
    with pytest.raises(Refused, match=r"^Er is niets om ongedaan te maken\.$"):
        undoing.undo(desk.harvest.pk, desk.anouk)
    assert Act.objects.count() == 2 * len(STEPS) + 2
    desk.harvest.refresh_from_db()
    assert desk.harvest.version == Act.objects.order_by("-number")[0].number


@pytest.mark.parametrize("name", ["lay", "settle", "rename", "make"])
def test_undoing_twice_is_once(desk, name):
    act = STEPS[name](desk).act
    undoing.undo(desk.harvest.pk, desk.anouk, act.pk)
    again = undoing.undo(desk.harvest.pk, desk.anouk, act.pk)
    assert (again.act, again.lost) == (None, [])


def test_forty_steps_back(desk):
    before = state()
    for _ in range(20):
        desk.lay(desk.voices[0])
        laying.take_off(desk.harvest.pk, shown(card_of(desk, 0)), desk.anouk)
    assert len(undoing.own_steps(desk.harvest.pk, desk.anouk)) == 20
    for _ in range(40):
        undoing.undo(desk.harvest.pk, desk.anouk)
    assert state() == before
    assert undoing.own_steps(desk.harvest.pk, desk.anouk) == []


def refused(desk, act=None) -> str:
    before = state()
    with pytest.raises(Refused) as refusal:
        undoing.undo(desk.harvest.pk, desk.anouk, act and act.pk)
    assert state() == before
    return str(refusal.value)


def test_what_another_changed_since_stays(desk):
    act = desk.lay(*desk.voices[:2]).act
    moved = laying.move(desk.harvest.pk, desk.lines.pk, shown(card_of(desk, 0)), desk.joris)
    assert refused(desk) == "Joris verplaatste deze stem naar «Korte lijnen». Daarom blijft jouw stap staan."
    undoing.undo(desk.harvest.pk, desk.joris, moved.act.pk)
    undoing.undo(desk.harvest.pk, desk.anouk, act.pk)  # it is as she left it
    assert lies_on(desk.voices[0]) == []


def test_what_another_took_off_stays_off(desk):
    desk.lay(desk.voices[0])
    laying.take_off(desk.harvest.pk, shown(card_of(desk, 0)), desk.joris)
    assert refused(desk) == "Joris haalde deze stem van een stapel. Daarom blijft jouw stap staan."


def test_a_sentence_that_another_changed_stays(desk):
    stacks.hear(desk.harvest.pk, desk.wait.pk, "Te lang.", desk.wait.version, desk.anouk)
    stacks.rename(desk.harvest.pk, desk.wait.pk, "Wachttijd", pair(desk)[desk.wait.pk], desk.joris)
    assert refused(desk) == "Joris gaf «Wachttijd» een andere naam. Daarom blijft jouw stap staan."


def test_a_stack_on_which_another_laid_stays(desk):
    stacks.make(desk.harvest.pk, "Nieuw", desk.anouk)
    desk.lay(desk.voices[0], on=desk.harvest.stacks.get(name="Nieuw"), by=desk.joris)
    assert "Er liggen intussen andere stemmen op deze stapel." in refused(desk)


def test_a_stack_that_the_plan_leans_on_stays(desk):
    made = stacks.make(desk.harvest.pk, "Nieuw", desk.anouk).made
    sentence = writing.add_sentence(writing.add_chapter("Basis").pk, "Ieder gezin.", desk.joris)
    writing.link(sentence.pk, desk.joris, stack_id=made)
    assert "intussen een bron van het plan" in refused(desk)


def test_a_card_does_not_come_back_on_a_stack_that_was_joined(desk):
    desk.lay(desk.voices[0])
    laying.take_off(desk.harvest.pk, shown(card_of(desk, 0)), desk.anouk)
    stacks.join(desk.harvest.pk, desk.wait.pk, desk.lines.pk, pair(desk), desk.joris)
    assert "«Wachten» is intussen samengevoegd met «Korte lijnen»." in refused(desk)


def test_a_place_or_a_name_that_was_taken_since_is_not_taken_back(desk):
    stacks.join(desk.harvest.pk, desk.wait.pk, desk.lines.pk, pair(desk), desk.anouk)
    stacks.make(desk.harvest.pk, "Anders", desk.joris)  # on Q, where Wachten was
    assert refused(desk) == "Op deze plaats ligt al een stapel."


def test_only_own_steps(desk):
    act = desk.lay(desk.voices[0], by=desk.joris).act
    assert refused(desk) == refused(desk, act) == "Er is niets om ongedaan te maken."
    undoing.undo(desk.harvest.pk, desk.joris)


def test_of_what_was_erased_nothing_comes_back(desk):
    voice = desk.voices[0]
    laying.settle(desk.harvest.pk, seen(voice), desk.anouk, choice="answer", words="Bel Fatima op 0612345678")
    laying.decide(desk.harvest.pk, card(voice).pk, card(voice).version, desk.anouk, choice="good")
    assert "0612345678" in str(Act.objects.values_list("before", flat=True))
    Post.objects.get(pk=voice.post_id).erase(None)
    assert refused(desk) == "Een stem van deze stap is intussen gewist. Daarom blijft jouw stap staan."
    assert "0612345678" not in str(list(Act.objects.values())) + state()


def test_what_was_removed_can_still_be_undone(desk):
    desk.lay(desk.voices[0])
    desk.voices[0].post.remove(None, "kwetsend")
    undoing.undo(desk.harvest.pk, desk.anouk)
    desk.voices[0].post.restore(None)
    assert (lies_on(desk.voices[0]), desk.harvest.voices_left) == ([], 3)


def test_acts_stay_as_they_are(desk):
    act = desk.lay(desk.voices[0]).act
    for change in (lambda: act.delete(), lambda: Act.objects.filter(pk=act.pk).update(verb="move")):
        with pytest.raises(ProgrammingError), transaction.atomic():
            change()
    desk.anouk.delete()
    act.refresh_from_db()
    assert str(act) == "Iemand legde deze stem op «Wachten»"


def test_the_button_says_which_step_is_next(desk):
    desk.lay(*desk.voices)
    (act,) = undoing.own_steps(desk.harvest.pk, desk.anouk)
    assert act.told(desk.anouk) == "Je legde 3 stemmen op «Wachten»"
    assert helpers.lies_on(desk.voices[0]) == ["Wachten"]
