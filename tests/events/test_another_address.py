"""A coordinator corrects the address of a sign-up: what was mailed to the old one opens and proves nothing more."""

import re
import threading

import pytest
from django.db import connections
from django.test import Client

from events import tokens
from events.admin.registrations import RegistrationForm
from events.models.registrations import Registration
from tests.events import mailing
from tests.events.test_sign_up import sign_up
from tests.helpers import factories
from werkplaats.people.models import User

pytestmark = pytest.mark.django_db
CHANGED = {"wish": "online", "name": "Gast"}
BUTTONS = {"ik-kom": {}, "afmelden": {}, "wijzigen": CHANGED, "terug": {}, "ook": {}, "ja": {"seat": "room"}}


@pytest.fixture
def mailbox(settings, tmp_path):
    folder = mailing.folder(settings, tmp_path)
    return lambda: mailing.deliver(folder)


def correct(staff, made, **typed):
    shown = {"name": made.name, "email": made.email, "people": 1, "wanted": "room"}
    data = {**shown, **{f"initial-{name}": value for name, value in shown.items()}, **typed}
    assert staff.post(f"/beheer/events/registration/{made.pk}/change/", data).status_code == 302


@pytest.mark.parametrize("firm", [True, False])
def test_the_old_link_opens_nothing_and_the_new_address_gets_its_own(staff, mailbox, firm):
    made = factories.registration(factories.cafe(), email="oud@example.org", firm=firm)
    old = made.get_absolute_url()
    mailbox()
    correct(staff, made, email="nieuw@example.org")
    (mail,) = mailbox()
    assert mail["To"] == "nieuw@example.org"
    before = Registration.objects.values().get()
    assert staff.get(old).status_code == staff.get(f"{old}agenda.ics").status_code == 404
    for button, data in BUTTONS.items():
        assert staff.post(f"{old}{button}/", data).status_code == 404
    assert Registration.objects.values().get() == before and bool(before["confirmed_at"]) == firm
    assert not User.objects.filter(email__in=["oud@example.org", "nieuw@example.org"]).exists()
    link = re.search(r"http://testserver(/\S+/aanmelding/[^\s#]+)", mail.get_body(("plain",)).get_content())[1]
    assert staff.post(f"{link}ik-kom/", follow=True).status_code == 200
    assert User.objects.reachable().filter(email="nieuw@example.org").exists()


def test_a_press_that_meets_the_correction_writes_nothing_and_proves_nobody(client, monkeypatch):
    made = factories.registration(factories.cafe(), email="oud@example.org", firm=False)
    mailing.forget()
    old, locked = made.get_absolute_url(), Registration.locked

    def correct_first(self):
        Registration.objects.update(email="nieuw@example.org")
        return locked(self)

    monkeypatch.setattr(Registration, "locked", correct_first)
    for button, data in BUTTONS.items():
        Registration.objects.update(email="oud@example.org")
        answer = client.post(f"{old}{button}/", data)
        assert answer.status_code == 404, button
        assert "nieuw@" not in answer.text and "/aanmelding/" not in answer.text
    made.refresh_from_db()
    assert not made.is_firm and made.is_coming and not User.objects.exists() and mailing.jobs() == []


def test_the_code_for_the_door_of_the_former_owner_opens_nobody(staff):
    cafe = factories.cafe()
    made = factories.registration(cafe, email="anna@example.org", name="Anna")
    code, key = tokens.entry_token(made), made.key
    correct(staff, made, name="Anna Bos")
    assert staff.get(f"/cafes/{cafe.slug}/binnen/{code}/").status_code == 200
    correct(staff, Registration.objects.get(), name="Piet", email="piet@example.org")
    made.refresh_from_db()
    page = staff.get(f"/cafes/{cafe.slug}/binnen/{code}/")
    assert "Piet" not in page.text and made.key != key
    assert "Piet" in staff.get(f"/cafes/{cafe.slug}/binnen/{tokens.entry_token(made)}/").text


@pytest.mark.django_db(transaction=True)
def test_an_address_that_is_signed_up_while_a_coordinator_types_it_is_told_apart(staff, monkeypatch, caplog):
    cafe = factories.cafe()
    made = factories.registration(cafe, email="anna@example.org", name="Anna")
    check, threads = RegistrationForm.clean_email, []

    def then_sign_up(self):
        found = check(self)
        if threads:
            return found
        threads.append(threading.Thread(target=sign_up_elsewhere))
        threads[0].start()
        threads[0].join(0.3)  # as long as it is not held back
        return found

    def sign_up_elsewhere():
        try:
            sign_up(Client(), cafe, email="nieuw@example.org")
        finally:
            connections.close_all()

    monkeypatch.setattr(RegistrationForm, "clean_email", then_sign_up)
    correct(staff, made, email="nieuw@example.org")
    threads[0].join(60)
    assert list(Registration.objects.values_list("pk", "email", "name")) == [(made.pk, "nieuw@example.org", "Anna")]
    assert "nieuw@" not in caplog.text
    other = factories.registration(cafe)
    taken = {"name": other.name, "email": "nieuw@example.org", "people": 1, "wanted": "room"}
    answer = staff.post(f"/beheer/events/registration/{other.pk}/change/", taken)
    assert "Dit adres is al aangemeld voor dit café." in answer.text


def test_another_correction_mails_nobody_and_the_link_stays(staff):
    made = factories.registration(factories.cafe())
    mailing.forget()
    correct(staff, made, name="Fatima")
    assert mailing.jobs() == [] and staff.get(made.get_absolute_url()).status_code == 200


def test_a_new_address_with_another_place_gets_one_mail(staff):
    made = factories.registration(factories.cafe())
    mailing.forget()
    correct(staff, made, email="nieuw@example.org", wanted="online")
    assert mailing.jobs() == [("change", made.pk)]
