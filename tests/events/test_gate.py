"""A café that is held by something else: who waits, who is asked to try again, and that nothing is lost."""

import threading
import time

import pytest
from django.db import connections, transaction

from events import gate
from events.models import sign_up
from events.models.cafes import Cafe
from events.models.registrations import Registration
from tests.helpers import factories

GUEST = {"wish": "room", "name": "Fatima", "email": "fatima@example.org", "question": "Komt er soep?"}


def test_half_may_wait_and_the_next_is_refused_at_once_when_they_are_stuck(monkeypatch):
    half = gate.Gate(2)
    with half.through(), half.through():
        monkeypatch.setattr(gate, "STUCK_AFTER", 0)
        with pytest.raises(gate.Busy), half.through():
            raise AssertionError("came in")
    with half.through():
        assert len(half.since) == 1
    assert half.since == []


def test_the_next_waits_its_turn_while_the_others_come_through(monkeypatch):
    monkeypatch.setattr(gate, "STUCK_AFTER", 30)
    one, came_in = gate.Gate(1), threading.Event()

    def next_one():
        with one.through():
            came_in.set()

    with one.through():
        thread = threading.Thread(target=next_one)
        thread.start()
        assert not came_in.wait(0.02)
    assert came_in.wait(60)
    thread.join()


def test_nobody_is_stuck_while_others_come_through(monkeypatch):
    monkeypatch.setattr(gate, "STUCK_AFTER", 30)
    one, long_ago = gate.Gate(1), time.monotonic() - 60
    one.since = [long_ago]
    with pytest.raises(gate.Busy):
        one.enter()
    one.came_through = time.monotonic()
    thread = threading.Thread(target=one.enter)
    thread.start()
    with one.changed:
        one.since.remove(long_ago)
        one.changed.notify()
    thread.join(60)
    assert len(one.since) == 1


def test_a_cafe_that_is_stuck_keeps_nobody_from_another(monkeypatch):
    gates = gate.Gates(1)
    stuck, other = Cafe(pk=1), Cafe(pk=2)
    with gates.through(stuck):
        monkeypatch.setattr(gate, "STUCK_AFTER", 0)
        with pytest.raises(gate.Busy), gates.through(stuck):
            raise AssertionError("came in")
        with gates.through(other):
            pass


@pytest.mark.django_db(transaction=True)
def test_a_held_cafe_asks_to_try_again_and_keeps_what_was_typed(client, monkeypatch):
    monkeypatch.setattr(sign_up, "PATIENCE", "50ms")
    cafe = factories.cafe(room_capacity=1)
    made = factories.registration(cafe)
    held, done = threading.Event(), threading.Event()

    def hold():
        try:
            with transaction.atomic():
                Cafe.objects.select_for_update().get(pk=cafe.pk)
                held.set()
                done.wait(60)
        finally:
            connections.close_all()

    thread = threading.Thread(target=hold)
    thread.start()
    assert held.wait(60)
    try:
        answers = [client.post(f"/cafes/{cafe.slug}/aanmelden/", GUEST)]
        answers += [
            client.post(f"{made.get_absolute_url()}{button}/", {"wish": "online"})
            for button in ("wijzigen", "afmelden")
        ]
        htmx = {"HX-Request": "true", "HX-Request-Type": "partial"}
        answers.append(client.post(f"/cafes/{cafe.slug}/aanmelden/", GUEST, headers=htmx))
    finally:
        done.set()
        thread.join()
    assert {(answer.status_code, answer["Retry-After"]) for answer in answers} == {(503, "5")}
    assert all("Probeer het zo nog eens" in answer.text for answer in answers)
    assert ">\nKomt er soep?</textarea>" in answers[0].text and 'value="fatima@example.org"' in answers[3].text
    assert Registration.objects.count() == 1 and Registration.objects.get().is_coming
