"""The ways of a visitor, each from a start of its own."""

from pathlib import Path
from time import sleep, time

from tests.otherbrowsers.window import ENTER, Failed, Window

QUESTION = "/denk-praat-doe-mee/"
PICTURE = Path(__file__).resolve().parents[2] / "docs/voorpagina.png"
AS_PEOPLE = 4  # seconds that a few words take at least: werkplaats/web/programs.py
IN_SIGHT = """
const {top, bottom} = document.activeElement.getBoundingClientRect();
return document.activeElement.matches(arguments[0]) && top >= 0 && top < innerHeight && bottom > 0;
"""


def fresh(words: str) -> str:
    """Words that nobody wrote before."""
    return f"{words} {time():.2f}"


def sign(page: Window, within: str) -> None:
    page.says("Hoe mogen we je noemen?", within)
    page.fill("Je naam", "Fatima", within)
    page.pick("Je rol", "ouder", within)
    page.press("Klaar", within)


def mail_for(page: Window, address: str, subject: str) -> None:
    """Opens the newest mail to this address, which may still be on its way."""
    newest = """
    return [...document.querySelectorAll(".mails a")].find((each) => arguments.length && [...arguments].every(
      (words) => each.innerText.includes(words))) ?? null"""

    def look():
        page.go("/postvak/")
        return page.run(newest, address, subject)

    page.click(page.until(look, f"a mail «{subject}» to {address}"))
    page.says(subject, "h1")


def open_menu(page: Window) -> None:
    if page.run("return document.querySelector('.menu-button').checkVisibility()"):
        page.press("Menu", "header")


def landing(page: Window) -> None:
    page.go("/")
    page.says("Denk, praat en doe mee", "h1")
    open_menu(page)
    page.press("Programma", "#menu")
    page.says("Wat gebeurt er wanneer?", "h1")


def voting(page: Window) -> None:
    page.go("/")
    page.press("nog niet", "#peiling")
    page.says("Je stemde", "#peiling")
    page.reload()
    page.says("Je stemde", "#peiling")


def writing(page: Window) -> None:
    """A mistake, a box that grows, both steps; and F5 gives nothing back that was placed."""
    page.go(QUESTION)
    page.press("Verstuur", "#schrijf")
    page.css(".error-summary")
    box = page.css("#schrijf textarea")
    tall = "return arguments[0].offsetHeight"
    before = page.run(tall, box)
    text = fresh("Bij ons belt de consulent even terug.")
    page.type(box, f"{'regel na regel' * 40}\n\n\n\n{text}")
    if page.run(tall, box) <= before:
        raise Failed("the box does not grow with its words")
    page.press("Verstuur", "#schrijf")
    sign(page, ".step")
    page.says("Dank je wel, Fatima!")
    page.says(text, "#bijdragen")
    page.go(QUESTION)
    page.type(page.css("#schrijf textarea"), fresh("Nog een gedachte."))
    page.press("Verstuur", "#schrijf")
    sign(page, ".step")
    page.says("Dank je wel, Fatima!")
    page.reload()
    nothing_in(page, "#schrijf textarea")


def nothing_in(page: Window, box: str) -> None:
    if page.count(box) and (words := page.value(box)):
        raise Failed(f"«{words}» is back in its field, and was sent")


def draft(page: Window) -> None:
    page.go(QUESTION)
    page.type(page.css("#schrijf textarea"), "Half getypt")
    page.reload()
    page.says("We hebben je tekst bewaard", "#schrijf")
    page.press("Wis deze tekst", "#schrijf")
    page.reload()
    if page.value("#schrijf textarea"):
        raise Failed("what was wiped is back in the box")


def answering(page: Window) -> None:
    page.go(QUESTION)
    page.press("Antwoord", "#bijdragen")
    text = fresh("Dat zouden wij ook wel willen.")
    page.fill("Jouw antwoord", text, "#bijdragen")
    page.press("Verstuur", ".post-reply form")
    page.says(text, "#bijdragen")


def thumb(page: Window) -> None:
    pressed = "#bijdragen .thumb[aria-pressed=true]"
    page.go(QUESTION)
    page.click(page.css("#bijdragen button.thumb"))
    page.css(pressed)
    page.gone(".htmx-request")  # the page shows it before the server knows
    page.reload()
    page.click(page.css(pressed))
    page.gone(pressed)


def reporting(page: Window) -> None:
    page.go(QUESTION)
    page.press("Meld", "#bijdragen")
    page.press("reclame", ".post-reply form")
    page.says("Dank je voor je melding", ".post-reply")


def wensbeeld(page: Window) -> None:
    text = fresh("Een plein waar iedereen meedoet")
    page.go("/wensbeelden/insturen/")
    page.fill("Jouw wensbeeld in woorden", text)
    page.type(page.find("field", "Een foto of tekening"), str(PICTURE))
    page.css(".picture-kept")
    page.fill("Wat zie je?", "Een plein in de zon")
    page.tick("staan geen herkenbare kinderen")
    page.fill("Je naam", "Fatima", "#insturen")
    page.press("Stuur in", "#insturen")
    page.says("Dank je wel voor je wensbeeld")
    page.says(text)
    page.until(lambda: page.run(IN_SIGHT, ".notice.success"), "the thanks have the focus and are in sight")
    page.driver.ask("back")
    page.css("#insturen")
    nothing_in(page, "#insturen textarea")


def group(page: Window) -> None:
    """F5 gives an idea that is on the list not back in the box, so that it stands there once."""
    page.go(page.found("group"))
    text = fresh("Laat een kind het voorlezen.")
    page.type(page.css("#tafel textarea"), text)
    sleep(AS_PEOPLE)  # what is sent sooner waits for a coordinator
    page.press("Zet op de lijst")
    page.says("Je idee staat op jullie lijst")
    page.reload()
    nothing_in(page, "#tafel textarea")
    page.says(text, "#lijst")


def cafe(page: Window) -> None:
    address = f"fatima{time():.0f}@example.org"
    page.go("/cafes/onze-themas/")
    page.tick("In de zaal", "#aanmelden")
    page.fill("Je naam", "Fatima", "#aanmelden")
    page.fill("Je e-mailadres", address, "#aanmelden")
    page.press("Meld je aan", "#aanmelden form")
    page.says("We hebben je aanmelding")
    mail_for(page, address, "Kom je?")
    page.click(page.css(".prose a[href*='/aanmelding/']"))
    page.press("Ik kom")
    page.says("Je hebt een plaats in de zaal")
    page.known["address"] = address


def log_in(page: Window) -> None:
    page.go("/mijn-cafes/")
    code_from_mail(page, page.found("address"))
    if page.count("main form") and page.path.startswith("/accounts/eerder"):
        page.press("Ja, dat was ik")


def own_cafes(page: Window) -> None:
    page.go("/mijn-cafes/")
    page.says("onze thema's", "main")


def code_from_mail(page: Window, address: str) -> None:
    """From the page that asks for an address to the one after it."""
    page.type(page.css("main [type=email], #content [type=email]"), f"{address}{ENTER}")
    page.says("Kijk in je mail")
    back = page.path
    mail_for(page, address, "code om in te loggen")
    code = page.words("h1").split()[0]
    page.go(back)
    page.type(page.find("field", "De code uit je mail"), f"{code}{ENTER}")
    page.until(lambda: page.path != back, "the code is right")


def own(page: Window) -> None:
    page.go("/mijn-bijdragen/")
    page.says("Jouw bijdragen", "h1")
    page.css(".own-list article")


def your_data(page: Window) -> None:
    page.go("/jouw-gegevens/")
    page.says("Jouw gegevens", "h1")


def plan(page: Window) -> None:
    page.go("/plan/")
    page.click(page.css(".plan-acts button.thumb"))
    page.css(".plan-acts .thumb[aria-pressed=true]")
    page.press("Van wie komt dit?", "main")
    page.click(page.css(".plan-act"))
    page.type(page.css("#schrijf textarea"), fresh("Dat duurt te lang."))
    page.press("Verstuur", "#schrijf")
    sign(page, ".step")
    page.says("Dank je wel", "#schrijf")


def heard(page: Window) -> None:
    page.go("/wat-we-hoorden/")
    page.click(page.css("main a[href$='/wat-we-hoorden/']"))
    page.says("Wat we hoorden", "h1")


def search(page: Window) -> None:
    page.go(QUESTION)
    page.press("Zoek of kies", ".finding")
    page.fill("Zoek in de bijdragen", "school", ".finding")
    page.press("Zoek", ".find-words")
    page.says("gevonden", "#bijdragen-kop")


def programme(page: Window) -> None:
    page.go("/programma/")
    page.click(page.css("main a[href]"))


WAYS = {
    "landing page and menu": landing,
    "voting": voting,
    "writing": writing,
    "a draft": draft,
    "answering": answering,
    "thumb": thumb,
    "report": reporting,
    "wensbeeld with a picture": wensbeeld,
    "sticker group": group,
    "café, by mail": cafe,
    "Jouw bijdragen": own,
    "log-in by code": log_in,
    "Mijn cafés": own_cafes,
    "Jouw gegevens": your_data,
    "plan: thumb and reaction": plan,
    "Wat we hoorden": heard,
    "search": search,
    "programme": programme,
}
