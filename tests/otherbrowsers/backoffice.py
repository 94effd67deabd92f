"""The ways of the coordinator, and of who sorts. The first one logs in."""

import re

from tests.otherbrowsers.public import code_from_mail, fresh, nothing_in
from tests.otherbrowsers.window import CONTROL, ENTER, Failed, Window

COORDINATOR = "coordinator@werkplaats.example"
ROUND = "/stickerrondes/probeer-het-zelf/"


def log_in(page: Window) -> None:
    page.go("/beheer/")
    code_from_mail(page, COORDINATOR)
    page.says("Vandaag", "h1")


def today(page: Window) -> None:
    page.go("/beheer/")
    page.says("Bijdragen die wachten")
    page.click(page.css(".today-block li a"))


def moderating(page: Window) -> None:
    """A tick is gone after F5: it could stand beside another row."""
    page.go("/beheer/posts/post/")
    page.click(page.css("input.action-select"))
    page.reload()
    if page.count("input.action-select:checked"):
        raise Failed("a tick is back after a reload")
    page.go("/beheer/posts/post/?toestand=wacht")
    page.click(page.css("input.action-select"))
    page.pick("Actie", "Goedkeuren")
    page.press("Uitvoeren")
    page.says("goedgekeurd", ".messagelist")


def change_form(page: Window) -> None:
    page.go("/beheer/events/cafe/")
    page.click(page.css("#result_list tbody th a"))
    page.css("#id_title")
    before = page.value("#id_title")
    page.press("Opslaan en opnieuw bewerken")
    page.says("gewijzigd", ".messagelist")
    if page.value("#id_title") != before:
        raise Failed("the title is another one after saving")


def open_desk(page: Window) -> int:
    """How many voices have no place yet."""
    page.go("/beheer/werkbank/")
    page.press("Wat maakt ons Passend Onderwijs", ".harvests")
    page.css("#stem")
    return to_do(page)


def to_do(page: Window) -> int:
    return int(re.sub(r"\D", "", page.words(".bubble-count")))


def desk_by_keys(page: Window) -> None:
    left = open_desk(page)
    page.key("q")
    page.until(lambda: to_do(page) == left - 1, "a key lays the voice")
    page.key("n")
    page.until(lambda: page.run("return document.activeElement.id === 'id_naam'"), "N opens a new stack")
    page.type(page.css("#id_naam"), f"{fresh('')[-6:]}{ENTER}")
    page.until(lambda: to_do(page) == left - 2, "Enter makes it")
    for count in (left - 1, left):
        page.key(CONTROL, "z")
        page.until(lambda: to_do(page) == count, "Ctrl Z takes it back")  # noqa: B023


def desk_by_mouse(page: Window) -> None:
    left = open_desk(page)
    page.click(page.css("#stapels button[name=stapel]:enabled"))
    page.until(lambda: to_do(page) == left - 1, "a press lays the voice")
    page.press("Maak ongedaan")
    page.until(lambda: to_do(page) == left, "the step is undone")


def notes(page: Window) -> None:
    page.go("/beheer/werkbank/aantekeningen/")
    if page.count(".evening-row h2 a"):
        page.click(page.css(".evening-row h2 a"))
    else:
        page.press("Begin", ".evening-row")
    words = fresh("elke keer een ander")
    page.type(page.css("#regel"), f"3o {words}{ENTER}")
    page.says(words, "#regels")
    page.says("alles bewaard", "#stand")
    page.reload()
    page.says(words, "#regels")
    nothing_in(page, "#regel")


def door(page: Window) -> None:
    page.go("/cafes/onze-themas/bij-de-deur/")
    page.click(page.css(".door-list button[value=ja]"))
    page.until(lambda: page.run("return document.activeElement.value === 'nee'"), "the focus is on taking it back")
    page.press("Toch niet", ".door-list")
    page.gone(".door-list .is-here")


def leading(page: Window) -> None:
    """A tick goes to no other idea after F5, also when there is one more by then. The round is left open for ideas."""
    page.go(f"{ROUND}bediening/")
    if not page.count("[value=stickers].button:not(.secondary)"):
        for words in ("Terug naar een eerdere stap", "Terug naar ideeën"):
            page.type(page.find("press", words), ENTER)  # a tap right after the page came is none
        page.says("Open het plakken")
    page.known["group"] = page.run("return document.querySelector('.code-list a[href*=\"/groep/\"]').pathname")
    for _ in range(2):
        page.go(page.known["group"])
        page.type(page.css("#tafel textarea"), fresh("Kennis reist."))
        page.press("Zet op de lijst")
        page.says("Je idee staat op jullie lijst")
    page.go(f"{ROUND}bediening/")
    page.click(page.css(".control-list [name=ideas]"))
    page.reload()
    if page.count(".control-list :checked"):
        raise Failed("a tick is back after a reload")


WAYS = {
    "beheer: log-in by code": log_in,
    "beheer: Vandaag": today,
    "beheer: list of contributions": moderating,
    "beheer: a change form": change_form,
    "desk by keys": desk_by_keys,
    "desk by mouse": desk_by_mouse,
    "notes of an evening": notes,
    "door": door,
    "leading a round": leading,
}
