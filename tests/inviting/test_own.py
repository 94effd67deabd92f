"""The page that a consulent invites from, by the key in a mail and by a log-in: what it shows, what a press does."""

import html
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pghistory.models import Context

from inviting import reading, tokens
from inviting.models import Call, CallState, Consulent, Monday, MondayMail
from tests.events import mailing
from tests.helpers import factories
from tests.helpers.browsers import browser_of
from tests.inviting import helpers
from werkplaats.invited.mailto import MOST, fits
from werkplaats.invited.models import Act, Kind, LinkFigure, month_of
from werkplaats.mutes.models import Mute
from werkplaats.people import visitors
from werkplaats.people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def question():
    return helpers.question()


@pytest.fixture
def anna():
    return helpers.consulent("Anna")


@pytest.fixture
def path(anna) -> str:
    return path_of(anna)


def path_of(consulent: Consulent) -> str:
    return f"/uitnodigen/{tokens.token_of(consulent)}/"


def logged_in(user: User) -> Client:
    return browser_of(visitors.own(user))


def text_in(page: str) -> str:
    """What a browser puts in the field: without the first line end."""
    return html.unescape(re.search(r"data-invitation[^>]*>(.*?)</textarea>", page, re.DOTALL)[1]).removeprefix("\n")


def test_the_mail_and_the_log_in_open_the_same_page(client, question, anna, path):
    mailed, mine = client.get(path), logged_in(anna.user).get("/uitnodigen/")
    for page in (mailed, mine):
        assert "no-store" in page.headers["Cache-Control"]
        assert question.text in page.text
        assert f"http://testserver{anna.link.path()}" in text_in(page.text)
        assert "Meedoen maakt niets uit voor de hulp aan je kind." in page.text
        assert (
            "<bdi>Anna</bdi> krijgt geen lijst van wie schreef. Wat op de site staat, kan iedereen lezen." in page.text
        )
        assert "Gebruik geen adressen uit leerlingdossiers. Vraag geen ouders over wie je nu adviseert" in page.text
        assert 'class="qr"' in page.text


def test_the_first_line_is_empty_and_the_link_stands_last(client, question, anna, path):
    text = text_in(client.get(path).text)
    assert text.startswith("\n\nWe denken samen na")
    assert text.endswith(f"\n\nhttp://testserver{anna.link.path()}")


@pytest.mark.parametrize("kind", Kind.of_consulenten())
def test_three_kinds_each_with_its_link_and_its_mail_program(client, question, anna, path, kind):
    page = client.get(f"{path}?soort={kind.value}").text
    text = text_in(page)
    assert text.endswith(f"http://testserver{anna.link.path(kind)}")
    link = html.unescape(re.search(r'href="(mailto:[^"]+)"', page)[1])
    assert fits(link)
    query = parse_qs(urlsplit(link).query)
    assert query == {"subject": ["Denk je mee?"], "body": [text.replace("\n", "\r\n")]}
    assert f'data-invitation="{kind.value}"' in page


@pytest.mark.parametrize("kind", Kind.of_consulenten())
def test_the_general_texts_fit_in_a_mail_program_with_a_long_question(kind, anna, settings):
    settings.SITE_URL = "https://werkplaats.samenwerkingsverband-noord-holland.example"
    question = factories.question(text=("Wat vinden «ouders» & één school? " * 6)[:200])
    assert len(question.text) >= 190
    assert len(reading.text_of(anna, kind, question, Monday.objects.load()).mailto) <= MOST


def test_a_text_that_does_not_fit_is_told_to_be_copied(client, question, path):
    Monday.objects.load()
    Monday.objects.update(plain="é " * 590)
    page = client.get(path).text
    assert re.search(r'data-mailto="uitnodiging" hidden', page)
    assert '<p class="small muted" id="uitnodiging-te-lang">' in page


def test_an_unknown_kind_is_the_plain_one(client, question, anna, path):
    assert text_in(client.get(f"{path}?soort=actie").text).endswith(anna.link.path())


def test_the_words_of_the_coordinator(client, question, path):
    Monday.objects.load()
    Monday.objects.update(meeting="Zet het op de agenda & schrijf mee.")
    assert "\n\nZet het op de agenda & schrijf mee.\n\n" in text_in(client.get(f"{path}?soort=overleg").text)


def test_without_a_question_there_is_nothing_to_copy(client, path):
    page = client.get(path)
    assert page.status_code == 200
    assert "Er is nu geen vraag open" in page.text
    assert "data-invitation" not in page.text


def test_opening_it_changes_nothing(client, question, path):
    before = list(Consulent.objects.values())
    assert client.get(f"{path}?gezegd=uit").status_code == 200
    assert list(Consulent.objects.values()) == before
    assert not Mute.objects.exists()


def test_who_is_nobody_logs_in_and_who_is_no_consulent_finds_nothing(client, question):
    assert client.get("/uitnodigen/").url == "/accounts/login/?next=%2Fuitnodigen%2F"
    assert logged_in(User.objects.confirmed("zomaar@example.org")).get("/uitnodigen/").status_code == 404


def test_yes_by_the_mail_proves_the_address_and_twice_is_once(client, question):
    user = User.objects.unconfirmed("nieuw@example.org")
    made = Consulent.objects.invite(user, "Anna")
    mailing.forget()
    path = path_of(made)
    assert "Wil je op maandag een mail?" in client.get(path).text
    assert not User.objects.reachable().filter(pk=user.pk).exists()
    for _ in range(2):
        assert client.post(path, {"doe": "ja"}).url == f"{path}?gezegd=ja"
    made.refresh_from_db()
    assert made.agreed_at and made.gets_mail
    page = client.get(f"{path}?gezegd=ja").text
    assert "Je krijgt de mail op maandag." in page
    assert "Wil je op maandag een mail?" not in page


def test_off_with_one_press_and_back_with_one(client, question, anna, path):
    client.post(path, {"doe": "uit"})
    assert not anna.gets_mail
    page = client.get(path).text
    assert "Zet de mail aan" in page and "data-invitation" in page
    client.post(path, {"doe": "ja"})
    assert anna.gets_mail
    assert "Zet de mail uit" in client.get(path).text


def test_an_old_address_does_not_say_that_it_is_off_while_it_is_on(client, question, anna, path):
    off, on = "De mail is uit.", "Je krijgt de mail op maandag."
    assert off not in client.get(f"{path}?gezegd=uit").text
    assert on in client.get(f"{path}?gezegd=ja").text
    client.post(path, {"doe": "uit"})
    assert off in client.get(f"{path}?gezegd=uit").text
    assert on not in client.get(f"{path}?gezegd=ja").text


@pytest.mark.parametrize("mondays", [7, 8, 9])
def test_after_eight_mondays_the_page_asks_too(client, question, mondays):
    made = helpers.consulent(mondays=mondays)
    asks = mondays >= 8
    assert ("Wil je doorgaan?" in client.get(path_of(made)).text) == asks
    client.post(path_of(made), {"doe": "ja"})
    assert "Wil je doorgaan?" not in client.get(path_of(made)).text
    made.refresh_from_db()
    assert (made.mondays, made.gets_mail) == (0, True)


def test_a_press_that_there_is_not_does_nothing(client, question, path):
    before = list(Consulent.objects.values())
    assert client.post(path, {"doe": "weg"}).url == path
    assert list(Consulent.objects.values()) == before


# Tokens.


def test_a_token_of_who_left_opens_nothing_also_when_they_come_back(client, question, anna, path):
    user = anna.user
    anna.delete()
    assert client.get(path).status_code == 404
    again = Consulent.objects.invite(user, "Anna")
    assert client.get(path).status_code == 404
    assert client.get(path_of(again)).status_code == 200


def test_a_token_of_who_has_no_access_any_more_opens_nothing(client, question, anna, path):
    User.objects.filter(pk=anna.user_id).update(is_active=False)
    page = client.get(path)
    assert (page.status_code, "Anna" in page.text) == (404, False)


def test_a_token_that_was_mailed_to_another_address_opens_nothing(client, question, anna, path):
    User.objects.filter(pk=anna.user_id).update(email="anders@example.org")
    assert client.get(path).status_code == 404


def test_a_foreign_or_mistyped_token_opens_nothing_and_says_what_to_do(client, question, anna, path):
    from werkplaats.mutes.links import token_of

    other = helpers.consulent("Bo")
    mixed = f"{tokens.token_of(anna).split('.')[0]}.{tokens.token_of(other).split('.', 1)[1]}"
    for token in ("x", "a.b.c", anna.link.code, path.strip("/")[11:-1], mixed, token_of(anna.user, "mondays")):
        page = client.get(f"/uitnodigen/{token}/")
        assert page.status_code == 404, token
        assert "Deze link werkt niet" in page.text
        assert client.post(f"/uitnodigen/{token}/", {"doe": "uit"}).status_code == 404
        assert client.post(f"/uitnodigen/{token}/missen/", {"name": "IB"}).status_code == 404
    assert not Mute.objects.exists()


def test_the_token_opens_nothing_else(client, question, anna, path):
    token = tokens.token_of(anna)
    client.get(path)
    assert "sessionid" not in client.cookies and "bezoeker" not in client.cookies
    for address in ("/mails/{}/", "/jouw-inbreng/{}/", "/meelezen/{}/", "/bijdragen/bevestigen/{}/"):
        page = client.get(address.format(token))
        assert "anna@example.org" not in page.text
        assert page.status_code == 404 or "werkt niet" in page.text or "Anna" not in page.text
    assert client.get("/uitnodigen/").status_code == 302


# Who is missed.


def test_a_suggestion_is_on_the_list_without_who_said_so_and_once(question, anna, path):
    browser = logged_in(anna.user)
    for address in ("/uitnodigen/missen/", f"{path}missen/"):
        answer = browser.post(address, {"name": "de leerlingenraden"})
        assert answer.url.endswith("?gezegd=mist#missen")
    call = Call.objects.get()
    assert (call.name, call.state, call.by) == ("de leerlingenraden", CallState.SUGGESTED, None)
    assert not [each for each in Context.objects.all() if "missen" in str(each.metadata.get("url"))]
    assert not Call.pgh_event_model.objects.exclude(pgh_context=None).exists()


def test_thanks_and_errors_stand_in_the_form_and_get_the_focus(client, question, path):
    def form(page) -> str:
        return page.text.split(f'action="{path}missen/#missen">')[1].split("</form>")[0]

    thanked = client.get(f"{path}?gezegd=mist")
    assert thanked.text.count("Dank je wel. De coördinator kijkt ernaar.") == 1
    assert "Dank je wel. De coördinator kijkt ernaar." in form(
        thanked
    ) and 'id="missen" tabindex="-1" data-focus' in form(thanked)
    wrong = client.post(f"{path}missen/?gezegd=mist", {"name": ""})
    assert "Dank je wel." not in wrong.text
    assert 'id="missen" tabindex="-1" data-focus' in form(wrong) and "Schrijf welke groep" in form(wrong)


@pytest.mark.parametrize(
    "typed", ["anna@school.nl", "Bel 06 12345678", "www.school.nl", "piet at school punt nl", "Dorpsweg 3, Winsum", ""]
)
def test_nothing_by_which_one_reaches_a_person_fits(client, question, path, typed):
    page = client.post(f"{path}missen/", {"name": typed})
    assert page.status_code == 422
    assert f'value="{typed}"' in page.text or not typed
    assert "Geen namen van mensen." in page.text
    assert not Call.objects.exists()


def test_opening_the_address_of_the_form_leads_to_the_page(client, question, anna, path):
    assert client.get(f"{path}missen/").url == path
    assert logged_in(anna.user).get("/uitnodigen/missen/").url == "/uitnodigen/"
    assert client.post("/uitnodigen/missen/", {"name": "IB"}).status_code == 404


def test_vandaag_lists_it(client, settings, question, path):
    settings.DEMO = True
    client.post(f"{path}missen/", {"name": "de leerlingenraden"})
    client.force_login(factories.coordinator())
    assert "Wie we nog missen, volgens consulenten" in client.get("/beheer/").text


# What came of it.


def figures(month, **told) -> None:
    """`told` by «act_kind»."""
    for name, number in told.items():
        act, kind = name.split("_")
        LinkFigure.objects.create(month=month, kind=kind, act=act, counted=number, told=number if number >= 5 else 0)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"gebruikt_gewoon": 5, "afgemaakt_gewoon": 16, "afgemaakt_overleg": 7}, 23),
        ({"gebruikt_gewoon": 4, "afgemaakt_gewoon": 16}, None),
        ({"gebruikt_gewoon": 9, "afgemaakt_gewoon": 4}, None),
        ({"gebruikt_gewoon": 9, "afgemaakt_gewoon": 6, "afgemaakt_overleg": 4}, 6),
        ({"gebruikt_gewoon": 5, "afgemaakt_actie": 50, "afgemaakt_zonder": 50}, None),
    ],
)
def test_what_all_brought_together_is_told_from_five_links_on(client, question, path, told, said):
    figures(month_of(timezone.localdate()), **told)
    page = client.get(path).text
    assert (f"brachten jullie er samen {said}." in page) == bool(said)
    assert ("brachten jullie" in page) == bool(said)


# The way in, the mail that asks, and what is kept.


@pytest.mark.parametrize("page", ["/", "/denk-praat-doe-mee/", "/cafes/", "/mijn-bijdragen/"])
def test_the_menu_leads_there_for_consulenten_alone_and_costs_nobody_a_query(question, anna, page):
    way, asked = '<li><a href="/uitnodigen/"><span>Uitnodigen</span></a></li>', []
    other = User.objects.confirmed("zomaar@example.org")
    for user in (anna.user, other):
        browser = logged_in(user)
        browser.get(page)
        with CaptureQueriesContext(connection) as queries:
            assert (way in browser.get(page).text) == (user == anna.user)
        asked.append(len(queries))
        about = [query["sql"] for query in queries if "inviting_consulent" in query["sql"]]
        assert len(about) == 1 and " JOIN " in about[0], "with who is logged in"
    assert asked[0] == asked[1]
    assert way not in Client().get(page).text


def test_the_page_asks_as_often_with_more_consulenten(client, question, path, django_assert_num_queries):
    factories.post(question)
    client.get(path)
    for name in ("Bo", "Cas"):
        with django_assert_num_queries(11):
            client.get(path)
        helpers.consulent(name)


def test_what_is_kept_of_a_consulent_is_shown_to_them_and_goes_with_them(question, anna, settings, tmp_path):
    from werkplaats.avg import erasing
    from werkplaats.avg.rows import rows_of
    from werkplaats.privacy.person import Person, Words

    settings.ERASED_LIST = tmp_path / "erased.jsonl"
    code = anna.link.code
    MondayMail.objects.create(consulent=anna, day=timezone.localdate())
    anna.name = "Anna K."
    anna.save()
    person = Person.of_user(anna.user)
    assert {"inviting.Consulent", "inviting.MondayMail"} <= {row.model._meta.label for row in rows_of(person)}
    row = erasing.erase(person, Words.GO)
    assert row.counts["consulenten"] == 1
    assert rows_of(person) == []
    assert not Consulent.objects.exists() and not MondayMail.objects.exists()
    assert not Consulent.pgh_event_model.objects.exists()
    assert type(anna.link).objects.filter(code=code).exists(), "what was printed stays a way in"


def test_figures_of_links_say_nothing_of_whose(anna):
    LinkFigure.objects.create(month=month_of(timezone.localdate()), kind=Kind.PLAIN, act=Act.SENT, counted=9, told=9)
    assert not [each for each in LinkFigure._meta.get_fields() if each.name in ("user", "consulent")]
