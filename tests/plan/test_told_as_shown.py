"""What a writer presses is about what stood on their page, and is theirs alone."""

import re

import pytest
from django.test import Client

from plan.actions import answering, concept, laying, writing
from plan.actions.answering import Said
from plan.models import Answer, ToldVoice
from plan.reading import changes, meant
from tests.helpers import factories
from tests.helpers.browsers import browser_of
from tests.plan import helpers, telling
from tests.plan.telling import finish, lay, person, publish_and_tell, voice_of
from tests.plan.test_told_again import OTHERWISE, between, public
from tests.plan.test_told_pages import NOT, link_of, press, words
from werkplaats.people import visitors
from werkplaats.people.merging import held_by

pytestmark = pytest.mark.django_db
OF_A_STRANGER = "Meester Jan deugt niet."


@pytest.fixture
def desk(desk):
    """Bram is a person; of Ina's words nobody said yet that they are hers: a browser wrote them."""
    desk.bram, desk.browser = person("bram@example.org"), factories.visitor()
    desk.his = voice_of(desk.bram, desk.question, name="Bram", text="Ik wil het één keer vertellen.")
    desk.hers = helpers.voice(desk.question, visitor=desk.browser, email="ina@example.org", name="Ina")
    lay(desk, *desk.voices, desk.his, desk.hers)
    for voice in (desk.his, desk.hers):
        card = helpers.card(voice, desk.lines)
        laying.quote(desk.harvest.pk, card.pk, card.version, desk.anouk, source_version=1, is_quote=True)
    return desk


class Open:
    """A page that stays open: each press sends what stood in its form."""

    def __init__(self, link: str, browser: Client | None = None):
        self.browser = browser or Client()
        self.page = self.browser.get(link).text

    def press(self, doe: str, **typed: str):
        (form,) = (form for form in re.findall(r"<form.*?</form>", self.page, re.DOTALL) if f'value="{doe}"' in form)
        fields = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form))
        (action,) = re.findall(r'action="([^"]+)"', form)
        return self.browser.post(action, fields | {"doe": doe} | typed)


def answers(voice) -> list[str]:
    return list(ToldVoice.objects.filter(fragment=voice).order_by("pk").values_list("answer", flat=True))


def test_a_name_is_not_agreed_to_for_a_refusal_that_was_not_on_the_page(desk):
    finish(desk.lines, desk.anouk, **NOT)
    publish_and_tell(desk)
    open_page = Open(link_of(desk.bram))
    finish(desk.lines, desk.anouk, heard="Iets heel anders.", **OTHERWISE)
    publish_and_tell(desk, changed="Een andere reden.")
    response = open_page.press("naam")
    assert response.status_code == 409 and "Iets heel anders." in words(response)
    assert "Bram" not in public(desk)
    assert Open(link_of(desk.bram)).press("naam").status_code == 302
    assert "Bram" in public(desk)


def test_a_yes_is_not_kept_for_a_sentence_that_was_not_on_the_page(desk):
    finish(desk.lines, desk.anouk)
    publish_and_tell(desk)
    open_page = Open(link_of(desk.bram))
    finish(desk.lines, desk.anouk, heard="Iets heel anders.")
    publish_and_tell(desk, changed="Een andere zin.")
    response = open_page.press("ja")
    assert response.status_code == 409 and "Iets heel anders." in words(response)
    assert answers(desk.his) == ["", ""]


@pytest.fixture
def in_plan(desk):
    """What was heard became a sentence of the concept."""
    finish(desk.lines, desk.anouk)
    desk.sentence = writing.add_sentence(writing.add_chapter("Een").pk, "Ieder kind vertelt het één keer.", desk.anouk)
    writing.link(desk.sentence.pk, desk.anouk, stack_id=desk.lines.pk)
    concept.publish(changes.read().mark)
    publish_and_tell(desk)
    return desk


def reword(desk) -> None:
    writing.reword(desk.sentence.pk, "Niemand vertelt meer iets.", 1, desk.anouk, why="Het moest anders.")
    concept.publish(changes.read().mark)


def test_nor_for_a_sentence_of_the_plan_that_was_not(in_plan):
    open_page = Open(link_of(in_plan.bram))
    reword(in_plan)
    response = open_page.press("ja")
    assert response.status_code == 409 and "Niemand vertelt meer iets." in words(response)
    assert answers(in_plan.his) == [""]


def test_a_yes_to_a_sentence_that_reads_otherwise_since_is_asked_again(in_plan):
    link = link_of(in_plan.bram)
    assert Open(link).press("ja").status_code == 302
    reword(in_plan)
    shown = words(Client().get(link))
    assert "Eerder zei je: ja, dat bedoelde ik." in shown and "Klopt het nu?" in shown
    assert Open(link).press("ja").status_code == 302
    assert "Fijn dat je het laat weten." in words(Client().get(link))


# Whose answer it is


def test_what_a_browser_answered_is_not_of_who_claims_the_words(desk):
    finish(desk.lines, desk.anouk)
    publish_and_tell(desk)
    browser = browser_of(desk.browser)
    assert press("/jouw-inbreng/", desk.hers, "nee", browser, bedoelde=OF_A_STRANGER).status_code == 302
    answering.reply(telling.told_of(desk.hers).pk, 1, "We spreken Jan.", desk.anouk)
    ina = person("ina@example.org")
    desk.hers.post.confirm(ina)
    row = telling.told_of(desk.hers)
    assert (row.told.user, row.answer, row.meant, row.reply, row.replied_at) == (ina, "", "", "", None)
    shown = words(browser_of(visitors.own(ina)).get("/mijn-bijdragen/"))
    assert "Hebben we je goed begrepen?" in shown and OF_A_STRANGER not in shown and "Jan" not in shown
    assert meant.of_harvest(desk.harvest) == []


def test_who_says_that_it_was_them_sees_what_was_answered(desk):
    finish(desk.lines, desk.anouk)
    publish_and_tell(desk)
    row = telling.told_of(desk.hers)
    before = held_by(desk.browser)
    assert "Hebben we" not in str(before.words)
    answering.answer(row.pk, 0, Said(Answer.NO, OF_A_STRANGER))
    shown = held_by(desk.browser)
    ((kind, said),) = (each for each in shown.words if isinstance(each[1], ToldVoice))
    assert said.text == f"Nee, ik bedoelde: {OF_A_STRANGER}" and "Hebben we je goed begrepen?" in kind
    assert shown.mark != before.mark
    answering.answer(row.pk, 1, Said(Answer.NO, "Iets nog ergers."))
    assert held_by(desk.browser, lock=True).mark != shown.mark


@pytest.mark.parametrize("doe", ["naam", "ja"])
def test_who_lost_the_words_at_the_moment_of_a_press_says_nothing_of_them(desk, monkeypatch, doe):
    finish(desk.lines, desk.anouk, **NOT)
    publish_and_tell(desk)
    ina = person("ina@example.org")
    between(monkeypatch, lambda: desk.hers.post.confirm(ina))
    assert press("/jouw-inbreng/", desk.hers, doe, browser_of(desk.browser)).status_code == 409
    row = telling.told_of(desk.hers)
    assert (row.told.user, row.named_at, row.answer) == (ina, None, "")
    assert "Ina" not in public(desk)


def test_nor_does_a_link_of_who_lost_their_access(desk, monkeypatch):
    finish(desk.lines, desk.anouk, **NOT)
    publish_and_tell(desk)
    open_page = Open(link_of(desk.bram))
    between(monkeypatch, lambda: type(desk.bram).objects.filter(pk=desk.bram.pk).update(is_active=False))
    assert open_page.press("naam").status_code == 409
    assert telling.told_of(desk.his).named_at is None
