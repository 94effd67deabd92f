"""A mail greets by name only where no stranger can have typed it: what somebody fills in is no letter to another."""

import pytest

from events.models.registrations import Registration
from tests.events import mailing
from tests.events.test_sign_up import sign_up
from tests.helpers import factories

pytestmark = pytest.mark.django_db
TYPED = "Win 500 euro vandaag"


@pytest.fixture
def mailbox(settings, tmp_path):
    folder = mailing.folder(settings, tmp_path)
    return lambda: mailing.deliver(folder)


def greeting(mail) -> str:
    text, html = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
    first = text.splitlines()[0]
    assert TYPED not in text and f"<p>{first}" in html
    return first


def test_making_firm_by_hand_greets_an_unproven_address_without_the_typed_name(client, mailbox):
    cafe = factories.cafe()
    sign_up(client, cafe, name=TYPED)
    mails = mailbox()
    made = Registration.objects.get()
    made.confirm()  # as the button of a coordinator does
    mails += mailbox()
    cafe.move(by=None, room="Gymzaal")
    cafe.mail_to("day", cafe.registrations.coming())
    mails += mailbox()
    made.cancel()
    mails += mailbox()
    assert [greeting(mail) for mail in mails] == ["Dag,"] * 5


def test_who_pressed_in_the_mail_is_greeted_by_name(client, mailbox):
    sign_up(client, factories.cafe(), name="Fatima")
    mailbox()
    made = Registration.objects.get()
    client.post(f"{made.get_absolute_url()}ik-kom/")
    (mail,) = mailbox()
    assert greeting(mail) == "Dag Fatima,"


def test_a_corrected_address_is_greeted_by_name_once_it_is_proven(client, mailbox):
    sign_up(client, factories.cafe(), name="Fatima")
    made = Registration.objects.get()
    client.post(f"{made.get_absolute_url()}ik-kom/")
    mailbox()
    made.refresh_from_db()
    made.email = "nieuw@example.org"
    made.retype({"email"})
    made.mail_again()
    assert greeting(mailbox()[0]) == "Dag,"
    client.post(f"{made.get_absolute_url()}ik-kom/")
    made.mail_again()
    assert greeting(mailbox()[0]) == "Dag Fatima,"


def test_who_signed_up_by_telephone_is_greeted_by_name(staff, mailbox):
    data = {"cafe": factories.cafe().pk, "wanted": "room", "people": 1, "name": "Opa", "email": "opa@example.org"}
    staff.post("/beheer/events/registration/add/", data)
    (mail,) = mailbox()
    assert greeting(mail) == "Dag Opa,"
