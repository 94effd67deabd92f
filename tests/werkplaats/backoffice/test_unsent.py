"""A session that ends in the middle of a form: what was sent is offered again, to who typed it and to nobody else."""

import re
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from django.conf import settings as site_settings
from django.contrib.sessions.models import Session
from django.test import Client

from posts.models import Theme
from tests.helpers import factories
from tests.helpers.logging_in import log_in
from tests.helpers.shown_form import shown_form
from tests.werkplaats.backoffice.rows import ROWS, add_page, change_page, typed_pages
from werkplaats.web import unsent

pytestmark = pytest.mark.django_db
HALF_AN_HOUR = "Een half uur werk"
TEXTS = re.compile(r'<(?:textarea|input)(?=[^>]*name="([\w-]+)")(?![^>]*type="(?!text)\w+")(?![^>]*hidden)[^>]*>')
SAYS = "Dit is nog niet bewaard."
HERE = {"Origin": "http://testserver"}


def typed_in(client, url: str) -> tuple[dict, str]:
    """The form on this page with something typed in its first field for words, and the name of that field."""
    form = shown_form(client, url)
    page = client.get(url).text
    names = [name for name in TEXTS.findall(page[page.index('id="content-main"') :]) if name in form]
    name = next(name for name in names if not name.endswith(("slug", "email")) and "initial" not in name)
    return form | {name: HALF_AN_HOUR}, name


def end_session(client) -> None:
    del client.cookies[site_settings.SESSION_COOKIE_NAME]


def shown_value(page: str, name: str) -> str:
    return page[page.index(f'name="{name}"') :][: len(HALF_AN_HOUR) + 900]


def test_every_page_on_which_somebody_types_is_in_the_table():
    assert {*typed_pages()} == {*ROWS}


def pages(kind: str) -> list:
    return [pytest.param(model, kind, id=f"{kind} {model.__name__}") for model in ROWS]


@pytest.mark.parametrize(("model", "kind"), [*pages("change"), *pages("add")])
def test_what_was_sent_is_offered_after_the_log_in(client, coordinator, model, kind):
    row = ROWS[model]()
    url = change_page(row) if kind == "change" else add_page(model)
    if kind == "add" and client.get(url).status_code != 200:
        return  # there is one, or they come from elsewhere
    form, name = typed_in(client, url)
    end_session(client)
    answer = client.post(url, form)
    assert answer.headers["Location"] == f"/beheer/login/?next={url}"
    log_in(client, coordinator.email)
    page = client.get(url)
    assert SAYS in page.text
    assert HALF_AN_HOUR in shown_value(page.text, name)


def test_the_log_in_says_what_became_of_it(client, coordinator):
    row = Theme.objects.create(name="Taal", position=3)
    url = change_page(row)
    form = shown_form(client, url) | {"name": "Taal en lezen"}
    end_session(client)
    assert "Wat je typte is er nog" in client.post(url, form, follow=True).text
    ticked = {"action": "delete_selected", "_selected_action": row.pk, "index": 0}
    assert "Er is niets bewaard of veranderd" in Client().post("/beheer/posts/theme/", ticked, follow=True).text
    assert "Je was uitgelogd" not in Client().get(url, follow=True).text


def test_it_can_be_saved_then_and_is_gone_after_that(client, coordinator):
    question = factories.question()
    url = change_page(question)
    form = shown_form(client, url) | {"promise": "Binnen twee weken lees je wat we doen."}
    end_session(client)
    client.post(url, form)
    log_in(client, coordinator.email)
    assert client.post(url, shown_form(client, url)).status_code == 302
    question.refresh_from_db()
    assert question.promise == "Binnen twee weken lees je wat we doen."
    assert SAYS not in client.get(url).text


def test_who_changes_their_mind_gets_what_there_was(client, coordinator):
    url = change_page(factories.question(promise="Binnen een maand."))
    form = shown_form(client, url) | {"promise": HALF_AN_HOUR}
    end_session(client)
    client.post(url, form)
    log_in(client, coordinator.email)
    assert client.post("/beheer/niet-bewaard/", {"voor": url, "terug": "1"}).headers["Location"] == url
    page = client.get(url).text
    assert SAYS not in page and HALF_AN_HOUR not in page and "Binnen een maand." in page


def test_rows_inside_a_form_come_along(client, coordinator):
    poll = factories.poll()
    url = change_page(poll)
    form = shown_form(client, url) | {"choices-1-answer": "Toch fijn dat je er was"}
    form |= {
        "choices-TOTAL_FORMS": "4",
        "choices-3-text": "misschien",
        "choices-3-position": "9",
        "choices-3-answer": "Kom later terug",
    }
    end_session(client)
    client.post(url, form)
    log_in(client, coordinator.email)
    page = client.get(url).text
    assert "Toch fijn dat je er was" in page and 'value="misschien"' in page
    saved = client.post(url, shown_form(client, url))
    assert saved.status_code == 302, saved.context["errors"]
    assert poll.choices.filter(text="misschien").exists()


def test_another_who_logs_in_there_sees_nothing_of_it(client, coordinator):
    other = factories.coordinator(email="anouk@example.org")
    url = change_page(factories.question())
    form = shown_form(client, url) | {"promise": HALF_AN_HOUR}
    end_session(client)
    client.post(url, form)
    log_in(client, other.email)
    assert HALF_AN_HOUR not in client.get(url).text
    assert unsent.KEPT not in client.session or not client.session[unsent.KEPT]


def test_all_cookies_gone(coordinator, client):
    """Not even the token of the form is right any more."""
    question = factories.question()
    url = change_page(question)
    form = shown_form(client, url) | {"promise": HALF_AN_HOUR}
    browser = Client(enforce_csrf_checks=True, headers=HERE)
    answer = browser.post(url, form)
    assert answer.headers["Location"] == f"/beheer/login/?next={url}"
    browser.handler.enforce_csrf_checks = False
    log_in(browser, coordinator.email)
    page = browser.get(url).text
    assert SAYS in page and HALF_AN_HOUR in shown_value(page, "promise")


def test_logged_in_again_on_another_tab(client, coordinator):
    """The token of the page is an old one then."""
    url = change_page(factories.question())
    form = shown_form(client, url) | {"promise": HALF_AN_HOUR, "csrfmiddlewaretoken": "oud"}
    client.handler.enforce_csrf_checks = True
    answer = client.post(url, form, headers=HERE)
    assert answer.headers["Location"] == url
    assert HALF_AN_HOUR in shown_value(client.get(url).text, "promise")


def test_a_page_of_another_who_is_logged_in_by_now_tells_nothing(client, coordinator):
    url = change_page(factories.question())
    form = shown_form(client, url) | {"promise": HALF_AN_HOUR, "csrfmiddlewaretoken": "oud"}
    client.force_login(factories.coordinator(email="anouk@example.org"))
    client.handler.enforce_csrf_checks = True
    answer = client.post(url, form, headers=HERE)
    assert answer.status_code == 403
    assert HALF_AN_HOUR not in answer.text and HALF_AN_HOUR not in client.get(url).text


@pytest.mark.parametrize("whose", ["", "abc", "abc:def"])
def test_a_stranger_leaves_nothing_here(client, whose):
    url = change_page(factories.question())
    client.post(url, {"promise": HALF_AN_HOUR, "_save": "1", unsent.WHOSE: whose})
    assert not Session.objects.exists()


def test_another_sites_form_leaves_nothing(client, coordinator):
    url = change_page(factories.question())
    form = shown_form(client, url) | {"promise": HALF_AN_HOUR}
    before = Session.objects.count()
    browser = Client(enforce_csrf_checks=True, headers={"Origin": "https://evil.example"})
    assert browser.post(url, form).status_code == 403
    assert Session.objects.count() == before


def test_codes_tokens_and_confirmations_are_not_kept(client, coordinator):
    question = factories.question()
    mark = shown_form(client, change_page(question))[unsent.WHOSE]
    end_session(client)
    url = change_page(question)
    client.post(
        url, {"promise": HALF_AN_HOUR, "_save": "1", "code": "ABCD-EFGH", "password": "x y", unsent.WHOSE: mark}
    )
    kept = client.session[unsent.KEPT][url]["fields"]
    assert {"code", "password", unsent.WHOSE, "csrfmiddlewaretoken"}.isdisjoint(kept)
    client.post(f"{url.removesuffix('change/')}delete/", {"post": "yes", unsent.WHOSE: mark})
    client.post("/beheer/posts/question/", {"action": "make_current", "_asked": "1", unsent.WHOSE: mark})
    assert [*client.session[unsent.KEPT]] == [url]


def test_a_few_forms_at_once_and_not_without_end(client, coordinator):
    rows = [factories.question(current=False) for _ in range(unsent.MOST_PLACES + 2)]
    forms = [(change_page(row), shown_form(client, change_page(row)) | {"promise": HALF_AN_HOUR}) for row in rows]
    end_session(client)
    for url, form in forms:
        client.post(url, form)
    assert [*client.session[unsent.KEPT]] == [url for url, _ in forms[2:]]


def test_a_message_to_a_cafe_is_given_back_too(client, coordinator):
    cafe = factories.cafe()
    url = f"/beheer/events/cafe/{cafe.pk}/bericht/"
    page = client.get(url).text
    mark = re.search(rf'name="{unsent.WHOSE}" value="([^"]+)"', page)[1]
    key = re.search(r'name="key" value="([^"]+)"', page)[1]
    sent = {"audience": "all", "subject": "Andere ingang", "text": "Kom door\nde tuin.", "key": key, unsent.WHOSE: mark}
    end_session(client)
    answer = client.post(url, sent)
    assert (
        unquote(answer.headers["Location"]) == f"/beheer/login/?next=/beheer/niet-bewaard/?voor={quote(url, safe='')}"
    )
    log_in(client, coordinator.email)
    page = client.get("/beheer/niet-bewaard/", {"voor": url}).text
    assert f'<a href="{url}">Terug naar de pagina zelf</a>' in page and "Versturen" not in page
    assert "Kom door\nde tuin.</textarea>" in page and ">Onderwerp</label>" in page and ">Tekst</label>" in page
    assert client.post("/beheer/niet-bewaard/", {"voor": url}).headers["Location"] == "/beheer/"
    assert "Hier staat niets meer" in client.get("/beheer/niet-bewaard/", {"voor": url}).text


@pytest.mark.parametrize("voor", ["//evil.example/", "https://evil.example/", "/elders/"])
def test_the_page_leads_nowhere_else(client, coordinator, voor):
    page = client.get("/beheer/niet-bewaard/", {"voor": voor}).text
    assert "Hier staat niets meer" in page and voor not in page
    assert client.post("/beheer/niet-bewaard/", {"voor": voor, "terug": "1"}).headers["Location"] == "/beheer/"
    again = client.post("/beheer/niet-bewaard/", {"voor": voor, unsent.AGAIN: "1"})
    assert again.status_code == 200 and voor not in again.text


def test_what_was_typed_before_a_decision_is_shown_and_not_sent(client, coordinator):
    """Words for a decision come back; the decision is made anew, about what is on the page then."""
    post = factories.post()
    url = "/beheer/posts/post/"
    mark = unsent.SIGNER.sign(coordinator.key.hex)
    sent = {"action": "translate", "_asked": "1", "_selected_action": post.pk, "lang": "ar"}
    end_session(client)
    client.post(url, sent | {"rendering": "Meer tijd voor elk kind.", unsent.WHOSE: mark})
    log_in(client, coordinator.email)
    page = client.get("/beheer/niet-bewaard/", {"voor": url}).text
    assert "Meer tijd voor elk kind.</textarea>" in page and 'name="_asked"' not in page and "Versturen" not in page


def test_every_form_of_staff_with_words_tells_whose_it_is():
    """A form without the mark loses what is typed when the session ends."""
    without = []
    for folder in ("plan", "plan/notes", "events/admin", "backoffice"):
        for file in Path(site_settings.BASE_DIR, "templates", folder).glob("*.html"):
            for form in re.findall(r"<form.*?</form>", file.read_text(), re.DOTALL):
                if (
                    'method="post"' in form
                    and "{% whose %}" not in form
                    and re.search(r"<textarea|type=\"text\"", form)
                ):
                    without.append(str(file))
    assert [each for each in without if not each.endswith("renaming.html")] == []  # it sends on what the form sent


def test_a_question_that_was_taken_away_meanwhile(client, coordinator):
    """Then there is no form to offer it in."""
    question = factories.question(current=False)
    url = change_page(question)
    form = shown_form(client, url) | {"promise": HALF_AN_HOUR}
    end_session(client)
    client.post(url, form)
    question.delete()
    log_in(client, coordinator.email)
    page = client.get(url)
    assert page.status_code == 404 and f"{HALF_AN_HOUR}</textarea>" in page.text
    assert f"{HALF_AN_HOUR}</textarea>" in client.get(url).text  # until they took it over
    client.post("/beheer/niet-bewaard/", {"voor": url})
    assert client.get(url).status_code == 302
