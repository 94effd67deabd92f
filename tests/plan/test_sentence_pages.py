"""The sentences of the plan as pages."""

import pytest
from django.urls import reverse

from plan.actions import writing
from plan.models import Chapter, Sentence
from tests.plan import helpers

pytestmark = pytest.mark.django_db


@pytest.fixture
def anouk(client, settings):
    settings.DEMO = True  # no second factor
    user = helpers.sorter("Anouk")
    user.let_sort(True)
    client.force_login(user)
    return client


@pytest.fixture
def sentence():
    chapter = writing.add_chapter("Samen")
    return writing.add_sentence(chapter.pk, "Ieder kind telt.", helpers.sorter("Joris"))


def page(name="sentences", *args) -> str:
    return reverse(f"plan:{name}", args=args)


def test_from_an_empty_plan_to_a_first_sentence(anouk):
    assert "Het plan is nog leeg." in anouk.get(page()).text
    assert "Geef het hoofdstuk een titel." in anouk.post(page("add_chapter"), {"titel": " "}).text
    anouk.post(page("add_chapter"), {"titel": "Samen"})
    chapter = Chapter.objects.get()
    assert "Schrijf eerst de zin op." in anouk.post(page("add_sentence"), {"hoofdstuk": chapter.pk, "tekst": ""}).text
    answer = anouk.post(page("add_sentence"), {"hoofdstuk": 99, "tekst": "Blijft staan."})
    assert answer.status_code == 409
    assert "Blijft staan." in answer.text
    anouk.post(page("add_sentence"), {"hoofdstuk": chapter.pk, "tekst": "Ieder kind telt."})
    text = anouk.get(page()).text
    assert "<b>1.1</b> Ieder kind telt." in text
    assert "Nog geen bron." in text


def test_what_the_law_says_needs_no_source(anouk, sentence):
    anouk.post(page("add_sentence"), {"hoofdstuk": sentence.chapter_id, "tekst": "Zo staat het in de wet.", "wet": "1"})
    text = anouk.get(page()).text
    assert "De wet schrijft dit voor." in text
    assert text.count("Nog geen bron.") == 1


def test_rewording_keeps_the_versions_and_says_when_another_was_first(anouk, sentence):
    anouk.post(page("reword", sentence.pk), {"tekst": "Elk kind telt.", "gezien": "1"})
    answer = anouk.post(page("reword", sentence.pk), {"tekst": "Alle kinderen tellen.", "gezien": "1"})
    assert answer.status_code == 409
    for words in ("<bdi>Anouk</bdi> schreef deze zin net anders.", "Elk kind telt.", "Alle kinderen tellen."):
        assert words in answer.text
    anouk.post(page("reword", sentence.pk), {"tekst": "Alle kinderen tellen.", "gezien": "2"})
    text = anouk.get(page("sentence", sentence.pk)).text
    assert all(words in text for words in ("Ieder kind telt.", "Elk kind telt.", "Alle kinderen tellen.", "versie 3"))


def test_a_withdrawn_sentence_keeps_its_number(anouk, sentence):
    anouk.post(page("withdraw", sentence.pk))
    assert anouk.get(page("sentence", sentence.pk)).status_code == 404
    anouk.post(page("add_sentence"), {"hoofdstuk": sentence.chapter_id, "tekst": "De volgende."})
    assert Sentence.objects.get(withdrawn_at=None).shown_number == "1.2"


@pytest.mark.parametrize("sentences", [1, 4])
def test_the_queries_do_not_grow_with_the_plan(anouk, sentence, django_assert_num_queries, sentences):
    desk = helpers.Desk()
    for number in range(sentences):
        made = writing.add_sentence(sentence.chapter_id, f"Zin {number}.", desk.joris)
        writing.link(made.pk, desk.joris, stack_id=desk.wait.pk)
    with django_assert_num_queries(10):
        assert anouk.get(page()).status_code == 200
