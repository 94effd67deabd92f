"""Reading on a phone: thumbs that answer at once, boxes that stay, links that lead to their place, news."""

import re

import pytest
from playwright.sync_api import expect

from posts.models.posts import Post
from posts.models.thumbs import Thumb
from tests.browser import writing
from tests.browser.on_its_way import WORDS_STAY, first_of, swapped
from tests.helpers import factories

pytestmark = pytest.mark.prove  # in detail; the ways that people go are in test_whole_way.py

HELD_UP = "**/duim/**"


@pytest.fixture
def root(transactional_db):
    return factories.post(name="Anna", text="Korte lijnen met de consulent.", role=factories.role("ouder"))


def card(page, post):
    return page.locator(f"#bijdrage-{post.pk}")


def thumb(page, word, post):
    return page.locator(f"#{word}-{post.pk}")


def answer_box(page, post):
    card(page, post).locator("> .post-actions").get_by_role("link", name="Antwoord aan").click()
    box = page.locator(f"#antwoord-{post.pk}")
    expect(box.get_by_label("Jouw antwoord")).to_be_focused()
    return box


def test_a_thumb_is_seen_before_the_server_answers(open_page, root):
    Thumb.objects.create(post=root, visitor=factories.visitor(), value=1)
    page = open_page()
    page.goto("/denk-praat-doe-mee/")
    held = []
    page.route(HELD_UP, lambda route: held.append(route), times=1)
    up, down = thumb(page, "op", root), thumb(page, "neer", root)
    up.click()
    expect(up).to_have_attribute("aria-pressed", "true")
    expect(up).to_have_accessible_name("2 duimpjes omhoog")
    expect(up).to_have_css("background-color", "rgb(22, 33, 58)")  # also under the pointer: it can be read
    assert Thumb.objects.count() == 1
    with page.expect_response("**/duim/op/"):
        first_of(page, held).continue_()
    expect(up).to_have_attribute("aria-pressed", "true")
    assert Thumb.objects.count() == 2
    page.wait_for_timeout(600)  # else it is a double click
    with page.expect_response("**/duim/neer/"):
        down.click()  # switching is one tap
    expect(up).to_have_accessible_name("1 duimpje omhoog")
    expect(down).to_have_attribute("aria-pressed", "true")
    expect(up).to_have_attribute("aria-pressed", "false")
    page.reload()
    expect(down).to_have_accessible_name("1 duimpje omlaag")
    expect(down).to_have_attribute("aria-pressed", "true")


def test_a_thumb_for_words_that_changed_shows_the_new_ones(open_page, root):
    page = open_page()
    page.goto(f"/bijdragen/{root.pk}/")
    Post.objects.filter(pk=root.pk).update(text="Nu staat hier iets anders.")
    with page.expect_response("**/duim/op/") as answer:
        thumb(page, "op", root).click()
    assert answer.value.status == 409
    expect(card(page, root)).to_contain_text("Nu staat hier iets anders.")
    expect(card(page, root).get_by_role("alert")).to_contain_text("Lees opnieuw, en kies dan.")
    with page.expect_response("**/duim/op/") as answer:
        thumb(page, "op", root).click()
    assert answer.value.status == 200
    expect(thumb(page, "op", root)).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("failure", ["no connection", "503"])
def test_a_thumb_that_did_not_arrive_goes_back(open_page, root, failure, complaints):
    page = open_page()
    page.add_init_script(WORDS_STAY)
    page.goto("/denk-praat-doe-mee/")
    up = thumb(page, "op", root)
    wrong = "Er ging iets mis."
    page.route(HELD_UP, lambda r: r.abort() if failure == "no connection" else r.fulfill(status=503, body=wrong))
    up.click()
    expect(page.locator(".said")).to_contain_text("Dat lukte niet")
    expect(up).to_have_attribute("aria-pressed", "false")
    expect(up).to_have_accessible_name("0 duimpjes omhoog")
    expect(page.get_by_text(wrong)).to_have_count(0)
    page.unroute(HELD_UP)
    with page.expect_response("**/duim/op/"):
        up.click()
    expect(up).to_have_attribute("aria-pressed", "true")
    assert Thumb.objects.get().value == 1
    complaints.clear()  # what the browser and htmx say of it


@pytest.mark.parametrize("cookies", ["replaced", "off"])
def test_a_thumb_on_a_page_that_outlived_its_token_counts_at_the_second_press(open_page, root, cookies):
    """Logging in or out in another tab replaces the token; who keeps no cookies is told that, and not to wait."""
    page = open_page()
    page.goto("/denk-praat-doe-mee/")
    own = page.context.cookies()
    page.context.clear_cookies()
    if cookies == "replaced":
        fresh = [{**each, "value": "a" * 32} if "csrf" in each["name"] else each for each in own]
        page.context.add_cookies(fresh)
    up = thumb(page, "op", root)
    up.click()
    told = "Druk nog een keer op de knop." if cookies == "replaced" else "Je browser stuurde onze cookie niet mee."
    expect(page.locator("#storing")).to_contain_text(told)
    swapped(page)  # with a new token
    expect(up).to_have_attribute("aria-pressed", "false")
    expect(page.get_by_text("Probeer het straks nog eens")).to_have_count(0)
    assert not Thumb.objects.exists()
    with page.expect_response("**/duim/op/") as answer:
        up.click()
    assert answer.value.status == 200
    expect(up).to_have_attribute("aria-pressed", "true")
    assert Thumb.objects.get().value == 1


def test_a_second_tap_while_the_first_is_under_way_undoes_it(open_page, root):
    page = open_page()
    page.goto("/denk-praat-doe-mee/")
    held = []
    page.route(HELD_UP, lambda route: held.append(route), times=1)
    up = thumb(page, "op", root)
    up.click()
    page.wait_for_timeout(600)  # else it is a double click
    up.click()
    expect(up).to_have_attribute("aria-pressed", "false")
    with page.expect_response(f"**/bijdragen/{root.pk}/duim/weg/"):
        first_of(page, held).continue_()
    expect(up).to_have_attribute("aria-pressed", "false")
    expect(up).to_have_accessible_name("0 duimpjes omhoog")
    assert not Thumb.objects.exists()


def test_an_answer_comes_in_its_place_and_what_is_typed_elsewhere_stays(open_page, root):
    first = factories.post(parent=root, name="Bram")
    deep = factories.post(parent=factories.post(parent=first, name="Cas"), name="Dirk")
    page = open_page()
    page.goto("/denk-praat-doe-mee/")
    other = answer_box(page, first)
    other.get_by_label("Jouw antwoord").fill("Hier schrijf ik nog aan.")
    for post, text in [(root, "Aan Anna."), (deep, "Aan Dirk.")]:
        box = answer_box(page, post)
        writing.send(box, text, "Jouw antwoord")
        expect(box.get_by_role("heading", name="Hoe mogen we je noemen?")).to_be_focused()
        writing.sign(page)
        expect(page.get_by_text(text)).to_be_visible()
        written = Post.objects.get(text=text)
        expect(card(page, written)).to_be_focused()
        expect(box).to_be_empty()
        expect(other.get_by_label("Jouw antwoord")).to_have_value("Hier schrijf ik nog aan.")
    expect(card(page, written).get_by_text("in antwoord op Dirk")).to_be_visible()
    # In the same place as after a reload.
    order = page.locator("article").evaluate_all("all => all.map(({ id }) => id)")
    page.reload()
    assert page.locator("article").evaluate_all("all => all.map(({ id }) => id)") == order


def test_a_link_to_a_folded_answer_unfolds_it(open_page, root):
    answers = [factories.post(parent=root, name=f"Lezer {n}") for n in range(8)]
    for js in (False, True):
        page = open_page(js=js)
        page.goto("/denk-praat-doe-mee/")
        expect(card(page, answers[2])).to_be_visible()
        expect(card(page, answers[7])).to_be_hidden()
        page.get_by_text("nog 5 reacties").click()
        expect(card(page, answers[7])).to_be_visible()
        page.goto(f"/bijdragen/{answers[7].pk}/#bijdrage-{answers[7].pk}")
        expect(card(page, answers[7])).to_be_in_viewport()
        expect(card(page, answers[7])).to_have_class(re.compile("is-target"))
    expect(card(page, answers[7])).to_be_focused()
    page.goto("/denk-praat-doe-mee/")
    page.evaluate(f"location.hash = 'bijdrage-{answers[7].pk}'")
    expect(card(page, answers[7])).to_be_focused()
    expect(card(page, answers[7])).to_be_in_viewport()


def test_sharing_copies_the_link_and_says_so(open_page, root):
    page = open_page()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.add_init_script(WORDS_STAY)
    page.goto("/denk-praat-doe-mee/")
    page.evaluate("() => { navigator.share = undefined }")
    card(page, root).get_by_role("link", name="Deel de bijdrage van Anna").click()
    expect(page.get_by_role("status").filter(has_text="Link gekopieerd")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.endswith(f"/bijdragen/{root.pk}/#bijdrage-{root.pk}")
    assert page.url.endswith("/denk-praat-doe-mee/")
    page.goto(copied)
    expect(card(page, root)).to_be_focused()


def test_a_phone_gets_its_own_share_sheet(open_page, root):
    page = open_page()
    page.goto("/denk-praat-doe-mee/")
    page.evaluate("() => { navigator.share = async (data) => { window.shared = data } }")
    card(page, root).get_by_role("link", name="Deel").click()
    assert page.evaluate("window.shared.url").endswith(f"/bijdragen/{root.pk}/#bijdrage-{root.pk}")
    expect(page.locator(".said")).to_be_empty()


def test_news_is_announced_and_moves_nothing(open_page, root):
    page = open_page()
    page.clock.install()
    page.goto("/denk-praat-doe-mee/")
    place = card(page, root).bounding_box()
    answer = factories.post(parent=root, text="Bij ons ook.")
    page.clock.fast_forward(31_000)
    link = page.get_by_role("status").get_by_role("link", name="1 nieuwe reactie, toon")
    expect(link).to_be_visible()
    expect(card(page, answer)).to_have_count(0)
    assert card(page, root).bounding_box() == place
    factories.post(root.question, text="Nog iets.")
    page.clock.fast_forward(31_000)
    page.get_by_role("link", name="2 nieuwe reacties, toon").click()
    expect(page.get_by_role("heading", name="2 gesprekken met iets nieuws")).to_be_visible()
    expect(page.get_by_text("Bij ons ook.")).to_be_visible()
    expect(page.get_by_text("Nog iets.")).to_be_visible()


@pytest.mark.parametrize("js", [False, True], ids=["no-js", "js"])
def test_search_and_filter(open_page, root, js):
    factories.post(root.question, text="Rust in de klas.", name="Bram", role=factories.role("leerkracht"))
    page = open_page(js=js)
    page.goto("/denk-praat-doe-mee/")
    page.get_by_text("Zoek of kies").click()
    page.get_by_label("Zoek in de bijdragen").fill("consulenten")
    page.get_by_role("button", name="Zoek").click()
    expect(page.get_by_role("heading", name="1 bijdrage gevonden")).to_be_visible()
    expect(card(page, root)).to_be_visible()
    assert ("rol=" in page.url) != js  # with scripts the address is short enough to read out
    page.get_by_role("link", name="Toon alle bijdragen").click()
    page.get_by_text("Zoek of kies").click()
    page.locator("#kies-rol").select_option("leerkracht")
    page.get_by_role("button", name="Toon").click()
    expect(page.get_by_text("Rust in de klas.")).to_be_visible()
    expect(card(page, root)).to_have_count(0)
    page.get_by_role("link", name="Meeste duimpjes").click()
    expect(page.locator("#kies-rol")).to_have_value(str(factories.role("leerkracht").pk))
    expect(page.get_by_role("link", name="Meeste duimpjes")).to_have_attribute("aria-current", "true")
