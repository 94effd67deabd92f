"""What people get to see when something goes wrong."""

import pytest
from django.conf import settings
from django.test import Client

from tests.helpers import factories
from werkplaats.web.typed import MOST_CHARACTERS

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.werkplaats.urls")]
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("path", ["/traag/", "/verborgen-traag/"])
def test_a_database_that_cannot_answer_is_a_503(client, path):
    answer = client.get(path)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert "We zijn zo terug" in answer.text


def test_a_bug_is_a_500_without_queries(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/kapot/")
    assert answer.status_code == 500
    assert "Er ging iets mis bij ons" in answer.text
    assert "a bug" not in answer.text


@pytest.mark.parametrize(("path", "words"), [("/traag/", "We zijn zo terug"), ("/nergens/", "Deze pagina is er niet")])
def test_htmx_gets_a_notice_and_keeps_the_page(client, path, words):
    answer = client.get(path, headers=HTMX)
    assert "<html" not in answer.text
    assert words in answer.text
    assert answer.headers["HX-Retarget"] == "#inhoud"
    assert answer.headers["HX-Reswap"] == "afterbegin"


def test_a_404_tells_nothing_about_what_exists(client):
    factories.coordinator()
    first, second = client.get("/vragen/geheim/"), client.get("/nergens/")
    assert first.status_code == second.status_code == 404
    assert first.content == second.content


def test_a_text_about_what_is_gone_comes_back(client):
    post = factories.post()
    post.remove(None, "kwetsend")
    text, removed = "Korte lijnen <b>helpen</b> echt", f"/bijdragen/{post.pk}"
    for path in (f"{removed}/antwoord/", f"{removed}/wijzigen/", "/bijdragen/99/wijzigen/", "/vragen/weg/bijdragen/"):
        answer = client.post(path, {"text": text, "name": "Anna"}, headers={"Origin": "http://testserver"})
        assert answer.status_code == 404
        assert "Korte lijnen &lt;b&gt;helpen&lt;/b&gt; echt</textarea>" in answer.text
        assert "Anna" not in answer.text


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}])
def test_a_stranger_cannot_put_words_on_our_page(client, headers):
    answer = client.post("/bijdragen/99/antwoord/", {"text": "Stem op mij, alsjeblieft"}, headers=headers)
    assert answer.status_code == 404
    assert "Stem op mij" not in answer.text


def stale(client, data, user=None, **headers):
    headers = {"Origin": "http://testserver", **headers}
    browser = Client(enforce_csrf_checks=True)
    browser.cookies[settings.CSRF_COOKIE_NAME] = "k" * 32
    if user:
        browser.force_login(user)
    return browser.post("/cafes/x/aanmelden/?via=qr", data, headers=headers)


def test_a_form_that_was_open_too_long_comes_back_with_its_text(client):
    answer = stale(client, {"text": "Korte lijnen <b>helpen</b> echt", "role": "3", "csrfmiddlewaretoken": "old"})
    assert answer.status_code == 403
    assert "Je pagina was te lang open" in answer.text
    assert 'action="/cafes/x/aanmelden/?via=qr"' in answer.text
    assert "Korte lijnen &lt;b&gt;helpen&lt;/b&gt; echt</textarea>" in answer.text
    assert '<input type="hidden" name="role" value="3">' in answer.text
    assert answer.text.count('name="csrfmiddlewaretoken"') == 1
    assert 'value="old"' not in answer.text


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_a_browser_that_keeps_no_cookies_reads_that_and_no_advice_that_cannot_help(headers):
    browser = Client(enforce_csrf_checks=True, headers={"Origin": "http://testserver", **headers})
    for path, data in (
        ("/cafes/x/aanmelden/", {"text": "Korte lijnen helpen echt"}),
        ("/accounts/login/", {"email": "x"}),
    ):
        browser.cookies.clear()
        answer = browser.post(path, data)
        assert answer.status_code == 403
        assert "Je browser stuurde onze cookie niet mee." in answer.text
        assert "Zet ze dan aan voor deze site" in answer.text
        assert "te lang open" not in answer.text and "Druk nog een keer" not in answer.text
        assert headers or "text" not in data or "Korte lijnen helpen echt</textarea>" in answer.text


def test_who_is_logged_in_by_now_is_said_before_it_is_sent_again(client):
    """On a shared computer somebody else logged in on another tab: their words must not become that person's."""
    data = {"text": "Korte lijnen helpen echt", "csrfmiddlewaretoken": "old"}
    assert "Niet jij?" not in stale(client, data).text
    text = stale(client, data, factories.user(email="joris@example.org")).text
    assert "Je bent nu ingelogd als <b>j…@example.org</b>: wat je verstuurt, hoort dan bij dat adres." in text
    assert "Niet jij?" in text


def test_sending_it_again_works():
    browser = Client(enforce_csrf_checks=True, headers={"Origin": "http://testserver"})
    answer = browser.post("/accounts/login/", {"email": "ouder@example.org"})
    assert answer.status_code == 403
    token = answer.context["csrf_token"]
    again = browser.post("/accounts/login/", {"email": "ouder@example.org", "csrfmiddlewaretoken": str(token)})
    assert again.status_code == 302


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": ""}]
)
def test_a_strangers_form_cannot_be_sent_on(client, headers):
    answer = stale(client, {"text": "Stem op mij, alsjeblieft"}, **headers)
    assert answer.status_code == 403
    assert "<form" not in answer.text
    assert "Stem op mij, alsjeblieft</textarea>" in answer.text  # typed text is still there to copy


def test_half_a_form_is_never_sent_again(client):
    answer = stale(client, {"text": "woord " * MOST_CHARACTERS})
    assert answer.status_code == 403
    assert "<form" not in answer.text
    assert len(answer.content) < 20_000


def test_htmx_keeps_its_page_beside_the_stale_form(client):
    answer = stale(client, {"text": "Korte lijnen helpen"}, **HTMX)
    assert answer.headers["HX-Reswap"] == "afterbegin"
    assert "<html" not in answer.text
    assert "Druk nog een keer op de knop" in answer.text and "Je bent nu niet ingelogd" in answer.text
    assert "Korte lijnen helpen" not in answer.text  # it stands in its own form still
