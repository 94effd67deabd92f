"""The first page of a question is kept for who is not logged in, with gaps for what is each reader's own."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from polls.models import Poll
from tests.helpers import factories
from tests.helpers.browsers import browser_of
from tests.helpers.clock import Clock
from werkplaats.kept import SHARED
from werkplaats.people import visitors
from werkplaats.people.models import User

pytestmark = pytest.mark.django_db
OWN = re.compile(r'(?:csrfmiddlewaretoken" value|name="moment" value|nieuw/\?na)="?[^"]*')


@pytest.fixture
def question():
    made = factories.question()
    factories.poll(placed_with=made, on_landing_page=False)
    factories.post(made, text="Korte lijnen.")
    assert page(made) == page(made)
    return made


def page(question, browser: Client | None = None) -> str:
    return OWN.sub("", (browser or Client()).get(question.get_absolute_url()).text)


def test_tokens_and_moments_are_of_each_answer(question, monkeypatch):
    clock = Clock(monkeypatch)
    found = []
    for minutes in (0, 5):
        clock.set_to(timezone.now() + timedelta(minutes=minutes))
        found.append(OWN.findall(Client().get(question.get_absolute_url()).text))
    first, second = found
    assert len(first) == len(second) == 5  # box, its moment, the poll, thumbs, news
    assert not {*first} & {*second}


def test_each_reads_what_is_theirs(question):
    writer = factories.visitor()
    poll = Poll.objects.get()
    factories.vote(poll, writer, poll.choices.get(text="nee"))
    own = factories.post(question, visitor=writer, text="Eigen woorden die wachten.", published=False)
    SHARED.clear()  # so that the writer is the first, for whom it is made
    theirs = page(question, browser_of(writer))
    assert own.text in theirs and "Je stemde «nee»" in theirs
    for stranger in (page(question), page(question, browser_of(factories.visitor()))):
        assert own.text not in stranger and "Je stemde" not in stranger
        assert "Korte lijnen." in stranger and 'class="vote"' in stranger


def test_who_is_logged_in_leaves_nothing_behind(question):
    SHARED.clear()
    user = page(question, browser_of(visitors.own(User.objects.confirmed("anna@example.org"))))
    assert "j…@" not in user and "a…@example.org" in user
    assert "example.org" not in page(question) and "ingelogd" not in page(question)


def test_what_somebody_else_does_is_there_at_the_next_request(question):
    factories.post(question, text="Nog een.")
    assert "2 bijdragen" in page(question) and "Nog een." in page(question)
    poll = Poll.objects.get()
    factories.vote(poll, factories.visitor(), poll.choices.get(text="ja"))
    assert "1 stem van" in page(question)
    Poll.objects.update(placed_with=None)
    assert "1 stem van" not in page(question)


def test_what_is_asked_for_in_the_address_is_no_kept_page(question):
    factories.post(question, text="Iets anders.")
    address = question.get_absolute_url()
    assert "Iets anders." not in Client().get(f"{address}?zoek=lijnen").text
    assert "Iets anders." in page(question)
    assert "Niets gevonden" in Client().get(f"{address}?zoek=nergens").text
    assert "Niets gevonden" not in page(question)


def test_each_address_marks_itself_in_the_menu(question):
    here = '<a href="/denk-praat-doe-mee/" aria-current="page">'
    for path, marked in [("/denk-praat-doe-mee/", True), (question.get_absolute_url(), False)] * 2:
        assert (here in Client().get(path).text) is marked
