"""The page of the terms, and what «Vandaag» says of them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from posts.models import Post
from tests.helpers import factories
from werkplaats.avg import tasks, terms
from werkplaats.models import Retention, RetentionRun
from werkplaats.register.entries import Term

pytestmark = pytest.mark.django_db
PAGE = "/beheer/avg/termijnen/"


@pytest.fixture
def due():
    """Three contributions that nobody ever showed, long ago."""
    for _ in range(3):
        factories.post(published=False, name="Zefira")
    Post.objects.update(created_at=timezone.now() - timedelta(days=91))


def test_the_page_tells_what_goes_next_and_what_went(client, coordinator, due):
    assert "3 bijdragen die nooit online kwamen" in client.get(PAGE).text
    assert "Zefira" not in client.get(PAGE).text
    terms.run(Term.UNPUBLISHED, timezone.now())
    page = client.get(PAGE).text
    assert "De volgende keer verdwijnt er niets" in page
    assert page.count("3 bijdragen die nooit online kwamen") == 2  # beside the term, and in the list


def test_days_change_and_wrong_ones_stay_as_they_were_typed(client, coordinator, due):
    sent = {"termijn": "ongepubliceerd", "wat": "dagen"}
    refused = client.post(PAGE, {**sent, "days": "0"})
    assert refused.status_code == 422
    assert 'value="0"' in refused.text
    assert "tussen 1 en 3650" in refused.text
    assert not Retention.objects.exists()

    assert client.post(PAGE, {**sent, "days": "100"}).status_code == 302
    assert Retention.objects.get().days == 100
    assert "3 bijdragen" not in client.get(PAGE).text


def test_two_who_change_the_days(client, coordinator, due):
    sent = {"termijn": "ongepubliceerd", "wat": "dagen", "was": "90"}
    assert client.post(PAGE, {**sent, "days": "100"}).status_code == 302
    told = client.post(PAGE, {**sent, "days": "60"})
    assert told.status_code == 409
    assert "Iemand anders maakte er intussen 100 van. Jij typte 60." in told.text
    assert 'value="60"' in told.text and 'name="was" value="100"' in told.text
    assert Retention.objects.get().days == 100
    assert client.post(PAGE, {**sent, "was": "100", "days": "60"}).status_code == 302
    assert Retention.objects.get().days == 60


def test_two_who_set_a_term_still(client, coordinator, due):
    sent = {"termijn": "ongepubliceerd", "wat": "pauze"}
    client.post(PAGE, {**sent, "why": "Er loopt een onderzoek."})
    told = client.post(PAGE, {**sent, "why": "Er is een klacht."})
    assert told.status_code == 409
    assert "al stil: «Er loopt een onderzoek.». Wat jij typte, is niet bewaard: «Er is een klacht.»." in told.text


def test_who_sets_a_term_still_says_why_and_it_shows(client, coordinator, due):
    sent = {"termijn": "ongepubliceerd", "wat": "pauze"}
    assert client.post(PAGE, {**sent, "why": " "}).status_code == 422
    client.post(PAGE, {**sent, "why": "Er loopt een onderzoek."})
    assert Retention.objects.get().paused_by == coordinator
    assert "Er loopt een onderzoek." in client.get(PAGE).text
    assert "Er loopt een onderzoek." in client.get(reverse("admin:index")).text
    tasks.run_term(Term.UNPUBLISHED.value)
    assert Post.objects.count() == 3

    client.post(PAGE, {"termijn": "ongepubliceerd", "wat": "verder"})
    tasks.run_term(Term.UNPUBLISHED.value)
    assert not Post.objects.exists()


def test_today_tells_what_goes_and_when(client, coordinator):
    assert "Het opruimen liep nog niet" in client.get(reverse("admin:index")).text
    factories.post(published=False)
    Post.objects.update(created_at=timezone.now() - timedelta(days=90) + timedelta(minutes=1))
    terms.run(Term.UNPUBLISHED, timezone.now())
    assert Post.objects.count() == 1, "not a minute too early"
    page = client.get(reverse("admin:index")).text
    assert "Dit verdwijnt" in page
    assert "1 bijdrage die nooit online kwam" in page


def test_what_changes_no_term_leaves_all_as_it_is(client, coordinator):
    for sent in ({}, {"termijn": "x", "wat": "dagen"}, {"termijn": "logs", "wat": "dagen", "days": "3"}):
        assert client.post(PAGE, sent).status_code == 302
    client.post(PAGE, {"termijn": "sessies", "wat": "dagen", "days": "3"})
    client.post(PAGE, {"termijn": "woorden", "wat": "dagen", "days": "3"})
    assert not Retention.objects.exclude(days=None).filter(days=3).exists()


def test_only_for_who_may(client, settings):
    settings.DEMO = True
    assert client.get(PAGE).status_code == 302
    client.force_login(factories.user(is_staff=True))
    assert client.get(PAGE).status_code == 403


def test_each_night_every_term_gets_a_job_of_its_own():
    summer, winter = 1_783_218_600, 1_767_238_200  # 5 July 2026 02.30 and 1 January 2026 03.30, both UTC
    for timestamp in (summer, winter):
        before = jobs()
        tasks.run_terms(timestamp)
        assert jobs() - before == len(terms.RUN)
        tasks.run_terms(timestamp + 3600)  # half past five: not now
        assert jobs() - before == len(terms.RUN)
    assert not RetentionRun.objects.exists()


def jobs() -> int:
    return ProcrastinateJob.objects.filter(task_name="werkplaats.avg.tasks.run_term").count()
