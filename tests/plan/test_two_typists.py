"""An evening of 300 lines by two typists with connections that fail: nothing lost, nothing doubled, no gaps."""

import random
import re
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from plan.actions import noting
from plan.models import Fragment, Note, Notes
from tests.helpers import factories
from tests.plan import helpers

LINES = 150  # of each of the two
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def notes(transactional_db, settings):
    settings.DEMO = True  # no second factor
    return noting.open_cafe(factories.cafe(topic=factories.question()).pk, helpers.sorter())


def browser(name: str) -> Client:
    user = helpers.sorter(name)
    user.let_sort(True)
    client = Client()
    client.force_login(user)
    return client


def shown(page: str) -> dict[int, str]:
    """The lines in an answer by their number. (What a template was given is no use here: signals know no threads.)"""
    found = re.findall(r'<li class="note-line" id="regel-(\d+)".*?class="line-text"[^>]*>([^<]*)', page, re.DOTALL)
    return {int(number): words for number, words in found}


def type_lines(client: Client, notes: Notes, name: str, chance: random.Random) -> list[str]:
    """As the script does: one request after another, again what seems not to have arrived. What the page shows then."""
    address = reverse("plan:lines", args=[notes.pk])
    waiting = [(str(uuid.uuid4()), f"{name} {number}") for number in range(LINES)]
    known, version = {}, 0
    try:
        while waiting:
            batch = waiting[: chance.randint(1, 5)]
            sent = {"key": [key for key, _ in batch], "regel": [f" {words}" for _, words in batch], "na": version}
            answer = client.post(address, sent, headers=HTMX)
            assert answer.status_code == 200
            if chance.random() < 0.3:
                continue  # the answer was lost: all of it is sent again
            known |= shown(answer.text)
            version = re.search(r'data-version="(\d+)"', answer.text)[1]
            kept = re.search(r'data-kept="([^"]*)"', answer.text)[1].split()
            waiting = [line for line in waiting if line[0] not in kept]
        known |= shown(client.get(address, {"na": version}, headers=HTMX).text)
        return [known[number] for number in sorted(known)]
    finally:
        connection.close()


def test_two_type_three_hundred_lines_at_once(notes):
    browsers = {name: browser(name) for name in ("Anouk", "Joris")}
    with ThreadPoolExecutor(2) as threads:
        work = [
            threads.submit(type_lines, client, notes, name, random.Random(name)) for name, client in browsers.items()
        ]
        seen = [each.result() for each in work]
    found = list(Note.objects.order_by("number").values_list("number", "text", "by__name"))
    assert [number for number, _, _ in found] == list(range(1, 2 * LINES + 1))
    for name in browsers:
        assert [text for _, text, by in found if by == name] == [f"{name} {number}" for number in range(LINES)]
    assert Fragment.objects.filter(live=True).count() == 2 * LINES
    # Who was done last saw all lines, in their order.
    assert [text for _, text, _ in found] in seen


def test_both_count_up_the_same_line_while_one_corrects_it(notes):
    by = helpers.sorter()
    noting.write(notes.pk, [noting.Line(uuid.uuid4(), "wachten")], by)
    note = notes.lines.get()

    def count_up(_: int) -> None:
        try:
            line = noting.Line(uuid.uuid4(), "lang wachten", like=1)
            for _ in range(2):
                noting.write(notes.pk, [line], by)
        finally:
            connection.close()

    def correct(_: int) -> None:
        try:
            noting.correct(note.pk, 1, text="te lang wachten")
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda work: work[0](work[1]), [(count_up, 1), (correct, 1), *[(count_up, 1)] * 20]))
    note.refresh_from_db()
    assert (note.times, len(note.counted), notes.lines.count()) == (22, 21, 1)


@pytest.mark.parametrize("doubles", ["erbij", "tel"])
def test_a_list_that_two_confirm_at_once_is_there_once(notes, doubles):
    browsers = [browser("Anouk") for _ in range(2)]
    address, seed = reverse("plan:paste", args=[notes.pk]), str(uuid.uuid4())
    text = "\n".join(f"regel {number}" for number in range(300))
    page = browsers[0].post(address, {"text": text, "seed": seed})
    sent = {"text": text, "seed": seed, "doubles": doubles, "woorden": page.context["mark"], "zet": "1"}

    def confirm(client: Client) -> int:
        try:
            return client.post(address, sent).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(confirm, browsers)) == [302, 302]
    assert list(notes.lines.values_list("number", "times")) == [(number, 1) for number in range(1, 301)]
