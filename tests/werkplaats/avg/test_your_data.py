"""«Jouw gegevens»: who sees what, after which code, and in how many queries."""

import json

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from posts.models import Post, Thumb
from tests.helpers import factories
from tests.helpers.browsers import browser_of, left_by
from tests.helpers.logging_in import log_in
from tests.helpers.shown import hidden
from werkplaats.accounts.models import Letter
from werkplaats.people import visitors
from werkplaats.people.models import User, Visitor

pytestmark = pytest.mark.django_db
EMAIL, OTHER = "fatima@example.org", "bram@example.org"
PAGE, FILE, WIPE = "/jouw-gegevens/", "/jouw-gegevens/bestand/", "/jouw-gegevens/wissen/"


@pytest.fixture(autouse=True)
def erased_list(settings, tmp_path):
    settings.ERASED_LIST = tmp_path / "erased.jsonl"


@pytest.fixture
def browser():
    """Of somebody who logged in just now."""
    User.objects.confirmed(EMAIL)
    client = Client()
    log_in(client, EMAIL)
    return client


def shown(browser: Client) -> dict[str, str]:
    """What the form names of whom its page was shown to."""
    return {"van": hidden(browser.get(WIPE).text, "van")}


def things_of(email: str, mark: str, count: int = 1) -> None:
    user = User.objects.confirmed(email)
    own = visitors.own(user)
    question = Post.objects.first().question if Post.objects.exists() else factories.question()
    for number in range(count):
        post = factories.post(
            question, author=user, visitor=own, email=email, text=f"{mark} {number}", name=f"{mark}naam"
        )
        Thumb.objects.wish(post.pk, own.pk, 1)
    factories.wensbeeld(visitor=own, text=f"{mark}beeld")
    factories.registration(factories.cafe(), email=email, name=f"{mark}gast", wishes=f"{mark}wens")


def test_who_logged_in_a_while_ago_proves_it_anew_and_comes_back():
    user = User.objects.confirmed(EMAIL)
    things_of(EMAIL, "Kanarie")
    client = browser_of(visitors.own(user))
    answer = client.get(PAGE)
    assert "Mail me een code" in answer.text
    assert "Kanarie" not in answer.text
    answer = client.post("/accounts/opnieuw/", {"email": EMAIL, "next": PAGE})
    code = Letter.objects.get(to=EMAIL).data["code"]
    answer = client.post(answer.headers["Location"], {"code": code, "next": PAGE})
    assert answer.headers["Location"] == PAGE
    assert "Kanarie 0" in client.get(PAGE).text


@pytest.mark.parametrize("path", [FILE, WIPE])
def test_file_and_erasing_ask_a_fresh_code_too(path):
    user = User.objects.confirmed(EMAIL)
    things_of(EMAIL, "Kanarie")
    client = browser_of(visitors.own(user))
    assert "Mail me een code" in client.get(path).text
    if path == WIPE:
        client.post(path, {"woorden": "weghalen"})
    assert User.objects.filter(email=EMAIL).exists()


def test_all_of_somebody_and_nothing_of_another(browser):
    things_of(EMAIL, "Kanarie", 100)
    things_of(OTHER, "Mus", 3)
    theirs = Post.objects.filter(author__email=EMAIL).first()
    factories.post(parent=theirs, text="Mus antwoordt", author=User.objects.get(email=OTHER))
    factories.post(email=EMAIL, text="Mus typte dit", published=False)
    with CaptureQueriesContext(connection) as queries:
        shown = browser.get(PAGE).text
    assert len(queries) < 15, [each["sql"][:100] for each in queries]
    file = browser.get(FILE)
    for told in (shown, file.content.decode()):
        assert "Mus" not in told and OTHER not in told
        for mark in ("Kanarie 99", "Kanarienaam", "Kanariebeeld", "Kanariegast", "Kanariewens", EMAIL):
            assert mark in told
    counts = {kind["wat"]: len(kind["rijen"]) for kind in json.loads(file.content)["soorten"]}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM posts_post WHERE author_id = u.id)"
            " + (SELECT count(*) FROM posts_postevent WHERE author_id = u.id),"
            " (SELECT count(*) FROM posts_thumb thumb JOIN werkplaats_visitor v ON v.id = thumb.visitor_id"
            " WHERE v.user_id = u.id),"
            " (SELECT count(*) FROM events_registration WHERE email = u.email)"
            " FROM werkplaats_user u WHERE email = %s",
            [EMAIL],
        )
        posts, thumbs, sign_ups = cursor.fetchone()
    assert (posts, thumbs, sign_ups) == (200, 100, 1)
    assert counts["bijdragen en antwoorden"] == posts
    assert counts["duimpjes bij bijdragen"] == thumbs
    assert counts["aanmeldingen voor cafés"] == sign_ups
    assert "1 antwoord van een ander" in shown
    assert "1 bijdrage onder dit adres" in shown


def test_how_long_is_told_of_each_thing_as_the_sheet_does(browser):
    factories.post(author=User.objects.get(email=EMAIL), email=EMAIL)
    shown, file = browser.get(PAGE).text, json.loads(browser.get(FILE).content)
    (how_long,) = [kind["hoelang"] for kind in file["soorten"] if kind["wat"] == "bijdragen en antwoorden"]
    assert how_long[0].startswith("naam, e-mailadres, account, nummer uit je cookie: een jaar nadat het plan")
    assert how_long[1:] == [
        "wat nooit online kwam: 90 dagen na het schrijven",
        "een verhaal over één kind: 30 dagen nadat een moderator het verhaal weghaalde",
        "tot het einde van de periode van dit plan",
    ]
    assert "Wat nooit online kwam:</strong> 90 dagen na het schrijven" in shown


def test_a_version_is_shown_once_and_only_when_it_said_something_else(browser):
    post = factories.post(author=User.objects.get(email=EMAIL), email=EMAIL, text="Zo was het")
    post.remove(None, "kan niet")  # steps that change no word
    post.restore(None)
    post.edit(text="Zo is het")
    shown = browser.get(PAGE).text
    assert (shown.count("Zo was het</dd>"), shown.count("Zo is het</dd>")) == (1, 1)
    assert browser.get(FILE).content.decode().count("Zo was het") >= 3


def test_a_cookie_alone_opens_contributions_without_the_address():
    visitor = factories.visitor()
    factories.post(visitor=visitor, text="Kanarie", email="getypt@example.org")
    factories.wensbeeld(visitor=visitor, text="Geheim beeld")
    client = browser_of(visitor)
    for path in (PAGE, FILE):
        told = client.get(path).content.decode()
        assert "Kanarie" in told
        assert "getypt@example.org" not in told and "Geheim beeld" not in told


def test_a_browser_that_only_voted_or_sent_a_wensbeeld_is_told_so_and_may_erase_it():
    visitor = factories.visitor()
    beeld = factories.wensbeeld(visitor=visitor, text="Een tuin voor iedereen", published=False)
    Thumb.objects.wish(factories.post().pk, visitor.pk, 1)
    page = browser_of(visitor).get(PAGE).text
    assert "niets van jou bekend" not in page
    assert "1 wensbeeld" in page and "1 duimpje" in page and WIPE in page
    assert "Een tuin voor iedereen" not in page, "a cookie alone opens contributions"
    beeld.erase()
    page = browser_of(visitor).get(PAGE).text
    assert "1 duimpje" in page and WIPE in page


def test_a_cookie_alone_shows_no_more_than_jouw_bijdragen():
    visitor = factories.visitor()
    story, taken = (factories.post(visitor=visitor, text=f"{name} vertelsel") for name in ("Kind", "Hard"))
    denied = factories.post(visitor=visitor, text="Ander vertelsel", published=False, email=OTHER)
    story.set_apart(None)
    story.keep_longer("melding bij Veilig Thuis", 30)
    taken.remove(by=None, reason="Er staat een naam in.")
    denied.refuse("niet geschreven door wie het adres heeft")
    mine = factories.post(visitor=visitor, text="Eerste woorden")
    mine.edit(text="Latere woorden")
    client = browser_of(visitor)
    for path in (PAGE, FILE):
        told = client.get(path).content.decode()
        assert "Latere woorden" in told
        for away in ("vertelsel", "Veilig Thuis over", "Er staat een naam in", "niet geschreven", "Eerste woorden"):
            assert away not in told, (path, away)


def test_what_a_stranger_typed_before_it_was_claimed_is_not_theirs_to_read(browser):
    user = User.objects.get(email=EMAIL)
    post = factories.post(published=False, email=EMAIL, name="Stefan", text="Geheim van de vreemde")
    stranger = post.visitor_id
    post.edit(text="Ieder kind telt", name="Fatima")
    post.confirm(user)
    for path in (PAGE, FILE):
        told = browser.get(path).content.decode()
        assert "Ieder kind telt" in told
        assert "Geheim van de vreemde" not in told and "Stefan" not in told and str(stranger) not in told


def test_nothing_tells_how_the_staff_came_to_it(browser):
    user = User.objects.get(email=EMAIL)
    story = factories.post(author=user, visitor=visitors.own(user), email=EMAIL, text="Over mijn zoon")
    story.set_apart(None)
    story.keep_longer("melding bij Veilig Thuis over de vader", 30)
    for path in (PAGE, FILE):
        assert "over de vader" not in browser.get(path).content.decode()


def test_the_cookie_of_a_person_opens_nothing():
    own = visitors.own(User.objects.confirmed(EMAIL))
    things_of(EMAIL, "Kanarie")
    answer = left_by(own).get(PAGE)
    assert "Kanarie" not in answer.text
    assert "nu niet meer" in answer.text


def test_a_stranger_reads_how_to_log_in(client):
    assert "niets van jou bekend" in client.get(PAGE).text
    assert "Log dan eerst in" in client.get(WIPE).text
    assert "Nu is er niets gewist" in client.post(WIPE).text


def test_neither_way_is_chosen_beforehand_and_without_a_choice_nothing_is_done(browser):
    things_of(EMAIL, "Kanarie")
    page = browser.get(WIPE).text
    assert page.count('type="radio"') == 2
    assert "checked" not in page
    answer = browser.post(WIPE, shown(browser))
    assert answer.status_code == 422
    assert "Kies eerst" in answer.text
    assert User.objects.filter(email=EMAIL).exists()


def test_erasing_tells_what_was_done_and_leaves_the_device_clean(browser):
    things_of(EMAIL, "Kanarie", 2)
    answer = browser.post(WIPE, shown(browser) | {"woorden": "weghalen"})
    assert "2 bijdragen: weg" in answer.text
    assert "1 account: weg" in answer.text
    assert answer.headers["Clear-Site-Data"]
    assert not User.objects.filter(email=EMAIL).exists()
    assert "niets van jou bekend" in browser.get(PAGE).text
    again = browser.post(WIPE, {"van": "x", "woorden": "weghalen"})  # a second press
    assert (again.status_code, "Heb je net zelf alles gewist? Dan is het klaar." in again.text) == (409, True)


def test_a_browser_erases_what_it_did():
    visitor = factories.visitor()
    post = factories.post(visitor=visitor, text="Kanarie")
    client = browser_of(visitor)
    assert "1 bijdrage: weg" in client.post(WIPE, shown(client) | {"woorden": "weghalen"}).text
    post.refresh_from_db()
    assert post.text == ""
    assert not Visitor.objects.filter(pk=visitor.pk).exists()


def test_staff_are_told_to_ask_another(client):
    user = factories.coordinator()
    log_in(client, user.email)
    answer = client.post(WIPE, shown(client) | {"woorden": "weghalen"})
    assert answer.status_code == 409
    assert "andere coördinator" in answer.text


def test_a_page_that_was_shown_to_another_erases_nobody(browser):
    """Two tabs: who was logged in left, somebody else came, and the first tab is pressed."""
    things_of(EMAIL, "Kanarie")
    things_of(OTHER, "Merel")
    stale = shown(browser) | {"woorden": "weghalen"}
    browser.post("/accounts/logout/")
    log_in(browser, OTHER)
    answer = browser.post(WIPE, stale)
    assert answer.status_code == 409
    assert "Er is nog niets gewist" in answer.text
    assert User.objects.filter(email__in=[EMAIL, OTHER]).count() == 2
    assert "weg" in browser.post(WIPE, shown(browser) | {"woorden": "weghalen"}).text
    assert not User.objects.filter(email=OTHER).exists()


@pytest.mark.parametrize("leaves", ["logs out", "session is over"])
def test_the_page_of_somebody_pressed_by_nobody_erases_and_clears_nothing_and_says_so(browser, leaves):
    things_of(EMAIL, "Kanarie")
    stale = shown(browser) | {"woorden": "weghalen"}
    if leaves == "logs out":
        browser.post("/accounts/logout/")
    else:
        Session.objects.all().delete()
    answer = browser.post(WIPE, stale)
    assert answer.status_code == 409
    assert "Nu is er niets gewist" in answer.text and "Log in met een code" in answer.text
    assert "data-wiped" not in answer.text and "Clear-Site-Data" not in answer.headers
    assert User.objects.filter(email=EMAIL).exists()
    assert Post.objects.filter(author__email=EMAIL, erased_at=None).exists()


def test_who_did_nothing_here_is_told_that_nothing_was_erased():
    client = browser_of(factories.visitor())
    told = client.post(WIPE, shown(client)).text
    assert "Er is niets gewist" in told and "gegevens zijn gewist" not in told and "back-up" not in told


def test_what_is_not_online_is_counted_by_what_it_is():
    visitor = factories.visitor()
    factories.wensbeeld(visitor=visitor, published=False)
    assert "1 wensbeeld: staat nu niet online." in browser_of(visitor).get(WIPE).text
    for _ in range(2):
        factories.post(visitor=visitor, published=False)
    assert "2 bijdragen en 1 wensbeeld: staan nu niet online." in browser_of(visitor).get(WIPE).text


def test_who_has_nothing_online_is_asked_nothing_about_it():
    visitor = factories.visitor()
    waits = factories.post(visitor=visitor, published=False)
    client = browser_of(visitor)
    assert "Wat gebeurt er met wat er online staat?" not in client.get(WIPE).text
    assert "1 bijdrage: weg" in client.post(WIPE, shown(client)).text
    waits.refresh_from_db()
    assert waits.erased_at
