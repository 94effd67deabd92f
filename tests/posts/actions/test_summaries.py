"""The mail of the morning, and what «Vandaag» tells."""

from datetime import UTC, datetime

import croniter
import pytest
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from posts import tasks
from posts.actions import moderating
from posts.models.holds import Hold
from posts.models.reports import Report
from tests.helpers import factories
from tests.posts.actions.moderator import picture
from werkplaats.mutes.models import Kind, Mute

pytestmark = pytest.mark.django_db


def at(hour: int, month: int = 1) -> int:
    """The moment of so many o'clock by the worker's clock, on a Monday in this month of 2026."""
    return int(datetime(2026, month, {1: 5, 7: 6}[month], hour, tzinfo=UTC).timestamp())


def test_the_summary_goes_at_seven_here_in_winter_and_in_summer():
    (periodic,) = [
        task for (name, _), task in app.periodic_registry.periodic_tasks.items() if name.endswith("morning_summary")
    ]
    for month in (1, 7):
        start = datetime(2026, month, 1, tzinfo=UTC).timestamp()
        ticks = croniter.croniter(periodic.cron, start)
        moments = [timezone.localtime(datetime.fromtimestamp(ticks.get_next(float), UTC)) for _ in range(40)]
        sent = [moment for moment in moments if moment.hour == tasks.SUMMARY_HOUR]
        assert len(sent) == 20  # once a day
        assert {moment.isoweekday() for moment in sent} == {1, 2, 3, 4, 5}


@pytest.mark.parametrize(("timestamp", "goes"), [(at(6), True), (at(5), False), (at(5, 7), True), (at(6, 7), False)])
def test_the_summary_looks_at_the_clock_here(coordinator, timestamp, goes):
    factories.post(published=False)
    tasks.morning_summary(timestamp)
    assert ProcrastinateJob.objects.exists() == goes


def test_moderators_get_a_summary_of_what_waits(coordinator, mailbox):
    muted = factories.coordinator(email="stil@example.org")
    Mute.objects.create(user=muted, kind=Kind.SUMMARY)
    factories.user(is_staff=True)
    tasks.morning_summary(at(6))
    assert mailbox() == []  # nothing waits
    for _ in range(2):
        factories.post(published=False)
    factories.post(picture=picture())
    held = factories.post()
    held.hold(Hold.EDITED)
    for _ in range(2):
        Report.objects.create(post=held, visitor=factories.visitor(), reason="spam")
    tasks.morning_summary(at(6))
    (mail,) = mailbox()
    assert mail["To"] == coordinator.email
    text = mail.get_body(["plain"]).get_content()
    for line in ("2 nieuwe bijdragen", "1 bijdrage die", "1 gemelde bijdrage", "1 afbeelding"):
        assert f"- {line}" in text
        assert line in mail.get_body(["html"]).get_content()


def test_no_summary_when_another_moderator_was_quicker(coordinator, mailbox):
    post = factories.post(published=False)
    tasks.morning_summary(at(6))
    moderating.approve([post], coordinator, {post.pk: post.version})
    assert mailbox() == []


def test_vandaag_tells_why_and_only_who_may_see_it(client, coordinator, settings):
    post = factories.post(published=False, text="Wachtende woorden")
    post.hold(Hold.HINT)
    page = client.get("/beheer/").text
    assert "Wachtende woorden" in page
    assert Hold.HINT.label in page
    client.force_login(factories.user(is_staff=True))
    assert "Wachtende woorden" not in client.get("/beheer/").text
