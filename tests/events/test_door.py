"""At the door: who came is ticked by name or by code, by staff alone."""

import re
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.utils import timezone

from events import tokens
from events.models.registrations import Registration
from tests.helpers import factories

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def cafe():
    return factories.cafe(slug="kafee", room_capacity=2)


@pytest.fixture
def zoe(cafe):
    return factories.registration(cafe, name="Zoë Ümit", people=2)


def names(page: str) -> list[str]:
    return re.findall(r'<strong dir="auto">([^<]+)</strong>', page)


def came(registration) -> bool:
    registration.refresh_from_db()
    return registration.came_at is not None


def test_ticked_by_name_and_taken_back(client, coordinator, cafe, zoe):
    factories.registration(cafe, name="Bas")
    factories.registration(cafe, name="Weg", wish="online").cancel()
    page = client.get("/cafes/kafee/bij-de-deur/").text
    assert names(page) == ["Zoë Ümit", "Bas"] and "0 van 2 mensen" in page
    assert page.index("Zoë Ümit") < page.index("<h2>Op de wachtlijst</h2>") < page.index("Bas")
    url = f"/cafes/kafee/bij-de-deur/{zoe.pk}/"
    moments = set()
    for _ in range(2):
        answer = client.post(url, {"came": "ja", "q": "zoe"})
        assert answer.url == f"/cafes/kafee/bij-de-deur/?q=zoe#mens-{zoe.pk}"
        moments.add(Registration.objects.get(pk=zoe.pk).came_at)
    client.post(url, {"came": "misschien"})
    assert came(zoe) and zoe.checked_in_by == coordinator and moments == {zoe.came_at}
    page = client.get("/cafes/kafee/bij-de-deur/", {"q": "ZOE u"}).text
    assert names(page) == ["Zoë Ümit"] and "2 van 2 mensen" in page and "Toch niet" in page
    assert "<h2>" not in page.split("<main")[1]
    client.post(url, {"came": "nee"})
    assert not came(zoe) and zoe.checked_in_by is None


def test_who_waits_and_came_is_counted_besides(client, coordinator, cafe, zoe):
    waits = factories.registration(cafe, name="Bas")
    client.post(f"/cafes/kafee/bij-de-deur/{waits.pk}/", {"came": "ja"})
    page = client.get("/cafes/kafee/bij-de-deur/").text
    assert "<strong>0 van 2 mensen</strong> zijn er, en 1 persoon van de wachtlijst." in page


def test_who_is_there_has_the_place_that_is_free(client, coordinator, cafe, zoe):
    waits, stays_away = factories.registration(cafe, name="Bas"), factories.registration(cafe, name="Thuis")
    now, cafes = timezone.now(), type(cafe).objects
    cafes.update(starts_at=now - timedelta(minutes=1), ends_at=now + timedelta(hours=1), room_capacity=4)
    client.post(f"/cafes/kafee/bij-de-deur/{waits.pk}/", {"came": "ja"})
    typed = {"cafe": cafe.pk, "wanted": "room", "people": 1, "name": "Loopt binnen", "email": ""}
    client.post("/beheer/events/registration/add/", typed)
    seats = dict(cafe.registrations.values_list("name", "seat"))
    assert seats == {"Zoë Ümit": "room", "Bas": "room", "Thuis": None, "Loopt binnen": "room"}
    client.post(f"/cafes/kafee/bij-de-deur/{stays_away.pk}/", {"came": "ja"})
    stays_away.refresh_from_db()
    assert came(stays_away) and stays_away.seat is None  # four chairs


def test_who_waits_and_is_early_leaves_the_place_to_the_queue(client, coordinator, cafe, zoe):
    first, early = factories.registration(cafe, name="Eerst"), factories.registration(cafe, name="Vroeg")
    type(cafe).objects.update(room_capacity=3)
    client.post(f"/cafes/kafee/bij-de-deur/{early.pk}/", {"came": "ja"})
    early.refresh_from_db()
    assert came(early) and early.seat is None and first.waits_for == ["room"]


def test_who_stands_at_the_door_is_added_until_it_ends(client, coordinator, cafe):
    add = f"/beheer/events/registration/add/?cafe={cafe.pk}&deur=1"
    typed = {"cafe": cafe.pk, "wanted": "room", "people": 1, "name": "Loopt binnen", "email": ""}
    now = timezone.now()
    for ends_in, there in [(60, True), (-1, False)]:
        times = {"starts_at": now - timedelta(hours=1), "ends_at": now + timedelta(minutes=ends_in)}
        type(cafe).objects.update(**times)
        link = add.replace("&", "&amp;")
        assert (f'href="{link}"' in client.get("/cafes/kafee/bij-de-deur/").text) == there
        page = client.post(add, typed).text if not there else client.post(add, typed, follow=True).text
        assert cafe.registrations.filter(name="Loopt binnen").count() == 1, page
    type(cafe).objects.update(ends_at=now + timedelta(minutes=60), called_off_at=now)
    client.post(add, typed)
    assert cafe.registrations.count() == 1


def test_after_adding_one_is_back_at_the_door_or_in_the_list_of_that_cafe(client, coordinator, cafe):
    add, door = f"/beheer/events/registration/add/?cafe={cafe.pk}", "/cafes/kafee/bij-de-deur/"
    typed = {"cafe": cafe.pk, "wanted": "room", "people": 1, "name": "Loopt binnen", "email": ""}
    answer = client.post(f"{add}&deur=1", typed)
    made = cafe.registrations.get()
    assert answer["Location"] == f"{door}#mens-{made.pk}"
    page = client.get(door).text
    assert f'id="mens-{made.pk}"' in page and "Loopt binnen: in de zaal." in page
    assert "Loopt binnen: in de zaal." not in client.get(door).text
    assert client.post(add, typed)["Location"] == f"/beheer/events/registration/?cafe__id__exact={cafe.pk}"
    assert client.post(add.split("?")[0], typed)["Location"] == "/beheer/events/registration/"


def tick(client, registration, came="ja", asked="") -> str:
    """What htmx gets for a press on a button of the list."""
    path = f"/cafes/kafee/bij-de-deur/{registration.pk}/"
    return client.post(path, {"came": came, "q": asked}, headers=HTMX)


def test_a_tick_answers_with_its_own_row_and_the_counts(client, coordinator, cafe, zoe, django_assert_num_queries):
    others = [factories.registration(cafe, wish="online", name=f"Bas {number}") for number in range(3)]
    answer = tick(client, zoe, asked="zo")
    assert names(answer.text) == ["Zoë Ümit"] and "data-focus" in answer.text and came(zoe)
    assert 'value="zo"' in answer.text and "<html" not in answer.text and "HX-Retarget" not in answer.headers
    assert '<hx-partial hx-target="#telling" hx-swap="innerHTML"><strong>2 van 5 mensen</strong>' in answer.text
    assert f'hx-target="#mens-{zoe.pk}"' in answer.text
    size = len(answer.text)
    for number in range(20):
        factories.registration(cafe, wish="online", name=f"Els {number}")
    with django_assert_num_queries(10):  # of which two are of the savepoint
        answer = tick(client, others[0])
    assert names(answer.text) == ["Bas 0"] and len(answer.text) < size + 60
    assert "1 van" not in tick(client, others[0], came="nee").text


def test_who_waited_and_got_a_place_moves_to_the_other_list(client, coordinator, cafe, zoe):
    waits = factories.registration(cafe, name="Bas")
    now = timezone.now()
    type(cafe).objects.update(starts_at=now - timedelta(minutes=1), ends_at=now + timedelta(hours=1), room_capacity=4)
    answer = tick(client, waits)
    assert answer.headers["HX-Retarget"] == "#lijst" and answer.headers["HX-Reswap"] == "outerHTML"
    assert names(answer.text) == ["Bas", "Zoë Ümit"] and "<h2>" not in answer.text


def test_of_a_large_hall_the_first_names_are_shown(client, coordinator, cafe, monkeypatch):
    monkeypatch.setattr("events.views.door.MOST", 3)
    monkeypatch.setattr("events.views.door.MOST_FOUND", 2)
    for name in ("Dirk", "anna", "Émile", "Bo", "Els"):
        factories.registration(cafe, wish="online", name=name)
    page = client.get("/cafes/kafee/bij-de-deur/").text
    assert names(page) == ["anna", "Bo", "Dirk"] and "0 van 5 mensen" in page
    assert "Hier staan de eerste 3 van 5 namen. Zoek de anderen op naam." in page
    found = client.get("/cafes/kafee/bij-de-deur/", {"q": "e"}, headers=HTMX).text
    assert names(found) == ["Els", "Émile"] and "2 namen met «<bdi>e</bdi>»." in found
    monkeypatch.setattr("events.views.door.MOST_FOUND", 1)
    found = client.get("/cafes/kafee/bij-de-deur/", {"q": "e"}, headers=HTMX).text
    assert names(found) == ["Els"]
    assert "2 namen met «<bdi>e</bdi>». Hier staan de eerste 1: typ nog een letter." in found


def test_htmx_gets_the_list_with_what_was_asked(client, coordinator, cafe, zoe):
    factories.registration(cafe, name="Bas")
    page = client.get("/cafes/kafee/bij-de-deur/", {"q": "zo"}, headers=HTMX).text
    assert "<html" not in page and names(page) == ["Zoë Ümit"]
    page = client.get("/cafes/kafee/bij-de-deur/", {"q": "\x00<b>" + "x" * 5000}, headers=HTMX).text
    assert names(page) == [] and "<b>" not in page


def test_the_list_asks_the_same_queries_for_one_and_for_three(client, coordinator, cafe, django_assert_num_queries):
    for amount in (1, 2):
        for _ in range(amount):
            factories.registration(cafe)
        with django_assert_num_queries(7):  # one counts, one writes down that somebody looked
            client.get("/cafes/kafee/bij-de-deur/")


def test_looking_at_a_code_ticks_nothing_and_its_button_does(client, coordinator, cafe, zoe):
    url = f"/cafes/kafee/binnen/{tokens.entry_token(zoe)}/"
    assert "Zoë Ümit" in client.get(url).text and not came(zoe)
    for _ in range(2):
        assert client.post(url, {"came": "ja"}).url == url
    assert came(zoe) and "Is er, sinds" in client.get(url).text
    client.post(url, {"came": "nee"})
    assert not came(zoe)
    zoe.cancel()
    client.post(url, {"came": "ja"})
    assert not came(zoe) and "Heeft zich afgemeld" in client.get(url).text


def test_the_code_stands_on_the_page_of_who_has_a_place_in_the_room(client, cafe, zoe):
    online = factories.registration(cafe, wish="online")
    page = client.get(zoe.get_absolute_url()).text
    assert "Laat deze code zien bij de deur" in page and 'class="qr"' in page
    assert "bij de deur" not in client.get(online.get_absolute_url()).text


def test_who_has_to_log_in_first_is_told_and_comes_back(client, settings, cafe, zoe):
    code, door = f"/cafes/kafee/binnen/{tokens.entry_token(zoe)}/", "/cafes/kafee/bij-de-deur/"
    for path, back in [(code, code), (door, door), (f"{door}{zoe.pk}/", door), ("/cafes/nergens/binnen/", None)]:
        for answer in (client.get(path), client.post(path, {"came": "ja"}), client.post(path, headers=HTMX)):
            if answer.status_code == 405:
                continue
            login = f"/beheer/login/?next={quote(back or path, '')}"
            assert answer.status_code == 404 and f'href="{login}">Log dan eerst in.' in answer.text
            assert client.get(login)["Location"] == f"/accounts/login/?next={quote(back or path)}"
    for path in ("/cafes/kafee/bij-de-deurmat/", "/bij-de-deur/", "/cafes/kafee/x/binnen/"):
        assert "Log dan" not in client.get(path).text


def test_others_learn_nothing(client, settings, cafe, zoe):
    settings.DEMO = True
    other = factories.cafe(slug="anders")
    token = tokens.entry_token(zoe)
    paths = [
        "/cafes/kafee/bij-de-deur/",
        f"/cafes/kafee/bij-de-deur/{zoe.pk}/",
        f"/cafes/kafee/binnen/{token}/",
        f"/cafes/kafee/binnen/{token[:-1]}/",
    ]
    nowhere = client.get("/cafes/bestaat-niet/binnen/123/").text
    assert "Log dan eerst in" in nowhere and "Log dan" not in client.get("/cafes/kafee/deur/").text
    for user in (None, factories.user(), factories.user(is_staff=True)):
        client.force_login(user) if user else None
        for path in paths:
            for answer in (client.get(path), client.post(path, {"came": "ja"})):
                assert answer.status_code in (404, 405) and "Zoë" not in answer.text
        if not user:
            for path in paths[2:]:
                assert client.get(path).text == nowhere.replace("bestaat-niet%2Fbinnen%2F123", quote(path[7:-1], ""))
    assert not came(zoe)
    client.force_login(factories.coordinator())
    wrong = [tokens.token(zoe), f"{zoe.pk}.x", token[:-1] + ("a" if token[-1] != "a" else "b")]
    for path in [*(f"/cafes/kafee/binnen/{each}/" for each in wrong), f"/cafes/{other.slug}/binnen/{token}/"]:
        assert client.get(path).status_code == client.post(path, {"came": "ja"}).status_code == 404
    assert client.post(f"/cafes/{other.slug}/bij-de-deur/{zoe.pk}/", {"came": "ja"}).status_code == 404
    assert client.get(f"/cafes/kafee/aanmelding/{token}/").status_code == 404
    settings.DEMO = False  # and outside the demo the second factor
    assert client.get(paths[0]).status_code == client.post(paths[2], {"came": "ja"}).status_code == 404
    assert not came(zoe)
