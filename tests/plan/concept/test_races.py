"""Two coordinators at the same moment: what is public is public once, and what is adopted stands."""

import pytest
from django.db import DatabaseError

from plan.actions import chain, concept, writing
from plan.actions.outcomes import Refused
from plan.models import PlanStep, Wording
from plan.reading import changes
from posts.models import Question
from tests.helpers.races import in_between
from tests.plan.concept.helpers import Written, shown

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def plan(transactional_db):
    return Written()


def test_two_make_the_same_public(plan):
    seen, counts = changes.read().mark, []

    def press():
        counts.append(concept.publish(seen))

    assert in_between(press, press) == []
    assert sorted(counts) == [0, 4]
    assert Question.objects.filter(kind="plan").count() == 5


def test_one_rewords_what_another_makes_public(plan):
    seen = changes.read().mark

    def reword():
        writing.reword(plan.first.pk, "Elk kind praat mee.", 1, plan.by)

    errors = in_between(reword, lambda: concept.publish(seen))
    assert [type(error) for error in errors] == [Refused]
    assert not Wording.objects.public().exists()


def test_one_adopts_while_another_makes_a_change_public(plan):
    plan.open()
    plan.take(plan.agree)
    plan.reword(plan.first, "Elk kind praat mee over zijn eigen plan.")
    seen = changes.read().mark
    errors = in_between(lambda: chain.reach(plan.adopt.pk, plan.by), lambda: concept.publish(seen))
    assert [type(error) for error in errors] == [Refused]
    assert PlanStep.objects.is_adopted()
    assert shown(plan.first).number == 1


def test_the_database_holds_it_too_when_both_pass_by_the_actions(plan):
    plan.open()
    plan.take(plan.agree)
    plan.reword(plan.first, "Elk kind praat mee over zijn eigen plan.")
    now = plan.react.reached_at or PlanStep.objects.reached()[0].reached_at

    def adopt():
        PlanStep.objects.filter(pk=plan.adopt.pk).update(reached_at=now)

    def publish():
        Wording.objects.filter(sentence=plan.first, number=2).update(published_at=now)

    (error,) = in_between(adopt, publish)
    assert isinstance(error, DatabaseError)
    assert shown(plan.first).number == 1


def test_two_take_the_same_step(plan):
    errors = in_between(*[lambda: chain.reach(plan.concept.pk, plan.by)] * 2)
    assert errors == []
    assert PlanStep.objects.reached().count() == 1
