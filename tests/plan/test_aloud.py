"""The sheet to read aloud: what is on it, how long reading takes; long sentences get smaller type, or fewer fit."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from plan.models import Choice, Heard
from plan.reading.aloud import ROOM, Sheet, chosen, once, spoken_answer
from plan.reading.published import WAYS, Item, Shown
from tests.helpers import factories
from tests.plan import helpers
from tests.plan.heard_helpers import lay, people, publish, sentence, write


def item(place: int, times: int, choice: Choice = Choice.NEXT, heard: str = "Wat we hoorden.", words: str = "") -> Item:
    return Item(Heard(place=place, times=times, choice=choice, heard=heard, words=words), WAYS[choice])


def sheet(items: list[Item]) -> Sheet:
    page: Any = SimpleNamespace(
        items=items, missed=["Leerlingen", "OPR"], asked="In oktober", times=160, figures={"people": 210}
    )
    return Sheet(page, "Wat maakt ons Passend Onderwijs tot een succes?", "https://werkplaats.example/vragen/x/")


def test_what_was_heard_most_is_read_in_the_order_of_the_page_with_a_refusal():
    items = [item(place, times=place) for place in range(1, 9)] + [item(9, 1, Choice.NOT, words="dat kan niet")]
    assert [each.heard.place for each in chosen(items, 5)] == [5, 6, 7, 8, 9]


@pytest.mark.parametrize(("count", "told"), [(1, 1), (4, 4), (7, 7), (12, 7)])
def test_seven_at_most(count, told):
    assert len(sheet([item(place, 9) for place in range(count)]).told) == told


@pytest.mark.parametrize("length", [40, 120, 200])
@pytest.mark.parametrize("words", [20, 150, 300])
def test_long_sentences_get_smaller_type_and_then_less_of_them(length, words):
    heard, answer = ("woorden " * 30)[:length], ("antwoord " * 40)[:words]
    made = sheet([item(place, 9, Choice.ANSWER, heard, answer) for place in range(7)])
    size, told = made.fitting
    assert made.around(size) + sum(each.high(size) for each in told) <= ROOM
    assert len(told) >= 5
    is_brief = any(each.answer.endswith("…") for each in told)
    assert is_brief == (length + words >= 500), "only where five do not fit otherwise"
    assert len(told) + made.others == 7


def test_a_body_and_the_role_named_after_it_are_missed_once():
    assert once(["Leerlingen", "Medewerkers van gemeenten", "Gemeenten"]) == ["Leerlingen", "Gemeenten"]


def test_of_a_long_answer_the_first_sentences_are_read():
    words = "dat doen we al. " * 3 + "En dan nog dit, wat heel lang duurt om voor te lezen. " * 4
    answer = spoken_answer(item(1, 9, Choice.ANSWER, words=words))
    assert (
        answer.startswith("Dat doen we al. dat doen we al.") and answer.endswith("voor te lezen.") and len(answer) < 200
    )
    alone = "heel lang " * 29 + "einde."
    assert spoken_answer(item(1, 9, Choice.ANSWER, words=alone)).endswith("einde.")


def test_sentences_of_the_plan_are_read_as_long_as_they_are_short():
    there = item(1, 9, Choice.PLAN)
    assert spoken_answer(there) == "Hierover schrijven we een voorstel."
    there.sentences = [Shown("2.3", "Ieder gezin krijgt één vast gezicht.", "zin 2.3 van het concept", timezone.now())]
    assert spoken_answer(there) == "Ieder gezin krijgt één vast gezicht."
    there.sentences *= 9
    assert spoken_answer(there).startswith("Dat staat in zin 2.3 van het concept, zin 2.3 van het concept")


def test_how_long_it_takes_and_whom_we_miss():
    for words, minutes in ((1, 1), (20, 2)):
        made = sheet([item(place, 9, Choice.ANSWER, "Wat we hoorden.", "woord " * words) for place in range(7)])
        assert made.minutes == minutes
    assert made.missed == "leerlingen en OPR"


@pytest.mark.django_db
def test_the_sheet(desk):
    factories.role("leerkracht")  # of whom nobody was heard
    lay(write(desk.lines, "Vertel je verhaal één keer."), *desk.voices)
    lay(
        write(helpers.stack(desk.harvest), "Geef het geld aan de buurt.", Choice.NOT),
        *people(desk.question, "ouder", 5),
    )
    sentence([desk.lines], "Ieder gezin krijgt één vast gezicht.")
    publish(desk.harvest)
    html = Client().get(f"{desk.question.get_absolute_url()}wat-we-hoorden/voorlezen/").text
    for words in (
        *("Vertel je verhaal één keer.", "Ieder gezin krijgt één vast gezicht.", "Voorstel voor het plan"),
        *("Doen we niet", "Voorlezen duurt 1 minuut", 'class="qr"', "Wie misten we?", "Ken jij iemand?"),
        f"{desk.question.get_absolute_url()}wat-we-hoorden".removeprefix("/"),
    ):
        assert words in html
    assert "Fatima" not in html
