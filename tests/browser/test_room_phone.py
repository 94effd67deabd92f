"""Phones in the room at 390 × 700: the evening of a table, alone by keyboard, without scripts, without a connection."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from live.actions import counting, joining, leading, saying
from live.models import Headcount, Kind, LiveCafe, Seat, Voice
from polls.models import Ballot, Poll, Sticker
from posts.models import Post, Thumb
from tests.browser.axe import faults_of, judged
from tests.browser.on_its_way import swapped
from tests.helpers import factories
from tests.live.helpers import again, room, seat, shown, to

pytestmark = pytest.mark.prove
ORDER = [Kind.WELCOME, Kind.TALK, Kind.QUESTION, Kind.POLL, Kind.STICKERS, Kind.WENSBEELDEN, Kind.BREAK, Kind.THANKS]
FOLD = 614  # pixels: where every main button ends, at the latest, on a phone of 390 × 700
VIEWS = [(390, False), (390, True)]
PICTURES = os.environ.get("PICTURES")  # a folder, for who wants to look


@pytest.fixture
def live(transactional_db):
    made = room(*ORDER)
    Poll.objects.update(question="Heb jij een wensbeeld voor Passend Onderwijs?", repeat_votes=False)
    return made


def phone(open_page, *, js: bool = True, dark: bool = False):
    page = judged(open_page(js=js, dark=dark))
    page.set_viewport_size({"width": 390, "height": 700})
    return page


def look(page, name: str) -> None:
    """Axe finds nothing, light and dark, and nothing that has to be pressed lies below the fold."""
    assert faults_of(page, VIEWS) == []
    if PICTURES:
        page.screenshot(path=Path(PICTURES, f"{name}-donker.png"))
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 390, "height": 700})
    page.evaluate("scrollTo(0, 0)")
    if PICTURES:
        page.screenshot(path=Path(PICTURES, f"{name}.png"))
    for button in page.locator("main button.button.wide:visible, main .phone-actions > a.button:visible").all()[:1]:
        box = button.bounding_box()
        assert box["y"] + box["height"] <= FOLD, (name, box)


def sit(page, live: LiveCafe, where: str = "4") -> None:
    page.goto("/z/")
    page.get_by_label("Code").fill(live.code.lower())
    page.get_by_role("button", name="Doe mee").click()
    page.locator(f"input[name=plek][value='{where}']").check()
    page.get_by_role("button", name="Klaar").click()
    expect(page.get_by_role("link", name="verander je plek")).to_be_visible()
    page.goto(live.get_absolute_url())  # who comes late reads first what there was
    expect(page.locator("#nu")).to_be_visible()


def lead(live: LiveCafe, kind: Kind) -> LiveCafe:
    return to(live, kind)


def test_a_whole_evening_at_a_table(open_page, live):
    page = phone(open_page)
    page.goto("/z/")
    look(page, "01-code")
    page.get_by_label("Code").fill("aaaa")
    page.get_by_role("button", name="Doe mee").click()
    expect(page.get_by_text("Deze code hoort niet bij een café van nu")).to_be_visible()
    look(page, "02-verkeerde-code")
    page.get_by_label("Code").fill(live.code.lower())
    page.get_by_role("button", name="Doe mee").click()
    page.locator("input[name=plek][value='4']").check()
    page.get_by_role("button", name="Eén meer").click()
    page.get_by_role("button", name="Eén meer").click()
    look(page, "03-plek")
    page.get_by_role("button", name="Klaar").click()
    expect(page.get_by_role("link", name="Tafel 4 · 6 mensen")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kijk even naar voren")
    look(page, "04-welkom")
    live = lead(live, Kind.TALK)
    leading.start_time(live, live.turn)
    expect(page.get_by_role("heading", level=1)).to_have_text("Praat met elkaar")
    expect(page.locator(".phone-timer strong")).to_have_text("8")
    look(page, "05-tafeltijd")
    live = lead(again(live), Kind.QUESTION)
    expect(page.get_by_role("heading", level=1)).to_have_text("Wat maakt ons Passend Onderwijs tot een succes?")
    shown(live, "Toen de juf met verlof ging, moesten we drie keer opnieuw ons verhaal vertellen.")
    expect(page.get_by_text("Toen de juf met verlof ging")).to_be_visible()
    page.get_by_label("Jullie antwoord").fill("Bij ons kent de hele school de consulent.")
    look(page, "06-schrijf")
    page.get_by_role("button", name="Verstuur").click()
    expect(page.get_by_role("heading", name="Verstuurd")).to_be_visible()
    expect(page.get_by_text("wacht even")).to_be_visible()
    look(page, "07-verstuurd")
    mine = Voice.objects.get(post__published_at=None)
    saying.show(mine, factories.coordinator(email="b@example.com"), mine.post.version)
    expect(page.get_by_text("staat op het scherm")).to_be_visible()
    leading.spotlight(again(live), again(live).turn, Voice.objects.order_by("pk").first())
    expect(page.get_by_role("heading", level=1)).to_have_text("Herken je dit?")
    page.get_by_role("button", name="ja").click()
    expect(page.locator("#nu .phone-fine")).to_have_text("Je duimpje telt. 1 duimpje omhoog.")
    expect(page.locator("#zaal-zegt")).to_have_text("Je duimpje telt. 1 duimpje omhoog.")
    look(page, "08-duimpje")
    assert Thumb.objects.count() == 1
    live = lead(again(live), Kind.POLL)
    more = page.get_by_role("button", name="Eén meer bij ja")
    expect(more).to_be_visible()
    for _ in range(4):
        more.click()
    page.get_by_role("button", name="Eén meer bij nee").first.click()
    expect(page.get_by_text("5 van de 6 geteld")).to_be_visible()
    page.locator(".phone-stepper").last.get_by_role("button", name="Eén meer").click()
    expect(page.get_by_text("6 van de 6 geteld")).to_be_visible()
    look(page, "09-tellen")
    page.get_by_role("button", name="Verstuur").click()
    expect(page.get_by_text("Jullie tafel is geteld")).to_be_visible()
    assert sorted(Headcount.objects.values_list("people", flat=True)) == [1, 1, 4]
    look(page, "10-geteld")
    leading.reveal(again(live), again(live).turn)
    expect(page.locator("#nu .lead")).to_have_text("De meesten zeggen ja: 4 van de 6 mensen.")
    look(page, "11-uitslag")
    live = lead(again(live), Kind.STICKERS)
    expect(page.get_by_text("idee 1 van 4", exact=True)).to_be_visible()
    look(page, "12-stickers")
    for number in (1, 2, 3, 4):
        expect(page.get_by_text(f"idee {number} van 4", exact=True)).to_be_visible()
        swapped(page)
        page.wait_for_timeout(450)  # a second tap within so long is taken for one
        page.get_by_role("button", name="ja, goed idee").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Klaar! Geef de telefoon door")
    look(page, "13-doorgeven")
    page.get_by_role("button", name="Ik ben de volgende").click()
    expect(page.get_by_text("Jij bent 2 van 6.")).to_be_visible()
    assert Sticker.objects.count() == 4
    leading.reveal(again(live), again(live).turn)
    expect(page.get_by_text("De meeste groene stickers")).to_be_visible()
    look(page, "14-volgorde")
    for kind, heading in (
        (Kind.WENSBEELDEN, "Wie herkent zich hierin?"),
        (Kind.BREAK, "Pauze"),
        (Kind.THANKS, "Dank je wel"),
    ):
        live = lead(again(live), kind)
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        look(page, f"15-{kind.value}")
    page.get_by_role("link", name="Wat er al was").click()
    look(page, "16-al")
    page.get_by_role("button", name="haal weg").click()
    expect(page.get_by_text("je haalde dit weg")).to_be_visible()


def test_what_is_typed_stays_when_the_room_goes_on(open_page, live):
    live = lead(live, Kind.QUESTION)
    page = phone(open_page)
    sit(page, live)
    field = page.get_by_label("Jullie antwoord")
    field.press_sequentially("Mijn dochter zit nu op een school waar")
    live = lead(live, Kind.POLL)
    expect(page.get_by_text("De zaal is nu bij de peiling.", exact=True)).to_be_visible()
    expect(page.get_by_role("status").first).to_have_text(
        "De zaal is nu bij de peiling. Wat je schrijft, blijft staan."
    )
    look(page, "20-typend")
    field.press_sequentially(" ze haar kennen")
    page.get_by_role("link", name="Ga mee").click()
    expect(page.get_by_text("Hoeveel van jullie zeggen")).to_be_visible()
    page.get_by_role("link", name="Wat er al was").click()
    page.get_by_role("link", name="Schrijf er een bij").click()
    expect(field).to_have_value("Mijn dochter zit nu op een school waar ze haar kennen")
    expect(page.get_by_text("De zaal is nu bij de peiling.", exact=True)).to_be_visible()
    page.get_by_role("button", name="Verstuur").click()
    expect(page.get_by_role("heading", name="Verstuurd")).to_be_visible()
    assert Post.objects.get().text == "Mijn dochter zit nu op een school waar ze haar kennen"


def test_a_phone_that_was_put_out_reads_so_by_itself_and_comes_back_by_itself(open_page, live):
    lead(live, Kind.QUESTION)
    page = phone(open_page)
    sit(page, live)
    sitting = Seat.objects.get()
    joining.put_out(live, [sitting.pk])
    expect(page.locator("h1")).to_have_text("Deze telefoon doet niet meer mee")
    expect(page.locator("#zaal-zegt")).to_have_text("Deze telefoon doet niet meer mee.")
    assert faults_of(page, VIEWS) == []
    joining.let_in(live, [sitting.pk])
    expect(page.get_by_label("Jullie antwoord")).to_be_visible()


def test_so_does_one_that_loaded_its_page_while_it_was_out(open_page, live):
    lead(live, Kind.QUESTION)
    page = phone(open_page)
    sit(page, live)
    page.get_by_label("Jullie antwoord").fill("Wij hebben een ochtend jeugdhulp in huis.")
    page.close()
    sitting = Seat.objects.get()
    joining.put_out(live, [sitting.pk])
    page = page.context.new_page()
    page.goto(live.get_absolute_url())
    expect(page.locator("h1")).to_have_text("Deze telefoon doet niet meer mee")
    expect(page.get_by_label("Wat je schreef")).to_have_value("Wij hebben een ochtend jeugdhulp in huis.")
    joining.let_in(live, [sitting.pk])
    expect(page.get_by_label("Jullie antwoord")).to_have_value("Wij hebben een ochtend jeugdhulp in huis.")
    expect(page.get_by_role("link", name="Wat er al was")).to_be_visible()


def test_without_a_connection_the_text_is_safe_and_goes_once_when_there_is_one(open_page, live, complaints):
    live = lead(live, Kind.QUESTION)
    page = phone(open_page)
    sit(page, live)
    page.get_by_label("Jullie antwoord").fill("Wij hebben een ochtend jeugdhulp in huis.")
    page.context.set_offline(True)
    expect(page.get_by_text("Geen internet. Je tekst staat veilig op deze telefoon.")).to_be_visible()
    page.get_by_role("button", name="Verstuur").click()
    expect(page.get_by_text("Wat je verstuurde, gaat weg zodra er weer internet is. Precies één keer.")).to_be_visible()
    look(page, "21-zonder-internet")
    assert not Post.objects.exists()
    page.context.set_offline(False)
    expect(page.get_by_role("heading", name="Verstuurd")).to_be_visible()
    expect(page.get_by_text("Geen internet.")).to_be_hidden()
    assert Post.objects.get().text == "Wij hebben een ochtend jeugdhulp in huis."
    page.goto(f"{live.get_absolute_url()}?schrijf={live.scene.pk}")
    expect(page.get_by_label("Jullie antwoord")).to_have_value("")
    assert Post.objects.count() == 1
    assert complaints and all("Failed to fetch" in each or "ERR_INTERNET_DISCONNECTED" in each for each in complaints)
    complaints.clear()


def test_alone_with_the_keyboard_and_with_a_screen_reader(open_page, live):
    page = phone(open_page)
    page.goto(live.get_absolute_url())
    page.get_by_role("radio", name="In de zaal, alleen voor mezelf").press("Space")
    look(page, "30-plek-alleen")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="In de zaal (verander je plek)")).to_be_visible()
    live = lead(live, Kind.POLL)
    expect(page).to_have_title("Peiling · de digitale werkplaats")
    expect(page.locator("#zaal-zegt")).to_have_text("Peiling")
    expect(page.locator("#inhoud")).to_match_aria_snapshot(
        """
        - status: Peiling
        - paragraph: nu Peiling
        - heading "Heb jij een wensbeeld voor Passend Onderwijs?" [level=1]
        - group "Heb jij een wensbeeld voor Passend Onderwijs?":
          - button "ja"
          - button "nee"
        """
    )
    page.get_by_role("button", name="nee", exact=True).press("Enter")
    expect(page.get_by_text("Je koos «nee».")).to_be_visible()
    expect(page.locator(":focus")).to_contain_text("Je koos «nee».")
    look(page, "31-stem")
    page.get_by_role("button", name="ja", exact=True).press("Enter")
    expect(page.get_by_text("Je koos «ja».")).to_be_visible()
    assert Ballot.objects.get().choice.text == "ja"
    counting.count_hands(live.scene, seat(live, 2), {live.scene.poll.choices.first().pk: 3})
    leading.reveal(again(live), again(live).turn)
    expect(page.locator("#inhoud")).to_match_aria_snapshot(
        """
        - status: "De meesten zeggen ja: 4 van de 4 mensen."
        - paragraph: nu Uitslag
        - heading "Heb jij een wensbeeld voor Passend Onderwijs?" [level=1]
        - paragraph: "De meesten zeggen ja: 4 van de 4 mensen."
        - table:
          - rowgroup:
            - row "Antwoord Mensen"
          - rowgroup:
            - row "ja 4"
            - row "nee 0"
        """
    )
    look(page, "32-uitslag-alleen")


def test_the_timer_is_told_at_one_minute_and_at_the_end_and_nothing_else(open_page, live):
    live = lead(live, Kind.TALK)
    page = phone(open_page)
    page.clock.install()
    sit(page, live)
    leading.start_time(live, live.turn)
    minutes, status = page.locator(".phone-timer strong"), page.locator("#zaal-zegt")
    expect(minutes).to_have_text("8")
    page.clock.fast_forward("06:05")
    expect(minutes).to_have_text("2")
    expect(status).to_have_text("Tafeltijd")  # of when it began
    page.clock.fast_forward("01:00")
    expect(minutes).to_have_text("1")
    expect(status).to_have_text("Nog één minuut.")
    page.clock.fast_forward("01:00")
    expect(page.get_by_text("Rond rustig af", exact=True)).to_be_visible()
    expect(status).to_have_text("De tijd is om. Rond rustig af.")


def test_without_scripts_everything_goes_by_forms(open_page, live):
    page = phone(open_page, js=False)
    sit(page, live, "5")
    expect(page.get_by_text("Dit was om")).to_be_visible()
    live = lead(live, Kind.QUESTION)
    page.get_by_role("link", name="Ververs").click()
    if PICTURES:
        page.screenshot(path=Path(PICTURES, "40-zonder-script.png"))
    page.get_by_label("Jullie antwoord").fill("Korte lijnen")
    page.get_by_role("button", name="Verstuur").click()
    expect(page.get_by_role("heading", name="Verstuurd")).to_be_visible()
    live = lead(live, Kind.POLL)
    page.get_by_role("link", name="Ververs").click()
    page.get_by_label("ja", exact=True).fill("3")
    page.get_by_role("button", name="Verstuur").click()
    expect(page.get_by_text("Jullie tafel is geteld: ja 3")).to_be_visible()
    page.get_by_role("link", name="Wijzig").click()
    page.get_by_label("ja", exact=True).fill("4")
    page.get_by_role("button", name="Verstuur").click()
    expect(page.get_by_text("Jullie tafel is geteld: ja 4")).to_be_visible()
    live = lead(live, Kind.STICKERS)
    page.goto(live.get_absolute_url())
    for _ in range(4):
        page.get_by_role("button", name="neutraal").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Klaar! Geef de telefoon door")
    page.get_by_role("button", name="We zijn klaar").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dank je wel")
    assert Post.objects.count() == 1 and Sticker.objects.count() == 4 and Seat.objects.count() == 1


def test_what_is_sent_after_the_last_hour_stands_there_to_copy_while_the_room_is_still_asked(open_page, live):
    live = lead(live, Kind.QUESTION)
    page = phone(open_page)
    sit(page, live)
    live = lead(live, Kind.THANKS)
    page.goto(f"/z/{live.code.lower()}/?schrijf={live.scenes.get(kind=Kind.QUESTION).pk}")
    page.get_by_label("Jullie antwoord").fill("Nog één ding")
    live.cafe.starts_at, live.cafe.ends_at = (timezone.now() - timedelta(hours=ago) for ago in (4, 1))
    type(live.cafe).objects.bulk_update([live.cafe], ["starts_at", "ends_at"])
    page.get_by_role("button", name="Verstuur").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dit café is voorbij")
    with page.expect_response(lambda answer: "/stand" in answer.url and answer.status == 200):
        live.raise_version()  # so the phone reads the state anew
    look(page, "17-voorbij")
    expect(page.get_by_label("Wat je schreef")).to_have_value("Nog één ding")
    expect(page.get_by_role("link", name="Ga mee")).to_be_hidden()
    assert not Post.objects.exists()
    page.goto(f"/z/{live.code.lower()}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Dit hoorden we")
