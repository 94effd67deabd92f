"""From Afronden to everyone: the preview, the press, stopping the letters; and two coordinators at once."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from plan.actions import laying, stacks
from plan.models import Choice, Does, PlanStep, Publication
from plan.models.publications import REACTION_TERM
from tests.helpers import factories
from tests.helpers.browsers import logged_in
from tests.helpers.shown_form import Fields
from tests.plan import helpers, telling
from tests.plan.telling import finish, lay, publish, with_bram

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(desk, settings):
    with_bram(desk, settings)
    desk.page = f"/beheer/werkbank/{desk.harvest.pk}/openbaar/"
    return desk


@pytest.fixture
def laid(desk):
    lay(desk, *desk.voices, desk.his)
    finish(desk.lines, desk.anouk)
    return desk


def press(browser: Client, page: str, **more):
    """The form that makes public, as it stands on the page."""
    sent = shown_form(browser, page)
    return browser.post(f"{page}maak/", sent | more)


def shown_form(browser: Client, page: str) -> dict[str, str]:
    """What the form that makes public sends: the last one on the page."""
    fields = Fields()
    fields.feed(browser.get(page).text.rpartition("<form")[2])
    return {name: values[0] for name, values in fields.sent.items()}


def words(response) -> str:
    return " ".join(response.text.partition("<main")[2].split())


def test_who_may_not_sort_sees_nothing(desk):
    assert logged_in(factories.user(is_staff=True)).get(desk.page).status_code == 403
    assert Client().get(desk.page).status_code == 302
    assert Client().post(f"{desk.page}maak/").status_code == 302


def test_what_is_in_the_way_is_told_and_there_is_no_button(desk):
    shown = words(logged_in(desk.anouk).get(desk.page))
    assert "4 stemmen hebben nog geen bestemming" in shown
    assert "Publiceer en vertel" not in shown


def test_the_preview_says_what_becomes_public_and_who_hears(laid):
    card = helpers.card(laid.his, laid.lines)
    laying.quote(laid.harvest.pk, card.pk, card.version, laid.anouk, source_version=1, is_quote=True)
    shown = words(logged_in(laid.anouk).get(laid.page))
    assert telling.SENTENCE in shown and "Voorstel voor het plan" in shown
    assert "“Eén keer vertellen is genoeg.”" in shown and "Bram" in shown
    assert "1 persoon krijgt een mail, 3 zien het op de site, 3 stemmen zonder adres." in shown
    assert f'value="{timezone.localdate() + REACTION_TERM:%Y-%m-%d}"' in shown


def test_a_quote_under_a_refusal_has_no_name(laid):
    refused = {"choice": Choice.NOT, "words": "het mag niet van de wet", "decided_by": "Het bestuur"}
    stacks.choose(
        laid.harvest.pk, laid.lines.pk, telling.version(laid.lines), laid.anouk, decided_on=date(2026, 11, 1), **refused
    )
    card = helpers.card(laid.his, laid.lines)
    laying.quote(laid.harvest.pk, card.pk, card.version, laid.anouk, source_version=1, is_quote=True)
    shown = words(logged_in(laid.anouk).get(laid.page))
    assert "zonder naam" in shown and "Bram" not in shown


def test_the_term_is_that_of_the_plan(laid):
    until = timezone.localdate() + timedelta(days=30)
    PlanStep.objects.create(name="voor reactie", does=Does.REACT, day=timezone.localdate(), until=until)
    assert f'value="{until:%Y-%m-%d}"' in logged_in(laid.anouk).get(laid.page).text


def test_the_press_makes_public_and_the_page_says_until_when_it_can_be_stopped(laid):
    browser = logged_in(laid.anouk)
    response = press(browser, laid.page)
    assert (response.status_code, response.url) == (302, laid.page)
    publication = Publication.objects.get()
    assert (publication.by, publication.version) == (laid.anouk, laid.harvest.__class__.objects.get().version)
    shown = words(browser.get(laid.page))
    assert "Tot dan kun je ze tegenhouden." in shown and "Wat er veranderde, in één zin" in shown
    assert browser.post(f"{laid.page}stop/", {"publicatie": publication.pk}).status_code == 302
    assert browser.post(f"{laid.page}stop/", {"publicatie": publication.pk}).status_code == 302
    assert "Anouk hield de mails tegen" in words(browser.get(laid.page))


def test_stopping_too_late_says_that_they_went(laid):
    publication = telling.publish_and_tell(laid)
    browser = logged_in(laid.anouk)
    browser.post(f"{laid.page}stop/", {"publicatie": publication.pk})
    assert "1 persoon kreeg een mail, 3 mensen zien het op de site." in words(browser.get(laid.page))
    publication.refresh_from_db()
    assert publication.stopped_at is None


def test_a_double_click_publishes_once(laid):
    browser = logged_in(laid.anouk)
    sent = shown_form(browser, laid.page)
    answers = [browser.post(f"{laid.page}maak/", sent) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Publication.objects.count() == 1


def test_a_double_click_on_a_correction_publishes_once(laid):
    publish(laid)
    browser = logged_in(laid.anouk)
    sent = shown_form(browser, laid.page) | {"veranderd": "Een komma."}
    answers = [browser.post(f"{laid.page}maak/", sent) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Publication.objects.count() == 2


def test_of_two_coordinators_the_second_reads_who_was_first(laid):
    pages = {user: shown_form(logged_in(user), laid.page) for user in (laid.anouk, laid.joris)}
    assert logged_in(laid.joris).post(f"{laid.page}maak/", pages[laid.joris]).status_code == 302
    second = logged_in(laid.anouk).post(f"{laid.page}maak/", pages[laid.anouk])
    assert second.status_code == 409
    assert "Joris was je net voor" in second.text
    assert Publication.objects.count() == 1


def test_a_stale_page_publishes_nothing(laid):
    browser = logged_in(laid.anouk)
    sent = shown_form(browser, laid.page)
    stacks.hear(laid.harvest.pk, laid.lines.pk, "Anders.", telling.version(laid.lines), laid.joris)
    response = browser.post(f"{laid.page}maak/", sent | {"tot": "2027-03-14"})
    assert response.status_code == 409 and "veranderd sinds je keek" in response.text
    assert 'value="2027-03-14"' in response.text and "Anders." in response.text
    assert not Publication.objects.exists()


@pytest.mark.parametrize(
    ("typed", "told"),
    [("", "Kies tot en met welke dag"), ("2020-01-01", "Kies een dag die nog komt"), ("2026-02-31", "Vul de dag in")],
)
def test_a_term_must_be_a_day_to_come(laid, typed, told):
    response = press(logged_in(laid.anouk), laid.page, tot=typed)
    assert response.status_code == 409 and told in response.text
    assert not Publication.objects.exists()


def test_opening_the_addresses_of_forms_changes_nothing(laid):
    browser = logged_in(laid.anouk)
    for name in ("maak/", "stop/"):
        assert browser.get(laid.page + name).url == laid.page
    assert not Publication.objects.exists()


def test_a_correction_shows_what_is_other_than_before(laid):
    publish(laid)
    stacks.hear(laid.harvest.pk, laid.lines.pk, "Eén keer.", telling.version(laid.lines), laid.anouk)
    shown = words(logged_in(laid.anouk).get(laid.page))
    assert "anders" in shown and f"Er stond: {telling.SENTENCE}" in shown


def test_it_takes_as_many_queries_for_three_voices_as_for_one(laid):
    browser = logged_in(laid.anouk)
    taken = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            browser.get(laid.page)
        taken.append(len(captured))
        more = [helpers.voice(laid.question) for _ in range(3)]
        lay(laid, *more)
        laid.harvest.refresh_from_db()
    assert taken == [18, 18]


def test_afronden_leads_to_it(laid):
    browser = logged_in(laid.anouk)
    assert f'href="{laid.page}"' in browser.get(f"/beheer/werkbank/{laid.harvest.pk}/afronden/").text
