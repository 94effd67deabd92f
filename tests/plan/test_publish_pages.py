"""From Afronden to everyone: the preview, the press, stopping the letters; and two coordinators at once."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from plan.actions import informing, laying, publishing, stacks
from plan.models import Choice, Does, PlanStep, Publication, Told
from plan.models.publications import REACTION_TERM
from tests.helpers import factories
from tests.helpers.browsers import logged_in
from tests.helpers.races import in_between
from tests.helpers.shown import hidden
from tests.helpers.shown_form import Fields
from tests.plan import helpers, telling
from tests.plan.heard_helpers import sentence
from tests.plan.telling import finish, lay, publish, with_bram
from werkplaats.models import Werkgebied

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
    assert telling.SENTENCE in shown and "Dit zijn voorstellen voor het plan" in shown
    assert "“Eén keer vertellen is genoeg.”" in shown and "Bram" in shown
    assert "1 persoon krijgt een mail." in shown and "3 mensen lezen het alleen op de site" in shown
    assert "weten we niet wie" not in shown, "each person stands in one of the figures"
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
    assert "Tot dan kun je ze tegenhouden." in words(browser.get(laid.page))
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
    telling.lay_another(laid)
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
    assert "Wat er veranderde, in één zin" in shown


def test_a_correction_says_which_sentence_leans_on_what_goes_to_the_plan_no_more(laid):
    sentence([laid.lines], "Ieder kind vertelt het één keer.")
    publish(laid)
    browser = logged_in(laid.anouk)
    finish(laid.lines, laid.anouk, heard="Iets anders.")
    assert "leunt hierop" not in browser.get(laid.page).text
    stacks.choose(
        laid.harvest.pk,
        laid.lines.pk,
        telling.version(laid.lines),
        laid.anouk,
        choice=Choice.NOT,
        words="het mag niet.",
        decided_by="Het bestuur",
        decided_on=date(2026, 11, 1),
    )
    assert "Let op: zin 1.1 van het concept leunt hierop." in browser.get(laid.page).text


def test_a_correction_without_a_change_is_not_offered_and_refused(laid):
    publish(laid)
    browser = logged_in(laid.anouk)
    telling.lay_another(laid)
    sent = shown_form(browser, laid.page) | {"veranderd": "Een komma."}
    assert logged_in(laid.joris).post(f"{laid.page}maak/", sent).status_code == 302
    shown = words(browser.get(laid.page))
    assert "Er is niets veranderd sinds" in shown and "Publiceer en vertel" not in shown
    response = browser.post(f"{laid.page}maak/", sent | {"na": "2"})
    assert response.status_code == 409 and "Er is niets veranderd sinds" in response.text
    assert Publication.objects.count() == 2


def remove_one(laid):
    laid.his.post.remove(None, "kwetsend")


def quote_one(laid):
    card = helpers.card(laid.his, laid.lines)
    laying.quote(laid.harvest.pk, card.pk, card.version, laid.anouk, source_version=1, is_quote=True)


def name_a_part_of_the_region(laid):
    Werkgebied.objects.create(name="Een gebied dat erbij kwam")


def choose_otherwise(laid):
    finish(laid.lines, laid.anouk, choice=Choice.NEXT)


@pytest.mark.parametrize("change", [remove_one, quote_one, name_a_part_of_the_region, choose_otherwise])
def test_what_everyone_would_read_otherwise_is_a_change(laid, change):
    publish(laid)
    assert "Er is niets veranderd sinds" in words(logged_in(laid.anouk).get(laid.page))
    change(laid)
    assert "Er is niets veranderd sinds" not in words(logged_in(laid.anouk).get(laid.page))
    assert publish(laid, changed="Dit.").number == 2


# Letters that were stopped


@pytest.fixture
def stopped(laid):
    laid.publication = publish(laid)
    assert publishing.stop(laid.publication.pk, laid.anouk)
    return laid


def send_anyway(browser: Client, desk):
    return browser.post(f"{desk.page}alsnog/", {"publicatie": desk.publication.pk})


def due(publication: Publication) -> None:
    """The quarter of an hour went by."""
    Publication.objects.filter(pk=publication.pk).update(leaves_at=timezone.now())


def test_stopped_letters_leave_after_all_once_and_a_quarter_later(stopped):
    browser, other = logged_in(stopped.anouk), logged_in(stopped.joris)
    assert "Verstuur de mails alsnog" in words(browser.get(stopped.page))
    assert [send_anyway(each, stopped).status_code for each in (browser, other, browser)] == [302, 302, 302]
    stopped.publication.refresh_from_db()
    wait = stopped.publication.leaves_at - timezone.now()
    assert timedelta(minutes=14) < wait <= timedelta(minutes=15)
    assert ProcrastinateJob.objects.filter(task_name="plan.tasks.tell").count() == 2, "of the press, and of alsnog"
    informing.tell_when_due(stopped.publication.pk)
    assert not Told.objects.exists(), "the job of the first press comes too early"
    due(stopped.publication)
    for _ in range(2):
        informing.tell_when_due(stopped.publication.pk)
    assert (Told.objects.count(), ProcrastinateJob.objects.filter(task_name=informing.JOB).count()) == (4, 1)
    send_anyway(browser, stopped)
    informing.tell_when_due(stopped.publication.pk)
    assert Told.objects.count() == 4
    assert "Verstuur de mails alsnog" not in words(browser.get(stopped.page))


def test_what_leaves_after_all_can_be_stopped_again(stopped):
    browser = logged_in(stopped.joris)
    send_anyway(browser, stopped)
    assert "Houd de mails tegen" in words(browser.get(stopped.page))
    browser.post(f"{stopped.page}stop/", {"publicatie": stopped.publication.pk})
    assert "Joris hield de mails tegen" in words(browser.get(stopped.page))
    due(stopped.publication)
    informing.tell_when_due(stopped.publication.pk)
    assert not Told.objects.exists()


def test_letters_that_a_correction_took_over_do_not_leave(stopped):
    telling.lay_another(stopped)
    publish(stopped, changed="Eén erbij.")
    response = send_anyway(logged_in(stopped.anouk), stopped)
    assert response.status_code == 409 and "intussen verbeterd" in response.text
    stopped.publication.refresh_from_db()
    assert stopped.publication.stopped_at


def test_the_figures_beside_the_button_are_who_is_told(stopped):
    assert "1 persoon krijgt dan een mail, 3 mensen lezen het op de site" in words(
        logged_in(stopped.anouk).get(stopped.page)
    )


def test_opening_the_address_of_alsnog_sends_nothing(stopped):
    assert logged_in(stopped.anouk).get(f"{stopped.page}alsnog/").url == stopped.page
    assert logged_in(factories.user(is_staff=True)).post(f"{stopped.page}alsnog/").status_code == 403
    stopped.publication.refresh_from_db()
    assert stopped.publication.stopped_at


@pytest.mark.django_db(transaction=True)
def test_a_correction_and_alsnog_at_the_same_moment_send_the_correction_alone(transactional_db):
    desk = helpers.Desk()
    lay(desk, *desk.voices)
    finish(desk.lines, desk.anouk)
    first = publish(desk)
    publishing.stop(first.pk, desk.anouk)
    telling.lay_another(desk)
    errors = in_between(lambda: publish(desk, changed="Eén erbij."), lambda: publishing.send_after_all(first.pk))
    assert [str(error) for error in errors] == [publishing.CORRECTED]
    waiting = Publication.objects.filter(stopped_at=None)
    assert [each.number for each in waiting] == [2]


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


def test_an_old_page_does_not_undo_a_later_stop(laid):
    """Two sorters: one sends after all and stops again, the other presses on the page of before."""
    publication = publish(laid)
    publishing.stop(publication.pk, laid.anouk)
    browser = logged_in(laid.joris)
    stale = hidden(browser.get(laid.page).text, "stop")
    publishing.send_after_all(publication.pk)
    publishing.stop(publication.pk, laid.anouk)
    browser.post(f"{laid.page}alsnog/", {"publicatie": publication.pk, "stop": stale})
    publication.refresh_from_db()
    assert publication.stopped_at
    fresh = hidden(browser.get(laid.page).text, "stop")
    browser.post(f"{laid.page}alsnog/", {"publicatie": publication.pk, "stop": fresh})
    publication.refresh_from_db()
    assert publication.stopped_at is None
