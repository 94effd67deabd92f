"""When a café ended: who was asked to it and did not come is to be asked after all, within two weeks."""

import datetime

import pytest
from django.utils import timezone

from inviting.actions.calling import ask_again
from inviting.models import Call, CallState, What
from plan.actions import consulting
from plan.models import Body, Harvest
from tests.helpers import factories
from tests.helpers.clock import at
from tests.plan import helpers
from werkplaats.words import day

pytestmark = pytest.mark.django_db
LIST = "/beheer/inviting/call/"


@pytest.fixture
def client(client, settings):
    settings.DEMO = True  # no second factor
    client.force_login(factories.coordinator())
    return client


@pytest.fixture
def harvest() -> Harvest:
    question = factories.question()
    helpers.voice(question)
    return Harvest.objects.get(question=question)


@pytest.fixture
def past_cafe():
    begin = timezone.now() - datetime.timedelta(days=1)
    return factories.cafe(starts_at=begin, ends_at=begin + datetime.timedelta(hours=2))


def line(**given) -> Call:
    return Call.objects.call_upon(What.MEETING, given.pop("name", "IB-overleg"), **given)


def address(call: Call) -> str:
    return f"/beheer/acties/{call.pk}/"


def test_who_could_not_come_is_to_be_asked_within_two_weeks_once(client, past_cafe):
    now = timezone.now()
    asked = line(name="OPR", cafe=past_cafe, state=CallState.ASKED)
    forgotten = line(name="Team De Ark", cafe=past_cafe)
    left_alone = [
        line(name=state, cafe=past_cafe, state=state)
        for state in (CallState.JOINS, CallState.JOINED, CallState.RATHER_NOT, CallState.SUGGESTED)
    ]
    assert (ask_again(now), ask_again(now)) == (2, 0)
    for call in (asked, forgotten):
        call.refresh_from_db()
        assert (call.state, call.again_at) == (CallState.NOT_YET, now)
        assert timezone.localdate() < call.on <= timezone.localdate(past_cafe.ends_at) + datetime.timedelta(weeks=2)
    for call in left_alone:
        before = call.state
        call.refresh_from_db()
        assert (call.state, call.again_at, call.on) == (before, None, None)
    assert "Kon niet op het café." in client.get(address(asked)).text
    assert "Jullie konden niet bij het café zijn" in client.get(address(asked)).text
    assert client.get(LIST).text.count("kon niet op het café: vraag het alsnog") == 2


def test_the_two_weeks_count_from_its_day_here_also_after_midnight():
    cafe = factories.cafe(starts_at=at("2026-11-11 23:00"), ends_at=at("2026-11-12 00:30"))
    asked = line(name="OPR", cafe=cafe, state=CallState.ASKED)
    assert ask_again(at("2026-11-12 10:00")) == 1
    asked.refresh_from_db()
    assert asked.on == datetime.date(2026, 11, 26)


def test_they_stand_on_vandaag_from_when_it_ended_with_the_last_day(client, past_cafe):
    line(name="OPR", cafe=past_cafe, state=CallState.ASKED)
    ask_again(timezone.now())
    block = client.get("/beheer/").text.split("Wie vraag je vandaag?")[1].split("</section>")[0]
    assert "OPR" in block and f"uiterlijk {day(Call.objects.get().on)}: kon niet op het café" in block


def test_a_body_that_was_asked_and_did_not_come_is_asked_again_and_one_that_came_or_was_never_asked_is_not(
    harvest, past_cafe
):
    opr, council, never = (Body.objects.create(name=name) for name in ("OPR", "deelnemersraad", "raad van toezicht"))
    calls = [line(name=body.name, body=body, cafe=past_cafe, state=CallState.ASKED) for body in (opr, council)]
    user = factories.user(email="c@example.org")
    consulting.record(harvest.pk, council.pk, timezone.localdate(past_cafe.starts_at), user)
    assert ask_again(timezone.now()) == 1
    assert [Call.objects.get(pk=call.pk).state for call in calls] == [CallState.NOT_YET, CallState.ASKED]
    assert not Call.objects.filter(body=never).exists()


def test_a_cafe_that_comes_or_was_called_off_or_is_long_ago_asks_nobody(past_cafe):
    now = timezone.now()
    for cafe in (
        factories.cafe(slug="komt"),
        factories.cafe(slug="af", starts_at=past_cafe.starts_at, ends_at=past_cafe.ends_at, called_off_at=now),
        factories.cafe(
            slug="oud",
            starts_at=past_cafe.starts_at - datetime.timedelta(weeks=3),
            ends_at=past_cafe.ends_at - datetime.timedelta(weeks=3),
        ),
    ):
        line(cafe=cafe, state=CallState.ASKED)
    assert ask_again(now) == 0


def test_silence_makes_no_lines_of_people(past_cafe):
    factories.registration(factories.cafe(slug="ander"), name="Sam", email="sam@example.org")
    assert ask_again(timezone.now()) == 0
    assert not Call.objects.exists()
