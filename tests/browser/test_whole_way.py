"""The ways through the whole site, on the demo's content: as a stranger with and without JavaScript, with the keyboard
alone, and as the coordinator."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import writing
from tests.browser.every_page import COORDINATOR, photo
from tests.browser.on_its_way import swapped
from tests.events import mailing

STORY = "Bij ons belt de consulent elke vrijdag even terug."
ANSWER = "Dat zouden wij ook wel willen!"
WISH = "Een plein waar iedereen meedoet"
ADDRESS = "fatima@example.org"
# What a page remembers, and a new load of it forgets.
MARK, MARKED = "window.sameLoad = true", "window.sameLoad === true"


def card(page, text: str):
    """The contribution itself, without the answers under it."""
    return page.locator("article.post", has=page.locator("> .post-text", has_text=text))


def up(post, count: int):
    return post.locator("> .post-actions").get_by_role("button", name=re.compile(rf"^{count} duimpjes? omhoog$"))


def thumbs_of(post) -> int:
    return int(post.locator("> .post-actions .thumb").first.inner_text().split()[0])


def mailed(page, subject: str):
    """Has the waiting mails sent, and opens the newest with this subject in the Postvak."""
    mailing.work()
    page.goto("/postvak/")
    page.locator(".mails").get_by_role("link", name=subject).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(subject)


@pytest.fixture
def stranger(open_page):
    """The browser of somebody else."""
    return open_page(js=False)


def test_a_stranger_on_a_phone_without_javascript(open_page, demo, stranger):
    page = open_page(js=False)

    # Read: from the landing page to a whole contribution with its answers.
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Denk, praat en doe mee")
    page.get_by_role("link", name="Lees verder in de bijdrage van Peter").click()
    expect(card(page, "Eerlijk? Voor ons duurde het te lang")).to_contain_text("consulent")

    # Vote.
    page.goto("/")
    page.get_by_text("Bekijk de uitslag").click()
    votes = page.locator(".results + p")
    before = int(votes.inner_text().split()[0])
    page.get_by_role("button", name="ja", exact=True).click()
    expect(page.locator("#antwoord")).to_contain_text("Je stemde «ja» ·")
    page.get_by_text("Bekijk de uitslag").click()
    expect(page.locator(".results + p")).to_contain_text(f"{before + 1} stemmen van ")

    # Send in a wensbeeld with a picture.
    page.get_by_role("link", name="Laat je wensbeeld zien").click()
    page.get_by_label("Jouw wensbeeld in woorden").fill(WISH)
    page.get_by_label("Een foto of tekening").set_input_files(photo())
    page.get_by_label("Wat zie je?").fill("Een plein in de zon")
    page.get_by_label("Op deze foto staan geen herkenbare kinderen").check()
    page.get_by_label("Je naam").fill("Fatima")
    page.get_by_role("button", name="Stuur in").click()
    expect(page.get_by_role("status")).to_contain_text("Dank je wel voor je wensbeeld")
    mine = page.get_by_role("article").filter(has_text=WISH)
    expect(mine).to_contain_text("Wacht op goedkeuring")
    expect(mine.get_by_role("img", name="Een plein in de zon")).not_to_have_js_property("naturalWidth", 0)
    stranger.goto("/wensbeelden/")
    expect(stranger.locator("main")).not_to_contain_text(WISH)

    # Write, with an address: the mail makes it public.
    page.goto("/")
    writing.write(page, STORY, address=ADDRESS)
    expect(page.get_by_role("status")).to_contain_text("Dank je wel, Fatima!")
    expect(card(page, STORY)).to_contain_text("Kijk in je mail")
    stranger.goto("/denk-praat-doe-mee/")
    expect(card(stranger, STORY)).to_have_count(0)
    mailed(page, "Zet je bijdrage online")
    page.locator(".prose a").first.click()
    expect(page.get_by_role("blockquote")).to_contain_text(STORY)
    page.get_by_role("button", name="Ja, dit schreef ik").click()
    # They are logged in now; what was done here before is theirs when they say so.
    expect(page.get_by_role("heading", name="Was jij dat?")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text=WISH)).to_be_visible()
    expect(page.locator("main")).not_to_contain_text(STORY)
    page.get_by_role("button", name="Ja, dat was ik").click()
    expect(page.get_by_role("status")).to_contain_text("Je bijdrage staat online")
    stranger.reload()
    expect(card(stranger, STORY)).to_contain_text("Fatima")
    assert ADDRESS not in stranger.content()

    # Answer somebody.
    page.goto("/denk-praat-doe-mee/")
    page.get_by_role("link", name="Antwoord aan Peter").click()
    expect(page.get_by_role("heading", name="Antwoord aan Peter")).to_be_visible()
    # Nothing is asked again: they are known.
    expect(page.get_by_text("Je schrijft als Fatima, ouder")).to_be_visible()
    writing.send(page.locator("main form.form"), ANSWER, "Jouw antwoord")
    peter = card(page, "Eerlijk? Voor ons duurde het te lang")
    expect(peter.locator(".answers").first).to_contain_text(ANSWER)

    # Give a thumb, and take it back.
    count = thumbs_of(peter)
    up(peter, count).click()
    expect(up(peter, count + 1)).to_have_attribute("aria-pressed", "true")
    stranger.goto("/denk-praat-doe-mee/")
    expect(up(card(stranger, "Eerlijk? Voor ons duurde het te lang"), count + 1)).to_be_visible()
    up(peter, count + 1).click()
    expect(up(peter, count)).to_have_attribute("aria-pressed", "false")

    # Sign up for a café, read the mail, and cancel with its link.
    page.goto("/cafes/")
    page.get_by_role("link", name="onze thema's").first.click()
    expect(page.locator("#aanmelden")).to_contain_text("er is plaats")
    page.get_by_role("radio", name=re.compile("^In de zaal")).check()
    page.get_by_label("Je naam").fill("Fatima")
    page.get_by_label("Je e-mailadres").fill(ADDRESS)
    page.get_by_role("button", name="Meld je aan").click()
    # Logged in with that very address, so it is firm at once.
    expect(page.get_by_role("heading", name="Je hebt een plaats in de zaal")).to_be_visible()
    mailed(page, "Je bent aangemeld")
    expect(page.locator(".details")).to_contain_text("passend-onderwijscafe.ics")
    page.locator(".prose a", has_text="/aanmelding/").click()
    expect(page.get_by_text("Fatima, je bent welkom!")).to_be_visible()
    page.get_by_role("button", name="Meld me af").click()
    expect(page.get_by_role("heading", name="Je bent afgemeld")).to_be_visible()
    mailed(page, "Je bent afgemeld")


def test_a_stranger_with_javascript_stays_on_the_page(open_page, demo, stranger):
    page = open_page()
    page.goto("/")
    page.evaluate(MARK)

    # Vote: the answer comes in the place of the buttons, and has the focus.
    page.get_by_role("button", name="nog niet").click()
    expect(page.locator("#antwoord")).to_be_focused()
    expect(page.locator("#antwoord")).to_contain_text("Probeer het later nog een keer")

    # Write: first nothing, then the words, then who they are. What becomes of it stands where the box was.
    box = page.locator("#schrijf")
    box.get_by_role("button", name="Verstuur").click()
    expect(page.locator(".error-summary")).to_be_focused()
    writing.send(box, STORY)
    expect(box.get_by_role("heading", name="Hoe mogen we je noemen?")).to_be_focused()
    assert "/afzender/" in page.url and page.evaluate(MARKED)
    box.get_by_role("button", name="Klaar").first.click()
    expect(page.locator(".error-summary")).to_contain_text("Kies je rol")
    swapped(page)
    writing.sign(page)
    expect(box.get_by_role("heading", name="Dank je wel, Fatima!")).to_be_focused()
    expect(box).to_contain_text("Een moderator leest je bijdrage eerst")
    expect(card(page, STORY)).to_contain_text("Wacht op goedkeuring")
    assert page.evaluate(MARKED)
    page.reload()
    expect(page.get_by_role("heading", name="Dank je wel, Fatima!")).to_be_visible()
    expect(card(page, STORY)).to_be_visible()

    # Answer: the box opens under the contribution with the cursor in it.
    page.goto("/denk-praat-doe-mee/")
    page.evaluate(MARK)
    peter = card(page, "Eerlijk? Voor ons duurde het te lang")
    peter.get_by_role("link", name="Antwoord aan Peter").click()
    expect(peter.get_by_label("Jouw antwoord")).to_be_focused()
    writing.send(peter.locator("form.form"), ANSWER, "Jouw antwoord")
    expect(peter.get_by_role("heading", name="Hoe mogen we je noemen?")).to_be_focused()
    writing.sign(page)
    expect(card(page, ANSWER)).to_be_focused()
    expect(peter.locator("form.form")).to_have_count(0)

    # A thumb is there at once, and still there after a reload; the next tap takes it back.
    count = thumbs_of(peter)
    up(peter, count).click()
    expect(up(peter, count + 1)).to_be_focused()
    assert page.evaluate(MARKED)
    page.reload()
    expect(up(peter, count + 1)).to_have_attribute("aria-pressed", "true")
    with page.expect_response("**/duim/**"):  # the page shows it before the server knows
        up(peter, count + 1).click()
    expect(up(peter, count)).to_have_attribute("aria-pressed", "false")
    stranger.goto("/denk-praat-doe-mee/")
    expect(up(card(stranger, "Eerlijk? Voor ons duurde het te lang"), count)).to_be_visible()

    # Sign up for a café that is full: a page of its own says what now, and stays after a reload.
    page.goto("/cafes/")
    page.get_by_role("link", name="verandering op school").first.click()
    page.wait_for_url("**/cafes/*/")
    page.get_by_role("radio", name=re.compile("^In de zaal")).check()
    page.get_by_label("Je naam").fill("Fatima")
    page.get_by_label("Je e-mailadres").fill(ADDRESS)
    page.locator("form").get_by_role("button", name="Meld je aan").click()
    expect(page.locator(".notice")).to_be_focused()
    expect(page.locator(".notice")).to_contain_text("We hebben je aanmelding")
    page.reload()
    expect(page.locator(".notice")).to_contain_text("We hebben je aanmelding")
    mailed(page, "Kom je? Druk op «Ik kom»")
    page.locator(".prose a", has_text="/aanmelding/").first.click()
    page.get_by_role("button", name="Ik kom", exact=True).press("Enter")
    expect(page.get_by_role("heading", name="Je staat op de wachtlijst voor de zaal")).to_be_visible()


@pytest.mark.parametrize("js", [False, True], ids=["no-js", "js"])
def test_the_keyboard_alone_leads_to_a_contribution(open_page, demo, js):
    page = open_page(width=1280, js=js)
    page.goto("/")
    if js:
        page.evaluate(MARK)

    def tab_to(element) -> None:
        """Presses Tab until the element has the focus, which has to be seen on it."""
        for _ in range(80):
            page.keyboard.press("Tab")
            outline = "e => e === document.activeElement && getComputedStyle(e).outlineStyle"
            if seen := element.evaluate(outline):
                assert seen != "none"
                return
        raise AssertionError(f"Tab does not lead to {element}")

    box = page.locator("#schrijf")
    tab_to(page.get_by_role("link", name="Naar de inhoud"))
    page.keyboard.press("Enter")
    tab_to(box.get_by_label("Jouw bijdrage"))
    page.keyboard.type(STORY)
    tab_to(box.get_by_role("button", name="Verstuur"))
    page.keyboard.press("Enter")
    expect(box.get_by_role("heading", name="Hoe mogen we je noemen?")).to_be_visible()
    swapped(page)
    tab_to(box.get_by_label("Je naam"))
    page.keyboard.type("Fatima")
    tab_to(box.get_by_label("Je rol"))
    page.keyboard.type("ouder")
    tab_to(box.get_by_role("button", name="Klaar").first)
    page.keyboard.press("Enter")
    expect(card(page, STORY)).to_contain_text("Wacht op goedkeuring")
    expect(card(page, STORY)).to_contain_text("ouder")
    if js:
        expect(box.get_by_role("heading", name="Dank je wel, Fatima!")).to_be_focused()
        assert page.evaluate(MARKED)


@pytest.fixture
def coordinator(open_page, demo):
    """A laptop on which the coordinator came in with the code from the mail."""
    page = open_page(width=1280)
    page.goto("/beheer/")
    page.get_by_label("Je e-mailadres").fill(COORDINATOR)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Kijk in je mail")).to_be_visible()
    phone = open_page()
    mailed(phone, "je code om in te loggen")
    page.get_by_label("De code uit je mail").fill(phone.get_by_role("heading", level=1).inner_text().split()[0])
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Vandaag")
    return page


def block(page, title: str):
    return page.locator(".today-block", has=page.get_by_role("heading", name=title))


def act(page, name: str) -> None:
    """On a list by choosing from what it offers, on the page of one contribution with its button."""
    button, offers = page.get_by_role("button", name=name), page.get_by_role("combobox", name="Actie")
    expect(button.or_(offers).first).to_be_visible()  # a page that is half there has neither
    if not button.count():
        offers.select_option(name)
        button = page.get_by_role("button", name="Uitvoeren")
    button.click()


def test_the_coordinator_moderates(coordinator, stranger):
    page = coordinator
    waiting = block(page, "Bijdragen die wachten")
    count = int(waiting.locator(".today-count").inner_text())
    assert count > 0
    text = waiting.locator("li a").first.inner_text().partition(": ")[2][:60]
    stranger.goto("/denk-praat-doe-mee/")
    expect(stranger.locator("main")).not_to_contain_text(text)

    waiting.locator("li a").first.click()
    expect(page.locator(".post-detail")).to_contain_text(text)
    act(page, "Goedkeuren")
    expect(page.locator(".messagelist")).to_contain_text("1 bijdrage goedgekeurd")
    page.goto("/beheer/")
    expect(block(page, "Bijdragen die wachten").locator(".today-count")).to_have_text(str(count - 1))

    # From the reported contributions to one that is taken away, with a reason.
    reported = block(page, "Gemelde bijdragen")
    expect(reported.locator(".today-count")).to_have_text("1")
    reported.locator("li a").first.click()
    detail, change_form = page.locator(".post-detail"), page.url
    words = detail.locator("blockquote").first.inner_text().splitlines()[0]
    public = f"/bijdragen/{change_form.split('/')[-3]}/"
    stranger.goto(public)
    expect(stranger.locator("main")).to_contain_text(words)
    act(page, "Weghalen …")
    page.get_by_role("button", name="Haal weg").click()
    expect(page.locator(".errorlist")).to_contain_text("Kies een reden")
    page.get_by_label("De bijdrage is reclame.").check()
    page.get_by_role("button", name="Haal weg").click()
    expect(page.locator(".messagelist")).to_contain_text("1 bijdrage weggehaald")
    page.goto("/beheer/")
    expect(reported.locator(".today-count")).to_have_text("0")
    stranger.reload()
    expect(stranger.locator("main")).not_to_contain_text(words)
    expect(stranger.locator(".post-gone")).to_contain_text("Deze bijdrage is weggehaald")

    page.goto(change_form)
    expect(detail).to_contain_text("Reden: De bijdrage is reclame.")
    act(page, "Terugzetten")
    expect(page.locator(".messagelist")).to_contain_text("1 bijdrage teruggezet")
    stranger.reload()
    expect(stranger.locator("main")).to_contain_text(words)
    expect(stranger.locator(".post-gone")).to_have_count(0)


def test_the_coordinator_asks_another_question(coordinator, stranger):
    page = coordinator
    page.goto("/beheer/posts/question/")
    row = page.get_by_role("row").filter(has_text="De Tweede Vraag")
    row.get_by_role("checkbox").check()
    act(page, "Nu aan de beurt maken …")
    page.locator("form.asking [type=submit]").click()
    expect(page.locator(".messagelist")).to_contain_text("is nu aan de beurt")
    expect(row).to_contain_text("nu aan de beurt")
    stranger.goto("/")
    expect(stranger.locator(".ask")).to_contain_text("De Tweede Vraag")
    stranger.goto("/vragen/de-eerste-vraag/")
    expect(stranger.locator("main")).to_contain_text("Deze vraag is gesloten")
    expect(stranger.locator("article.post").first).to_be_visible()
    expect(stranger.get_by_role("button", name="Verstuur")).to_have_count(0)


def test_the_coordinator_sees_who_comes(coordinator, stranger):
    stranger.goto("/cafes/onze-themas/")
    stranger.get_by_role("radio", name=re.compile("^In de zaal")).check()
    stranger.get_by_label("Je naam").fill("Fatima")
    stranger.get_by_label("Je e-mailadres").fill(ADDRESS)
    stranger.get_by_role("button", name="Meld je aan").click()
    expect(stranger.get_by_role("status")).to_contain_text("We hebben je aanmelding")

    page = coordinator
    cafe = block(page, "Komende cafés").locator("li", has_text="onze thema's")
    taken = int(re.search(r"zaal (\d+) van", cafe.inner_text())[1])
    page.reload()
    expect(cafe).to_contain_text(f"zaal {taken + 1} van")
    cafe.get_by_role("link").click()
    row = page.locator("#result_list").get_by_role("row").filter(has_text=ADDRESS)
    expect(row).to_contain_text("Fatima")
    expect(row).to_contain_text("in de zaal, nog niet vast")
