"""The chain from concept to inspectie: one step after the other, and when people may react."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from plan.actions import chain, reacting, writing
from plan.actions.outcomes import Refused
from plan.models import PlanStep
from plan.models.chain import DONE, LATER, NOW, Stage
from posts.models import Question

pytestmark = pytest.mark.django_db


def open_ones() -> list[str]:
    asked = Question.objects.filter(kind="plan", opened_at__isnull=False, closed_at=None)
    return sorted(asked.values_list("page", flat=True))


ALL = ["/plan/", "/plan/zin/1.1/", "/plan/zin/1.2/", "/plan/zin/1.3/", "/plan/zin/2.1/"]


def test_steps_are_taken_in_their_order_and_taken_back_the_other_way(plan):
    with pytest.raises(Refused, match="Eerst komt «concept»"):
        chain.reach(plan.react.pk, plan.by)
    chain.reach(plan.concept.pk, plan.by)
    before = PlanStep.objects.get(pk=plan.concept.pk).reached_at
    chain.reach(plan.concept.pk, plan.desk.joris)  # a double click
    step = PlanStep.objects.get(pk=plan.concept.pk)
    assert (step.reached_at, step.reached_by) == (before, plan.by)

    plan.publish()
    chain.reach(plan.react.pk, plan.by)
    with pytest.raises(Refused, match="Neem eerst «voor reactie» terug"):
        chain.take_back(plan.concept.pk)
    chain.take_back(plan.react.pk)
    chain.take_back(plan.react.pk)
    assert not PlanStep.objects.get(pk=plan.react.pk).reached_at
    with pytest.raises(DatabaseError), transaction.atomic():
        PlanStep.objects.filter(pk=plan.concept.pk).delete()


def test_nobody_reacts_to_a_concept_that_is_not_there(plan):
    chain.reach(plan.concept.pk, plan.by)
    with pytest.raises(Refused, match="geen concept openbaar"):
        chain.reach(plan.react.pk, plan.by)


def test_people_react_from_when_the_step_is_taken_until_the_next_day_of_the_last(plan):
    plan.publish()
    assert open_ones() == []
    plan.take(plan.concept, plan.react)
    assert open_ones() == ALL
    assert reacting.keep_open() == 0

    PlanStep.objects.filter(pk=plan.react.pk).update(until=timezone.localdate())
    assert reacting.keep_open() == 0
    PlanStep.objects.filter(pk=plan.react.pk).update(
        day=timezone.localdate() - timedelta(days=3), until=timezone.localdate() - timedelta(days=1)
    )
    assert reacting.keep_open() == 5
    assert open_ones() == []
    assert not Question.objects.filter(kind="plan", closed_at=None).exists()


def test_without_a_last_day_they_react_until_the_next_step(plan):
    PlanStep.objects.filter(pk=plan.react.pk).update(until=None)
    plan.open()
    assert open_ones() == ALL
    plan.take(plan.agree)
    assert open_ones() == []
    chain.take_back(plan.agree.pk)
    assert open_ones() == ALL


def test_with_a_last_day_too_for_nobody_reacts_to_what_was_agreed_to(plan):
    plan.open()
    plan.take(plan.agree)
    assert open_ones() == []
    plan.take(plan.adopt)
    assert open_ones() == []
    chain.take_back(plan.adopt.pk)
    assert open_ones() == []
    chain.take_back(plan.agree.pk)
    assert open_ones() == ALL


def test_a_sentence_that_is_withdrawn_is_closed_and_a_new_one_is_open(plan):
    plan.open()
    writing.withdraw(plan.third.pk)
    assert open_ones() == ALL[:-1]
    plan.write("Elke klas heeft een plek om stil te zijn.", plan.classes)
    plan.publish()
    assert open_ones() == [*ALL[:-1], "/plan/zin/2.2/"]


def test_only_one_step_lets_people_react(plan):
    with pytest.raises(DatabaseError), transaction.atomic():
        PlanStep.objects.create(name="nog eens", does="react", position=9)


@pytest.mark.parametrize(
    ("state", "step", "words"),
    [
        (DONE, {"day": date(2026, 3, 12)}, "gedaan: 2026-03-12"),
        (DONE, {"day": date(2026, 3, 12), "until": date(2026, 4, 2)}, "gedaan: 2026-03-12"),
        (DONE, {"day": date(2026, 3, 12), "reached_at": datetime(2026, 3, 9, 12, tzinfo=UTC)}, "gedaan: 2026-03-09"),
        (DONE, {"until": date(2026, 3, 12)}, "gedaan"),
        (NOW, {"day": date(2026, 3, 12), "until": date(2026, 4, 2)}, "nu: tot en met 2026-04-02"),
        (NOW, {"reached_at": datetime(2026, 3, 9, 12, tzinfo=UTC)}, "nu: sinds 2026-03-09"),
        (NOW, {}, "nu"),
        (LATER, {"day": date(2026, 3, 12)}, "gepland: 2026-03-12"),
        (LATER, {"until": date(2026, 3, 12)}, "gepland: uiterlijk 2026-03-12"),
        (LATER, {}, "komt nog"),
    ],
)
def test_what_is_done_what_is_now_and_what_is_planned_read_otherwise(state, step, words):
    assert Stage(PlanStep(name="overleg", **step), state).when(str) == words
