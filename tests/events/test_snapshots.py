"""What everyone reads of how full a café is: words, of some minutes ago, the same from every worker."""

import re
from datetime import timedelta
from functools import partial

import pytest
from django.test import Client
from django.utils import timezone

from events import tasks
from events.forms import ChangeForm
from events.models import snapshots
from events.models.snapshots import OLDEST, Snapshot
from events.places import Places, Seat
from tests.events.test_sign_up import sign_up
from tests.helpers import factories, kept
from werkplaats.site.current import site_now

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("capacity", "taken", "unsure", "waiting", "words"),
    [
        (20, 0, 0, 0, "er is plaats"),
        (20, 16, 0, 0, "er is plaats"),
        (20, 17, 0, 0, "nog enkele plaatsen"),
        (20, 19, 19, 0, "nog enkele plaatsen"),
        (100, 89, 0, 0, "er is plaats"),
        (100, 90, 0, 0, "nog enkele plaatsen"),
        (20, 20, 0, 0, "wachtlijst"),
        (20, 20, 1, 0, "bijna vol, meld je aan"),  # false ones deter nobody
        (20, 20, 20, 0, "bijna vol, meld je aan"),
        (20, 20, 3, 2, "bijna vol, meld je aan"),
        (20, 20, 3, 3, "wachtlijst"),  # those who wait need them all
        (20, 19, 0, 2, "wachtlijst"),
    ],
)
def test_places_in_words(capacity, taken, unsure, waiting, words):
    smallest = 1 if waiting else 0
    assert Places(Seat.ROOM, capacity, taken, waiting, smallest, unsure).in_words == words


def pages(cafe) -> list[str]:
    """All that a stranger reads, without what differs each time."""
    paths = ["/", "/cafes/", cafe.get_absolute_url(), f"{cafe.get_absolute_url()}uitnodiging/", "/programma/"]
    paths += ["/cafes/agenda.ics"]
    return [re.sub(r'csrfmiddlewaretoken" value="[\w:.%-]+', "", Client().get(path).text) for path in paths]


def test_a_sign_up_moves_nothing_on_any_page_until_the_next_snapshot(client):
    cafe = factories.cafe(room_capacity=4)
    before = pages(cafe)
    assert any("er is plaats" in page for page in before)
    sign_up(client, cafe)
    kept.forget()  # another worker
    assert pages(cafe) == before
    Snapshot.objects.update(taken_at=timezone.now() - OLDEST + timedelta(minutes=1))
    assert pages(cafe) == before
    Snapshot.objects.update(taken_at=timezone.now() - OLDEST)
    assert "nog enkele plaatsen" in pages(cafe)[0]
    for page in pages(cafe)[:3]:
        assert "nog enkele plaatsen" in page


@pytest.mark.parametrize("who", ["worker, then page", "page, then worker", "a page that found none"])
def test_between_two_snapshots_there_are_minutes_whoever_takes_them(who):
    """At a moment that a stranger knows beforehand the two would tell what a sign-up in between changed."""
    cafe = factories.cafe(room_capacity=4)
    Snapshot.objects.take()
    Snapshot.objects.update(taken_at=timezone.now() - OLDEST)
    factories.registration(cafe)
    read = [partial(tasks.take_snapshot, timestamp=0), partial(pages, cafe)]
    if who == "page, then worker":
        read.reverse()
    read[0]()
    told = Snapshot.objects.get(cafe=cafe)
    factories.registration(cafe)
    if who.startswith("a page"):
        factories.cafe()
    read[1]()
    assert (told.taken_at, told.figures) == Snapshot.objects.values_list("taken_at", "figures").get(cafe=cafe)


def test_of_two_who_count_at_once_one_is_kept_and_told(monkeypatch):
    cafe, array = factories.cafe(room_capacity=4), snapshots.array

    def while_another_does(values):
        monkeypatch.setattr(snapshots, "array", array)
        factories.registration(cafe)
        Snapshot.objects.take()
        return array(values)

    monkeypatch.setattr(snapshots, "array", while_another_does)
    assert cafe.told["room_taken"] == 1 == Snapshot.objects.get().figures[0]


def test_no_page_tells_a_figure(client):
    cafe = factories.cafe(room_capacity=17, online_capacity=13)
    for _ in range(5):
        factories.registration(cafe)
    told = "".join(pages(cafe))
    assert not re.findall(r"nog \d+ plaats|\d+ mensen?\b|van 17|\b12 plaatsen", told)


def test_the_worker_takes_it_and_a_sign_up_does_not_ask_it(client, django_assert_num_queries):
    cafe = factories.cafe()
    factories.registration(cafe)
    tasks.take_snapshot(timestamp=0)
    row = Snapshot.objects.get()
    assert row.figures == [1, 0, 0, 0, 0, 0, 0, 0]
    Snapshot.objects.all().delete()
    sign_up(client, cafe, email="eerst@example.org")
    assert not Snapshot.objects.exists()


def test_coordinators_alone_see_exact_figures(client, settings):
    """Anyone can be firm in a minute: with figures of now they would read whether an address they typed was new."""
    settings.DEMO = True
    cafe = factories.cafe(room_capacity=9)
    firm, unsure = factories.registration(cafe), factories.registration(cafe, firm=False)
    for made in (firm, unsure):
        page = client.get(made.get_absolute_url()).text
        assert not re.search(r"nog \d+ plaats", page) and "Online <small>er is plaats" in page
    shown = [str(ChangeForm(registration=firm, lists=site_now().lists)["wish"])]
    factories.registration(cafe, wish="online", firm=False)
    again = type(firm).objects.select_related("cafe").get(pk=firm.pk)
    assert [str(ChangeForm(registration=again, lists=site_now().lists)["wish"])] == shown
    assert "nog 7 plaatsen" not in client.get(cafe.get_absolute_url()).text
    client.force_login(factories.coordinator())
    page = client.get(cafe.get_absolute_url()).text
    assert "nog 7 plaatsen, 1 nog niet vast" in page


def test_a_cafe_that_was_made_since_has_words_too():
    Snapshot.objects.take()
    cafe = factories.cafe()
    assert "er is plaats" in pages(cafe)[1]
    cafe.delete()
    assert not Snapshot.objects.filter(cafe_id=cafe.pk).exists()
