"""What the writing box can do besides writing: hints, a picture, a meeting, and what a device remembers."""

import io
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.core import signing
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from PIL import Image

from posts.actions.confirming import confirm
from posts.composing import device
from posts.models.holds import Hold
from posts.models.posts import Post
from posts.screening import hints
from tests.helpers import factories
from werkplaats.people import visitors
from werkplaats.people.models import User, Visitor, Werkgebied
from werkplaats.pictures.models import Picture
from werkplaats.web import programs

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
TEXT = "Bij ons helpt één vast gezicht."
PERSONAL = "Mijn zoon Daan heeft een vast gezicht."
PAGE = "/denk-praat-doe-mee/"
FOLD = r'<details class="fold"( open)?>\s*<summary><span class="not-for-pupils">Foto, overleg of werkgebied erbij'


@pytest.fixture
def create():
    return f"/vragen/{factories.question().slug}/bijdragen/"


@pytest.fixture
def media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    return lambda: len(default_storage.listdir("")[1])


def form(**fields) -> dict:
    sent = {"text": TEXT, "name": "Fatima", "role": factories.role().pk, "moment": programs.moment(ago=10)}
    return sent | fields


def photo(name="foto.png") -> SimpleUploadedFile:
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(file, "PNG")
    return SimpleUploadedFile(name, file.getvalue(), "image/png")


def with_photo(**fields) -> dict:
    return form(**{"picture": photo(), "alt": "Een boom", "no_children": "on", **fields})


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
@pytest.mark.parametrize("place", ["question", "answer"])
def test_something_personal_is_asked_about_first(client, create, headers, place):
    url = create if place == "question" else f"/bijdragen/{factories.post().pk}/antwoord/"
    before = Post.objects.count()
    asked = client.post(url, form(text=PERSONAL, email="ouder@example.org"), headers=headers)
    assert asked.status_code == 422
    assert "Klopt dit? Noem geen namen van kinderen." in asked.text
    assert "staat misschien de naam van een kind" in asked.text
    assert f"{PERSONAL}</textarea>" in asked.text
    assert "data-focus" in asked.text
    assert Post.objects.count() == before
    consent = re.search(r'name="klopt" value="(\w+)"', asked.text)[1]
    # Other words are looked at again; the same ones go on, and wait.
    changed = form(text=PERSONAL + " Of Sem.", klopt=consent)
    assert client.post(url, changed, headers=headers).status_code == 422
    client.post(url, form(text=PERSONAL, email="ouder@example.org", klopt=consent), headers=headers)
    post = Post.objects.get(text=PERSONAL)
    assert (post.held_for, post.is_waiting) == (Hold.HINT, True)
    assert "misschien staat er iets persoonlijks in" in client.get(f"/bijdragen/{post.pk}/").text


def test_a_confirmed_writer_waits_too_with_something_personal(client, create):
    client.force_login(User.objects.confirmed("ouder@example.org"))
    consent = hints.consent(f"{PERSONAL}\nFatima\n\n")
    client.post(create, form(text=PERSONAL, klopt=consent))
    assert Post.objects.get().held_for == Hold.HINT
    assert not Post.objects.get().published_at


def test_it_is_also_seen_beside_the_text(client, create):
    answer = client.post(create, form(meeting="ouders van mijn zoon Sem", meeting_size="3"))
    assert "staat misschien de naam van een kind" in answer.text


@pytest.mark.parametrize("klopt", ["", "0" * 64, "\u20ac", "x" * 100_000])
def test_a_made_up_consent_is_none(client, create, klopt):
    assert client.post(create, form(text=PERSONAL, klopt=klopt)).status_code == 422
    assert not Post.objects.exists()


def test_a_picture_comes_along_and_waits_for_a_moderator(client, create, media):
    page = client.post(create, with_photo(), follow=True).text
    post = Post.objects.get()
    assert (post.picture.alt, post.picture.width, post.picture_shown_at) == ("Een boom", 40, None)
    assert media() == 3
    assert "Je foto bekijken we eerst" in page
    assert f"/media/{post.picture.name}" in client.get(f"/bijdragen/{post.pk}/").text


def test_the_words_of_a_confirmed_writer_are_public_while_the_picture_waits(client, create, media):
    client.force_login(User.objects.confirmed("ouder@example.org"))
    page = client.post(create, with_photo(), headers=HTMX).text
    post = Post.objects.get()
    assert post.is_public
    assert "Je bijdrage staat online." in page
    assert "Je foto bekijken we eerst" in page
    seen = Client().get(f"/bijdragen/{post.pk}/").text
    assert TEXT in seen
    assert post.picture.name not in seen
    post.publish(factories.coordinator(), vetted=True)
    assert post.picture.name in Client().get(f"/bijdragen/{post.pk}/").text


@pytest.mark.parametrize("away", ["held", "removed", "withdrawn"])
def test_the_copied_address_of_a_picture_goes_with_the_words(
    client, create, media, django_capture_on_commit_callbacks, status_of, away
):
    client.post(create, with_photo())
    post = Post.objects.get()
    post.publish(vetted=True)
    copied = (post.picture.small, post.picture.large)
    assert [status_of(address) for address in copied] == [200, 200]
    with django_capture_on_commit_callbacks(execute=True):
        factories.become(post, away)
    assert [status_of(address) for address in copied] == [404, 404]
    assert media() == 3
    with django_capture_on_commit_callbacks(execute=True):
        post.put_back() if away == "withdrawn" else post.restore(by=None)
    assert post.picture.small in Client().get(f"/bijdragen/{post.pk}/").text
    assert status_of(post.picture.small) == 200


def test_the_same_words_once_more_put_no_picture_under_what_became_somebodys(client, create, media):
    """A writes under her address, she says it is hers; the old browser sends the words again, with a picture."""
    sent = with_photo(email="vera@example.org")
    client.post(create, {name: value for name, value in sent.items() if name not in ("picture", "alt", "no_children")})
    post = Post.objects.get()
    confirm("vera@example.org", {post.pk: post.version})
    client.post(create, sent)
    for each in Post.objects.filter(author__isnull=False):
        assert each.picture is None


def test_twice_is_one_picture(client, create, media):
    client.post(create, with_photo())
    client.post(create, with_photo())
    assert (Post.objects.count(), Picture.objects.count(), media()) == (1, 1, 3)


def test_a_picture_may_come_after_the_words(client, create, media):
    """Who forgot it goes back in the browser, and sends the same words with it."""
    client.post(create, form())
    client.post(create, with_photo())
    assert Post.objects.get().picture.alt == "Een boom"


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"alt": ""}, "Vertel in een paar woorden wat er op je foto of tekening staat."),
        ({"no_children": ""}, "Zet een vinkje als er geen kinderen herkenbaar op staan."),
        ({"role": ""}, "Kies je rol."),
        ({"text": PERSONAL}, "Klopt dit?"),
    ],
)
def test_a_form_that_goes_back_keeps_its_picture(client, create, media, headers, fields, message):
    sent = with_photo(**fields)
    answer = client.post(create, sent, headers=headers)
    assert answer.status_code == 422
    assert message in answer.text
    assert f"{fields.get('text', TEXT)}</textarea>" in answer.text
    assert re.search(FOLD, answer.text)[1]
    kept = Picture.objects.kept().get()
    assert f'name="kept" value="{kept.name}"' in answer.text
    assert (Post.objects.count(), media()) == (0, 3)
    for _ in range(2):  # a double click
        answer = client.post(create, form(alt="Een boom", no_children="on", kept=kept.name), headers=headers)
        assert answer.status_code in (200, 302)
    assert Post.objects.get().picture == kept
    assert (Picture.objects.kept().count(), media()) == (0, 3)
    other = form(text="Iets anders.", alt="Een boom", no_children="on", kept=kept.name)
    answer = client.post(create, other, headers=headers)
    assert (answer.status_code, Post.objects.count()) == (422, 1)
    assert "We hebben je foto of tekening niet meer" in answer.text


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
@pytest.mark.parametrize(("content", "message"), [(b"<svg/>", "geen foto die we kennen"), (b"", "Dit bestand is leeg")])
def test_a_picture_that_is_not_taken(client, create, media, headers, content, message):
    sent = with_photo(picture=SimpleUploadedFile("foto.png", content, "image/png"))
    answer = client.post(create, sent, headers=headers)
    assert answer.status_code == 422
    assert message in answer.text
    assert (Post.objects.count(), Picture.objects.count(), media()) == (0, 0, 0)
    assert re.search(FOLD, answer.text)[1]


def test_a_pupil_sends_no_picture(client, create, media):
    pupil = factories.role("leerling", is_pupil=True)
    for fields in (with_photo(), with_photo(text="Nog iets", alt="", no_children="")):
        assert client.post(create, fields | {"role": pupil.pk}).status_code == 302
    assert [post.picture for post in Post.objects.all()] == [None, None]
    assert media() == 0


def test_the_form_takes_files_with_and_without_htmx(client, create):
    for url in (PAGE, "/", f"/bijdragen/{factories.post().pk}/antwoord/"):
        assert re.search(r'<form class="form"[^>]* enctype="multipart/form-data"', client.get(url).text)


def test_the_card_of_a_meeting_opens_its_fields(client, create):
    slug = create.split("/")[2]
    known = Client()
    known.post(create, form(remember="on"))
    for query, is_open in [("", False), ("?overleg=1", True), ("?namens=overleg", True), ("", False)]:
        html = client.get(f"/vragen/{slug}/{query}").text
        assert ("Je schrijft namens een overleg." in html) == ('name="overleg"' in html) == is_open, query
        assert bool(re.search(FOLD, known.get(f"/vragen/{slug}/{query}").text)[1]) == is_open, query
    # In the second step the fields are open.
    step = client.post(create, {"text": TEXT, "overleg": "1", "moment": programs.moment(ago=10)}, follow=True)
    assert re.search(FOLD, step.text)[1]
    step = client.post(create, {"text": "Nog iets", "moment": programs.moment(ago=10)}, follow=True)
    assert not re.search(FOLD, step.text)[1]


def remembered(client) -> bool:
    return bool(client.cookies.get(device.COOKIE.name) and client.cookies[device.COOKIE.name].value)


def test_a_device_remembers_name_role_and_werkgebied_and_never_an_address(client, create):
    werkgebied = Werkgebied.objects.create(name="Schagen")
    step = client.post(create, {"text": "Nog iets", "moment": programs.moment(ago=10)}, follow=True).text
    assert "checked" not in re.search(r'<input type="checkbox" name="remember"[^>]*>', step)[0]
    client.post(create, form(werkgebied=werkgebied.pk, email="ouder@example.org", remember="on"))
    cookie = client.cookies[device.COOKIE.name]
    assert (cookie["httponly"], cookie["max-age"], cookie["samesite"]) == (True, 365 * 24 * 3600, "Lax")
    kept = device.COOKIE.unsign(cookie.value)
    assert kept == {"name": "Fatima", "role": factories.role().pk, "werkgebied": werkgebied.pk}
    answer_to = factories.post(Post.objects.first().question)
    for url in (PAGE, "/", f"/bijdragen/{answer_to.pk}/antwoord/"):
        html = client.get(url).text
        assert 'value="Fatima"' in html
        assert f'<option value="{factories.role().pk}" selected' in html
        assert f'<option value="{werkgebied.pk}" selected' in html
        assert 'Je schrijft als <b dir="auto">Fatima, ouder</b>' in html and "Begin opnieuw" in html
        assert "ouder@example.org" not in html
        stranger = Client().get(url).text
        assert 'value="Fatima"' not in stranger
        assert "Begin opnieuw" not in stranger


def test_without_the_tick_nothing_is_remembered_and_taking_it_off_forgets(client, create):
    client.post(create, form())
    assert not remembered(client)
    client.post(create, form(text="Nog iets", remember="on"))
    assert remembered(client)
    box = client.post(create, form(text="En nog iets"), headers=HTMX).text
    assert not remembered(client)
    assert 'value="Fatima"' not in box


def test_with_htmx_the_next_box_knows_at_once(client, create):
    assert 'value="Fatima"' in client.post(create, form(remember="on"), headers=HTMX).text


def test_a_mistake_remembers_nothing(client, create):
    client.post(create, form(remember="on", role=""))
    assert not remembered(client)


def test_who_is_remembered_costs_no_query_more(client, create, django_assert_num_queries):
    client.post(create, form(remember="on"))
    other = Client()
    other.cookies[visitors.COOKIE.name] = client.cookies[visitors.COOKIE.name].value
    for browser in (other, client):
        browser.get(PAGE)
        with django_assert_num_queries(3):  # site, roots, the posts of the thread that only the writer sees
            browser.get(PAGE)


@pytest.mark.parametrize(
    "value",
    [
        "x",
        "x:y:z",
        "\xff",
        "9" * 3000,
        device.COOKIE.sign([1, 2]),
        device.COOKIE.sign(None),
        device.COOKIE.sign({"name": ["a"], "role": {"b": 1}, "werkgebied": 2**80}),
        signing.dumps({"name": "Mallory"}, salt="another"),
    ],
    ids=map(str, range(8)),  # a signature holds the time, and both processes must call a test the same
)
def test_garbage_in_the_cookie_breaks_nothing(client, create, value):
    client.cookies[device.COOKIE.name] = value
    for url in (PAGE, "/"):
        assert client.get(url).status_code == 200
    assert "Mallory" not in client.get(PAGE).text
    assert client.post(create, form()).status_code == 302


def test_wiping_forgets_everyone_who_wrote_here(client, create):
    client.force_login(User.objects.confirmed("ouder@example.org"))
    client.post(create, form(remember="on"))
    assert client.get("/apparaat/wissen/").status_code == 200
    assert remembered(client)  # a link changes nothing
    answer = client.post("/apparaat/wissen/")
    assert "Dit apparaat weet niets meer van jou" in answer.text
    assert "data-wiped" in answer.text
    assert answer.headers["Clear-Site-Data"] == '"storage"'
    assert not remembered(client)
    assert not client.cookies[visitors.COOKIE.name].value
    assert settings.SESSION_COOKIE_NAME not in client.cookies or not client.cookies[settings.SESSION_COOKIE_NAME].value
    page = client.get(PAGE).text
    assert 'value="Fatima"' not in page
    assert "Je schrijft als" not in page
    client.post(create, form(text="Van de volgende"))
    assert Visitor.objects.count() == 2
    assert Post.objects.get(text=TEXT).is_public


def test_who_writes_right_after_wiping_is_someone_else():
    """The first write goes by the CSRF cookie, so that has to be another one."""
    create = f"/vragen/{factories.question().slug}/bijdragen/"
    browser = Client(enforce_csrf_checks=True)

    def send(url, **fields):
        token = re.search(r'csrfmiddlewaretoken" value="(\w+)', browser.get(PAGE).text)[1]
        return browser.post(url, fields | {"csrfmiddlewaretoken": token})

    send(create, **form())
    send("/apparaat/wissen/")
    send(create, **form(text="Van de volgende"))
    first, second = Post.objects.order_by("pk")
    assert first.visitor != second.visitor


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_one_contribution_without_an_answer_is_offered(client, create, headers):
    client.post(create, form(text="Van mijzelf"))
    question = Post.objects.get().question
    answered = factories.post(question, text="Heeft al antwoord")
    factories.post(parent=answered)
    factories.post(question, text="Wacht nog", published=False)
    factories.post(question, text="Is weg").remove(by=None, reason="kwetsend")
    page = client.post(create, form(), headers=headers, follow=True).text
    assert "Wil jij reageren?" not in page
    waits = factories.post(question, name="Bram", text="Wie weet het?")
    hidden = factories.post(parent=waits, published=False)  # an answer that nobody sees is none
    page = client.post(create, form(text="Nog iets"), headers=headers, follow=True).text
    assert "Wil jij reageren?" in page
    assert f'href="/bijdragen/{waits.pk}/antwoord/"' in page
    assert "Wie weet het?" in page
    hidden.publish()
    page = client.post(create, form(text="En nog iets"), headers=headers, follow=True).text
    assert "Wil jij reageren?" not in page


def test_the_page_after_writing_tells_site_js_which_draft_arrived(client, create):
    page = client.post(create, form(), follow=True).text
    assert f'data-placed="{create}"' in page
    parent = factories.post(Post.objects.get().question)
    page = client.post(f"/bijdragen/{parent.pk}/antwoord/", form(), follow=True).text
    assert f'data-placed="/bijdragen/{parent.pk}/antwoord/"' in page
    assert client.post(create, form(text="Nog iets"), headers=HTMX).headers["X-Geplaatst"] == "1"
    assert "X-Geplaatst" not in client.post(create, form(role=""), headers=HTMX).headers


def test_an_expired_form_keeps_all_that_was_typed(create):
    browser = Client(enforce_csrf_checks=True)
    sent = form(alt="Een boom", no_children="on", remember="on", meeting="Team 5", meeting_size="8", klopt="abc")
    answer = browser.post(create, sent | {"picture": photo()}, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 403
    for name, value in sent.items():
        assert re.search(rf'name="{name}"[^>]*(value="|>\s*){re.escape(str(value))}', answer.text), name
    assert "Je foto is niet meegekomen" in answer.text


@pytest.mark.django_db(transaction=True)
def test_at_the_same_time_is_one_post_one_picture_and_no_file_too_many(browser_of, media):
    create = f"/vragen/{factories.question().slug}/bijdragen/"
    visitor, sent = factories.visitor(), with_photo()
    content = sent.pop("picture").read()

    def act(_):
        try:
            file = SimpleUploadedFile("foto.png", content, "image/png")
            return browser_of(visitor).post(create, sent | {"picture": file})
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(act, range(6)))
    assert len({answer.url for answer in answers if answer.status_code == 302}) == 1
    for answer in answers:  # pictures beyond those that may wait for the decoder
        assert answer.status_code == 302 or "Het is nu druk." in answer.text
    assert (Post.objects.count(), Picture.objects.count(), media()) == (1, 1, 3)


def test_a_remembered_name_is_filled_in_for_whoever_it_is_of(client, create):
    """Of a shared computer the next one who logs in would sign with it."""
    client.post(create, form(remember="on"))
    user, other = User.objects.confirmed("ouder@example.org"), User.objects.confirmed("ander@example.org")
    client.force_login(other)
    assert 'value="Fatima"' not in client.get("/").text
    client.post(create, form(text="Als Bram", name="Bram", remember="on"))
    assert 'value="Bram"' in client.get("/").text
    client.force_login(user)
    assert 'value="Bram"' not in client.get("/").text
