"""After the log-in plain words are sent once; of what mails people or is for good come back the words alone."""

import re
from pathlib import Path

import pytest
from django.conf import settings as site_settings
from django.test import Client
from django.urls import NoReverseMatch, reverse

from events.models import Cafe, Mailing
from plan.models import Notes, Sentence
from tests.helpers import factories
from tests.helpers.logging_in import log_in
from tests.plan.concept.helpers import Written
from tests.plan.helpers import Desk
from werkplaats.web import unsent

pytestmark = pytest.mark.django_db
HERE = "/beheer/niet-bewaard/"
NOTHING_LEFT = "Hier staat niets meer"
NEW = "Ouders horen binnen een week hoe lang wachten duurt."


@pytest.fixture
def sorter(client, coordinator):
    coordinator.let_sort(True)
    return coordinator


def mark_of(user) -> dict[str, str]:
    return {unsent.WHOSE: unsent.SIGNER.sign(user.key.hex)}


def out_and_back(client, user, url: str, data: dict) -> str:
    """Sends it without a session, logs in, and returns the page that gives it back."""
    client.cookies.pop(site_settings.SESSION_COOKIE_NAME, None)
    client.post(url, data | mark_of(user))
    log_in(client, user.email)
    return client.get(HERE, {"voor": url}).text


def send(client, url: str, data: dict):
    """What the browser does at a press of «Versturen»: it takes the form along to where it is led."""
    answer = client.post(HERE, data | {"voor": url, unsent.AGAIN: "1"})
    if answer.status_code == 307:
        assert answer.headers["Location"] == url
        return client.post(url, data)
    return answer


def test_a_sentence_is_sent_once_from_there(client, sorter):
    plan = Written()
    url, before = reverse("plan:add_sentence"), Sentence.objects.count()
    typed = {"hoofdstuk": plan.first.chapter_id, "tekst": NEW, "wet": "1"}
    page = out_and_back(client, sorter, url, typed)
    assert f"{NEW}</textarea>" in page and "Versturen" in page
    assert send(client, url, typed).status_code == 302
    assert Sentence.objects.count() == before + 1
    page = client.get(HERE, {"voor": url}).text
    assert NOTHING_LEFT in page and NEW not in page and "Versturen" not in page
    again = send(client, url, typed)  # a page that the browser kept
    assert again.status_code == 200 and NOTHING_LEFT in again.text and f"{NEW}</textarea>" in again.text
    assert Sentence.objects.count() == before + 1


def test_a_session_that_ends_again_on_that_page_loses_nothing(client, sorter):
    url, typed = reverse("plan:add_chapter"), {"titel": "Wachten"}
    out_and_back(client, sorter, url, typed)
    client.cookies.pop(site_settings.SESSION_COOKIE_NAME)
    answer = client.post(HERE, {"titel": "Wachten duurt", "voor": url, unsent.AGAIN: "1"} | mark_of(sorter))
    log_in(client, sorter.email)
    assert answer.headers["Location"].endswith("%3Fvoor%3D%252Fbeheer%252Fwerkbank%252Fplan%252Fhoofdstuk%252F")
    assert "Wachten duurt</textarea>" in client.get(HERE, {"voor": url}).text


def test_a_cafe_is_never_called_off_from_there(client, coordinator):
    cafe = factories.cafe()
    factories.registration(cafe)
    url = f"/beheer/events/cafe/{cafe.pk}/afgelasten/"
    typed = {"_tell": "Last af en mail 1 persoon"}
    page = out_and_back(client, coordinator, url, typed)
    assert "Last af" not in page and "Versturen" not in page  # the words of a button are nobody's text
    assert send(client, url, typed).status_code == 200
    assert not Cafe.objects.get(pk=cafe.pk).called_off_at and not Mailing.objects.exists()


def test_a_message_is_never_sent_from_there(client, coordinator):
    cafe = factories.cafe()
    factories.registration(cafe)
    url = f"/beheer/events/cafe/{cafe.pk}/bericht/"
    key = re.search(r'name="key" value="([^"]+)"', client.get(url).text)[1]
    typed = {"audience": "all", "subject": "Ingang", "text": "Kom door de tuin.", "key": key, "_tell": "Verstuur aan 1"}
    page = out_and_back(client, coordinator, url, typed)
    assert "Ingang</textarea>" in page and "Kom door de tuin.</textarea>" in page
    assert f'<a href="{url}">' in page and "Versturen" not in page and "Verstuur aan" not in page
    assert send(client, url, typed).status_code == 200
    assert not Mailing.objects.exists()


def test_what_may_be_sent_again_is_there_and_mails_nobody():
    for name in unsent.PLAIN_WORDS:
        names = {"pk": 1, "stack_pk": 1, "number": 1}
        places = []
        for taken in ([], ["pk"], ["pk", "stack_pk"], ["pk", "number"]):
            try:
                places.append(reverse(name, kwargs={each: names[each] for each in taken}))
            except NoReverseMatch:
                continue
        assert [unsent.may_send(place) for place in places] == [True]
    for name in ("make_public", "withdraw", "step", "paste", "reply", "stop_letters", "send_after_all"):
        assert f"plan:{name}" not in unsent.PLAIN_WORDS


@pytest.mark.parametrize("typed", [{"naam": "Vervoer", "doe": "naam"}, {"nieuwe_naam": "Vervoer", "doe": "uitelkaar"}])
def test_one_word_is_kept_where_it_is_a_text(client, sorter, typed):
    desk = Desk()
    url = reverse("plan:stack_step", args=[desk.harvest.pk, desk.wait.pk])
    page = out_and_back(client, sorter, url, typed)
    assert "Vervoer</textarea>" in page and "Versturen" not in page


def test_one_word_is_kept_without_any_cookie(client, sorter):
    desk = Desk()
    url = reverse("plan:stack_step", args=[desk.harvest.pk, desk.wait.pk])
    browser = Client(enforce_csrf_checks=True, headers={"Origin": "http://testserver"})
    answer = browser.post(url, {"naam": "Vervoer", "doe": "naam"} | mark_of(sorter))
    assert answer.status_code == 302 and answer.headers["Location"].startswith("/beheer/login/")
    browser.handler.enforce_csrf_checks = False
    log_in(browser, sorter.email)
    assert "Vervoer</textarea>" in browser.get(HERE, {"voor": url}).text


def test_a_press_without_a_text_keeps_nothing(client, sorter):
    notes = Notes.objects.count()
    url = reverse("plan:stack_step", args=[1, 1])
    assert NOTHING_LEFT in out_and_back(client, sorter, url, {"naam": " ", "doe": "naam", "stond": "Zo was het."})
    assert Notes.objects.count() == notes


def test_who_leads_a_round_logs_in_and_gets_the_reason_back(client, coordinator):
    idea = factories.idea(factories.sticker_round(stage="ideas", ideas=0).groups.first())
    panel = f"/stickerrondes/{idea.round.slug}/bediening/"
    url = f"{panel}verbergen/{idea.pk}/"
    form = client.get(panel).text
    assert form.count(f'name="{unsent.WHOSE}"') == form.count('name="csrfmiddlewaretoken"') > 0
    client.cookies.pop(site_settings.SESSION_COOKIE_NAME)
    answer = client.post(url, {"reason": "Dit gaat over een kind."} | mark_of(coordinator))
    assert answer.status_code == 302 and answer.headers["Location"].startswith("/beheer/login/")
    log_in(client, coordinator.email)
    page = client.get(HERE, {"voor": url}).text
    assert "Dit gaat over een kind.</textarea>" in page and "Versturen" not in page
    idea.refresh_from_db()
    assert not idea.removed_at


def test_who_opens_the_panel_of_a_round_without_a_session_is_led_to_the_log_in(client):
    panel, typed = "/stickerrondes/nergens/bediening/", {"reason": "Een kind."}
    for answer in (client.get(panel), client.post(f"{panel}stap/"), client.post(f"{panel}verbergen/1/", typed)):
        assert answer.status_code == 404
        assert 'href="/beheer/login/?next=%2Fstickerrondes%2Fnergens%2Fbediening%2F">Log dan eerst in.' in answer.text
        assert "weggehaald terwijl je typte" not in answer.text


def test_at_the_door_htmx_says_that_nobody_is_logged_in(client, coordinator):
    cafe = factories.cafe()
    person = factories.registration(cafe)
    url = f"/cafes/{cafe.slug}/bij-de-deur/{person.pk}/"
    assert f'name="{unsent.WHOSE}"' in client.get(f"/cafes/{cafe.slug}/bij-de-deur/").text
    client.cookies.pop(site_settings.SESSION_COOKIE_NAME)
    headers = {"HX-Request": "true", "HX-Request-Type": "partial"}
    answer = client.post(url, {"came": "ja"} | mark_of(coordinator), headers=headers)
    assert answer.status_code == 401 and answer.headers["HX-Retarget"] == "#inhoud"
    assert "Je bent niet meer ingelogd" in answer.text and "Deze pagina is er niet" not in answer.text
    assert client.post(url, {"came": "ja"} | mark_of(coordinator)).headers["Location"].startswith("/beheer/login/")


@pytest.mark.parametrize("has_cookie", [True, False])
def test_a_page_of_another_says_who_is_logged_in_and_promises_nothing(client, coordinator, has_cookie):
    other = factories.coordinator(email="anouk@example.org")
    client.handler.enforce_csrf_checks = True
    if has_cookie:
        client.cookies[site_settings.CSRF_COOKIE_NAME] = "a" * 32
    data = {"text": "Een half uur werk"} | mark_of(other)
    answer = client.post("/beheer/posts/question/add/", data, headers={"Origin": "http://testserver"})
    assert answer.status_code == 403 and "Er is nu iemand anders ingelogd" in answer.text
    assert "Wat je schreef staat er nog" not in answer.text and "Een half uur werk" not in answer.text


def test_the_script_that_sends_many_lines_tells_whose_they_are():
    script = Path(site_settings.BASE_DIR, "static/js/plan/notes/typing.js").read_text()
    assert "_van: _van.value" in script
