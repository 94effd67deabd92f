"""The process that compares: what goes in and comes out, and that nobody else carries what it stands on."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from plan.alike import measuring
from plan.alike.features import features_of, field

ROOT = Path(__file__).resolve().parents[3]
SAID = ["Wachtlijsten in de zorg.", "De wachttijd is te lang", "", "😀 \u202e ё 漢字 ' - '' 12", "x" * 5000, "Wachten!"]


def ask(lines: list) -> list:
    process = subprocess.run(
        [sys.executable, "-m", "plan.alike.measuring"],
        input="".join(json.dumps(line) + "\n" for line in lines),
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={},
    )
    assert process.stderr == ""
    return [json.loads(line) for line in process.stdout.splitlines()]


def test_it_answers_in_the_same_order_with_keys_places_and_marks():
    found = ask([[100 + number, text] for number, text in enumerate(SAID)])
    assert [key for key, _, _ in found] == [100, 101, 102, 103, 104, 105]
    assert sorted(place for _, place, _ in found) == list(range(6))
    assert {other for other, _, _ in found[0][2]} == {101, 105}
    assert [near for _, _, near in found[2:5]] == [[], [], []]
    for other, strength, marks in found[0][2]:
        assert 250 <= strength <= 1000
        text = SAID[other - 100]
        assert text[marks[0] : marks[1]].casefold().startswith("wacht")
        assert len(marks) % 2 == 0


@pytest.mark.parametrize("texts", [[], [""], ["", "…"], ["Eén."]])
def test_with_nothing_to_compare_it_finds_nothing(texts):
    found = list(measuring.measure(list(enumerate(texts))))
    assert [(key, place, near) for key, place, near in found] == [(number, number, []) for number in range(len(texts))]


def test_alike_lies_after_alike():
    texts = ["taxi naar school", "Te veel papier.", "met het busje", "formulieren, papierwerk", "De taxi!", "papier"]
    places = {place: texts[key] for key, place, _ in measuring.measure(list(enumerate(texts)))}
    kinds = ["taxi" in places[place].lower() or "busje" in places[place] for place in range(6)]
    assert kinds in ([True] * 3 + [False] * 3, [False] * 3 + [True] * 3)


def test_the_field_is_read_as_it_is_written():
    assert len(field().words) > 300
    assert "papier" in features_of("PAPIERWERK!").subjects
    assert "wachten" in features_of("Het kwam te laat.").subjects
    assert "overgang" in features_of("Van groep 8 naar de brugklas").subjects
    assert features_of("Te, laat?").spans["#wachten"] == [(0, 8)]


def test_no_process_of_the_site_carries_what_it_stands_on():
    """Web and worker: all addresses, admin pages and jobs are there, and no dictionary.

    numpy is, since openpyxl looks for it by itself; but nothing of ours asks for it.
    """
    loaded = subprocess.run(
        [sys.executable, "-c", EVERYTHING], capture_output=True, text=True, check=True, cwd=ROOT, env={**os.environ}
    ).stdout.split()
    assert {"plan.tasks", "plan.actions.comparing", "plan.reading.alike", "plan.alike.plain"} <= set(loaded)
    assert not {"simplemma", "plan.alike.measuring", "plan.alike.features"} & set(loaded)
    assert "openpyxl" in loaded or "numpy" not in loaded


EVERYTHING = """
import sys
import werkplaats.wsgi
from django.urls import get_resolver
from procrastinate.contrib.django import app
from django.contrib import admin
get_resolver().url_patterns, admin.site._registry, app.tasks
import werkplaats.management.commands.worker
print(*sys.modules)
"""
