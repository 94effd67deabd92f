"""The steps of the plan on the programme, and the way to the concept from the landing page."""

from datetime import timedelta

import pytest
from django.utils import timezone

import plan.landing
from plan.models import PlanStep
from tests.helpers import factories
from werkplaats.home import timeline
from werkplaats.site.current import site_now

pytestmark = pytest.mark.django_db
INVITES = "Het concept van het plan"


def steps() -> list[tuple[str, str]]:
    """Each on the line, with its state."""
    entries = timeline.line(timezone.localdate(), [], [], [], (), plan.landing.chain(site_now()))
    return [(entry.label, entry.state) for entry in entries]


def test_the_programme_follows_the_chain_as_soon_as_a_concept_is_public(client, plan):
    assert steps() == []
    plan.open()
    assert steps() == [("concept", "done"), ("voor reactie", "now"), ("instemming", "later"), ("vastgesteld", "later")]
    page = client.get("/programma/").text
    assert 'href="/plan/">Het plan: instemming</a>' in page
    PlanStep.objects.filter(pk=plan.agree.pk).update(name="de OPR stemt in")
    assert "Het plan: de OPR stemt in" in client.get("/programma/").text


def test_a_day_that_passes_takes_no_step(plan):
    plan.open()
    yesterday = timezone.localdate() - timedelta(1)
    PlanStep.objects.filter(pk=plan.agree.pk).update(day=yesterday)
    PlanStep.objects.filter(pk=plan.adopt.pk).update(day=None)
    assert steps() == [("concept", "done"), ("voor reactie", "now"), ("instemming", "later")]
    PlanStep.objects.filter(pk=plan.react.pk).update(day=yesterday - timedelta(3), until=yesterday)
    assert steps()[0] == ("voor reactie", "done")


def test_the_landing_page_leads_to_the_concept_while_people_may_react(client, plan):
    factories.question()
    plan.publish()
    assert INVITES not in client.get("/").text
    plan.take(plan.concept, plan.react)
    page = client.get("/").text
    assert INVITES in page
    assert "tot en met" in page
    PlanStep.objects.filter(pk=plan.react.pk).update(
        day=timezone.localdate() - timedelta(9), until=timezone.localdate() - timedelta(1)
    )
    assert INVITES not in client.get("/").text


def test_queries_stay_few(client, plan, django_assert_num_queries):
    factories.question()
    plan.open()
    with django_assert_num_queries(7):  # one more, for the steps
        client.get("/programma/")
    with django_assert_num_queries(2):  # as without a plan
        client.get("/programma/")
    client.get("/")
    with django_assert_num_queries(2):
        client.get("/")
