"""The list, one café, the piece of the landing page: what they say, and what they ask the database."""

import json
from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.utils import timezone

from events import landing
from events.models.snapshots import OLDEST, Snapshot, as_json
from events.places import Places, Seat
from events.today import today
from tests.helpers import factories, kept
from werkplaats.people.models import Werkgebied
from werkplaats.site.current import read_site

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ((20, 8, 0), "nog 12 plaatsen"),
        ((20, 19, 0), "nog 1 plaats"),
        ((20, 20, 0), "vol"),
        ((20, 20, 1, 1), "vol, 1 persoon op de wachtlijst"),
        ((20, 19, 3, 1), "vol, 3 mensen op de wachtlijst"),
        ((20, 19, 4, 2), "nog 1 plaats"),  # for a pair it is too small
        ((10, 20, 0), "vol"),
    ],
)
def test_places_left_in_words(figures, words):
    assert Places(Seat.ROOM, *figures).left == words


def test_a_cafe_says_what_when_where_and_how_many(client):
    factories.role("ouder")
    Werkgebied.objects.create(name="Waterdam")
    start = timezone.now().replace(year=timezone.now().year + 1, month=10, day=19, hour=17, minute=30)
    cafe = factories.cafe(starts_at=start, label="bij het ontbijt", agenda="19.30 uur: welkom <b>")
    factories.registration(cafe)
    page = client.get(cafe.get_absolute_url()).text
    for words in [
        f"19 oktober {start.year}, 19.30 – 21.30 uur",
        "Grote zaal, Schoolstraat 1",
        "<dt>In de zaal</dt><dd><strong>Er is plaats</strong></dd>",
        "<dt>Online</dt><dd><strong>Er is plaats</strong></dd>",
        "Gratis",
        "bij het ontbijt",
        cafe.question,
        cafe.text,
        "19.30 uur: welkom &lt;b&gt;",
        ">ouder</option>",
        ">Waterdam</option>",
    ]:
        assert words in page
    assert "online.example" not in page


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ({"called_off_at": timezone.now()}, "Dit café gaat niet door."),
        ({"starts_at": timezone.now() - timedelta(minutes=5)}, "Dit café is nu bezig."),
        ({"starts_at": timezone.now() - timedelta(days=5)}, "Dit café is geweest."),
    ],
)
def test_a_closed_cafe_stays_readable_and_says_so(client, state, words):
    cafe = factories.cafe(**state)
    page = client.get(cafe.get_absolute_url()).text
    assert words in page and cafe.text in page
    assert "<form" not in page


def test_a_kind_of_place_that_is_not_there_is_not_offered(client):
    page = client.get(factories.cafe(online_capacity=0).get_absolute_url()).text
    assert 'value="online"' not in page and "<dt>Online</dt>" not in page and ", en online" not in page
    assert 'value="room" checked' in page.replace(" required", "").replace(' id="id_wish_0"', "")


def test_concepts_are_nowhere(client):
    cafe = factories.cafe(published_at=None, title="Nog geheim")
    assert client.get(cafe.get_absolute_url()).status_code == 404
    assert "Nog geheim" not in client.get("/cafes/").text


def test_the_list_has_what_is_to_come_first(client):
    now = timezone.now()
    for title, days in [("Lang geleden", -90), ("Straks", 9), ("Pas geleden", -3), ("Eerst", 2)]:
        factories.cafe(title=title, starts_at=now + timedelta(days=days))
    page = client.get("/cafes/").text
    places = [page.index(f">{title}</a>") for title in ["Eerst", "Straks", "Pas geleden", "Lang geleden"]]
    assert places == sorted(places)


def test_the_list_says_who_finds_all_their_cafes(client):
    assert "log in met dat e-mailadres en bekijk" in client.get("/cafes/").text


def test_the_empty_list_invites_to_take_part(client):
    assert "Er is nu geen café gepland" in client.get("/cafes/").text


@pytest.mark.parametrize("cafes", [1, 3])
def test_queries(client, django_assert_num_queries, cafes):
    made = [factories.cafe() for _ in range(cafes)]
    for cafe in made:
        factories.registration(cafe)
        factories.registration(cafe, wish="online")
    Snapshot.objects.take()  # as the worker does
    for path, cold, warm in [("/cafes/", 2, 2), (made[0].get_absolute_url(), 4, 3)]:
        for expected in (cold, warm):
            if expected == cold:
                kept.forget()
            with django_assert_num_queries(expected):
                client.get(path)


def test_each_request_sees_what_a_coordinator_changed(client):
    cafe = factories.cafe(room_capacity=12)
    assert "In de zaal" in client.get(cafe.get_absolute_url()).text
    type(cafe).objects.filter(pk=cafe.pk).update(room="In de gymzaal")
    assert "In de gymzaal" in client.get(cafe.get_absolute_url()).text
    type(cafe).objects.filter(pk=cafe.pk).update(published_at=None)
    assert client.get(cafe.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("cafes", [2, 5])
def test_the_front_asks_for_the_cafes_once(client, django_assert_num_queries, cafes):
    made = [
        factories.cafe(room_capacity=1, starts_at=timezone.now() + timedelta(days=day, hours=-1))
        for day in range(cafes)
    ]
    Snapshot.objects.take()  # as the worker does
    counts = all_counts()
    site = read_site()
    with django_assert_num_queries(1):
        found = landing.read(site, {"snapshots": counts}).make()
    for free in ("nog enkele plaatsen", "wachtlijst"):  # then warm; the counts are those of the snapshot
        with django_assert_num_queries(0):
            found = landing.read(site, {"snapshots": counts}).make()
        assert f'href="{made[1].get_absolute_url()}"' in found["next_cafe"]
        assert f"In de zaal: {free}." in found["next_cafe"]
        factories.registration(made[1])
        Snapshot.objects.update(taken_at=timezone.now() - OLDEST)
        Snapshot.objects.take()
        counts = all_counts()
    with django_assert_num_queries(2):  # nobody told it: it looks whom to count, and reads what was counted just now
        landing.read(site, {"snapshots": []})


def all_counts() -> list[str]:
    return [json.dumps(row["row"], default=str) for row in as_json()]


def test_today_tells_how_full_the_cafes_are(client):
    cafe = factories.cafe(room_capacity=1)
    factories.cafe(starts_at=timezone.now() - timedelta(days=5))
    for _ in range(3):
        factories.registration(cafe)
    request = RequestFactory().get("/")
    request.user = factories.coordinator()
    (block,) = today(request)
    assert block["count"] == 1
    assert [item["meta"] for item in block["items"]] == ["zaal 1 van 1, 2 op de wachtlijst · online 0 van 10"]
    request.user = factories.user(is_staff=True)
    assert today(request) == []
