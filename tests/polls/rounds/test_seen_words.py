"""A sticker counts for the words that its giver saw; words typed while a session ended are kept."""

import re

import pytest
from django.test import Client

from polls.rounds.models.ideas import Idea
from polls.rounds.models.rounds import StickerRound
from polls.rounds.models.stickers import Sticker
from polls.rounds.person import Person
from tests.helpers import factories
from tests.helpers.browsers import as_visitor, left_by
from tests.helpers.races import in_between
from werkplaats.versions import named
from werkplaats.web import programs

pytestmark = pytest.mark.django_db
DESK = "/stickerrondes/sop/plakken/"
NEW = "Alle assistenten kunnen weg"


def shown_on(page: str) -> str:
    return re.search(r'name="gezien" value="([\d.]+)"', page)[1]


def mark_on(page: str) -> str:
    return re.search(r'name="woorden" value="(\w+)"', page)[1]


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true", "HX-Request-Type": "partial"}], ids=["plain", "htmx"])
def test_a_sticker_is_for_the_words_that_were_read(client, headers):
    idea = factories.sticker_round(groups=1, ideas=1, stage="stickers", slug="sop").ideas.get()
    sent = {"idea": idea.pk, "colour": "1", "gezien": shown_on(client.get(DESK).text)}
    Idea.objects.filter(pk=idea.pk).update(text=NEW)
    answer = client.post(f"{DESK}sticker/", sent, headers=headers)
    assert answer.status_code == 409
    assert NEW in answer.text and "Lees het opnieuw" in answer.text
    assert not Sticker.objects.exists()
    client.post(f"{DESK}sticker/", {**sent, "gezien": shown_on(answer.text)}, headers=headers)
    assert Sticker.objects.get().idea == idea


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true", "HX-Request-Type": "partial"}], ids=["plain", "htmx"])
def test_a_sticker_is_for_what_its_colour_meant(client, headers):
    round = factories.sticker_round(groups=1, ideas=1, stage="stickers", slug="sop")
    page = client.get(DESK).text
    sent = {"idea": round.ideas.get().pk, "colour": "1", "gezien": shown_on(page), "woorden": mark_on(page)}
    StickerRound.objects.update(green_word="nee, nooit")
    answer = client.post(f"{DESK}sticker/", sent, headers=headers)
    assert answer.status_code == 409
    assert "nee, nooit" in answer.text and "wat de kleuren betekenen" in answer.text
    assert not Sticker.objects.exists()
    client.post(f"{DESK}sticker/", {**sent, "woorden": mark_on(answer.text)}, headers=headers)
    assert Sticker.objects.get().colour == 1


@pytest.mark.django_db(transaction=True)
def test_a_sticker_that_waits_for_a_coordinator_who_words_an_idea_anew_is_not_for_the_new_words():
    round = factories.sticker_round(groups=1, ideas=3, stage="stickers", slug="sop")
    first, second, third = round.ideas.all()
    wording = Idea.objects.join(round, [first.pk, second.pk], "Samen")
    wording.refresh_from_db()
    person = Person(factories.visitor().pk, 1)
    told = []

    def place(version):
        told.append(StickerRound.objects.place("sop", person, wording.pk, 1, version).placed)

    errors = in_between(lambda: Idea.objects.join(round, [wording.pk, third.pk], NEW), lambda: place(wording.version))
    assert (errors, told, Sticker.objects.count()) == ([], [False], 0)
    wording.refresh_from_db()
    place(wording.version)
    assert wording.text == NEW and Sticker.objects.get().idea == wording


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true", "HX-Request-Type": "partial"}], ids=["plain", "htmx"])
def test_an_idea_is_an_answer_to_the_question_that_was_read(client, headers):
    round = factories.sticker_round(groups=1, ideas=0, stage="ideas", slug="sop", question="Wat moet erin?")
    address = round.groups.get().get_absolute_url()
    write = f"{address}idee/"
    sent = {"text": NEW, "woorden": mark_on(client.get(address).text), "moment": programs.moment(ago=10)}
    StickerRound.objects.update(question="Wat moet eruit?")
    answer = client.post(write, sent, headers=headers)
    assert answer.status_code == 409
    assert "«Wat moet eruit?»" in answer.text and NEW in answer.text and not Idea.objects.exists()
    client.post(write, sent | {"woorden": mark_on(answer.text)}, headers=headers)
    assert Idea.objects.get().text == NEW


def test_a_change_that_was_typed_when_the_session_had_ended_is_kept():
    user = factories.user()
    visitor = factories.visitor(user=user)
    group = factories.sticker_round(groups=1, ideas=0, stage="ideas", slug="sop").groups.get()
    idea = factories.idea(group, visitor=visitor, text="Kleinere klassen")
    address = f"/stickerrondes/sop/ideeen/{idea.pk}/"
    browser: Client = left_by(visitor)
    typed = {"text": "Klassen van twintig", "gezien": named([idea])}
    assert browser.post(address, typed).url.startswith("/accounts/login/")
    browser.force_login(user)
    as_visitor(browser, visitor)
    page = browser.get(address).text
    assert "Klassen van twintig" in page and "voordat je inlogde" in page
    assert "Klassen van twintig" not in browser.get(f"{address}?nu").text
    assert "intussen veranderd" not in page
    browser.post(address, typed)
    idea.refresh_from_db()
    assert idea.text == "Klassen van twintig"
    assert "voordat je inlogde" not in browser.get(address).text
