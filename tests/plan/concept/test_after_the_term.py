"""What the pages of the plan say when people can react no more: before they can, while they can, and after."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from plan.actions import chain, reacting
from plan.models import Plan, PlanStep
from plan.models.chain import DONE, LATER, NOW, stages
from tests.helpers import factories
from tests.plan.concept.test_chain import ALL, open_ones
from tests.plan.heard_helpers import lay, publish, write
from tests.plan.test_told_pages import words
from werkplaats.words import short_day

pytestmark = pytest.mark.django_db
INTRO = "Klopt het? Geef een duim of schrijf een reactie."


@pytest.fixture
def plan(plan):
    """Everyone can react, as the introduction of the coordinator says."""
    plan.open()
    Plan.objects.update(intro=INTRO)
    plan.today = timezone.localdate()
    return plan


def until(plan, days: int) -> str:
    """Reacting begins a week ago, and ends so many days from now."""
    last = plan.today + timedelta(days=days)
    PlanStep.objects.filter(pk=plan.react.pk).update(day=plan.today - timedelta(days=7), until=last)
    reacting.keep_open()
    return short_day(last)


def page(address: str = "/plan/") -> str:
    return words(Client().get(address)).replace("\N{NO-BREAK SPACE}", " ")


def test_until_the_last_day_is_over_the_page_asks(plan):
    last = until(plan, 0)
    assert INTRO in page() and f"Stap 2 van 4: voor reactie nu: tot en met {last}" in page()
    assert "Reageren kon" not in page() and open_ones() == ALL


def test_after_the_last_day_nothing_reads_as_open(plan):
    last = until(plan, -1)
    for address in ("/plan/", "/plan/2/"):
        assert f"Reageren kon tot en met {last}." in page(address) and "Klopt het?" not in page(address)
    for address in ("/plan/", "/plan/alles/"):
        assert f"Stap 2 van 4: voor reactie gedaan: tot en met {last}" in page(address)
        assert "nu:" not in page(address)
    assert open_ones() == []


def test_the_next_step_ends_reacting_and_the_pages_say_when(plan):
    until(plan, 14)
    plan.take(plan.agree)
    assert open_ones() == []
    assert f"gedaan: tot en met {short_day(plan.today)}" in page()
    assert f"Reageren kon tot en met {short_day(plan.today)}." in page() and "Klopt het?" not in page()


def test_after_adoption_the_page_says_that_alone(plan):
    until(plan, -1)
    plan.take(plan.agree, plan.adopt)
    assert "Dit plan is vastgesteld." in page() and "Reageren kon" not in page()


def test_what_is_a_day_at_the_latest_is_no_period(plan):
    PlanStep.objects.filter(pk=plan.agree.pk).update(day=None, until=plan.today + timedelta(days=5))
    plan.take(plan.agree, plan.adopt)
    steps = list(PlanStep.objects.all())
    assert [stage.state for stage in stages(steps, plan.today)] == [DONE, DONE, DONE, NOW]
    assert stages(steps, plan.today)[2].when(str) == f"gedaan: {plan.today}"
    steps[3].reached_at = None
    assert [stage.state for stage in stages(steps, plan.today + timedelta(days=5))] == [DONE, DONE, NOW, LATER]
    assert [stage.state for stage in stages(steps, plan.today + timedelta(days=6))] == [DONE, DONE, DONE, LATER]


# Who marks a step


def asked(step: PlanStep, action: str = "reach") -> str:
    """What the page in between says of taking a step, or of taking it back."""
    browser = Client()
    browser.force_login(factories.coordinator())
    sent = {"action": action, "_selected_action": [step.pk], "index": 0}
    return browser.post(reverse("admin:plan_planstep_changelist"), sent, follow=True).text


@pytest.fixture(autouse=True)
def _demo(settings):
    settings.DEMO = True


def test_who_adopts_reads_what_was_proposed_and_got_no_sentence(plan):
    until(plan, -1)
    plan.take(plan.agree)
    assert "nog geen zin" not in asked(plan.adopt)
    lay(plan.desk.lines, *plan.desk.voices)
    write(plan.desk.lines, "Een fietsenhok.")
    publish(plan.desk.harvest)
    said = asked(plan.adopt)
    assert "1 voorstel voor het plan kreeg nog geen zin" in said and "«Een fietsenhok.»" in said


def test_who_takes_the_next_step_reads_that_it_ends_reacting(plan):
    last = until(plan, 14)
    assert f"Reageren op het concept kan dan niet meer: dat zou nog kunnen tot en met {last}." in asked(plan.agree)
    plan.take(plan.agree)
    assert "Reageren op het concept kan dan weer." in asked(plan.agree, "take_back")
    assert "kan dan weer" not in asked(plan.concept, "take_back")
    until(plan, -1)
    assert "kan dan weer" not in asked(plan.agree, "take_back")
    chain.take_back(plan.agree.pk)
    assert "kan dan niet meer" not in asked(plan.agree)
