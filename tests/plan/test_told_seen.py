"""Around the page behind the link in a letter: how the letter greets, and what is seen by who answers there."""

import pytest
from django.test import Client

from plan import tokens
from plan.models import Told
from tests.helpers.browsers import browser_of
from tests.plan import helpers
from tests.plan.telling import finish, lay, person, publish_and_tell, voice_of
from tests.plan.test_told_as_shown import Open
from tests.plan.test_told_pages import link_of, press, words
from werkplaats.models import User
from werkplaats.people import visitors

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(desk):
    """Bram says the same as three browsers."""
    desk.bram = person("bram@example.org")
    desk.his = voice_of(desk.bram, desk.question, name="Bram")
    lay(desk, *desk.voices, desk.his)
    finish(desk.lines, desk.anouk)
    return desk


@pytest.mark.parametrize(("name", "greeted"), [("Bram", "Hallo Bram,"), ("", "Hallo,"), ("Een leerling", "Hallo,")])
def test_a_letter_greets_by_the_name_and_its_subject_ends_with_a_word(desk, mailbox, name, greeted):
    asked = "Wat hebben ouders, leerlingen en leerkrachten van het samenwerkingsverband nodig?"
    type(desk.question).objects.filter(pk=desk.question.pk).update(text=asked)
    lay(desk, voice_of(person("els@example.org"), desk.question, name=name))
    publish_and_tell(desk)
    (letter,) = [each for each in mailbox() if each["To"] == "els@example.org"]
    assert letter["Subject"] == (
        "Dit deden we met jouw inbreng bij «Wat hebben ouders, leerlingen en leerkrachten van het …»"
    )
    assert letter.get_body("plain").get_content().startswith(greeted)
    html = letter.get_body("html").get_content()
    assert f"<p>{greeted}</p>" in html.replace("<bdi>", "").replace("</bdi>", "")


def plain(letters) -> str:
    (letter,) = letters
    return letter.get_body("plain").get_content()


def test_the_letter_of_a_correction_says_that_it_is_one(desk, mailbox):
    publish_and_tell(desk)
    (first,) = mailbox()
    assert first["Subject"].startswith("Dit deden we") and "gewijzigd" not in plain([first])
    assert "Je krijgt hem één keer" not in first.get_body("html").get_content()
    finish(desk.lines, desk.anouk, heard="Iets anders.")
    lay(desk, voice_of(person("els@example.org"), desk.question))
    publish_and_tell(desk, changed="Een andere zin.")
    to = {each["To"]: each for each in mailbox() if "Iets anders." in plain([each])}
    assert to["bram@example.org"]["Subject"].startswith("Gewijzigd: dit deden we met jouw inbreng bij «")
    for kind in ("plain", "html"):
        text = to["bram@example.org"].get_body(kind).get_content()
        assert "We vertelden je al eerder wat we ermee deden. Dat is gewijzigd." in text
    assert "gewijzigd" not in plain([to["els@example.org"]]), "who is told for the first time"
    assert "Je krijgt hierover alleen een nieuwe mail als er iets wijzigt." in words(Client().get(link_of(desk.bram)))


@pytest.mark.parametrize("fields", [{"name": "Truus", "meeting": "groep 6"}, {"name": "Een leerling"}])
def test_who_wrote_with_others_is_led_to_the_sheet_to_read_aloud(desk, mailbox, fields):
    truus = person("truus@example.org")
    lay(desk, voice_of(truus, desk.question, **fields))
    publish_and_tell(desk)
    to = {each["To"]: each for each in mailbox()}
    sheet = f"{desk.question.get_absolute_url()}wat-we-hoorden/voorlezen/"
    assert f"http://testserver{sheet}\n" in plain([to["truus@example.org"]])
    assert sheet in to["truus@example.org"].get_body("html").get_content()
    assert f'href="{sheet}"' in Client().get(link_of(truus)).text and Client().get(sheet).status_code == 200
    assert "voorlezen" not in plain([to["bram@example.org"]]) and sheet not in Client().get(link_of(desk.bram)).text


def own_page(user: User) -> str:
    return words(browser_of(visitors.own(user)).get("/mijn-bijdragen/"))


@pytest.mark.parametrize(("doe", "more"), [("ja", {}), ("nee", {"bedoelde": "Iets anders."})])
def test_who_answers_on_the_page_of_the_letter_has_seen_it(desk, doe, more):
    publish_and_tell(desk)
    page = link_of(desk.bram)
    Client().get(page)
    assert "1 nieuw sinds je hier was" in own_page(desk.bram), "opening it changes nothing"
    assert press(page, desk.his, "iets").status_code == 409
    assert "1 nieuw sinds" in own_page(desk.bram), "nor does a press that is refused"
    assert "Dit deden we met jouw inbreng nieuw" in words(browser_of(visitors.own(desk.bram)).get("/"))
    assert press(page, desk.his, doe, **more).status_code == 302
    assert "nieuw sinds" not in own_page(desk.bram)
    assert "Dit deden we met jouw inbreng" not in words(browser_of(visitors.own(desk.bram)).get("/"))


def test_who_answers_on_the_page_of_their_own_has_seen_what_it_told_of(desk):
    browser = browser_of(desk.voices[0].post.visitor)
    publish_and_tell(desk)
    page = "/mijn-bijdragen/"
    opened = Open(page, browser)
    assert "1 nieuw sinds je hier was" in words(browser.get(page))
    assert opened.press("ja").status_code == 302
    assert "nieuw sinds" not in words(browser.get(page))
    assert "Dit deden we met jouw inbreng" not in words(browser.get("/"))


def test_what_was_told_elsewhere_before_stays_new(desk):
    other = helpers.Desk()
    lay(other, *other.voices, voice_of(desk.bram, other.question, name="Bram"))
    finish(other.lines, other.anouk)
    publish_and_tell(other)
    publish_and_tell(desk)
    assert press(link_of(desk.bram), desk.his, "ja").status_code == 302
    assert "2 nieuw sinds" in own_page(desk.bram)
    earlier = Told.objects.get(user=desk.bram, publication__harvest=other.harvest)
    page = tokens.url_of(earlier, desk.bram).removeprefix("http://testserver")
    assert press(page, earlier.voices.get().fragment, "ja").status_code == 302
    assert "1 nieuw sinds" in own_page(desk.bram)
