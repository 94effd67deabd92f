"""Whoever signs up whichever address gets the same answer: nothing on the site tells whether it was known."""

import re
import time
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.test import Client
from django.utils import timezone

from events import tokens
from events.models.attempts import Attempt
from events.models.cafes import Cafe
from events.models.registrations import Registration
from events.models.snapshots import Snapshot
from tests.events.mailing import forget, jobs
from tests.events.test_sign_up import form, sign_up
from tests.helpers import factories
from tests.helpers.browsers import browser_of
from tests.helpers.logging_in import log_in
from werkplaats.home.landing import people_count
from werkplaats.moderation.standing import took_part
from werkplaats.people.models import User, Visitor
from werkplaats.site.models import Site
from werkplaats.words import clock, day

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
pytestmark = pytest.mark.django_db


def without_tokens(page: str) -> str:
    """The page without what differs each time that it is drawn."""
    return re.sub(r'csrfmiddlewaretoken" value="[\w:.%-]+', "", page)


def all_of(client, cafe, **fields) -> tuple:
    """Everything that one sign-up tells: where it leads, the words there, headers, cookies, the café afterwards."""
    answer = client.post(f"/cafes/{cafe.slug}/aanmelden/", form(**fields))
    page = client.get(answer["Location"])
    after = client.get(cafe.get_absolute_url())
    return (
        answer.status_code,
        answer["Location"],
        answer.content,
        sorted(answer.headers),
        sorted((name, morsel["max-age"], len(morsel.value)) for name, morsel in answer.cookies.items()),
        page.status_code,
        without_tokens(page.text),
        without_tokens(after.text),
    )


@pytest.mark.parametrize("state", ["hold", "firm", "queued", "lapsed", "cancelled", "own browser"])
def test_known_or_new_is_all_the_same(client, state):
    cafe = factories.cafe(room_capacity=1 if state == "queued" else 20)
    if state == "queued":
        factories.registration(cafe)
    known = factories.registration(cafe, email="bekend@example.org", firm=state == "firm")
    if state == "lapsed":
        known.give_free()
    if state == "cancelled":
        known.cancel()
    if state == "own browser":
        sign_up(client, cafe, email="bekend@example.org")
    client.get(cafe.get_absolute_url())  # takes the snapshot
    browsers = (client, client) if state == "own browser" else (Client(), Client())
    told = [all_of(browsers[0], cafe, email="bekend@example.org"), all_of(browsers[1], cafe, email="nieuw@example.org")]
    assert told[0] == told[1]
    assert told[0][1] == f"/cafes/{cafe.slug}/aangemeld/"
    assert "We hebben je aanmelding" in told[0][6] and "Ik kom" in told[0][6]


def test_known_or_new_takes_the_same_queries(client, django_assert_num_queries):
    cafe = factories.cafe()
    sign_up(client, cafe, email="bekend@example.org")
    for email in ("bekend@example.org", "nieuw@example.org"):
        with django_assert_num_queries(2):  # the version of the site, the sign-up
            client.post(f"/cafes/{cafe.slug}/aanmelden/", form(email=email))


def test_the_same_address_again_changes_nothing_but_is_mailed_that(client):
    cafe = factories.cafe()
    made = factories.registration(cafe, email="fatima@example.org", firm=False)
    long_ago = timezone.now() - timedelta(minutes=11)
    Registration.objects.update(mailed_at=long_ago)
    before = Registration.objects.values().get()
    forget()
    sign_up(client, cafe, name="Ander", wish="online")
    after = Registration.objects.values().get()
    assert after.pop("mailed_at") > before.pop("mailed_at") and after == before
    sign_up(Client(), cafe, name="Ander", wish="online")
    assert jobs() == [("confirmation", made.pk)]  # not twice within ten minutes


def test_logging_in_afterwards_asks_the_same_about_a_known_and_a_new_address(client):
    cafe = factories.cafe()
    factories.registration(cafe, email="bekend@example.org")
    asked = []
    for address in ("bekend@example.org", "nieuw@example.org"):
        browser = Client()
        sign_up(browser, cafe, email=address)
        factories.user(email=f"zelf-{address}")
        told = log_in(browser, f"zelf-{address}", next="/cafes/")
        asked.append((told["Location"], browser.get("/accounts/eerder/", follow=True).text.count("aanmelding")))
    assert asked[0] == asked[1] and asked[0][0] == "/cafes/"


def test_a_report_counts_for_who_signed_a_known_address_up_as_for_a_new_one(client):
    cafe = factories.cafe()
    factories.registration(cafe, email="bekend@example.org")
    tried = []
    for address in ("bekend@example.org", "nieuw@example.org"):
        before = set(Visitor.objects.values_list("pk", flat=True))
        sign_up(Client(), cafe, email=address)
        tried.append(Visitor.objects.exclude(pk__in=before).get())
    assert [took_part(each) for each in tried] == [False, False]
    long_ago = timezone.now() - timedelta(days=2)
    Attempt.objects.update(tried_at=long_ago), Registration.objects.update(created_at=long_ago)
    assert [took_part(each) for each in tried] == [True, True]


def test_the_number_of_people_on_the_landing_page_does_not_tell_a_new_address(client):
    cafe = factories.cafe()
    factories.registration(cafe, email="bekend@example.org")

    def people() -> int:
        return people_count().get()["people"] or 0

    before = people()
    for address in ("bekend@example.org", "nieuw@example.org"):
        sign_up(Client(), cafe, email=address)
        assert people() == before
    Registration.objects.get(email="nieuw@example.org").confirm()
    assert people() == before + 1


@pytest.mark.parametrize("known", [True, False])
def test_the_page_promises_no_second_mail_to_one_address(client, known):
    cafe = factories.cafe()
    if known:
        sign_up(Client(), cafe, name="Fatima")
    page = sign_up(client, cafe, name="Karim").text
    assert "Kreeg dit adres net al een mail over dit café" in page and "Een adres geldt voor één aanmelding" in page


def test_the_page_knows_nobody(client):
    cafe = factories.cafe()
    page = sign_up(client, cafe, name="Zwartvogel", email="zwart@example.org").text
    made = Registration.objects.get()
    secrets = ["Zwartvogel", "zwart@", tokens.token(made), cafe.online_link, "plaats in de zaal"]
    assert not [secret for secret in secrets if secret in page]


@pytest.mark.parametrize(
    ("contact", "words"),
    [
        ({"contact_phone": "0123 - 45 67 89", "contact_email": "post@example.org"}, "Bel 0123 - 45 67 89 of mail naar"),
        ({"contact_phone": "0123 - 45 67 89", "contact_email": ""}, "Bel 0123 - 45 67 89."),
        ({"contact_phone": "", "contact_email": "post@example.org"}, 'Mail naar <a href="mailto:post@example.org"'),
        ({"contact_phone": "", "contact_email": ""}, "Vul het formulier dan nog een keer in"),
    ],
)
def test_who_gets_no_mail_reads_whom_to_ask(client, contact, words):
    Site.objects.filter(pk=1).update(**contact)
    assert words in sign_up(client, factories.cafe()).text


def test_who_did_not_just_sign_up_here_and_a_cafe_that_is_over_lead_to_the_cafe(client):
    cafe, other = factories.cafe(), factories.cafe()
    address = f"/cafes/{cafe.slug}/aangemeld/"
    assert client.get(address)["Location"] == cafe.get_absolute_url()
    wrote = browser_of(factories.visitor())  # something else
    assert wrote.get(address)["Location"] == cafe.get_absolute_url()
    sign_up(client, other)
    assert client.get(address)["Location"] == cafe.get_absolute_url()
    sign_up(client, cafe)
    assert client.get(address).status_code == 200
    client.get(cafe.get_absolute_url())
    with patch("django.core.signing.time.time", return_value=time.time() + 3601):
        assert client.get(address)["Location"] == cafe.get_absolute_url()
    assert client.post(address).status_code == 405
    Cafe.objects.update(called_off_at=timezone.now())
    assert client.get(address)["Location"] == cafe.get_absolute_url()


@pytest.mark.parametrize("name", ["Fatima", ""])
@pytest.mark.parametrize("change", [{"title": "Ontbijtcafé"}, {"question": "Heel iets anders?"}, "moved"])
def test_who_signs_up_for_a_cafe_that_was_not_on_their_screen_is_asked_again(client, change, name):
    cafe = factories.cafe()
    client.force_login(User.objects.confirmed("fatima@example.org"))

    def shown_in(page: str) -> str:
        return re.search(r'name="shown" value="(\w+)"', page)[1]

    old = shown_in(client.get(cafe.get_absolute_url()).text)
    if change == "moved":
        starts = cafe.starts_at + timedelta(days=9)
        cafe.move(by=None, starts_at=starts, ends_at=starts + timedelta(hours=2))
    else:
        vars(cafe).update(change)
        cafe.correct([*change])
    path = f"/cafes/{cafe.slug}/aanmelden/"
    answer = client.post(path, form(name=name, shown=old, wishes="Soep"), headers=HTMX)
    assert answer.status_code == 409 and not Registration.objects.exists()
    assert "Er is intussen iets veranderd aan dit café." in answer.text and "Soep</textarea>" in answer.text
    cafe.refresh_from_db()
    for words in (cafe.title, cafe.question, clock(cafe.starts_at), day(cafe.starts_at), cafe.room):
        assert words in answer.text, words
    assert client.post(path, form(shown=shown_in(answer.text))).status_code == 302
    assert Registration.objects.get().is_firm


@pytest.mark.parametrize("email", ["fatima@example.org", "ander@example.org"])
def test_who_is_logged_in_with_that_very_address_is_firm_at_once_and_sees_it(client, email):
    cafe = factories.cafe()
    client.force_login(User.objects.confirmed("fatima@example.org"))
    answer = client.post(f"/cafes/{cafe.slug}/aanmelden/", form(email=email.upper()))
    made = Registration.objects.get()
    own = email == "fatima@example.org"
    assert made.is_firm == own
    assert answer["Location"] == (made.get_absolute_url() if own else f"/cafes/{cafe.slug}/aangemeld/")
    if own:
        assert "Je hebt een plaats in de zaal" in client.get(answer["Location"]).text


def test_an_address_that_was_never_proven_makes_nobody_firm(client):
    client.force_login(factories.user(email="fatima@example.org"))
    sign_up(client, factories.cafe())
    assert not Registration.objects.get().is_firm


def test_who_logged_in_since_makes_their_own_hold_firm_by_signing_up_again(client):
    cafe = factories.cafe(room_capacity=1)
    made = factories.registration(cafe, email="fatima@example.org", firm=False)
    made.give_free()
    client.force_login(User.objects.confirmed("fatima@example.org"))
    assert "Je hebt een plaats in de zaal" in sign_up(client, cafe).text
    made.refresh_from_db()
    assert made.is_firm and made.seat == "room"


# The brake: at most three addresses for a café, six in a day.


def addresses(client, cafe, *names) -> list[int]:
    path = f"/cafes/{cafe.slug}/aanmelden/"
    return [client.post(path, form(email=f"{name}@example.org")).status_code for name in names]


def test_a_visitor_signs_up_three_addresses_for_a_cafe(client):
    Site.objects.filter(pk=1).update(contact_email="groep@example.org")
    cafe = factories.cafe()
    assert addresses(client, cafe, "a", "b", "c", "d") == [302, 302, 302, 429]
    refused = client.post(f"/cafes/{cafe.slug}/aanmelden/", form(email="e@example.org", wishes="Soep"))
    assert "Meld een groep aan bij" in refused.text and "mailto:groep@example.org" in refused.text
    assert 'value="e@example.org"' in refused.text and "Soep</textarea>" in refused.text
    assert Registration.objects.count() == 3 and len(jobs()) == 3
    assert addresses(client, cafe, "a", "c") == [302, 302]  # a second press is no new address
    assert addresses(Client(), cafe, "d") == [302]  # another browser in the same building


def test_the_brake_counts_known_addresses_too_or_it_would_tell_them_apart(client):
    cafe = factories.cafe()
    for name in ("a", "b", "c"):
        factories.registration(cafe, email=f"{name}@example.org")
    assert addresses(client, cafe, "a", "b", "c", "nieuw") == [302, 302, 302, 429]
    assert addresses(client, cafe, "b") == [302]


def test_a_visitor_signs_up_six_addresses_a_day_and_one_address_for_the_whole_year(client):
    cafes = [factories.cafe() for _ in range(8)]
    assert [addresses(client, cafe, "zelf")[0] for cafe in cafes] == [302] * 8
    assert addresses(client, cafes[0], "a", "b") == [302, 302]
    assert addresses(client, cafes[1], "c", "d") == [302, 302]
    assert addresses(client, cafes[2], "e", "f") == [302, 429]
    Attempt.objects.update(tried_at=timezone.now() - timedelta(hours=25))
    assert addresses(client, cafes[2], "f") == [302]
    assert addresses(client, cafes[0], "g") == [429]  # that café has had three


def test_who_is_firm_and_who_telephones_meet_no_brake(client):
    client.force_login(User.objects.confirmed("fatima@example.org"))
    cafe, visitor = factories.cafe(), factories.visitor()
    assert addresses(client, cafe, "a", "b", "c", "fatima", "d") == [302, 302, 302, 302, 429]
    for number in range(9):
        cafe.register(email=f"balie{number}@example.org", name="X", wish="room", by_hand=True, visitor_id=visitor.pk)


def test_what_a_browser_tried_holds_no_address_and_goes_with_it(client):
    cafe = factories.cafe()
    sign_up(client, cafe)
    attempt = Attempt.objects.get()
    assert "fatima" not in str(Attempt.objects.values().get()) and len(attempt.address) == 64
    Visitor.objects.all().delete()
    assert not Attempt.objects.exists()


# The ceiling on sign-ups that nobody confirmed.


def test_above_the_ceiling_the_answer_is_the_same_and_the_row_queues(client, settings):
    settings.HOLDS_AN_HOUR = 2
    cafe = factories.cafe()
    Snapshot.objects.take()
    told = [all_of(Client(), cafe, email=f"gast{number}@example.org") for number in range(4)]
    assert told[0] == told[2] == told[3]
    assert list(Registration.objects.order_by("pk").values_list("seat", flat=True)) == ["room", "room", None, None]
    assert factories.registration(cafe).seat == "room"  # who is firm needs no hold
    waits = Registration.objects.get(email="gast3@example.org")
    waits.confirm()
    assert waits.seat == "room"
    Registration.objects.update(created_at=timezone.now() - timedelta(minutes=61))
    assert factories.registration(cafe, firm=False).seat == "room"
