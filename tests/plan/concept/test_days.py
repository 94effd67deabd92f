"""«Besloten op»: a day that was, and the one that was on the page of who makes it public."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from plan.actions import choosing, concept, writing
from plan.actions.outcomes import Refused
from plan.models import Choice, Sentence, Stack, Wording
from plan.reading import changes
from tests.helpers import factories

pytestmark = pytest.mark.django_db
ADDED = "Ook in groep 3."


@pytest.fixture
def adopted(plan):
    plan.open()
    plan.take(plan.agree, plan.adopt)
    plan.today = timezone.localdate()
    return plan


@pytest.fixture
def staff(settings):
    settings.DEMO = True
    user = factories.coordinator()
    user.let_sort(True)
    browser = Client()
    browser.force_login(user)
    return browser


def test_the_press_is_about_the_day_that_the_page_showed(adopted):
    adopted.reword(adopted.first, ADDED, why="", decided_on=adopted.today - timedelta(days=30))
    seen = changes.read().mark
    writing.reword(adopted.first.pk, ADDED, 2, adopted.by, decided_on=adopted.today - timedelta(days=1))
    with pytest.raises(Refused, match="veranderd sinds je keek"):
        concept.publish(seen)
    assert not Wording.objects.published().exclude(decided_on=None).exists()
    assert concept.publish(changes.read().mark) == 1


def test_and_about_where_the_sentence_comes_from(plan):
    plan.publish()
    plan.reword(plan.second, "Ouders horen dat binnen tien dagen.")
    seen = changes.read().mark
    Sentence.objects.filter(pk=plan.second.pk).update(origin="law")
    assert changes.read().mark != seen


def test_a_day_to_come_is_refused_where_it_is_typed_and_kept(adopted, staff):
    tomorrow = adopted.today + timedelta(days=1)
    with pytest.raises(Refused, match="Deze dag komt nog"):
        writing.reword(adopted.first.pk, ADDED, 1, adopted.by, decided_on=tomorrow)
    sent = {"tekst": ADDED, "gezien": "1", "besluit_op": str(tomorrow)}
    answer = staff.post(reverse("plan:reword", args=[adopted.first.pk]), sent)
    assert answer.status_code == 409
    assert "Deze dag komt nog. Vul de dag in waarop het besloten is." in answer.text
    assert f'value="{tomorrow}"' in answer.text and ADDED in answer.text
    assert adopted.first.wordings.count() == 1


def test_nor_does_one_become_public_that_was_written_down_before(adopted):
    Wording.objects.create(sentence=adopted.first, number=2, text=ADDED, decided_on=adopted.today + timedelta(days=1))
    assert [row.problem for row in changes.read().rows] == [changes.AHEAD]
    with pytest.raises(Refused, match="Nog geen van deze zinnen"):
        adopted.publish()


def test_what_is_not_done_was_decided_on_a_day_that_was(plan, staff):
    today, wait = timezone.localdate(), plan.desk.wait
    chosen = {"choice": Choice.NOT, "words": "het mag niet", "decided_by": "het bestuur"}
    assert choosing.checked(chosen | {"decided_on": today})["decided_on"] == today
    with pytest.raises(ValidationError, match="Deze dag komt nog"):
        choosing.checked(chosen | {"decided_on": today + timedelta(days=1)})
    tomorrow = str(today + timedelta(days=1))
    sent = {"doe": "keuze", "gezien": wait.version, "keuze": "not", "woorden": "het mag niet"}
    answer = staff.post(
        reverse("plan:stack_step", args=[wait.harvest_id, wait.pk]),
        {**sent, "besluit_van": "het bestuur", "besluit_op": tomorrow},
    )
    assert answer.status_code == 409
    assert choosing.AHEAD in answer.text and f'value="{tomorrow}"' in answer.text
    assert Stack.objects.get(pk=wait.pk).choice == ""
