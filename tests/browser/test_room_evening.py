"""Whole evenings in browsers: one led by two, with a table that has no JavaScript and somebody alone by keyboard, and
one led alone. In each scene every browser shows what it should. The site is one real process, with its streams."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from live.models import Headcount, LiveCafe
from polls.models import Ballot, Sticker
from posts.models import Post, Thumb
from tests.browser.room import (
    IDEAS,
    Evening,
    by_key,
    caught_up,
    prepared,
    press,
    refresh,
    rows,
    rows_in_words,
    tab_to,
    without_a_clock,
)
from werkplaats.site.models import Site

pytestmark = pytest.mark.prove
QUESTION = "Wat maakt ons Passend Onderwijs tot een succes?"
POLL = "Heb jij een wensbeeld voor Passend Onderwijs?"
OF_TABLE, OF_ONE = "Bij ons kent de hele school de consulent.", "Eén vast gezicht, dat scheelt zoveel."
CHOSEN = [["ja", "5"], ["nee", "1"], ["nog niet", "0"]]
COUNTS = ["2 0 0", "1 1 0", "0 2 0", "0 0 2"]  # of each idea: green, blue, red


@pytest.fixture
def site_url(streamed):
    return streamed


@pytest.fixture
def live(transactional_db, settings) -> LiveCafe:
    settings.DEMO = True  # no second factor
    Site.objects.get_or_create(pk=1)
    return prepared()


def test_an_evening_with_a_screen_a_leader_a_helper_and_two_phones(open_page, live):
    evening = Evening(open_page, live)
    leader, screen = evening.leader, evening.screen
    evening.helper = reads_along(open_page, leader)
    before_the_question(evening)
    expect(screen.locator(".how")).to_have_count(4)
    both_write(evening, "Iemand leest het nu. Dan komt het op het scherm.")
    let_come(evening, OF_TABLE, OF_ONE)
    one_is_large(evening)
    one_is_taken_away(evening)
    polled(evening)
    stuck(evening)
    after_the_stickers(evening, "1 bijdrage", "Lees wat er gezegd is")
    earlier = {OF_TABLE: "op het scherm", OF_ONE: "iemand leest het nog eens"}
    what_there_was(evening, earlier, "De vraag: 1 bijdrage")
    assert list(Post.objects.readable().filter(in_room=True).values_list("text", flat=True)) == [OF_TABLE]


def test_an_evening_led_alone(open_page, live):
    evening = Evening(open_page, live)
    leader, screen = evening.leader, evening.screen
    leader.get_by_role("link", name="Draaiboek").first.click()
    press(leader, "Ik sta er alleen voor")
    expect(leader.get_by_role("button", name="Ik sta er alleen voor")).to_have_attribute("aria-pressed", "true")
    expect(leader.get_by_role("button", name="Laat iemand meelezen")).to_have_count(0)
    leader.get_by_role("link", name="Nu", exact=True).click()
    before_the_question(evening)
    expect(screen.locator(".wrote")).to_contain_text("Typ samen één ding op de telefoon van je tafel.")
    both_write(evening, "We lezen het na afloop. Dan komt het op de site.")
    expect(screen.locator(".wrote")).to_contain_text("1 tafel schreef, en 1 mens alleen of online")
    expect(leader.locator(".room-now")).to_contain_text("Op het scherm: 1 tafel schreef, en 1 ander.")
    expect(leader.get_by_role("link", name=re.compile("^Na afloop"))).to_contain_text("2")
    for words, writer in ((OF_TABLE, evening.table), (OF_ONE, evening.alone)):
        evening.nowhere(words, writer=writer)
        assert words not in leader.content()
    polled(evening)
    stuck(evening)
    after_the_stickers(evening, "1 tafel en 1 mens alleen of online schreven", "Lees hoe het verdergaat")
    what_there_was(evening, {OF_TABLE: "lezen we na afloop", OF_ONE: "lezen we na afloop"}, "De vraag: 0 bijdragen")
    assert Post.objects.for_moderator().filter(in_room=True).count() == 2
    assert not Post.objects.readable().exists() and not live.voices.filter(number__isnull=False).exists()


def reads_along(open_page, leader: Page) -> Page:
    """Who took the key that the leader hands out."""
    leader.get_by_role("link", name="Draaiboek").first.click()
    press(leader, "Laat iemand meelezen")
    page = open_page()
    page.goto(leader.locator(".room-link a").get_attribute("href"))
    page.get_by_role("button", name="Lees mee op deze telefoon").click()
    expect(page.get_by_text("Er wacht niets.")).to_be_visible()
    expect(leader.get_by_text("Iemand leest mee")).to_be_visible()  # by itself
    leader.get_by_role("link", name="Nu", exact=True).click()
    return page


def before_the_question(evening: Evening) -> None:
    """From a room that waits to the question."""
    leader, screen, live = evening.leader, evening.screen, evening.live
    hears = """
        - region "Op het scherm":
          - paragraph: /Passend Onderwijscafé begint om/
    """
    evening.on("begin", "We beginnen zo", "We beginnen zo", leader="Nog niet begonnen", hears=hears, says="")
    expect(leader.locator(".room-lights .is-on").first).to_have_text("scherm")

    press(leader, "Begin het café")
    hears = """
        - region "Op het scherm":
          - paragraph: 7 mensen in de zaal, 0 online.
    """
    evening.on("welkom", "Welkom", "Kijk even naar voren", leader="Welkom", hears=hears)
    expect(screen.locator(".scan .code")).to_have_text(live.code)
    expect(screen.locator(".crowds")).to_contain_text("7 in de zaal")
    expect(leader.locator(".room-now")).to_contain_text("1 van de 10 tafels doet al mee.")

    press(leader, "Start 8 minuten")
    hears = f"""
        - paragraph:
          - strong: "8"
          - text: minuten
        - paragraph: {QUESTION}
        - paragraph:
          - link "Liever nu al schrijven"
    """
    evening.on("tafeltijd", "Tafeltijd", "Praat met elkaar", leader="Tafeltijd", hears=hears)
    expect(screen.locator("[data-minutes]")).to_have_text("8")
    expect(evening.table.locator(".phone-timer strong")).to_have_text("8")
    expect(leader.locator("[data-left]")).to_have_text(re.compile(r"^[78]:\d\d$"))

    press(leader, "Stop, en ga schrijven")
    hears = """
        - textbox "Jouw antwoord"
        - paragraph:
          - button "Verstuur"
        - paragraph: /Noem ook geen namen van kinderen/
    """
    evening.on("vraag", "De vraag", QUESTION, leader="De vraag", hears=hears)


def both_write(evening: Evening, then: str) -> None:
    """The table by its form, the other with keys alone. They are told what happens `then`."""
    table, alone = evening.table, evening.alone
    table.get_by_label("Jullie antwoord").fill(OF_TABLE)
    table.get_by_role("button", name="Verstuur").click()
    tab_to(alone, alone.get_by_label("Jouw antwoord"))
    alone.keyboard.type(OF_ONE)
    by_key(alone, "Verstuur")
    for page in (table, alone):
        expect(page.get_by_role("heading", name="Verstuurd")).to_be_visible()
        expect(page.get_by_text(then)).to_be_visible()


def let_come(evening: Evening, *words: str) -> None:
    """Who reads along lets them come, the oldest first, and each comes on the screen in its place."""
    leader, helper, screen = evening.leader, evening.helper, evening.screen
    expect(helper.locator(".room-words")).to_have_text(list(words))
    for text, writer in zip(words, (evening.table, evening.alone), strict=True):
        evening.nowhere(text, writer=writer)
    without_a_clock(screen, evening.live)  # the second waits for its turn, however slow the machine
    for left in range(len(words) - 1, -1, -1):
        press(helper, "Goed")
        expect(helper.locator(".room-words")).to_have_count(left)
    expect(screen.locator(".voice-words")).to_have_text([words[0]])
    screen.clock.run_for(8000)  # one at a time
    expect(screen.locator(".voice-words")).to_have_text(list(words))
    expect(screen.locator(".is-new")).to_contain_text(words[-1])
    screen.clock.resume()
    expect(leader.locator(".room-shown .room-words")).to_have_text(list(reversed(words)))
    expect(evening.alone.get_by_text("staat op het scherm")).to_be_visible()
    refresh(evening.table)
    for page in (evening.table, evening.alone):
        expect(page.get_by_text("staat op het scherm")).to_be_visible()
        expect(page.locator(".phone-said .voice-words")).to_have_text(list(reversed(words)))


def said(leader: Page, words: str) -> Locator:
    """Of what stands on the screen, where it is made large or taken away."""
    leader.get_by_role("link", name="Maak één groot").click()
    return leader.locator(".room-shown .room-voice", has_text=words)


def one_is_large(evening: Evening) -> None:
    """Both phones give it a thumb, and the screen tells how many; then all of them stand there again."""
    leader, screen, table, alone = evening.leader, evening.screen, evening.table, evening.alone
    press(said(leader, OF_TABLE), "Maak groot")
    title, says = "Eén bijdrage, groot op het scherm", f"Op het scherm: {OF_TABLE}"
    hears = f"""
        - paragraph: {OF_TABLE}
        - paragraph: Tafel 4
        - group "Herken je dit?":
          - button "ja"
          - button "nee"
    """
    says = f'"{says}"'
    evening.on("uitgelicht", title, "Herken je dit?", leader="De vraag", hears=hears, says=says)
    expect(screen.locator(".spot")).to_have_text(OF_TABLE)
    expect(leader.locator(".room-now")).to_contain_text(f"Tafel 4: «{OF_TABLE}»")
    table.get_by_role("button", name="ja").click()
    expect(table.locator(".phone-fine")).to_have_text("Je duimpje telt. 1 duimpje omhoog.")
    by_key(alone, "ja")
    expect(alone.locator("#inhoud")).to_match_aria_snapshot(
        """
        - status: Je duimpje telt. 2 duimpjes omhoog.
        - group "Herken je dit?":
          - button "ja" [pressed]
        """
    )
    expect(screen.locator(".spot-foot")).to_contain_text("2 duimpjes")
    assert Thumb.objects.count() == 2
    press(leader, "Terug naar allemaal")
    hears = f"""
        - list:
          - listitem:
            - paragraph: {OF_ONE}
            - paragraph: staat op het scherm
        - region "Het laatst op het scherm":
          - list:
            - listitem:
              - paragraph: {OF_ONE}
              - paragraph: in de zaal
            - listitem:
              - paragraph: {OF_TABLE}
              - paragraph: Tafel 4
    """
    evening.on("vraag", "De vraag", "Verstuurd", leader="De vraag", hears=hears)
    expect(screen.locator(".voice-words")).to_have_text([OF_TABLE, OF_ONE])


def one_is_taken_away(evening: Evening) -> None:
    """It leaves the screen as soon as its stream says so: without a clock the screen asks for nothing by itself."""
    leader, screen, alone, table = evening.leader, evening.screen, evening.alone, evening.table
    without_a_clock(screen, evening.live)
    press(said(leader, OF_ONE), "Haal weg")
    expect(screen.locator(".voice-words")).to_have_text([OF_TABLE])
    screen.clock.resume()
    expect(leader.locator(".room-shown .room-words")).to_have_text([OF_TABLE])
    expect(alone.get_by_text("iemand leest het nog eens")).to_be_visible()
    refresh(table)
    for page in (alone, table):
        expect(page.locator(".phone-said .voice-words")).to_have_text([OF_TABLE])
    evening.nowhere(OF_ONE, writer=alone)
    leader.get_by_role("link", name="Nu", exact=True).click()


def polled(evening: Evening) -> None:
    """The table counts hands, the other votes; nothing of it shows before the leader says so, and then everywhere."""
    leader, screen, table, alone = evening.leader, evening.screen, evening.table, evening.alone
    press(leader, "Verder: peiling")
    hears = f"""
        - group "{POLL}":
          - button "ja"
          - button "nee"
          - button "nog niet"
    """
    evening.on("peiling", "Peiling", POLL, leader="Peiling", hears=hears)
    for choice, hands in (("ja", "4"), ("nee", "1")):
        table.get_by_label(choice, exact=True).fill(hands)
    table.get_by_role("button", name="Verstuur").click()
    expect(table.get_by_text("Jullie tafel is geteld: ja 4, nee 1, nog niet 0.")).to_be_visible()
    by_key(alone, "ja")
    expect(alone.locator(":focus")).to_contain_text("Je koos «ja».")
    expect(screen.locator(".counting")).to_contain_text("1 van de 10 tafels")
    expect(screen.locator(".counting")).to_contain_text("1 alleen")
    expect(leader.locator(".room-now")).to_contain_text("1 van de 10 tafels, 1 alleen in de zaal, 0 online.")
    evening.nowhere("De meeste")
    assert Ballot.objects.count() == 1 and Headcount.objects.filter(table=4).exists()

    press(leader, "Toon de uitslag")
    says = '"De meesten zeggen ja: 5 van de 6 mensen."'
    hears = f"""
        - paragraph: {says}
        - table "{POLL}":
          - rowgroup:
            - row "Antwoord Mensen"
          - rowgroup:
            - row "ja 5"
            - row "nee 1"
            - row "nog niet 0"
    """
    evening.on("peiling", "Uitslag van de peiling", POLL, leader="Peiling", hears=hears, says=says)
    assert rows(screen, ".bars") == rows(alone, ".phone-result") == rows(table, ".phone-result") == CHOSEN
    assert [row[:2] for row in rows_in_words(alone, evening.live, screen)] == CHOSEN
    expect(leader.locator(".room-now")).to_contain_text("ja: 5 · nee: 1 · nog niet: 0")


def stuck(evening: Evening) -> None:
    """Each of them gives each idea a sticker: the table without JavaScript, the other with keys alone."""
    leader, screen, table, alone = evening.leader, evening.screen, evening.table, evening.alone
    press(leader, "Verder: stickers")
    hears = """
        - group "Jouw sticker":
          - button "ja, goed idee groen"
          - button "neutraal blauw"
          - button "niet in het SOP zetten rood"
        - paragraph:
          - link "Overslaan"
    """
    evening.on("stickers", "Stickers", f"Idee 1 van 4: {IDEAS[0]}", leader="Stickers", hears=hears)
    expect(screen.locator(".ideas p")).to_have_text(IDEAS)
    green, blue, red = "ja, goed idee", "neutraal", "niet in het SOP zetten"
    for number, (one, two) in enumerate([(green, green), (blue, green), (blue, blue), (red, red)], 1):
        for page in (table, alone):
            expect(page.get_by_text(f"idee {number} van 4", exact=True)).to_be_visible()
        table.get_by_role("button", name=one).click()
        tab_to(alone, alone.get_by_role("button", name=two))
        alone.keyboard.press("Enter")
    expect(table.get_by_role("heading", level=1)).to_have_text("Klaar! Geef de telefoon door")
    expect(alone.get_by_role("heading", level=1)).to_have_text("Klaar, dank je wel")
    expect(screen.locator(".foot")).to_contain_text("2 mensen plakten al")
    expect(screen.locator(".ranking")).to_have_count(0)
    assert Sticker.objects.count() == 8

    press(leader, "Toon de uitslag")
    title, says = "Uitslag van de stickers", "De uitslag van de stickers is er."
    lines = [f'- paragraph: "De meeste groene stickers: {IDEAS[0]}"', "- table:", "  - rowgroup:"]
    lines += [f'    - row "{text} {count}"' for text, count in zip(IDEAS, COUNTS, strict=True)]
    evening.on("stickers", title, "Het profiel", leader="Stickers", hears="\n".join(lines), says=says)
    ranked = [[text, *count.split()] for text, count in zip(IDEAS, COUNTS, strict=True)]
    assert rows(alone, ".phone-ranking") == rows(table, ".phone-ranking") == ranked
    assert [row[1:] for row in rows_in_words(alone, evening.live, screen)] == ranked
    expect(screen.locator(".ranking > li > p:not(.colours)")).to_have_text(IDEAS)
    expect(screen.locator(".ranking .colours").first).to_have_text(re.compile(r"2\s+groen\s+0\s+blauw\s+0\s+rood"))
    expect(leader.locator(".room-now")).to_contain_text("De uitslag staat erbij: 2 mensen plakten.")


def after_the_stickers(evening: Evening, gathered: str, onward: str) -> None:
    """Wensbeelden, the break in which the screen is emptied, and the thanks: first what was `gathered`, and where they
    lead `onward`."""
    leader, screen = evening.leader, evening.screen
    press(leader, "Verder: wensbeelden")
    hears = """
        - paragraph:
          - link "Stuur een wensbeeld in"
        - region "Op het scherm":
          - list:
            - listitem: «Naar school om de hoek.»
    """
    evening.on("wensbeelden", "Wensbeelden", "Wie herkent zich hierin?", leader="Wensbeelden", hears=hears)
    expect(screen.locator(".cards > li")).to_have_text(["«Naar school om de hoek.»"])

    press(leader, "Verder: pauze")
    break_hears = "- paragraph: /We gaan verder om \\d+\\.\\d\\d uur/"
    evening.on("pauze", "Pauze", "Pauze", leader="Pauze", hears=break_hears)
    expect(screen.get_by_text(re.compile(r"^tot \d+\.\d\d uur$"))).to_be_visible()

    press(leader, "Scherm leeg")
    empty, hears = "Het scherm is even leeg", "- paragraph: Er gaat niets verloren. Zo gaan we verder."
    evening.on("leeg", empty, empty, leader="Het scherm is leeg", hears=hears)
    evening.nowhere("We gaan verder om")
    press(leader, "Toon het scherm weer")
    evening.on("pauze", "Pauze", "Pauze", leader="Pauze", hears=break_hears)

    press(leader, "Verder: dank je wel")
    hears = f"""
        - paragraph:
          - link "{onward}"
        - region "Op het scherm":
          - list:
            - listitem: "{gathered}"
            - listitem: "4 ideeën, en wat jullie ervan vinden"
            - listitem: "7 mensen, in de zaal en online"
          - table "Dit gebeurt er nu"
    """
    evening.on("dank", "Dank je wel", "Dank je wel", leader="Dank je wel", hears=hears)
    expect(screen.locator(".figures")).to_contain_text("4 ideeën, en wat jullie ervan vinden")
    expect(leader.get_by_text("Dit was het laatste.")).to_be_visible()
    caught_up(screen, evening.live)


def what_there_was(evening: Evening, own: dict[str, str], question: str) -> None:
    """What stays in reach on both phones: own words with what became of each, and the results."""
    for page, words in ((evening.table, OF_TABLE), (evening.alone, OF_ONE)):
        page.get_by_role("link", name="Wat er al was").press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Wat er al was")
        expect(page.locator(".phone-rows > li", has_text=words)).to_contain_text(own[words])
        expect(page.get_by_role("link", name=question)).to_be_visible()
        expect(page.get_by_text("Peiling: ja 5, nee 1, nog niet 0")).to_be_visible()
        expect(page.get_by_role("link", name="Stickers: Het profiel")).to_be_visible()
