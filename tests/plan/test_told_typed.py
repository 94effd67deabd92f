"""What somebody typed stays on the page, with why it was not kept: of writers, and of who answers them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from plan.actions import answering
from plan.actions.answering import Said
from plan.models import Answer, Publication, ToldVoice
from plan.views.told import answers
from tests.helpers import factories
from tests.helpers.browsers import browser_of, logged_in
from tests.plan import helpers
from tests.plan.telling import finish, lay, publish, publish_and_tell, told_of, with_bram
from tests.plan.test_told_as_shown import Open
from tests.plan.test_told_pages import link_of, words
from werkplaats.models import User

pytestmark = pytest.mark.django_db
TYPED = "Vooral bij de overstap."
STILL_THERE = "Je tekst staat hieronder nog: kopieer die"
OWN = "/mijn-bijdragen/"


@pytest.fixture
def desk(desk, settings):
    """Bram, a person, and a browser were told; neither answered. Anouk and Joris sort."""
    with_bram(desk, settings)
    desk.browser = factories.visitor()
    desk.hers = helpers.voice(desk.question, visitor=desk.browser, name="Fatima", text="Steeds hetzelfde.")
    lay(desk, *desk.voices, desk.his, desk.hers)
    finish(desk.lines, desk.anouk)
    publish_and_tell(desk)
    desk.link = link_of(desk.bram)
    return desk


def no(client: Client, page: str):
    """A page that is open; a function that sends the no that was typed on it."""
    opened = Open(page, client)
    return lambda: opened.press("nee", bedoelde=TYPED)


@pytest.fixture(params=["the link", "the page of one's own"])
def say_no(request, desk):
    if request.param == "the link":
        return no(Client(), desk.link)
    return no(browser_of(desk.browser), OWN)


def refused(response, why: str) -> None:
    shown = words(response)
    assert response.status_code == 409 and why in shown
    assert STILL_THERE in shown and TYPED in shown and 'role="alert"' in response.text
    assert not ToldVoice.objects.exclude(answer="").exists()


def test_what_was_typed_stays_when_a_correction_came_meanwhile(desk, say_no):
    finish(desk.lines, desk.anouk, heard="Iets heel anders.")
    publish(desk, changed="Een andere zin.")
    refused(say_no(), answers.CHANGED)


def test_and_when_the_term_is_over(desk, say_no):
    Publication.objects.update(reacts_until=timezone.localdate() - timedelta(days=1))
    refused(say_no(), answering.OVER)


def test_and_when_the_words_were_removed(desk, say_no):
    for voice in (desk.his, desk.hers):
        voice.post.remove(None, "kwetsend")
    refused(say_no(), answers.NOT_THERE)


def test_and_when_the_link_opens_nothing_any_more(desk):
    say = no(Client(), desk.link)
    User.objects.filter(pk=desk.bram.pk).update(email="nieuw@example.org")
    response = say()
    assert response.status_code == 404 and TYPED in words(response) and STILL_THERE in words(response)


def test_a_yes_on_an_old_page_is_told_why_it_was_not_kept(desk):
    opened = Open(desk.link)
    finish(desk.lines, desk.anouk, heard="Iets heel anders.")
    publish(desk, changed="Een andere zin.")
    response = opened.press("ja")
    assert response.status_code == 409 and answers.CHANGED in words(response)
    assert STILL_THERE not in words(response)


def test_a_no_that_may_be_sent_again_stands_in_its_box_alone(desk):
    say = no(Client(), desk.link)
    answering.answer(told_of(desk.his).pk, 0, Said(Answer.YES))
    response = say()
    assert response.status_code == 409 and answering.CHANGED in words(response)
    assert response.text.count(TYPED) == 1 and STILL_THERE not in words(response)


# Who answers a no


@pytest.mark.parametrize("what", ["a yes since", "removed", "erased"])
def test_a_reply_to_what_is_not_there_any_more_stays_on_the_page(desk, what):
    row = answering.answer(told_of(desk.his).pk, 0, Said(Answer.NO, "De dokter."))
    page = f"/beheer/werkbank/{desk.harvest.pk}/bedoeld/"
    if what == "a yes since":
        answering.answer(row.pk, row.version, Said(Answer.YES))
        why = answering.MEANT_ANEW
    elif what == "removed":
        desk.his.post.remove(None, "kwetsend")
        why = answering.NOT_READ
    else:
        desk.his.post.erase(None)
        why = answering.ERASED
    sent = {"bedoeld": row.pk, "gezien": 1, "antwoord": TYPED}
    response = logged_in(desk.anouk).post(f"{page}antwoord/", sent)
    assert response.status_code == 409 and why in response.text
    assert TYPED in response.text and STILL_THERE in response.text
    assert not ToldVoice.objects.exclude(reply="").exists()
