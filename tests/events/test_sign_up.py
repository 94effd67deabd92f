"""Signing up, the queue, cancelling: the rows that come of it, and what people are told."""

import re
from datetime import timedelta
from urllib.parse import quote_plus

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from events import gate, links
from events.models import Cafe, Registration
from events.places import Wish
from tests import factories
from tests.events.mailing import forget, jobs
from werkplaats.templatetags.werkplaats import moment

pytestmark = pytest.mark.django_db


def form(**fields) -> dict:
    return {"wish": "room", "name": "Fatima", "email": "fatima@example.org", **fields}


def sign_up(client, cafe, **fields):
    return client.post(f"/cafes/{cafe.slug}/aanmelden/", form(**fields), follow=True)


def test_signing_up_gives_a_seat_and_one_mail(client):
    cafe, role = factories.cafe(), factories.role("ouder")
    page = sign_up(client, cafe, email=" Fatima@Example.org ", name=" Fatima\x00 ", role_id=role.pk)

    made = Registration.objects.get()
    assert (made.cafe, made.email, made.name, made.role, made.seat) == (
        cafe,
        "fatima@example.org",
        "Fatima",
        role,
        "room",
    )
    assert str(made.visitor_id) and made.waits_for == []
    assert jobs() == [("confirmation", made.pk)]
    assert page.redirect_chain[0][0].startswith(f"/cafes/{cafe.slug}/aangemeld/")
    assert "Je hebt een plaats in de zaal" in page.text


def test_the_job_holds_no_address(client):
    sign_up(client, factories.cafe())
    job = ProcrastinateJob.objects.get()
    assert set(job.args) == {"registration_id"}
    assert "fatima" not in job.lock


def test_a_full_room_queues_in_order_and_offers_online(client):
    cafe = factories.cafe(room_capacity=1)
    factories.registration(cafe)
    first = factories.registration(cafe)

    page = client.get(cafe.get_absolute_url()).text
    assert "De zaal is vol, en er wacht 1 mens op een plaats." in page
    assert "of meteen online meedoen: nog 10 plaatsen" in page

    page = sign_up(client, cafe).text
    second = Registration.objects.get(email="fatima@example.org")
    assert "Je staat op de wachtlijst voor de zaal" in page
    assert (second.seat, second.waits_for) == (None, ["room"])
    assert (first.position("room"), second.position("room")) == (1, 2)


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("wish", "", "Kies of je naar de zaal komt of online meedoet."),
        ("wish", "balkon", "Deze plaatsen zijn er niet bij dit café."),
        ("name", "\u200b ", "Vul je naam in."),
        ("name", "a" * 61, "nu 61 tekens, er passen er 60."),
        ("email", "", "Vul je e-mailadres in."),
        ("email", "fatima@", "Dit is geen volledig e-mailadres."),
        ("email", "a@b.nl\nBcc: c@d.nl", "Dit is geen volledig e-mailadres."),
        ("role_id", "9" * 5000, "Kies een rol uit de lijst."),
        ("werkgebied_id", "1", "Kies een werkgebied uit de lijst."),
    ],
)
def test_bad_input_is_refused_in_dutch_and_kept(client, field, typed, message):
    cafe = factories.cafe()
    page = client.post(f"/cafes/{cafe.slug}/aanmelden/", form(**{field: typed}))
    assert page.status_code == 422
    assert message in page.text
    kept = "Fatima" if field != "name" else "fatima@example.org"
    assert f'value="{kept}"' in page.text
    assert not Registration.objects.exists() and jobs() == []


def test_a_pupil_is_asked_to_let_somebody_sign_them_up(client):
    pupil = factories.role("leerling", is_pupil=True)
    cafe = factories.cafe()
    assert ">leerling<" not in client.get(cafe.get_absolute_url()).text
    assert client.post(f"/cafes/{cafe.slug}/aanmelden/", form(role_id=pupil.pk)).status_code == 422


def test_htmx_gets_the_form_with_errors_or_goes_to_the_page_of_what_came_of_it(client):
    cafe = factories.cafe()
    htmx = {"HX-Request": "true", "HX-Request-Type": "partial"}
    refused = client.post(f"/cafes/{cafe.slug}/aanmelden/", form(name=""), headers=htmx)
    assert refused.status_code == 422
    assert refused.text.strip().startswith('<section class="section narrow" id="aanmelden"')
    done = client.post(f"/cafes/{cafe.slug}/aanmelden/", form(), headers=htmx)
    assert (done.status_code, done.content) == (200, b"")
    page = client.get(done["HX-Redirect"]).text
    assert "<title>Je hebt een plaats in de zaal ·" in page and 'name="wish"' not in page


def test_the_same_address_again_changes_nothing_and_looks_the_same(client, client_factory):
    cafe = factories.cafe()
    first = sign_up(client, cafe).text
    before = Registration.objects.values().get()

    again = sign_up(client, cafe, name="Ander", wish="online", email="FATIMA@example.org").text
    stranger = sign_up(client_factory(), cafe, name="Vreemde").text
    assert "Je hebt een plaats in de zaal" in again  # what they have, not what they ask for now
    assert first == stranger
    assert Registration.objects.values().get() == before
    assert len(jobs()) == 1


def test_a_stranger_sees_what_a_new_address_would_have_got(client, client_factory):
    cafe = factories.cafe(room_capacity=1)
    sign_up(client, cafe)
    stranger = sign_up(client_factory(), cafe)
    assert "Je staat op de wachtlijst voor de zaal" in stranger.text
    other = sign_up(client_factory(), cafe, email="nieuw@example.org")
    assert without_tokens(stranger.text) == without_tokens(other.text)


def without_tokens(page: str) -> str:
    """The page without what differs each time that it is drawn."""
    return re.sub(r'(u=|csrfmiddlewaretoken" value=")[\w:.%-]+', "", page)


def take_also(client, page):
    """Presses the one button of the page of what came of it."""
    return client.post(page.redirect_chain[-1][0], follow=True)


def test_who_waits_for_the_room_takes_a_place_online_with_one_button(client):
    cafe = factories.cafe(room_capacity=1, online_capacity=1)
    factories.registration(cafe)
    own = sign_up(client, cafe, wishes="Soep", together="")
    sign_up(client, cafe, email="buur@example.org")  # of the same browser
    forget()
    assert "Ja, ik doe alvast online mee" in own.text
    for _ in range(2):
        page = take_also(client, own).text
        assert "Je doet online mee, en je staat op de wachtlijst voor de zaal" in page
        assert "Ja, ik doe alvast online mee" not in page
    fatima, buur = Registration.objects.order_by("pk")[1:]
    assert (fatima.seat, fatima.waits_for, fatima.wishes) == ("online", ["room"], "Soep")
    assert buur.seat is None and jobs() == [("change", fatima.pk)]


def test_the_button_of_who_cancelled_in_between_tells_that(client):
    cafe = factories.cafe(room_capacity=1)
    factories.registration(cafe)
    own = sign_up(client, cafe)
    fatima = Registration.objects.last()
    fatima.cancel()
    page = take_also(client, own).text
    assert "Je bent afgemeld" in page and "Wat gebeurt er nu?" not in page
    assert "Je doet online mee" not in page
    fatima.refresh_from_db()
    assert not fatima.is_coming


def test_the_page_of_what_came_of_it_keeps_up_with_the_own_sign_up_and_with_no_other(client, client_factory):
    cafe = factories.cafe(room_capacity=1, online_capacity=3)
    own, stranger = client, client_factory()
    addresses = [sign_up(each, cafe).redirect_chain[-1][0] for each in (own, stranger)]
    made = Registration.objects.get()
    told = without_tokens(stranger.get(addresses[1]).text)
    made.change(wish=Wish.ONLINE, people=1)
    assert "Je doet online mee" in own.get(addresses[0]).text
    made.cancel()
    page = own.get(addresses[0]).text
    assert "Je bent afgemeld" in page and "Met de link in je mail kun je terugkomen." in page
    assert "Tot " not in page and "Wat gebeurt er nu?" not in page
    assert without_tokens(stranger.get(addresses[1]).text) == told


def test_the_page_of_what_came_of_it_tells_the_new_date_of_a_cafe_that_moved(client):
    cafe = factories.cafe()
    address = sign_up(client, cafe).redirect_chain[-1][0]
    later = cafe.starts_at + timedelta(days=7)
    before = f"Tot {moment(cafe.starts_at)}!"
    cafe.move(by=None, starts_at=later, ends_at=later + timedelta(hours=2))
    page = client.get(address).text
    assert f"Tot {moment(later)}!" in page and before not in page


@pytest.mark.parametrize("sent", ["get", "post"])
@pytest.mark.parametrize("state", [{"called_off_at": timezone.now()}, {"starts_at": timezone.now()}])
def test_the_page_of_what_came_of_it_gives_way_once_there_is_nothing_ahead(
    client, client_factory, state, sent
):
    cafe = factories.cafe()
    pages = [(each, sign_up(each, cafe).redirect_chain[-1][0]) for each in (client, client_factory())]
    Cafe.objects.update(**state)
    for each, address in pages:
        answer = getattr(each, sent)(address)
        assert (answer.status_code, answer["Location"]) == (302, cafe.get_absolute_url())


def test_the_button_that_finds_the_cafe_held_asks_to_try_again_above_how_it_stands(client, monkeypatch):
    cafe = factories.cafe(room_capacity=1)
    factories.registration(cafe)
    own = sign_up(client, cafe)
    stuck = gate.Gate(1)
    stuck.since = [0.0]  # somebody who never comes through
    monkeypatch.setattr(gate, "cafes", stuck)
    page = client.post(own.redirect_chain[-1][0])
    assert (page.status_code, page["Retry-After"]) == (503, "5")
    assert page.text.count("data-focus") == 1
    assert (
        page.text.index("data-focus")
        < page.text.index("Probeer het zo nog eens")
        < page.text.index('id="gelukt"')
    )
    assert "Ja, ik doe alvast online mee" in page.text


def test_the_button_finds_a_sign_up_of_which_the_address_was_put_right(client):
    cafe = factories.cafe(room_capacity=1)
    factories.registration(cafe)
    own = sign_up(client, cafe)
    Registration.objects.filter(pk=Registration.objects.last().pk).update(email="anders@example.org")
    take_also(client, own)
    assert Registration.objects.last().seat == "online"


@pytest.mark.parametrize("wish", ["room", "online"])
def test_the_page_of_what_came_of_it_says_where_to_be_and_keeps_what_goes_by_mail_alone(client, wish):
    cafe = factories.cafe(room_capacity=1, late="Bel aan bij de zijdeur", route="Langs de kerk")
    page = sign_up(client, cafe, wish=wish).text
    assert "calendar.google.com" in page and "outlook.office.com" in page
    assert ("Bel aan bij de zijdeur" in page) == (wish == "room") == ("later aansluiten" not in page)
    assert (cafe.room in page) == (quote_plus(cafe.room) in page) == (wish == "room")
    registration = Registration.objects.get()
    secrets = [cafe.online_link, quote_plus(cafe.online_link), links.token(registration), cafe.route]
    assert not [secret for secret in secrets if secret in page]
    waits = sign_up(client, cafe, email="b@example.org").text if wish == "room" else ""
    assert "Bel aan" not in waits and "calendar.google.com" not in waits


def test_the_button_of_a_stranger_changes_nothing_and_answers_the_same(client, client_factory):
    cafe = factories.cafe(room_capacity=1)
    factories.registration(cafe)
    sign_up(client, cafe)
    before = list(Registration.objects.values())
    stranger = client_factory()
    page = take_also(stranger, sign_up(stranger, cafe)).text
    assert list(Registration.objects.values()) == before
    notice = page.partition('class="notice')[2].partition("</div>\n  </div>")[0]
    assert "Je doet online mee" in notice and "Was dit adres al aangemeld? Dan verandert er niets" in notice
    other = client_factory()
    assert page == take_also(other, sign_up(other, cafe, email="nieuw@example.org")).text
    assert "Je doet online mee, en je staat op de wachtlijst voor de zaal" in page


@pytest.mark.parametrize(("taken", "people", "offered"), [(1, 1, True), (1, 2, False), (2, 1, False)])
def test_the_other_kind_is_offered_when_it_has_places_for_all_who_come(client, taken, people, offered):
    cafe = factories.cafe(room_capacity=1, online_capacity=2)
    factories.registration(cafe)
    for _ in range(taken):
        factories.registration(cafe, wish="online")
    page = sign_up(client, cafe, **({"together": "on"} if people == 2 else {})).text
    assert ("Online is nog plaats" in page) == offered


@pytest.mark.parametrize("last_hours", [False, True])
def test_what_becomes_of_who_waits_is_told_alike_everywhere_also_in_the_last_hours(client, last_hours):
    cafe = factories.cafe(room_capacity=1, asks_from=timezone.now() if last_hours else None)
    factories.registration(cafe)
    form_page = client.get(cafe.get_absolute_url()).text
    outcome = sign_up(client, cafe).text
    own = client.get(Registration.objects.last().get_absolute_url()).text
    assert "komt er in de zaal een plaats vrij" in form_page and "komt er in de zaal een plaats vrij" in own
    assert "komt daar een plaats vrij" in outcome and "komt daar een plaats vrij" in own
    for text in (form_page, outcome, own):
        assert ("dan vragen we je met een mail" in text) == last_hours
        assert ("dan schuif je door" in text) != last_hours


@pytest.mark.parametrize("last_hours", [False, True])
@pytest.mark.parametrize("people", [1, 2])
def test_a_pair_that_waits_is_told_that_it_needs_two_places_at_once(client, people, last_hours):
    cafe = factories.cafe(room_capacity=1, asks_from=timezone.now() if last_hours else None)
    factories.registration(cafe)
    page = sign_up(client, cafe, **({"together": "on"} if people == 2 else {})).text
    own = client.get(Registration.objects.last().get_absolute_url()).text
    for text in (page, own):
        assert ("Jullie hebben twee plaatsen tegelijk nodig." in text) == (people == 2)
        assert ("Komt er één vrij, dan gaat die naar wie alleen komt." in text) == (
            people == 2 and not last_hours
        )
        assert ("De eerste die ja zegt, heeft ze." in text) == (people == 2 and last_hours)
        assert ("Komt er een plaats vrij" in text) == (people == 1)


@pytest.mark.parametrize(("places", "offered"), [(2, False), (1, True), (0, True)])
def test_both_can_be_chosen_unless_the_room_has_places_for_two(client, places, offered):
    cafe = factories.cafe(room_capacity=3)
    for _ in range(3 - places):
        factories.registration(cafe)
    page = client.get(cafe.get_absolute_url()).text
    assert ('value="both"' in page) == offered
    assert ("als je iemand meeneemt" in page) == (places == 1)


def test_the_mail_goes_again_after_ten_minutes():
    cafe = factories.cafe()
    made = factories.registration(cafe, email="a@example.org")
    for minutes, mails in [(0, 1), (9, 1), (11, 2), (0, 2)]:
        Registration.objects.filter(pk=made.pk).update(mailed_at=timezone.now() - timedelta(minutes=minutes))
        assert cafe.register(email="a@example.org", name="X", wish="online") == (made, False)
        assert len(jobs()) == mails


def test_cancelling_lets_the_first_in_the_queue_in_with_one_mail():
    cafe = factories.cafe(room_capacity=1)
    leaves, first, _ = (factories.registration(cafe) for _ in range(3))
    forget()

    assert leaves.cancel() == [first]
    assert leaves.cancel() == []
    assert [(row.seat, row.waits_for) for row in Registration.objects.order_by("pk")] == [
        (None, []),
        ("room", []),
        (None, ["room"]),
    ]
    assert jobs() == [("cancellation", leaves.pk), ("promotion", first.pk)]


def test_who_waits_for_the_room_and_sits_online_frees_that_seat_for_the_next():
    cafe = factories.cafe(room_capacity=1, online_capacity=1)
    leaves = factories.registration(cafe)
    both = factories.registration(cafe, wish="online")
    Registration.objects.filter(pk=both.pk).update(queued_for_room_at=timezone.now())
    waits = factories.registration(cafe, wish="online")

    assert leaves.cancel() == [both, waits]
    assert [row.seat for row in Registration.objects.order_by("pk")] == [None, "room", "online"]


def test_nobody_is_let_in_once_it_has_begun():
    cafe = factories.cafe(room_capacity=1)
    leaves, waits = factories.registration(cafe), factories.registration(cafe)
    cafe.starts_at = timezone.now() - timedelta(minutes=1)
    cafe.save()
    assert leaves.cancel() == []
    waits.refresh_from_db()
    assert waits.seat is None


def test_signing_up_again_after_cancelling_starts_afresh_at_the_end_of_the_queue():
    cafe = factories.cafe(room_capacity=1)
    taken, waits = factories.registration(cafe), factories.registration(cafe, email="a@example.org")
    waits.cancel()
    other = factories.registration(cafe)
    again, is_new = cafe.register(email="a@example.org", name="Anders", wish="room")
    assert (again.pk, is_new, again.name) == (waits.pk, True, "Anders")
    assert taken.cancel() == [other]
    assert again.position("room") == 1


def test_by_telephone_without_an_address_nobody_is_mailed():
    cafe = factories.cafe()
    one, two = (cafe.register(email="", name="Opa", wish="room")[0] for _ in range(2))
    assert one.pk != two.pk
    two.cancel()
    assert jobs() == []


@pytest.mark.parametrize(
    "state",
    [
        {"starts_at": timezone.now() - timedelta(minutes=1)},
        {"called_off_at": timezone.now()},
        {"published_at": None},
    ],
)
def test_sign_up_closes(client, state):
    cafe = factories.cafe(**state)
    with pytest.raises(ValidationError, match="kan niet meer"):
        cafe.register(email="a@example.org", name="A", wish="room")
    answer = client.post(f"/cafes/{cafe.slug}/aanmelden/", form())
    if cafe.published_at:
        assert (answer.status_code, "Aanmelden voor dit café kan niet meer." in answer.text) == (422, True)
    else:
        assert answer.status_code == 404
    assert not Registration.objects.exists()


@pytest.mark.parametrize(
    "row",
    [
        {"seat": "room", "queued_for_room_at": timezone.now()},
        {"seat": "room", "cancelled_at": timezone.now()},
        {"seat": None},
    ],
)
def test_the_database_refuses_what_cannot_be(row):
    cafe = factories.cafe()
    with pytest.raises(IntegrityError), transaction.atomic():
        Registration.objects.create(cafe=cafe, name="X", email="x@example.org", **row)


def test_counts_are_right_side_by_side(django_assert_num_queries):
    one, two, empty = (factories.cafe(room_capacity=2, online_capacity=1) for _ in range(3))
    for cafe, seats in [(one, ["room"] * 5 + ["online"] * 2), (two, ["online"])]:
        for seat in seats:
            factories.registration(cafe, wish=seat)
    Registration.objects.filter(cafe=one, seat="room").first().cancel()
    with django_assert_num_queries(1):
        found = type(one).objects.public().with_counts()
        counts = {cafe.pk: [(places.taken, places.waiting) for places in cafe.offers] for cafe in found}
    assert counts == {one.pk: [(2, 2), (1, 1)], two.pk: [(0, 0), (1, 0)], empty.pk: [(0, 0), (0, 0)]}


def test_the_page_of_what_came_of_it_is_for_who_sent_it_only(client, client_factory):
    cafe, other = factories.cafe(), factories.cafe()
    page = sign_up(client, cafe)
    url = page.redirect_chain[0][0]
    assert client.get(url).status_code == 200
    assert client_factory().get(url).status_code == 302
    assert client.get(url.replace(cafe.slug, other.slug)).status_code == 302
    assert client.get(url + "x").status_code == 302
    assert client.get(url.partition("?")[0]).status_code == 302
    assert links.token(Registration.objects.get()) not in page.text


def test_signing_up_takes_few_queries(client, django_assert_num_queries):
    cafe = factories.cafe()
    sign_up(client, cafe)  # the lists are kept now, and the visitor is known
    with django_assert_num_queries(2):  # the version of the site, the sign-up
        client.post(f"/cafes/{cafe.slug}/aanmelden/", form(email="b@example.org"))


@pytest.fixture
def client_factory():
    from django.test import Client

    return Client
