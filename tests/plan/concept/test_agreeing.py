"""What roles think of a sentence: figures to coordinators, words to everyone when reacting is over."""

import pytest
from django.test import Client

from plan.actions import agreeing
from plan.models import Wording, WordingGround, WordingThumb
from plan.reading.wording_grounds import grounds_of
from tests.helpers import factories
from tests.plan.concept.helpers import shown
from werkplaats.models import Role

pytestmark = pytest.mark.django_db


def give(wording, role, up: int, down: int = 0) -> None:
    for value in [1] * up + [-1] * down:
        WordingThumb.objects.wish(wording.pk, factories.visitor(role=role).pk, value)


@pytest.fixture
def roles():
    found = factories.role("ouder", position=1), factories.role("leerkracht", position=2)
    Role.objects.filter(name="ouder").update(plural="ouders", position=1)
    Role.objects.filter(name="leerkracht").update(plural="leerkrachten")
    return found


def test_coordinators_read_figures_and_the_public_words_after_closing(plan, roles):
    plan.open()
    wording = shown(plan.first)
    for role in roles:
        give(wording, role, 6, 1)
    assert grounds_of([wording.pk])[wording.pk].words == "ouders 6 van 7, leerkrachten 6 van 7"
    assert agreeing.tell() == 0
    assert "de meeste ouders" not in Client().get("/plan/").text

    plan.take(plan.agree, plan.adopt)
    assert agreeing.tell() == 1
    assert agreeing.tell() == 0
    text = Client().get("/plan/").text
    assert "Duimpje omhoog: de meeste ouders, de meeste leerkrachten." in text
    assert "6 van 7" not in text


def test_few_people_are_not_told_apart_and_one_more_thumb_shows_nobody(plan, roles):
    plan.open()
    wording = shown(plan.first)
    give(wording, roles[0], 4)
    assert wording.pk not in grounds_of([wording.pk]) or not grounds_of([wording.pk])[wording.pk].groups
    give(wording, roles[0], 1)
    before = grounds_of([wording.pk])[wording.pk].words
    give(wording, roles[0], 0, 1)
    assert grounds_of([wording.pk])[wording.pk].words == before == "ouders 5 van 5"


def test_another_wording_begins_anew(plan, roles):
    plan.open()
    old = shown(plan.first)
    give(old, roles[0], 6)
    assert grounds_of([old.pk])
    plan.reword(plan.first, "Elk kind praat mee over zijn eigen plan.")
    plan.publish()
    new = shown(plan.first)
    assert grounds_of([new.pk]) == {}
    assert WordingGround.objects.count() == 1


@pytest.mark.parametrize("sentences", [1, 4])
def test_one_query_for_all(plan, roles, django_assert_num_queries, sentences):
    for number in range(sentences):
        plan.write(f"Nog een ({number}).", plan.classes)
    plan.open()
    wordings = list(Wording.objects.public())
    for wording in wordings:
        give(wording, roles[0], 5)
    with django_assert_num_queries(2):
        grounds_of([wording.pk for wording in wordings])
    with django_assert_num_queries(1):
        grounds_of([wording.pk for wording in wordings])
