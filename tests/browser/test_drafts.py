"""What is typed survives on the device: leaving, a lost connection, a mistake; and it goes when it should."""

import pytest
from playwright.sync_api import expect

from posts.models.holds import Hold
from posts.models.posts import Post
from tests.browser import writing
from tests.helpers import factories

pytestmark = pytest.mark.prove  # in detail; the ways that people go are in test_whole_way.py

TEXT = "Bij ons helpt één vast gezicht."
PAGE = "/denk-praat-doe-mee/"
KEPT = "We hebben je tekst bewaard"


@pytest.fixture
def root(transactional_db):
    factories.role("leerling", is_pupil=True)
    return factories.post(name="Anna", text="Korte lijnen met de consulent.")


def fill(box, text=TEXT):
    box.get_by_label("Jouw").fill(text)


def box_of(page):
    page.goto(PAGE)
    return page.locator("#schrijf")


def drafts(page) -> list[str]:
    return page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('concept:'))")


def send(box):
    box.get_by_role("button", name="Verstuur").first.click()


def test_a_draft_comes_back_until_the_server_has_said_yes(open_page, root):
    page = open_page()
    box = box_of(page)
    fill(box)
    page.goto("/over/")
    box = box_of(page)
    expect(box.get_by_label("Jouw bijdrage")).to_have_value(TEXT)
    expect(box.get_by_role("status")).to_contain_text(KEPT)
    fill(box, "Mijn zoon Daan heeft een vast gezicht.")
    send(box)  # it asks first: no yes
    expect(page.locator(".notice.warning")).to_contain_text("Klopt dit?")
    (kept,) = drafts(page)
    assert kept.startswith(f"concept:/vragen/{root.question.slug}/bijdragen/#")
    fill(box)
    send(box)
    expect(page.locator(".step")).to_contain_text("Je bijdrage is bewaard.")
    assert drafts(page) == []
    box = box_of(page)
    expect(box.get_by_label("Jouw bijdrage")).to_have_value("")
    expect(page.get_by_text(KEPT)).to_have_count(0)


def test_what_one_tab_sends_takes_nothing_of_another_away(open_page, root):
    one = open_page()
    other = one.context.new_page()
    first, second = box_of(one), box_of(other)
    fill(first)
    fill(second, "En meer tijd.")
    send(first)
    writing.sign(one)
    other.reload()
    expect(second.get_by_label("Jouw bijdrage")).to_have_value("En meer tijd.")
    other.close()
    one.goto(PAGE)  # a tab that is closed leaves its text to the next
    expect(first.get_by_label("Jouw bijdrage")).to_have_value("En meer tijd.")
    expect(first.get_by_role("status")).to_contain_text(KEPT)
    send(first)
    expect(one.locator(".step")).to_be_visible()
    assert drafts(one) == []


def test_a_text_that_two_tabs_have_goes_when_one_sends_it_and_not_when_it_sends_another(open_page, root):
    one = open_page()
    fill(box_of(one))
    other = one.context.new_page()
    second = box_of(other)
    expect(second.get_by_label("Jouw bijdrage")).to_have_value(TEXT)
    fill(second, "Iets heel anders.")
    send(second)
    expect(other.locator(".step")).to_be_visible()
    one.reload()
    first = one.locator("#schrijf")
    expect(first.get_by_label("Jouw bijdrage")).to_have_value(TEXT)
    third = one.context.new_page()
    box = box_of(third)
    expect(box.get_by_label("Jouw bijdrage")).to_have_value(TEXT)
    send(box)
    expect(third.locator(".step")).to_be_visible()
    assert drafts(third) == []


def test_a_draft_of_the_landing_page_is_that_of_the_question(open_page, root):
    page = open_page()
    page.goto("/")
    page.locator("#schrijf").get_by_label("Jouw bijdrage").fill(TEXT)
    expect(box_of(page).get_by_label("Jouw bijdrage")).to_have_value(TEXT)
    page.get_by_role("button", name="Wis deze tekst").click()
    expect(page.locator("#schrijf").get_by_label("Jouw bijdrage")).to_be_focused()
    expect(page.locator("#schrijf").get_by_label("Jouw bijdrage")).to_have_value("")
    assert drafts(page) == []


def test_a_draft_of_an_answer_comes_back_when_its_box_opens(open_page, root):
    page = open_page()
    for _ in range(2):
        page.goto(PAGE)
        page.locator(f"#bijdrage-{root.pk}").get_by_role("link", name="Antwoord aan Anna").click()
        box = page.locator(f"#antwoord-{root.pk}")
        expect(box.get_by_label("Jouw antwoord")).to_be_focused()
        if not drafts(page):
            box.get_by_label("Jouw antwoord").fill(TEXT)
    expect(box.get_by_label("Jouw antwoord")).to_have_value(TEXT)
    send(box)
    writing.sign(page)
    expect(page.locator(".post-state")).to_contain_text("Wacht op goedkeuring")
    assert drafts(page) == []


@pytest.mark.parametrize("js", [False, True], ids=["no-js", "js"])
def test_what_was_sent_never_comes_back_in_the_box(open_page, root, js):
    """Neither on a reload nor on going back, where browsers fill in again what they remember."""
    page = open_page(js=js)
    box = box_of(page)
    fill(box)
    send(box)
    expect(page.locator(".step")).to_be_visible()
    page.reload()
    expect(page.locator(".step")).to_be_visible()
    page.go_back()
    box = box_of(page) if js else page.locator("#schrijf")
    expect(box.get_by_label("Jouw bijdrage")).to_have_value("")
    page.reload()
    expect(box.get_by_label("Jouw bijdrage")).to_have_value("")
    expect(page.get_by_text("Nog één stap.")).to_be_visible()
    page.get_by_role("link", name="Vertel hoe we je mogen noemen").click()
    writing.sign(page)
    assert Post.objects.get(text=TEXT).name == "Fatima"


def test_a_form_that_goes_without_htmx_clears_its_draft_where_it_arrives(open_page, root):
    page = open_page()
    fill(box_of(page))
    assert drafts(page)
    with page.expect_navigation():
        page.evaluate("document.querySelector('#schrijf').submit()")
    expect(page.locator(".step")).to_contain_text("Je bijdrage is bewaard.")
    assert drafts(page) == []


def test_a_lost_connection_is_told_and_the_button_still_works(open_page, root, complaints):
    page = open_page()
    box = box_of(page)
    fill(box)
    page.context.set_offline(True)
    send(box)
    expect(box.get_by_role("alert")).to_contain_text("Geen verbinding. Je tekst is bewaard.")
    expect(box.get_by_label("Jouw bijdrage")).to_have_value(TEXT)
    send(box)
    expect(box.get_by_role("alert")).to_have_count(1)
    page.context.set_offline(False)
    send(box)
    writing.sign(page)
    assert Post.objects.get(text=TEXT).finished_at
    assert drafts(page) == []
    forget_the_lost_connection(complaints)


def forget_the_lost_connection(complaints):
    complaints[:] = [
        said for said in complaints if "ERR_INTERNET_DISCONNECTED" not in said and "Failed to fetch" not in said
    ]


def test_an_idea_survives_a_lost_connection_and_a_closed_page(open_page, transactional_db, complaints):
    group = factories.sticker_round(stage="ideas", ideas=0).groups.first()
    page = open_page()
    page.goto(group.get_absolute_url())
    box = page.locator("form.form")
    box.get_by_label("Jullie idee").fill(TEXT)
    page.context.set_offline(True)
    box.get_by_role("button", name="Zet op de lijst").click()
    expect(box.get_by_role("alert")).to_contain_text("Geen verbinding. Je tekst is bewaard.")
    page.context.set_offline(False)
    page.goto(group.get_absolute_url())
    expect(box.get_by_label("Jullie idee")).to_have_value(TEXT)
    expect(box.get_by_role("status")).to_contain_text(KEPT)
    box.get_by_role("button", name="Zet op de lijst").click()
    expect(page.locator(".notice.success")).to_be_focused()
    expect(box.get_by_label("Jullie idee")).to_have_value("")
    assert drafts(page) == [] and group.ideas.get().text == TEXT
    box.get_by_label("Jullie idee").fill("Nog een")
    with page.expect_navigation():
        page.evaluate("document.querySelector('form.form').submit()")
    expect(page.locator("#lijst")).to_contain_text("Nog een")
    assert drafts(page) == []
    forget_the_lost_connection(complaints)


def test_a_draft_is_kept_a_week_and_garbage_is_not_kept_at_all(open_page, root):
    page = open_page()
    box_of(page).get_by_label("Jouw bijdrage").fill(TEXT)
    page.evaluate(
        """() => {
          const [key] = Object.keys(localStorage);
          const draft = { ...JSON.parse(localStorage[key]), at: Date.now() - 8 * 24 * 3600 * 1000 };
          localStorage[key] = JSON.stringify(draft);
          Object.assign(localStorage, { "concept:/x/": "{", "concept:/y/": "7", other: "stays" });
        }"""
    )
    expect(box_of(page).get_by_label("Jouw bijdrage")).to_have_value("")
    assert drafts(page) == []
    assert page.evaluate("localStorage.other") == "stays"


def test_wiping_the_device_takes_drafts_and_name_away(open_page, root):
    page = open_page()
    page.goto(PAGE)
    writing.write(page, TEXT, remember=True)
    box = box_of(page)
    fill(box, "Nog niet af")
    expect(box.get_by_text("Je schrijft als Fatima, ouder")).to_be_visible()
    box.get_by_role("link", name="Begin opnieuw").click()
    page.get_by_role("button", name="Begin opnieuw op dit apparaat").click()
    expect(page.get_by_role("heading", name="Dit apparaat weet niets meer van jou")).to_be_visible()
    page.wait_for_load_state()  # the script that wipes is there later than the words
    assert drafts(page) == []
    box = box_of(page)
    expect(box.get_by_label("Jouw bijdrage")).to_have_value("")
    expect(page.get_by_text("Je schrijft als")).to_have_count(0)
    expect(page.locator(".post-state")).to_have_count(0)


def test_a_browser_that_keeps_nothing_still_writes(open_page, root):
    page = open_page()
    refuse = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no') } })"
    page.add_init_script(refuse)
    box = box_of(page)
    fill(box)
    send(box)
    writing.sign(page)
    expect(page.locator(".post-state")).to_contain_text("Wacht op goedkeuring")


@pytest.mark.parametrize("js", [False, True], ids=["no-js", "js"])
def test_something_personal_is_asked_about_and_goes_on_with_one_press(open_page, root, js):
    page = open_page(js=js)
    box = box_of(page)
    fill(box, "Mijn zoon Daan heeft een vast gezicht.")
    send(box)
    hint = page.locator("#schrijf .notice.warning")
    expect(hint).to_contain_text("Klopt dit? Noem geen namen van kinderen.")
    if js:
        expect(hint).to_be_focused()
        hint.get_by_role("link", name="Pas je tekst aan").click()
        expect(box.get_by_label("Jouw bijdrage")).to_be_focused()
    hint.get_by_role("button", name="Toch plaatsen").click()
    writing.sign(page)
    expect(page.locator(".post-state")).to_contain_text("misschien staat er iets persoonlijks in")
    assert Post.objects.get(text__startswith="Mijn zoon").held_for == Hold.HINT


@pytest.mark.parametrize("js", [False, True], ids=["no-js", "js"])
def test_a_picture_goes_along(open_page, root, js, tmp_path, settings):
    from PIL import Image

    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()
    Image.new("RGB", (800, 600), "teal").save(tmp_path / "boom.jpg")
    page = open_page(js=js)
    box = box_of(page)
    fill(box)
    send(box)
    box = page.locator(".step")
    box.get_by_text("Foto, overleg of werkgebied erbij").click()
    box.get_by_label("Een foto of tekening").set_input_files(tmp_path / "boom.jpg")
    box.get_by_label("Wat zie je?").fill("Een boom")
    box.get_by_label("Op deze foto staan geen herkenbare kinderen").check()
    writing.sign(page)
    expect(page.locator(".notice.success")).to_contain_text("Je foto bekijken we eerst")
    mine = page.locator(f"#bijdrage-{Post.objects.get(text=TEXT).pk}")
    assert (
        mine.get_by_role("img", name="Een boom").evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    )


def test_a_pupil_is_asked_no_picture(open_page, root):
    page = open_page(js=False)
    writing.send(box_of(page), TEXT)
    box = page.locator(".step")
    box.get_by_text("Foto, overleg of werkgebied erbij").click()
    expect(box.get_by_label("Een foto of tekening")).to_be_visible()
    box.get_by_label("Je rol").select_option("leerling")
    expect(box.get_by_label("Een foto of tekening")).to_be_hidden()
    expect(box.get_by_label("Naam van het overleg")).to_be_visible()


@pytest.mark.parametrize("js", [False, True], ids=["no-js", "js"])
def test_change_take_away_and_put_back(open_page, root, js):
    page = open_page(js=js)
    box = box_of(page)
    fill(box)
    send(box)
    writing.sign(page)
    expect(page.locator(".post-state")).to_be_visible()
    mine = page.locator(f"#bijdrage-{Post.objects.get(text=TEXT).pk}")
    mine.get_by_role("link", name="Wijzig je bijdrage").click()
    page.get_by_label("Jouw bijdrage").fill(TEXT + " En tijd.")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_role("status").first).to_contain_text("Je wijziging is bewaard.")
    expect(mine).to_contain_text("En tijd.")
    mine.get_by_role("link", name="Haal weg wat je schreef").click()
    page.get_by_role("button", name="Ja, haal weg").click()
    page.get_by_role("button", name="Zet terug").click()
    expect(page.get_by_role("status").first).to_contain_text("Je bijdrage is teruggezet.")
    expect(mine).to_contain_text("En tijd.")


def test_a_photo_may_take_longer_than_a_text(open_page, root, complaints):
    """One that did not arrive when it was chosen goes along with the form."""
    page = open_page()
    page.route("**/foto/", lambda route: route.abort())
    writing.send(box_of(page), TEXT)
    box = page.locator(".step")
    expect(box).to_be_visible()
    page.evaluate(
        """() => {
          window.timeouts = [];
          document.addEventListener("htmx:before:request", (event) => {
            timeouts.push(event.detail.ctx.request.timeout ?? "");
          });
        }"""
    )
    box.get_by_role("button", name="Klaar").first.click()
    expect(page.locator(".error-summary")).to_be_visible()
    box.get_by_text("Foto, overleg of werkgebied erbij").click()
    box.get_by_label("Een foto of tekening").set_input_files(
        {"name": "a.png", "mimeType": "image/png", "buffer": b"no picture"}
    )
    expect(box.locator(".picture-state")).to_contain_text("Je foto kwam niet aan.")
    box.get_by_role("button", name="Klaar").first.click()
    expect(page.locator(".error-summary")).to_contain_text("geen foto die we kennen")
    assert page.evaluate("timeouts") == ["", "5m"]
    complaints[:] = [each for each in complaints if "ERR_FAILED" not in each]


def test_what_arrived_is_not_left_in_the_field_that_is_taken_away(open_page, root):
    """Firefox puts back after F5 what stood there, and it would be sent twice."""
    page = open_page()
    box = box_of(page)
    fill(box)
    field = page.locator("#schrijf textarea").element_handle()
    send(box)
    expect(page.get_by_text("Je bijdrage is bewaard.")).to_be_visible()
    assert field.evaluate("field => [field.isConnected, field.value]") == [False, ""]


def test_an_idea_that_is_on_the_list_is_not_left_in_its_box(open_page, transactional_db):
    group = factories.sticker_round(groups=1, ideas=0, stage="ideas").groups.get()
    page = open_page()
    page.goto(group.get_absolute_url())
    field = page.get_by_label("Jullie idee").element_handle()
    field.fill("Kennis reist")
    page.get_by_role("button", name="Zet op de lijst").click()
    expect(page.locator("#lijst")).to_contain_text("Kennis reist")
    assert field.evaluate("field => [field.isConnected, field.value]") == [False, ""]
