"""An address that a coordinator shut out: no mail goes there, and it holds no place that somebody needs."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from events import reminders
from events.models.mailings import Mailing
from events.models.registrations import Registration
from events.models.snapshots import Snapshot
from tests.events import mailing
from tests.events.test_one_answer import all_of
from tests.events.test_sign_up import sign_up
from tests.helpers import factories
from werkplaats.people.models import User

pytestmark = pytest.mark.django_db
GONE = "weg@example.org"


@pytest.fixture
def mailbox(settings, tmp_path):
    folder = mailing.folder(settings, tmp_path)
    return lambda: [mail["To"] for mail in mailing.deliver(folder)]


def shut_out() -> None:
    factories.user(email=GONE, is_active=False)


@pytest.mark.parametrize("firm", [True, False])
def test_nothing_about_a_cafe_is_mailed_there(mailbox, coordinator, firm):
    cafe = factories.cafe()
    made, other = (factories.registration(cafe, email=email, firm=firm) for email in (GONE, "ander@example.org"))
    shut_out()
    assert mailbox() == [other.email]  # what was under way
    cafe.move(by=None, room="Gymzaal")
    cafe.mail_to("day", cafe.registrations.coming())
    sent, _ = Mailing.objects.write(cafe, key=Mailing().key, audience="all", subject="Hoi", text="Dag.", by=coordinator)
    assert sent.people == 1
    made.refresh_from_db()
    assert not made.mail_again()
    made.cancel()
    assert set(mailbox()) == {other.email}


def test_who_signs_it_up_gets_the_same_answer_and_no_place():
    cafe = factories.cafe()
    shut_out()
    Snapshot.objects.take()
    told = [all_of(Client(), cafe, email=email) for email in (GONE, "nieuw@example.org")]
    assert told[0] == told[1]
    assert dict(Registration.objects.values_list("email", "seat")) == {GONE: None, "nieuw@example.org": "room"}


def test_a_place_that_it_holds_goes_to_who_needs_it_when_the_term_is_over(mailbox):
    cafe = factories.cafe(room_capacity=1, online_capacity=0)
    made = factories.registration(cafe, email=GONE, firm=False)
    shut_out()
    waits = factories.registration(cafe)
    reminders.look_after_holds(timezone.now())
    made.refresh_from_db()
    assert made.holds_until
    mailbox()
    Registration.objects.filter(pk=made.pk).update(holds_until=timezone.now() - timedelta(minutes=1), nudge_at=None)
    reminders.look_after_holds(timezone.now())
    made.refresh_from_db(), waits.refresh_from_db()
    assert (made.seat, waits.seat) == (None, "room")


def test_a_coordinator_sees_whom_no_mail_reaches_and_is_asked_to_ring(staff):
    cafe = factories.cafe()
    factories.registration(cafe, email=GONE, name="Wegman")
    shut_out()
    page = staff.get(f"/beheer/events/registration/?cafe__id__exact={cafe.pk}").text
    assert page.count("toegang uitgezet: krijgt geen mail") == 1
    page = staff.get(f"/beheer/events/cafe/{cafe.pk}/bericht/").text
    assert "1 persoon krijgt geen mail: bel" in page and "Wegman" in page


def test_by_hand_it_still_gets_a_place(staff):
    cafe = factories.cafe()
    shut_out()
    made, _ = cafe.register(email=GONE, name="Oud-collega", wish="room", by_hand=True)
    assert made.seat == "room" and made.is_firm
    assert not User.objects.get(email=GONE).is_active
    sign_up(Client(), cafe, email=GONE)
    assert Registration.objects.get().seat == "room"
