"""Who sends in very much is slowed down, and a moderator sees what a program seems to have sent."""

import uuid

import pytest
from django.test import Client

from polls.wensbeelden import models
from polls.wensbeelden.models import Doubt, Wensbeeld
from tests.helpers import factories
from werkplaats.people.models import User
from werkplaats.web import programs

pytestmark = pytest.mark.django_db
SEND = "/wensbeelden/insturen/"
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


def sent(**fields) -> dict:
    return {"text": "Hulp die stroomt", "key": uuid.uuid4(), "moment": programs.moment(ago=10), **fields}


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_twenty_five_with_links_in_seconds(client, headers):
    """What was tried: all of it was taken, and nothing told a moderator."""
    texts = [f"Koop op winkel{number}.nl" for number in range(25)]
    answers = [client.post(SEND, sent(text=text), headers=headers) for text in texts]
    assert [answer.status_code for answer in answers[5:]] == [429] * 20
    assert 429 not in [answer.status_code for answer in answers[:5]]
    assert "Wacht een paar minuten" in answers[-1].text and "Koop op winkel24.nl</textarea>" in answers[-1].text
    assert list(Wensbeeld.objects.values_list("doubt", flat=True)) == [Doubt.LINKS] * 5
    assert Client().post(SEND, sent()).status_code == 302  # somebody else at the same school


def test_pressed_twice_counts_once(client):
    key = uuid.uuid4()
    for _ in range(7):
        assert client.post(SEND, sent(key=key)).status_code == 302
    assert client.post(SEND, sent(text="Nog een")).status_code == 302
    assert Wensbeeld.objects.count() == 2


@pytest.mark.parametrize(
    ("fields", "doubt"),
    [({}, ""), ({"moment": ""}, "hurried"), ({"website": "x"}, "hurried"), ({"name": "www.winkel.example"}, "links")],
)
def test_a_moderator_sees_what_is_odd_about_it(client, coordinator, fields, doubt):
    Client().post(SEND, sent(moment=programs.moment(ago=10)) | fields)
    assert Wensbeeld.objects.get().doubt == doubt
    page = client.get("/beheer/polls/wensbeeld/").text
    label = Doubt(doubt).label if doubt else ""
    assert ("wacht: " + label in page) == bool(doubt)
    if doubt:
        assert "Hulp die stroomt" in client.get(f"/beheer/polls/wensbeeld/?doubt__exact={doubt}").text


def test_a_link_of_somebody_whom_we_know_is_nothing_odd(client):
    client.force_login(User.objects.confirmed("ouder@example.org"))
    client.post(SEND, sent(text="Zie www.school.example"))
    assert Wensbeeld.objects.get().doubt == ""


def test_as_many_wait_as_moderators_can_look_at(client, monkeypatch):
    monkeypatch.setattr(models, "MOST_WAITING", 3)
    for _ in range(3):
        factories.wensbeeld(published=False)
    answer = client.post(SEND, sent(text="Nog een"))
    assert answer.status_code == 503
    assert "Nog een</textarea>" in answer.text
    assert '<a href="/accounts/login/?next=/wensbeelden/insturen/">Log in met een code</a>' in answer.text
    client.force_login(User.objects.confirmed("ouder@example.org"))
    assert client.post(SEND, sent(text="Nog een")).status_code == 302


def test_a_form_that_comes_back_keeps_its_moment_and_people_see_no_trap(client):
    moment = programs.moment(ago=60)
    assert f'value="{moment}"' in client.post(SEND, {"text": "", "moment": moment}).text
    assert 'class="beside" aria-hidden="true"' in client.get(SEND).text
