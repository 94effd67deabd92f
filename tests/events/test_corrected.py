"""A coordinator corrects a sign-up: the words of one person are never those of the next, who hears of it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from events import reminders
from events.models.registrations import Registration
from tests.events import mailing
from tests.events.test_another_address import correct
from tests.events.test_own_words import text_of
from tests.events.test_sign_up import sign_up
from tests.events.test_what_was_shown import press, shown_by
from tests.helpers import factories
from tests.helpers.shown import seen
from werkplaats.mail.sending import is_beyond
from werkplaats.models import FailedMail
from werkplaats.people.models import Werkgebied

pytestmark = pytest.mark.django_db
LIST = "/beheer/events/registration/"
WRONG, RIGHT = "verkeerd@example.org", "goed@example.org"


@pytest.fixture
def mailbox(settings, tmp_path):
    folder = mailing.folder(settings, tmp_path)
    return lambda: mailing.deliver(folder)


def by_telephone(cafe, **typed):
    data = {"email": WRONG, "name": "Opa", "wish": "room", "by_hand": True, **typed}
    return cafe.register(**data)[0]


@pytest.mark.parametrize("refused", [True, False])
def test_an_address_that_is_corrected_is_asked_anew_also_when_the_wrong_one_refused(staff, mailbox, refused):
    cafe = factories.cafe(room_capacity=1, online_capacity=0, starts_at=timezone.now() + timedelta(days=20))
    made = cafe.register(email=WRONG, name="Anna", wish="room")[0]
    by_telephone(cafe, email="bob@example.org")  # waits for that seat: the term of the first begins
    mailing.forget()
    if refused:
        ids = {"registration_id": made.pk}
        FailedMail.objects.create(job=1, task="events.tasks.send_term", ids=ids, reason="550 5.1.1 onbekend")
    now = timezone.now()
    Registration.objects.filter(pk=made.pk).update(nudge_at=None, holds_until=now + timedelta(minutes=4), term_mails=2)
    assert ("Kwam niet aan" in staff.get(f"/beheer/events/registration/{made.pk}/change/").text) == refused
    correct(staff, made, email=RIGHT)
    assert "Kwam niet aan" not in staff.get(f"/beheer/events/registration/{made.pk}/change/").text
    mailbox()
    Registration.objects.filter(pk=made.pk).update(holds_until=now)
    reminders.look_after_holds(timezone.now())
    made.refresh_from_db()
    assert made.seat == "room" and made.holds_until > now + timedelta(hours=47)
    assert [(mail["To"], "Kom je?" in mail["Subject"]) for mail in mailbox()] == [(RIGHT, True)]


@pytest.mark.parametrize("does", ["correct", "mail_again", "give_free"])
def test_what_a_coordinator_has_mailed_leaves_whatever_strangers_had_sent_to_that_mailbox(staff, mailbox, does):
    made = factories.registration(factories.cafe(), email=WRONG, name="Anna", firm=False)
    for number in range(20):
        is_beyond(f"goed+{number}@example.org", by_typing=True)
    mailbox()
    if does == "correct":
        correct(staff, made, email=RIGHT)
    else:
        Registration.objects.update(email=RIGHT)
        staff.post(LIST, {"action": does, "_selected_action": [made.pk], "gezien": seen([made]), "_asked": "1"})
    assert [mail["To"] for mail in mailbox()] == [RIGHT]


def test_what_the_owner_of_the_wrong_address_typed_is_nobodys_own(client, staff, mailbox):
    made = by_telephone(factories.cafe())
    press(Client(), made, "wijzigen", shown_by(Client(), made, "wijzigen", wish="room", question="Van een vreemde?"))
    mailbox()
    made.refresh_from_db()
    correct(staff, made, email=RIGHT)
    made.refresh_from_db()
    assert made.is_firm and not made.is_own
    (mail,) = mailbox()
    assert mail["To"] == RIGHT and text_of(mail).startswith("Dag,")
    page = client.get(made.get_absolute_url()).text
    assert "Van een vreemde?" in page and "Klopt het niet helemaal?" in page


@pytest.mark.parametrize("typed", [{"name": "Nora"}, {"role": ""}, {"wishes": "Soep"}])
def test_one_corrected_word_makes_the_others_nobodys_own(staff, typed):
    cafe = factories.cafe()
    sign_up(Client(), cafe, email=RIGHT, name="Noor", wishes="Bier", question="Gratis?")
    made = Registration.objects.get()
    made.confirm()
    correct(staff, made, wanted=made.wish, **{"initial-wanted": made.wish, **typed})
    assert not Registration.objects.get().is_own


@pytest.mark.parametrize("who", ["name", "role", "werkgebied"])
def test_who_somebody_is_as_a_coordinator_corrects_it_is_asked_again(client, staff, who):
    """The page lets nobody change these once they are their own words: a wrong one would stand there for good."""
    typed = {"name": "Piet Jansen", "role": factories.role().pk}
    typed["werkgebied"] = Werkgebied.objects.create(name="Verweg").pk
    made = factories.registration(factories.cafe(), email=RIGHT, name="Anna")
    correct(staff, made, **{who: typed[who]})
    made.refresh_from_db()
    page = client.get(made.get_absolute_url()).text
    assert made.is_firm and not made.is_own and "Klopt het niet helemaal?" in page
    assert "Piet Jansen, je bent welkom" not in " ".join(page.split())
    press(client, made, "wijzigen", shown_by(client, made, "wijzigen", wish="room", name="Anna Bos"))
    made.refresh_from_db()
    assert (made.name, made.is_own) == ("Anna Bos", True)


def test_own_words_stay_ones_own_when_a_coordinator_corrects_what_they_can_change(staff):
    made = factories.registration(factories.cafe(), name="Noor")
    correct(staff, made, wishes="Soep")
    made.refresh_from_db()
    assert made.is_own and made.wishes == "Soep"


@pytest.mark.parametrize(("typed", "wish"), [({}, ""), ({"wishes": "Ringleiding"}, "Ringleiding")])
def test_with_another_name_and_address_the_next_reads_nothing_of_the_former(client, staff, typed, wish):
    role = factories.role()
    made = by_telephone(factories.cafe(), wishes="Rolstoel", question="Is er een lift?", role_id=role.pk)
    kept = {"wishes": "Rolstoel", "question": "Is er een lift?", "role": role.pk}
    shown = {**kept, **{f"initial-{name}": value for name, value in kept.items()}}
    correct(staff, made, **{**shown, "name": "Iemand Anders", "email": RIGHT, **typed})
    made.refresh_from_db()
    assert (made.name, made.email, made.wishes, made.question, made.role) == ("Iemand Anders", RIGHT, wish, "", None)
    page = client.get(made.get_absolute_url()).text
    assert "Rolstoel" not in page and "Is er een lift?" not in page
    assert not made.is_own


@pytest.mark.parametrize("name", ["", "Piet"])
def test_a_name_that_comes_with_an_address_where_there_was_none_is_somebody_else(client, staff, name):
    made = by_telephone(factories.cafe(), email="", name="Oma", wishes="Epilepsie")
    kept = {"wishes": "Epilepsie", "initial-wishes": "Epilepsie"}
    data = {"name": name or "Oma", "email": RIGHT, "people": 1, "wanted": "room", **kept}
    shown = {"initial-name": "Oma", "initial-email": "", "initial-people": 1, "initial-wanted": "room"}
    path = f"/beheer/events/registration/{made.pk}/change/"
    told = "Dit is nu iemand anders" in staff.post(path, {**data, **shown}, follow=True).text
    made.refresh_from_db()
    assert (told, made.wishes, made.is_own) == ((True, "", False) if name else (False, "Epilepsie", True))
    assert ("Epilepsie" in client.get(made.get_absolute_url()).text) != bool(name)


def test_who_gets_a_sign_up_that_the_wrong_owner_cancelled_hears_of_it_and_can_come_back(client, staff, mailbox):
    made = by_telephone(factories.cafe())
    wrong = Client()
    press(wrong, made, "afmelden", shown_by(wrong, made, "afmelden"))
    mailbox()
    made.refresh_from_db()
    shown = {"name": "Opa", "email": WRONG}
    data = {**shown, **{f"initial-{name}": value for name, value in shown.items()}, "email": RIGHT}
    answer = staff.post(f"/beheer/events/registration/{made.pk}/change/", data, follow=True)
    assert "Deze mens is afgemeld met een mail naar het vorige adres." in answer.text
    (mail,) = mailbox()
    assert (
        mail["To"] == RIGHT and "stond eerst op een ander adres" in text_of(mail) and "laat weten" not in text_of(mail)
    )
    made.refresh_from_db()
    press(client, made, "terug", shown_by(client, made, "terug"))
    made.refresh_from_db()
    assert made.is_sure and [mail["To"] for mail in mailbox()] == [RIGHT]


def test_whom_a_coordinator_cancelled_gets_no_mail_by_a_correction(staff, coordinator):
    made = by_telephone(factories.cafe())
    made.cancel(by=coordinator)
    mailing.forget()
    made.email = RIGHT
    made.retype({"email"})
    assert mailing.jobs() == []
