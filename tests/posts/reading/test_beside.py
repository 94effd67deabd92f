"""From a question to the next café and the poll, and from there back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.helpers import factories

pytestmark = pytest.mark.django_db
PAGE = "/denk-praat-doe-mee/"


def test_a_question_leads_to_the_next_cafe_and_the_poll(client, django_assert_num_queries):
    factories.question()
    factories.cafe(slug="geweest", starts_at=timezone.now() - timedelta(days=1))
    factories.cafe(slug="afgelast", starts_at=timezone.now() + timedelta(days=1), called_off_at=timezone.now())
    factories.cafe(slug="concept", starts_at=timezone.now() + timedelta(days=1), published_at=None)
    factories.cafe(slug="eerst", starts_at=timezone.now() + timedelta(days=2))
    factories.cafe(slug="later", starts_at=timezone.now() + timedelta(days=3))
    factories.poll()
    with django_assert_num_queries(3):  # site, questions, roots
        page = client.get(PAGE).text
    assert [slug for slug in ("geweest", "afgelast", "concept", "eerst", "later") if f"/cafes/{slug}/" in page] == [
        "eerst"
    ]
    assert 'href="/peilingen/wensbeeld/"' in page


def test_without_a_cafe_or_a_poll_there_is_nothing_to_lead_to(client):
    question = factories.question()
    page = client.get(PAGE).text
    assert 'Ook meedoen<span class="only-folded">: overleg</span>' in page
    assert "Stem mee" not in page
    assert "Kom praten" not in page
    factories.poll(placed_with=question)  # it stands on this page
    page = client.get(PAGE).text
    assert 'Ook meedoen<span class="only-folded">: stem of overleg</span>' in page
    assert "Stem mee" not in page


def test_what_passed_is_no_longer_led_to(client, monkeypatch):
    now = timezone.now()
    factories.question()
    factories.cafe(slug="straks", starts_at=now + timedelta(hours=1))
    factories.poll(closes_at=now + timedelta(hours=1))
    assert "/cafes/straks/" in client.get(PAGE).text
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(hours=2))
    page = client.get(PAGE).text
    assert "/cafes/straks/" not in page
    assert "/peilingen/wensbeeld/" not in page


def test_a_cafe_leads_to_its_question_once_that_is_open(client):
    ahead = factories.question(current=False, planned_for=timezone.now() + timedelta(days=9))
    cafe = factories.cafe(topic=ahead)
    page = client.get(cafe.get_absolute_url()).text
    assert ahead.get_absolute_url() not in page
    assert "Schrijf mee over de vraag van nu" in page
    ahead.make_current()
    assert ahead.get_absolute_url() in client.get(cafe.get_absolute_url()).text


def test_the_thanks_of_a_poll_lead_to_both(client):
    poll = factories.poll()
    page = client.post("/peilingen/wensbeeld/stem/", {"choice": poll.choices.first().pk, "number": 1}, follow=True).text
    thanks = page.split('id="antwoord"')[1].split("</div>")[0]
    assert 'href="/denk-praat-doe-mee/"' in thanks
    assert 'href="/cafes/"' in thanks
