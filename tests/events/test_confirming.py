"""«Ik kom» on the page behind the link in the mail: what it does and proves, and what opening the page does not."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.utils import timezone

from events import reminders, retention, tasks
from events.models import mail_jobs
from events.models.cafes import Cafe
from events.models.registrations import Registration
from events.places import Wish
from tests.events import mailing
from tests.events.test_sign_up import sign_up
from tests.helpers import factories
from werkplaats.people.models import User
from werkplaats.site.models import Site
from werkplaats.words import moment

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def mailbox(settings, tmp_path):
    folder = mailing.folder(settings, tmp_path)
    return lambda: mailing.deliver(folder)


def text_of(mail) -> str:
    return mail.get_body(("plain",)).get_content()


def hold(cafe=None, **fields) -> Registration:
    made = factories.registration(cafe or factories.cafe(), email="fatima@example.org", firm=False, **fields)
    mailing.forget()
    return made


def press(client, made, button="ik-kom", headers=None, **data):
    return client.post(f"{made.get_absolute_url()}{button}/", data, follow=True, headers=headers)


def test_form_mail_one_press(client, mailbox):
    cafe = factories.cafe(route="Langs de kerk")
    sign_up(client, cafe, name="Win 500 euro")
    (asks,) = mailbox()
    text = text_of(asks)
    assert asks["Subject"].startswith("Kom je? Druk op «Ik kom»: ") and "Win 500" not in asks.as_string()
    assert text.startswith("Dag,\n") and "Er is een plaats in de zaal voor je." in text
    assert cafe.route not in text and cafe.online_link not in text
    assert len([part for part in asks.walk() if part.get_content_type() == "text/calendar"]) == 0
    link = re.search(r"http://testserver(/\S+/aanmelding/\S+)\n", text)[1]

    phone = Client()  # the mail is opened elsewhere
    page = phone.get(link).text
    assert page.count("<form") == 3 and "Ik kom</button>" in page and "Ik kom niet</button>" in page
    assert "op naam van" in page and "Win 500 euro" in page
    done = phone.post(f"{link}ik-kom/", follow=True).text
    assert "je aanmelding is vast" in done and "Je hebt een plaats in de zaal" in done and "Langs de kerk" in done
    (sure,) = mailbox()
    assert sure["Subject"].startswith("Je bent aangemeld") and "Langs de kerk" in text_of(sure)
    assert [part.get_content_type() for part in sure.walk()].count("text/calendar") == 1


@pytest.mark.parametrize("headers", [None, HTMX])
def test_pressing_makes_firm_once_proves_the_address_and_logs_nobody_in(client, headers):
    made = hold()
    for _ in range(2):
        assert "je aanmelding is vast" in press(client, made, headers=headers).text
    made.refresh_from_db()
    assert made.is_firm and mailing.jobs() == [("confirmation", made.pk)]
    user = User.objects.get(email="fatima@example.org")
    assert User.objects.proven(user) == user and user.last_login is None
    assert "sessie" not in client.cookies
    assert client.get("/mijn-cafes/").status_code == 302


def test_opening_the_page_or_the_button_by_a_link_changes_nothing(client):
    made = hold()
    before = Registration.objects.values().get()
    for address in ("", "ik-kom/", "afmelden/"):
        for method in (client.get, client.head):
            assert method(f"{made.get_absolute_url()}{address}").status_code in (200, 302)
    assert Registration.objects.values().get() == before
    assert not User.objects.exists() and mailing.jobs() == []


def test_ik_kom_niet_gives_the_place_back_and_proves_nothing(client):
    made = hold()
    assert "Je bent afgemeld" in press(client, made, "afmelden").text
    made.refresh_from_db()
    assert not made.is_coming and not User.objects.exists()


@pytest.mark.parametrize(
    ("button", "data"),
    [
        ("wijzigen", {"wish": "online", "name": "Gast"}),
        ("wijzigen", {"wish": "room", "name": "Gast"}),
        ("terug", {}),
        ("ook", {}),
    ],
)
def test_any_other_button_of_the_mailed_page_makes_firm_too(client, button, data):
    made = hold()
    if button == "terug":
        made.cancel()
    press(client, made, button, **data)
    made.refresh_from_db()
    assert made.is_firm and User.objects.proven(User.objects.get(email=made.email))


def test_a_form_with_a_mistake_makes_nobody_firm(client):
    made = hold()
    assert press(client, made, "wijzigen", name="Gast", wish="balkon").status_code == 422
    made.refresh_from_db()
    assert not made.is_firm and not User.objects.exists()


def test_a_change_that_no_visitor_made_leaves_it_unconfirmed():
    made = hold()
    made.change(wish=Wish.ONLINE, people=1)
    made.refresh_from_db()
    assert (made.seat, made.is_firm) == ("online", False)


@pytest.mark.parametrize("state", ["hold", "firm", "cancelled"])
def test_the_link_of_somebody_deactivated_writes_nothing_and_says_whom_to_ask(client, state):
    Site.objects.filter(pk=1).update(contact_email="post@example.org")
    made = hold()
    if state == "firm":
        made.confirm()
    if state == "cancelled":
        made.cancel()
    factories.user(email=made.email, is_active=False)
    mailing.forget()
    before = Registration.objects.values().get()
    for button, data in [("ik-kom", {}), ("afmelden", {}), ("wijzigen", {"wish": "online"}), ("terug", {})]:
        answer = press(client, made, button, **data)
        assert answer.status_code == 403 and "post@example.org" in answer.text
    page = client.get(made.get_absolute_url())
    assert page.status_code == 403 and "Neem dan contact op met de coördinator" in page.text
    assert Registration.objects.values().get() == before and mailing.jobs() == []
    assert not User.objects.get().is_active
    User.objects.update(is_active=True)
    assert client.get(made.get_absolute_url()).status_code == 200


def test_the_page_takes_no_more_queries_than_before(client, django_assert_num_queries):
    made = factories.registration(factories.cafe())
    client.get(made.get_absolute_url())
    with django_assert_num_queries(3):  # the sign-up, the version of the site, the places
        client.get(made.get_absolute_url())


# What goes by mail to who is not firm.


def test_a_mail_to_who_is_not_firm_greets_nobody_by_a_typed_name_and_has_both_answers(mailbox):
    made = hold(name="Zwartvogel")
    cafe = made.cafe
    cafe.move(by=None, room="Gymzaal")
    cafe.mail_to("day", cafe.registrations.coming())
    moved, reminder = mailbox()
    for each in (moved, reminder):
        text, html = text_of(each), each.get_body(("html",)).get_content()
        assert text.startswith("Dag,") and "Zwartvogel" not in text + html
        assert "Ik kom niet:\n" in text and "#ik-kom-niet" in html and ">Ik kom</a>" in html
    cafe.call_off(by=None)
    (off,) = mailbox()
    assert "gaat niet door" in text_of(off) and "Zwartvogel" not in off.as_string()


def test_the_mail_of_the_term_says_until_when_in_full(mailbox):
    made = hold()
    until = timezone.now() + timedelta(days=2)
    Registration.objects.update(holds_until=until)
    mail_jobs.leave("events.tasks.send_term", [made])
    (mail,) = mailbox()
    assert mail["Subject"].startswith("Iemand wacht op een plaats. Kom je?")
    assert f"vast tot {moment(until)}" in text_of(mail)


@pytest.mark.parametrize("fields", [{"holds_until": None}, {"holds_until": timezone.now() - timedelta(minutes=1)}])
def test_a_term_that_is_over_or_answered_is_not_mailed_any_more(mailbox, fields):
    made = hold()
    Registration.objects.update(**fields)
    tasks.send_term(mailing.Context(None), registration_id=made.pk)
    tasks.send_lapsed(mailing.Context(None), registration_id=made.pk)  # it has its seat still
    assert mailbox() == []


def test_a_known_address_reads_that_it_was_known(client, mailbox):
    cafe = factories.cafe()
    factories.registration(cafe, email="fatima@example.org")
    mailbox()
    Registration.objects.update(mailed_at=timezone.now() - timedelta(minutes=11))
    sign_up(client, cafe, name="Vreemde")
    (mail,) = mailbox()
    assert mail["Subject"].startswith("Je was al aangemeld") and "Vreemde" not in mail.as_string()


def test_typing_an_address_again_silences_nothing_that_the_site_has_to_tell(client, mailbox):
    """Made firm by a coordinator, and proven by nobody."""
    cafe = factories.cafe()
    made = hold(cafe)
    made.confirm()
    mailbox()
    for _ in range(12):
        Registration.objects.update(mailed_at=timezone.now() - timedelta(minutes=11))
        sign_up(Client(), cafe, name="Vreemde")
    assert 0 < len(mailbox()) < 10
    cafe.call_off(by=None)
    (off,) = mailbox()
    assert off["Subject"].startswith("Gaat niet door")


def test_letting_others_wait_for_places_of_an_address_silences_nothing_that_the_site_has_to_tell(mailbox):
    """A stranger types it for many cafés, and another address that waits behind it at each."""
    own = factories.cafe()
    hold(own).confirm()
    others = [hold(factories.cafe(slug=f"andere-{number}")) for number in range(12)]
    Registration.objects.filter(pk__in=[made.pk for made in others]).update(
        holds_until=timezone.now() + timedelta(days=1)
    )
    mail_jobs.leave("events.tasks.send_term", others)
    assert 0 < len(mailbox()) < 10
    own.call_off(by=None)
    (off,) = mailbox()
    assert off["Subject"].startswith("Gaat niet door")


def test_who_never_said_that_they_come_is_not_thanked_unless_they_were_there(mailbox):
    cafe = factories.cafe()
    firm = factories.registration(cafe)
    _, came = hold(cafe), factories.registration(cafe, firm=False)
    Registration.objects.filter(pk=came.pk).update(came_at=timezone.now())
    assert set(reminders.whom("thanks", cafe)) == {firm, came}


# What stays of a person of whom only «Ik kom» is known.


def forgotten(cafe) -> None:
    Cafe.objects.filter(pk=cafe.pk).update(
        starts_at=timezone.now() - timedelta(days=400, hours=2), ends_at=timezone.now() - timedelta(days=400)
    )
    retention.forget_sign_ups(timezone.now())


def test_who_only_pressed_ik_kom_goes_with_the_sign_ups(client):
    made = hold()
    press(client, made)
    forgotten(made.cafe)
    assert not User.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM account_emailaddress")
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize(
    "more", ["logged in", "staff", "visitor", "post", "another café", "deactivated", "named", "group"]
)
def test_who_did_anything_else_stays(client, more):
    made = hold()
    press(client, made)
    user = User.objects.get()
    fields = {
        "logged in": {"last_login": timezone.now()},
        "staff": {"is_staff": True},
        "deactivated": {"is_active": False},
        "named": {"name": "Fatima"},
    }
    User.objects.update(**fields.get(more, {"date_joined": user.date_joined}))
    if more == "visitor":
        factories.visitor(user=user)
    if more == "post":
        factories.post(author=user)
    if more == "another café":
        factories.registration(factories.cafe(), email=user.email)
    if more == "group":
        user.groups.add(Group.objects.create(name="hulp"))
    forgotten(made.cafe)
    assert User.objects.filter(pk=user.pk).exists()
