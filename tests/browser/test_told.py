"""The whole circle: words on a phone, a stack, made public, told, «nee, ik bedoelde», an answer, and told again."""

import re
from datetime import date
from urllib.parse import urlsplit

import pytest
from django.core.cache import caches
from playwright.sync_api import expect

from plan import tokens
from plan.actions import answering, informing, laying
from plan.actions.answering import Said
from plan.models import Answer, Choice, Fragment, Publication, ToldVoice
from posts.models.posts import Post
from tests.browser import writing
from tests.browser.axe import faults_of, judged
from tests.browser.staff_page import log_in
from tests.helpers import factories
from tests.plan import helpers, telling

VIEWS = [(390, False), (390, True), (1280, False), (1280, True), (320, False)]
DESK = [(1366, False), (1366, True)]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.prove]
WORDS = "Drie keer vertelden we hetzelfde verhaal. Ik wil één iemand die ons kind kent."
MEANT = "Vooral bij de overstap naar het voortgezet onderwijs."
REPLY = "Dat nemen we mee: de zin noemt nu ook de overstap."


@pytest.fixture
def circle(transactional_db, settings):
    """A question of now, a coordinator who sorts it, and five others who say the same."""
    settings.DEMO = True  # no second factor
    caches["default"].clear()
    factories.role()
    made = type("Circle", (), {})()
    made.question, made.anouk = factories.question(), helpers.sorter()
    made.anouk.let_sort(True)
    made.others = [helpers.voice(made.question) for _ in range(5)]
    made.harvest = made.others[0].harvest
    made.lines = helpers.stack(made.harvest, "Eén verhaal", made.anouk)
    return made


def lay_all(circle) -> None:
    """What the desk does, which has proofs of its own."""
    left = circle.harvest.fragments.without_destination()
    telling.lay(type("Desk", (), {"harvest": circle.harvest, "lines": circle.lines, "anouk": circle.anouk}), *left)
    telling.finish(circle.lines, circle.anouk, choice=Choice.PLAN)
    card = helpers.card(Fragment.objects.get(post=Post.objects.get(text=WORDS)), circle.lines)
    at = WORDS.index("Ik wil")
    mark = {"source_version": card.source_version, "is_quote": True, "begin": at, "end": len(WORDS)}
    laying.quote(circle.harvest.pk, card.pk, card.version, circle.anouk, **mark)


def publish(open_page, circle):
    """The coordinator publishes from Afronden, and the quarter of an hour goes by."""
    page = judged(open_page(width=1366))
    log_in(page, circle.anouk)
    page.goto(f"/beheer/werkbank/{circle.harvest.pk}/afronden/")
    page.get_by_role("link", name="Openbaar maken").click()
    expect(page.get_by_text(telling.SENTENCE)).to_be_visible()
    assert faults_of(page, DESK) == []
    page.get_by_role("button", name="Publiceer en vertel").click()
    expect(page.locator(".publish-stands")).to_contain_text("Tot dan kun je ze tegenhouden.")
    informing.tell(Publication.objects.get().pk)
    return page


def answer_it(page, circle) -> None:
    """The coordinator reads it at the stack, after Vandaag led there, and writes back."""
    page.goto("/beheer/")
    block = page.locator(".today-block", has_text="Zo was het niet bedoeld")
    expect(block).to_contain_text("binnen twee weken beloofd")
    block.get_by_role("link").last.click()
    page.get_by_role("link", name="Eén verhaal").first.click()
    panel = page.locator(".stack-meant")
    expect(panel).to_contain_text(MEANT)
    assert faults_of(page, DESK) == []
    panel.get_by_label("Antwoord aan de schrijver").fill(REPLY)
    panel.get_by_role("button", name="Verstuur").click()
    expect(page.locator(".meant-reply")).to_contain_text(REPLY)
    circle.lines.refresh_from_db()
    assert circle.lines.heard == telling.SENTENCE, "no sentence changes by it"


def link_in(letter) -> str:
    """The path of the page that a letter leads to."""
    text = letter.get_body("plain").get_content()
    return urlsplit(re.search(r"http\S+/jouw-inbreng/\S+", text)[0]).path


def test_by_mail_from_a_phone_to_the_answer(open_page, circle, mailbox):
    phone = open_page(width=390)
    phone.goto("/denk-praat-doe-mee/")
    writing.write(phone, WORDS, address="marieke@example.org")
    (asked,) = mailbox()
    text = asked.get_body("plain").get_content()
    phone.goto(urlsplit(re.search(r"http\S+/bevestig\S*", text)[0]).path)
    phone.get_by_role("button", name=re.compile("Ja|Zet")).first.click()
    expect(phone.locator("h1")).to_be_visible()
    assert Post.objects.get(text=WORDS).author.email == "marieke@example.org"
    lay_all(circle)
    desk = publish(open_page, circle)
    (letter,) = [each for each in mailbox() if each["To"] == "marieke@example.org"]
    assert "Dit deden we met jouw inbreng" in letter["Subject"]

    page = judged(open_page(width=390))  # another browser: nobody logs in
    page.goto(link_in(letter))
    expect(page.locator("mark")).to_have_text("Ik wil één iemand die ons kind kent.")
    expect(page.get_by_text("Met 5 anderen werd dat")).to_be_visible()
    page.get_by_text("Nee, ik bedoelde …").click()
    page.get_by_label("Wat bedoelde je?").fill(MEANT)
    page.get_by_role("button", name="Verstuur").click()
    expect(page.get_by_text("Je krijgt uiterlijk op").first).to_be_visible()
    assert ToldVoice.objects.get(answer=Answer.NO).meant == MEANT

    answer_it(desk, circle)
    telling.a_quarter_later()
    (told,) = mailbox()
    assert told["To"] == "marieke@example.org" and REPLY in told.get_body("plain").get_content()
    page.goto(link_in(told))
    expect(page.get_by_text(REPLY)).to_be_visible()
    page.get_by_role("button", name="Ja, dat bedoelde ik").click()
    expect(page.get_by_text("Fijn dat je het laat weten.")).to_be_visible()


def test_by_cookie_without_an_address_or_javascript(open_page, circle, mailbox):
    phone = open_page(width=390, js=False)
    phone.goto("/denk-praat-doe-mee/")
    writing.write(phone, WORDS)
    Post.objects.get(text=WORDS).publish()
    lay_all(circle)
    desk = publish(open_page, circle)
    assert not [each for each in mailbox() if "inbreng" in each["Subject"]]

    phone.goto("/")
    phone.get_by_role("link", name="Dit deden we met jouw inbreng nieuw").click()
    voice = phone.locator(".told-voice")
    expect(voice).to_contain_text("Met 5 anderen werd dat")
    expect(voice.locator("mark")).to_have_text("Ik wil één iemand die ons kind kent.")
    phone.get_by_role("button", name="Ik heb het gelezen").click()
    expect(voice.get_by_text("nieuw", exact=True)).to_have_count(0)
    voice.get_by_text("Nee, ik bedoelde …").click()
    voice.get_by_label("Wat bedoelde je?").fill(MEANT)
    voice.get_by_role("button", name="Verstuur").click()
    expect(voice.get_by_text("dat vind je dan bij «Jouw bijdragen»")).to_be_visible()

    answer_it(desk, circle)
    phone.goto("/")
    phone.get_by_role("link", name="Dit deden we met jouw inbreng nieuw").click()
    expect(voice).to_contain_text(REPLY)
    assert not [each for each in mailbox() if "bedoelde" in each["Subject"]]


def test_every_state_is_well_made(open_page, circle):
    """Axe, and no wider than the screen: not answered, yes, no, answered, refused, gone."""
    user = telling.person("marieke@example.org")
    long = "Donaudampfschifffahrtsgesellschaftskapitän" * 4
    voices = [telling.voice_of(user, circle.question, text=f"{long} {n}", name="Marieke") for n in range(5)]
    telling.lay(circle, *circle.others, *voices[:4])
    telling.finish(circle.lines, circle.anouk, heard=long[:150])
    refused = {"choice": Choice.NOT, "words": long, "decided_by": "het bestuur", "decided_on": date(2026, 11, 12)}
    laying.settle(circle.harvest.pk, helpers.seen(voices[4]), circle.anouk, **refused)
    publication = telling.publish_and_tell(circle)
    rows = [telling.told_of(voice) for voice in voices]
    answering.answer(rows[0].pk, 0, Said(Answer.YES))
    for row in rows[1:3]:
        answering.answer(row.pk, 0, Said(Answer.NO, long[:200]))
    answering.reply(rows[1].pk, 1, long, circle.anouk)
    voices[3].post.remove(None, "kwetsend")
    told = publication.told.get(user=user)
    page = judged(open_page())
    page.goto(urlsplit(tokens.url_of(told, user)).path)
    page.locator(".told-no summary").last.click()
    assert faults_of(page, VIEWS) == []
