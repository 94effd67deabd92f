"""Questions that take their turn, and what one takes along of them: an invitation, a card for a meeting."""

import html
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone

from posts.models.questions import Question
from tests.helpers import factories

pytestmark = pytest.mark.django_db


def in_minutes(minutes: int):
    return timezone.now() + timedelta(minutes=minutes)


def test_a_planned_question_becomes_current_at_its_moment(client):
    first = factories.question(text="De eerste?")
    second = factories.question(current=False, text="De tweede?", planned_for=in_minutes(5))
    assert Question.objects.open_due() == []
    assert Question.objects.current() == first
    Question.objects.filter(pk=second.pk).update(planned_for=in_minutes(-1))
    assert Question.objects.open_due() == [second]
    assert Question.objects.current() == second
    assert "De tweede?" in client.get("/denk-praat-doe-mee/").text
    old = client.get(first.get_absolute_url()).text
    assert "Deze vraag is gesloten" in old
    assert Question.objects.open_due() == []


def test_of_two_that_are_due_the_last_one_stays():
    earlier = factories.question(current=False, planned_for=in_minutes(-60))
    later = factories.question(current=False, planned_for=in_minutes(-5))
    factories.question(current=False)
    assert Question.objects.open_due() == [earlier, later]
    assert Question.objects.current() == later


def test_what_a_coordinator_closed_does_not_open_again_by_itself():
    first = factories.question(planned_for=in_minutes(-60))
    second = factories.question()
    assert Question.objects.open_due() == []
    assert Question.objects.current() == second != first


def test_the_worker_looks_every_minute():
    from procrastinate.contrib.django import app

    periodic = {task.name: cron for (task, _), cron in _crons(app)}
    assert periodic["posts.tasks.open_planned_questions"] == "* * * * *"


def _crons(app):
    registry = app.periodic_registry.periodic_tasks
    return [((each.task, key), each.cron) for key, each in registry.items()]


def test_the_invitation_is_the_coordinators_with_room_for_a_personal_word(client):
    question = factories.question(invitation="Denk je mee & praat je mee?\nHeel graag!")
    page = client.get(f"/vragen/{question.slug}/uitnodigen/").text
    text = html.unescape(page.split("data-invitation>")[1].split("</textarea>")[0])
    address = f"http://testserver/vragen/{question.slug}/"
    assert text == f"Beste …,\n\nDenk je mee & praat je mee?\nHeel graag!\n\n{address}"
    mailto = html.unescape(page.split('href="mailto:')[1].split('"')[0])
    query = parse_qs(urlsplit(f"mailto:{mailto}").query)
    assert query == {"subject": [question.text], "body": [text.replace("\n", "\r\n")]}


def test_without_a_text_of_the_coordinator_there_is_a_general_one(client):
    question = factories.question(text="Wat werkt?")
    page = client.get(f"/vragen/{question.slug}/uitnodigen/").text
    assert "Wat werkt?" in page.split("data-invitation>")[1]
    assert "geen account nodig" in page


def test_the_card_opens_the_form_for_a_meeting(client):
    question = factories.question(text="Wat werkt?")
    page = client.get(f"/vragen/{question.slug}/praatkaart/").text
    assert "Wat werkt?" in page
    assert "<svg" in page and 'class="qr"' in page
    assert "style=" not in page
    form = client.get(f"/vragen/{question.slug}/?overleg=1").text
    assert "Je schrijft namens een overleg." in form


@pytest.mark.parametrize("page", ["uitnodigen", "praatkaart"])
def test_a_concept_is_not_taken_along(client, page):
    concept = factories.question(current=False)
    assert client.get(f"/vragen/{concept.slug}/{page}/").status_code == 404
    assert client.get(f"/vragen/bestaat-niet/{page}/").status_code == 404
