"""Signing up, the queue, cancelling: the rows that come of it, and what people are told."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from events.models.registrations import Registration
from tests.events.mailing import forget, jobs
from tests.helpers import factories

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
    assert str(made.visitor_id) and made.waits_for == [] and not made.is_firm
    assert jobs() == [("confirmation", made.pk)]
    assert page.redirect_chain[0][0] == f"/cafes/{cafe.slug}/aangemeld/"
    assert "We hebben je aanmelding" in page.text


def test_the_job_holds_no_address(client):
    sign_up(client, factories.cafe())
    job = ProcrastinateJob.objects.get()
    assert set(job.args) == {"registration_id", "again"}
    assert "fatima" not in job.lock


def test_a_full_room_queues_in_order_and_offers_online(client):
    cafe = factories.cafe(room_capacity=1)
    factories.registration(cafe)
    first = factories.registration(cafe)

    page = client.get(cafe.get_absolute_url()).text
    assert "De zaal is vol. Je kunt op de wachtlijst, of meteen online meedoen. Allebei kan ook." in page
    assert "In de zaal <small>wachtlijst</small>" in page and "Online <small>er is plaats</small>" in page

    sign_up(client, cafe)
    second = Registration.objects.get(email="fatima@example.org")
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
    assert "<title>We hebben je aanmelding ·" in page and 'name="wish"' not in page


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
    cafe.starts_at, cafe.ends_at = (timezone.now() + timedelta(minutes=each) for each in (-1, 60))
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
    [{"starts_at": timezone.now() - timedelta(minutes=1)}, {"called_off_at": timezone.now()}, {"published_at": None}],
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


def test_signing_up_takes_few_queries(client, django_assert_num_queries):
    cafe = factories.cafe()
    sign_up(client, cafe)  # the lists are kept now, and the visitor is known
    with django_assert_num_queries(2):  # the version of the site, the sign-up
        client.post(f"/cafes/{cafe.slug}/aanmelden/", form(email="b@example.org"))


def test_a_migration_that_adds_a_column_stops_no_sign_up():
    cafe = factories.cafe()
    factories.registration(cafe, email="voor@example.org")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # as after each sign-up elsewhere
        cursor.execute("ALTER TABLE events_registration ADD COLUMN later integer")
    assert factories.registration(cafe, email="na@example.org").seat == "room"
