"""One's own sign-up, behind the mailed link: what the page says, and what its buttons do."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from events.calendars import links
from events.forms import ChangeForm
from events.models.cafes import Cafe
from events.models.registrations import Registration
from events.models.snapshots import OLDEST, Snapshot
from events.places import Wish
from tests.events import mailing
from tests.events.mailing import forget, jobs
from tests.helpers import factories
from werkplaats.site.current import site_now
from werkplaats.web.limits import Limit

pytestmark = pytest.mark.django_db


def press(client, made: Registration, button: str, **data):
    return client.post(f"{made.get_absolute_url()}{button}/", data, follow=True)


def test_changing_the_place_and_what_to_know_beforehand(client):
    cafe = factories.cafe(room_capacity=1)
    factories.registration(cafe)
    made = factories.registration(cafe, wish="online", wishes="Een ringleiding <b>")
    forget()
    assert "Een ringleiding &lt;b&gt;" in client.get(made.get_absolute_url()).text
    page = press(client, made, "wijzigen", wish="both", question="Komt er een vervolg?", together="on").text
    assert "Je aanmelding is gewijzigd. Je krijgt er een mail over." in page
    assert "Je doet online mee, en je staat op de wachtlijst voor de zaal" in page and "Je bent nummer 1." in page
    made.refresh_from_db()
    assert (made.people, made.wishes, made.question) == (2, "", "Komt er een vervolg?")
    assert (
        "Er is niets veranderd"
        in press(client, made, "wijzigen", wish="both", question=made.question, together="on").text
    )
    assert "Bewaard." in press(client, made, "wijzigen", wish="both", together="on").text
    assert jobs() == [("change", made.pk)]


def test_who_has_the_link_changes_it_only_so_often_and_the_coordinator_goes_on(client, coordinator, settings):
    """Each change is mailed to its owner, and the link may have come to others."""
    settings.WRITE_RATE_LIMITS = {**settings.WRITE_RATE_LIMITS, "change_sign_up": [(3, timedelta(hours=1))]}
    cafe = factories.cafe()
    made, other = factories.registration(cafe, wish="online"), factories.registration(cafe, wish="online")
    forget()
    for wish in ("room", "online", "room"):
        assert press(client, made, "wijzigen", wish=wish).status_code == 200
    refused = press(client, made, "wijzigen", wish="online", wishes="Soep")
    assert refused.status_code == 429
    assert "Je veranderde deze aanmelding al vaak" in refused.text and ">\nSoep</textarea>" in refused.text
    assert press(client, made, "ook").status_code == 200  # it has the room: nothing to change
    made.refresh_from_db()
    assert made.seat == "room" and made.wishes == "" and jobs() == [("change", made.pk)] * 3
    assert press(client, other, "wijzigen", wish="room").status_code == 200
    assert made.change(wish=Wish.ONLINE, people=1)  # by a coordinator
    Limit.objects.all().delete()  # an hour later
    assert press(client, made, "wijzigen", wish="room").status_code == 200


def test_no_number_of_changes_keeps_a_coordinator_from_moving_the_cafe(coordinator):
    cafe = factories.cafe()
    made = factories.registration(cafe)
    Registration.objects.update(version=32767)
    cafe.move(by=coordinator, starts_at=cafe.starts_at + timedelta(hours=1), ends_at=cafe.ends_at + timedelta(hours=1))
    cafe.title = "Ontbijtcafé"
    cafe.correct(["title"])
    made.refresh_from_db()
    assert made.version > 32767


def test_a_change_that_cannot_be_is_explained_and_keeps_what_was_typed(client):
    cafe = factories.cafe(room_capacity=1)
    made = factories.registration(cafe)
    answer = press(client, made, "wijzigen", wish="room", together="on", wishes="Soep")
    assert answer.status_code == 422
    assert "Er is geen plaats vrij voor een tweede persoon. Je eigen plaats houd je." in answer.text
    assert ">\nSoep</textarea>" in answer.text
    answer = press(client, made, "wijzigen", wish="balkon")
    assert answer.status_code == 422 and "Deze plaatsen zijn er niet bij dit café." in answer.text
    made.refresh_from_db()
    assert (made.seat, made.people, made.wishes) == ("room", 1, "")


def test_htmx_gets_the_part_under_the_head(client):
    made = factories.registration(factories.cafe())
    htmx = {"HX-Request": "true", "HX-Request-Type": "partial"}
    for button, data in [("wijzigen", {"wish": ""}), ("wijzigen", {"wish": "online"}), ("afmelden", {})]:
        answer = client.post(f"{made.get_absolute_url()}{button}/", data, headers=htmx, follow=True)
        assert answer.text.strip().startswith('<div class="parts" id="mijn-aanmelding">')


def test_cancelling_and_coming_back(client):
    cafe = factories.cafe(room_capacity=1)
    made = factories.registration(cafe)
    assert "Er was net nog plaats voor je." in press(client, made, "afmelden").text
    page = press(client, made, "terug").text
    assert "Je bent weer aangemeld." in page and "Je hebt een plaats in de zaal" in page
    assert "Je bent weer aangemeld." in press(client, made, "terug").text
    press(client, made, "afmelden")
    factories.registration(cafe)
    Snapshot.objects.update(taken_at=timezone.now() - OLDEST)
    Snapshot.objects.take()
    assert "Zet me op de wachtlijst" in client.get(made.get_absolute_url()).text
    page = press(client, made, "terug").text
    assert "Je staat op de wachtlijst voor de zaal" in page and "Je staat weer op de wachtlijst." in page
    assert "Je bent weer aangemeld." not in page
    assert Registration.objects.count() == 2


def test_online_for_who_waits_for_the_room_keeps_what_else_was_filled_in(client):
    cafe = factories.cafe(room_capacity=1, online_capacity=2)
    factories.registration(cafe)
    made = factories.registration(cafe, people=2, question="Hoe nu?")
    assert "Ja, ik doe alvast online mee" in client.get(made.get_absolute_url()).text
    page = press(client, made, "ook").text
    assert "Je doet online mee, en je staat op de wachtlijst voor de zaal" in page
    assert "Ja, ik doe alvast online mee" not in page
    made.refresh_from_db()
    assert (made.seat, made.waits_for, made.people, made.question) == ("online", ["room"], 2, "Hoe nu?")
    assert "Er is niets veranderd" in press(client, made, "ook").text


@pytest.mark.parametrize(
    ("wish", "then", "labels"),
    [
        ("room", "", {"room": "die plaats heb je"}),
        (
            "room",
            "online",
            {"room": "die plaats heb je", "online": "daar wacht je op, tot dan houd je je plaats in de zaal"},
        ),
        (
            "online",
            "both",
            {
                "online": "die plaats heb je",
                "room": "daar wacht je op, tot dan houd je je plaats online",
                "both": "zo ben je nu aangemeld",
            },
        ),
    ],
)
def test_the_form_to_change_tells_a_place_from_a_queue_and_saving_keeps_both(client, wish, then, labels):
    cafe = factories.cafe(room_capacity=2, online_capacity=2)
    made = factories.registration(cafe, wish=wish)
    for each in ("room", "online", "room", "online"):
        factories.registration(cafe, wish=each)
    if then:
        press(client, made, "wijzigen", wish=then)
    made.refresh_from_db()
    before = made.standing
    form = ChangeForm(registration=made, lists=site_now().lists)
    shown = {value: re.search("<small>(.*)</small>", str(label))[1] for value, label in form.fields["wish"].choices}
    assert {value: words for value, words in shown.items() if value in labels} == labels
    rest = [words for value, words in shown.items() if value not in labels]
    assert all("vol" in words or words == "wachtlijst" for words in rest)
    press(client, made, "wijzigen", wish=form["wish"].value(), question="Komt er soep?")
    made.refresh_from_db()
    assert (made.standing, made.question) == (before, "Komt er soep?")


def test_undoing_in_the_last_hours_says_that_others_are_asked_for_the_same_place(client):
    cafe = factories.cafe(room_capacity=1, asks_from=timezone.now() - timedelta(minutes=1))
    made, _ = factories.registration(cafe), factories.registration(cafe)
    page = press(client, made, "afmelden").text
    assert "Er is een plaats vrij, maar er wachten ook anderen op." in page
    assert "Er is nu geen plaats meer vrij" not in page
    page = press(client, made, "terug").text
    assert "Je staat op de wachtlijst voor de zaal" in page and "Ja, ik kom naar de zaal" in page
    assert "De plaats is voor jou." in press(client, made, "ja", seat="room").text


def test_what_was_done_is_told_of_this_version_alone(client):
    made = factories.registration(factories.cafe())
    changed = client.post(f"{made.get_absolute_url()}wijzigen/", {"wish": "online"}).url
    words = "Je aanmelding is gewijzigd."
    assert words in client.get(changed).text
    press(client, made, "afmelden")
    assert words not in client.get(changed).text  # back in the browser
    assert words not in client.get(f"{made.get_absolute_url()}?gewijzigd").text


@pytest.mark.parametrize("wish", ["room", "online", "wait"])
def test_the_page_while_it_is_going_on_and_after_it_has_been(client, wish):
    details = {"route": "Langs de kerk", "late": "Bel aan", "topic": factories.question(slug="vraag")}
    cafe = factories.cafe(room_capacity=1, **details)
    made = factories.registration(cafe, wish="room" if wish == "wait" else wish)
    if wish == "wait":
        made = factories.registration(cafe)
    url, now = made.get_absolute_url(), timezone.now()
    Cafe.objects.update(starts_at=now - timedelta(minutes=5), ends_at=now + timedelta(hours=1))
    page = client.get(url).text
    # Who is late still has to find it, or to have the link.
    assert ("het café is nu bezig" in page) == (wish != "wait")
    assert ("Bel aan" in page) == (wish == "room") and ("later aansluiten" in page) == (wish == "online")
    assert (cafe.online_link in page) == (wish == "online") and ("Langs de kerk" in page) == (wish == "room")
    assert ("Je stond op de wachtlijst" in page) == (wish == "wait") and "Gratis" not in page
    Cafe.objects.update(ends_at=now - timedelta(minutes=1))
    page = client.get(url).text
    for gone in ["Bel aan", "Langs de kerk", cafe.online_link, "Gratis", 'class="qr"', "Je hebt een", "Je doet"]:
        assert gone not in page
    assert ("Je was aangemeld" in page) == ("dank je wel dat je meedacht" in page) == (wish != "wait")
    assert 'href="/vragen/vraag/">Lees wat er gezegd werd' in page


def test_saying_yes_to_a_place_and_being_too_late(client):
    cafe = factories.cafe(room_capacity=1, asks_from=timezone.now() - timedelta(minutes=1))
    leaves, one, two = (factories.registration(cafe) for _ in range(3))
    assert "Ja, ik kom naar de zaal" not in client.get(one.get_absolute_url()).text
    leaves.cancel()
    page = client.get(one.get_absolute_url()).text
    assert "Ja, ik kom naar de zaal" in page and "De eerste die ja zegt, heeft hem." in page
    assert "De plaats is voor jou." in press(client, two, "ja", seat="room").text
    page = press(client, one, "ja", seat="room").text
    assert "Een ander zei net iets eerder ja." in page and "Je staat op de wachtlijst voor de zaal" in page
    assert "Dat kan niet meer." in press(client, one, "ja", seat="balkon").text
    one.refresh_from_db()
    assert one.seat is None
    page = press(client, two, "ja", seat="room").text  # a double click
    assert "De plaats is voor jou." in page and "Een ander zei" not in page


@pytest.mark.parametrize("why", ["cancelled", "begun", "called off", "called off with the seat"])
def test_a_yes_that_comes_after_the_end_of_it_blames_nobody(client, why):
    cafe = factories.cafe(room_capacity=1, asks_from=timezone.now() - timedelta(minutes=1))
    leaves, one = (factories.registration(cafe) for _ in range(2))
    leaves.cancel()
    if why == "cancelled":
        one.cancel()
    elif why == "begun":
        Cafe.objects.update(starts_at=timezone.now(), ends_at=timezone.now() + timedelta(hours=1))
    else:
        if why.endswith("seat"):
            one.accept("room")
        cafe.call_off(by=None)
    page = press(client, one, "ja", seat="room").text
    assert "Dat kan niet meer." in page
    assert "Een ander zei" not in page and "De plaats is voor jou." not in page


@pytest.mark.parametrize("wish", ["room", "online"])
def test_route_and_link_are_for_who_has_that_place(client, wish):
    cafe = factories.cafe(
        route="Parkeer achter de kerk", late="Bel aan bij de zijdeur", room_capacity=1, online_capacity=1
    )
    made, waits = factories.registration(cafe, wish=wish), factories.registration(cafe, wish=wish)
    page, other = (client.get(each.get_absolute_url()).text for each in (made, waits))
    assert ("Parkeer achter de kerk" in page) == (wish == "room")
    assert (cafe.online_link in page) == (wish == "online")
    assert ("Bel aan bij de zijdeur" in page) == (wish == "room")
    for agenda_of in ("calendar.google.com", "outlook.office.com"):
        assert agenda_of in page and agenda_of not in other
    public = client.get(cafe.get_absolute_url()).text
    for text in (other, public):
        assert not {"Parkeer", "Bel aan", cafe.online_link} & {
            word for word in ("Parkeer", "Bel aan", cafe.online_link) if word in text
        }


def test_links_for_google_and_outlook_carry_no_key():
    start = timezone.make_aware(timezone.datetime(2027, 3, 28, 1, 30))  # the clock jumps during this café
    cafe = factories.cafe(starts_at=start, ends_at=start + timedelta(hours=3), title="Café & taart")
    found = {name: parse_qs(urlsplit(url).query) for name, url in links.google_and_outlook(cafe, cafe.room).items()}
    assert found["google"]["text"] == found["outlook"]["subject"] == ["Café & taart"]
    assert found["google"]["dates"] == ["20270328T013000/20270328T043000"]
    assert (found["outlook"]["startdt"], found["outlook"]["enddt"]) == (
        ["2027-03-28T00:30:00Z"],
        ["2027-03-28T02:30:00Z"],
    )
    assert not any("aanmelding" in value for fields in found.values() for (value,) in fields.values())


def test_a_person_with_a_confirmed_address_sees_their_own_cafes(client, settings):
    person = factories.user(email="fatima@example.org")
    mine = factories.registration(factories.cafe(title="Het mijne"), email="fatima@example.org")
    factories.registration(factories.cafe(title="Van een ander"))
    Cafe.objects.filter(
        pk=factories.registration(factories.cafe(title="Geweest"), email="fatima@example.org").cafe_id
    ).update(starts_at=timezone.now() - timedelta(days=2), ends_at=timezone.now() - timedelta(hours=46))
    assert client.get("/mijn-cafes/")["Location"] == "/accounts/login/?next=%2Fmijn-cafes%2F"
    assert "log in met dat e-mailadres" in client.get("/cafes/").text
    client.force_login(person)
    page = client.get("/cafes/").text
    assert ">Bekijk al jouw cafés</a>" in page and "log in" not in page and "geen account?" not in page
    assert client.get("/mijn-cafes/").status_code == 302  # logged in, but nobody proved this address
    person.emailaddress_set.create(email=person.email, verified=True, primary=True)
    page = client.get("/mijn-cafes/")
    assert mine.get_absolute_url() in page.text and "no-store" in page["Cache-Control"]
    assert page.text.index("Het mijne") < page.text.index(">Geweest</a>")
    assert "Van een ander" not in page.text


def test_who_has_no_account_and_asks_to_log_in_is_mailed_the_links_of_their_own(client, settings, tmp_path):
    folder = mailing.folder(settings, tmp_path)
    made = factories.registration(factories.cafe(title="Koffie & taart"), email="fatima@example.org")
    other = factories.registration(factories.cafe())
    gone = factories.registration(factories.cafe(), email="fatima@example.org")
    gone.cancel()
    mailing.forget()
    client.post("/accounts/login/", {"email": "Fatima@example.org"})
    (mail,) = mailing.deliver(folder)
    for kind in ("plain", "html"):
        body = mail.get_body((kind,)).get_content()
        assert f"http://testserver{made.get_absolute_url()}" in body and "Je bent wel aangemeld" in body
        assert other.get_absolute_url() not in body and gone.get_absolute_url() not in body
    Client().post("/accounts/login/", {"email": "vreemde@example.org"})
    (mail,) = mailing.deliver(folder)
    assert "aangemeld" not in mail.get_body(("plain",)).get_content()


def test_nobody_is_number_one_in_a_queue_for_places_that_are_not_there(client, settings, tmp_path):
    folder = mailing.folder(settings, tmp_path)
    cafe = factories.cafe(room_capacity=1, online_capacity=0)
    factories.registration(cafe, firm=True)
    waits = factories.registration(cafe, firm=True)
    assert "Je bent nummer 1." in client.get(waits.get_absolute_url()).text
    mailing.deliver(folder)
    type(cafe).objects.update(room_capacity=0, online_capacity=5)
    page = client.get(waits.get_absolute_url()).text
    assert "nummer 1" not in page and "Er zijn nu geen plaatsen in de zaal bij dit café." in page
    Registration.objects.get(pk=waits.pk).mail_again()
    (mail,) = mailing.deliver(folder)
    assert "nummer 1" not in mail.get_body().get_content() and "Er zijn nu geen plaatsen in de zaal" in str(mail)
