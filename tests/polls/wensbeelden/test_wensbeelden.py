"""Sending in a wensbeeld, what waits and who sees it, taking it back, and the gallery."""

import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from polls.wensbeelden.models import Wensbeeld
from tests.helpers import factories
from tests.helpers.browsers import browser_of
from werkplaats.people import visitors
from werkplaats.people.models import User
from werkplaats.pictures.models import Picture
from werkplaats.site.models import Motto, Site

pytestmark = pytest.mark.django_db
SEND = "/wensbeelden/insturen/"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


def files_in(media) -> int:
    return len(list(media.iterdir())) if media.exists() else 0


def photo(format: str = "JPEG", size=(80, 60), name: str = "foto.jpg") -> SimpleUploadedFile:
    content = io.BytesIO()
    Image.new("RGB", size, "#bfe9e4").save(content, format)
    return SimpleUploadedFile(name, content.getvalue(), content_type="image/jpeg")


def with_photo(**data) -> dict:
    return {"picture": photo(), "alt": "Een boom vol appels", "no_children": "on", "key": uuid.uuid4(), **data}


def test_words_wait_and_only_the_sender_sees_them(client, client_of_another):
    response = client.post(SEND, {"text": "Hulp die stroomt", "name": "Joke", "key": uuid.uuid4()})
    wensbeeld = Wensbeeld.objects.get()
    assert response.status_code == 302
    assert response.url == f"/wensbeelden/?nieuw={wensbeeld.pk}"
    page = client.get(response.url).text
    assert "Dank je wel voor je wensbeeld" in page and f'href="#wensbeeld-{wensbeeld.pk}"' in page
    assert "Hulp die stroomt" in page
    assert "Wacht op goedkeuring." in page and "Alleen jij ziet dit nu." in page
    for address in (response.url, "/wensbeelden/", "/"):
        assert "Hulp die stroomt" not in client_of_another.get(address).text


def test_a_wensbeeld_of_a_pupil_keeps_no_name(client):
    role = factories.role("leerling", is_pupil=True)
    client.post(SEND, {"text": "Buiten rekenen", "name": "Kevin de Vries", "role": role.pk, "key": uuid.uuid4()})
    wensbeeld = Wensbeeld.objects.get()
    assert wensbeeld.name == "Een leerling"
    wensbeeld.publish(factories.coordinator())
    page = client.get(wensbeeld.get_absolute_url()).text
    assert "Kevin" not in page and "Een leerling</b></span>" in page


@pytest.fixture
def client_of_another():
    """Somebody else, who has written something too."""
    return browser_of(factories.visitor())


def test_waiting_picture_is_in_nobody_elses_page(client, client_of_another, media):
    client.post(SEND, with_photo(text="Appels voor iedereen"))
    picture = Wensbeeld.objects.get().picture
    assert picture.alt == "Een boom vol appels"
    assert files_in(media) == 3
    assert picture.name in client.get("/wensbeelden/").text
    assert picture.name not in client_of_another.get("/wensbeelden/").text


def test_approved_is_for_everyone(client, client_of_another):
    client.post(SEND, with_photo(text="Appels voor iedereen", name="Els", role=factories.role("directeur").pk))
    wensbeeld = Wensbeeld.objects.get()
    wensbeeld.publish(by=factories.coordinator())
    page = client_of_another.get("/wensbeelden/").text
    picture = wensbeeld.picture
    assert f'id="wensbeeld-{wensbeeld.pk}"' in page
    assert f'srcset="{picture.small} 80w, {picture.large} 80w"' in page
    assert 'width="80" height="60" alt="Een boom vol appels" loading="lazy"' in page
    assert '<b dir="auto">Els</b><span class="muted">, directeur</span>' in page
    assert "Haal je wensbeeld terug" not in page
    assert "Haal je wensbeeld terug" in client.get("/wensbeelden/").text


def test_who_is_logged_in_sends_in_as_themselves_also_without_the_cookie(client):
    user, role = User.objects.confirmed("els@example.org"), factories.role("directeur")
    client.force_login(user)
    client.cookies.pop(visitors.COOKIE.name, None)
    client.post(SEND, {"text": "Iedereen doet mee.", "key": uuid.uuid4(), "role": role.pk})
    sender = Wensbeeld.objects.get().visitor
    assert (sender.user, sender.role) == (user, role)


def test_sent_twice_is_one(client, media):
    data = with_photo(text="Naar school om de hoek")
    first = client.post(SEND, data)
    data["picture"] = photo()
    second = client.post(SEND, data)
    assert first.url == second.url
    assert Wensbeeld.objects.count() == Picture.objects.count() == 1
    assert files_in(media) == 3


def test_other_words_from_the_same_page_are_another_wensbeeld(client):
    key = uuid.uuid4()
    for text in ("Naar school om de hoek", "Trots op hoe we het doen"):
        client.post(SEND, {"text": text, "key": key})
    assert Wensbeeld.objects.count() == 2


def test_nothing_to_show(client):
    response = client.post(SEND, {"text": " \u200b ", "name": "Samira"})
    assert response.status_code == 422
    assert "Schrijf je wensbeeld op, of kies een foto of tekening." in response.text
    assert 'value="Samira"' in response.text
    assert not Wensbeeld.objects.exists()
    assert visitors.COOKIE.name not in response.cookies


def test_too_long_keeps_every_word(client):
    text = "woord " * 30 + "einde"
    response = client.post(SEND, {"text": text})
    assert response.status_code == 422
    assert "nu 185 tekens, er passen er 140" in response.text
    assert text in response.text
    assert "maxlength" not in client.get(SEND).text.split("</textarea>")[0]


@pytest.mark.parametrize(
    ("missing", "message"),
    [
        ("alt", "Vertel in een paar woorden wat er op je foto of tekening staat."),
        ("no_children", "Zet een vinkje als er geen kinderen herkenbaar op staan."),
    ],
)
def test_picture_needs_words_and_the_tick(client, media, missing, message):
    data = with_photo(text="Elk kind gezien")
    del data[missing]
    response = client.post(SEND, data)
    assert response.status_code == 422
    assert message in response.text
    assert "Elk kind gezien" in response.text
    kept = Picture.objects.kept().get()
    assert f'<input type="hidden" name="kept" value="{kept.name}">' in response.text
    assert f'<img src="{kept.small}"' in response.text
    again = data | {"alt": "Een boom", "no_children": "on", "kept": kept.name}
    del again["picture"]
    assert client.post(SEND, again).status_code == 302
    assert Wensbeeld.objects.get().picture == kept
    assert files_in(media) == 3


def test_pupil_sends_words_only(client, media):
    pupil = factories.role("leerling", is_pupil=True)
    data = with_photo(text="Samen gymmen", role=pupil.pk)
    response = client.post(SEND, data)
    assert response.status_code == 422
    assert "Als leerling stuur je alleen woorden" in response.text
    assert "Samen gymmen" in response.text
    assert files_in(media) == 0
    del data["picture"]
    assert client.post(SEND, data).status_code == 302
    assert Wensbeeld.objects.get().role == pupil


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
BAD_PICTURES = {
    "svg": (SVG, "geen foto die we kennen"),
    "cut": (photo(size=(400, 300)).read()[:700], "beschadigd"),
    "empty": (b"", "Dit bestand is leeg"),
    "big": (b"\xff\xd8\xff" + b"\0" * 12 * 1024 * 1024, "Kies er een van hooguit 10 MB"),
    "gif": (photo("GIF").read(), "geen foto die we kennen"),
    "text": (b"geen foto", "geen foto die we kennen"),
}


@pytest.mark.parametrize("kind", BAD_PICTURES)
def test_bad_picture_is_refused_and_the_text_kept(client, media, kind):
    content, message = BAD_PICTURES[kind]
    data = with_photo(text="Elk kind gezien", picture=SimpleUploadedFile("foto.jpg", content, "image/jpeg"))
    response = client.post(SEND, data)
    assert response.status_code == 422
    assert message in response.text
    assert "Elk kind gezien" in response.text
    assert not Wensbeeld.objects.exists()
    assert files_in(media) == 0


@pytest.mark.parametrize(
    "data",
    [
        {"role": "9" * 30},
        {"role": "0"},
        {"motto": "ouder"},
        {"key": "x" * 5000},
        {"key": "\x00"},
        {"text": "\x00\u200b"},
    ],
)
def test_garbage_writes_nothing(client, data):
    from urllib.parse import urlencode

    body = urlencode({"text": "Elk kind gezien", **data}, errors="surrogatepass")
    response = client.post(SEND, body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 422
    assert not Wensbeeld.objects.exists()


def test_taking_back_takes_files_and_history_too(client, media, django_capture_on_commit_callbacks):
    client.post(SEND, with_photo(text="Appels"))
    wensbeeld = Wensbeeld.objects.get()
    wensbeeld.publish(by=factories.coordinator())
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(f"/wensbeelden/{wensbeeld.pk}/terughalen/")
    assert response.url == "/wensbeelden/?gewist"
    assert "Je wensbeeld is gewist, ook de foto." in client.get(response.url).text
    assert not Wensbeeld.objects.exists()
    assert not Picture.objects.exists()
    assert not Wensbeeld.pgh_event_model.objects.exists()
    assert files_in(media) == 0
    assert client.post(f"/wensbeelden/{wensbeeld.pk}/terughalen/").url == response.url


def test_nobody_takes_back_what_is_not_theirs(client, client_of_another):
    wensbeeld = factories.wensbeeld()
    orphan = factories.wensbeeld()
    orphan.visitor.delete()
    for each in (wensbeeld, orphan):
        for browser in (client, client_of_another):
            assert browser.post(f"/wensbeelden/{each.pk}/terughalen/").status_code == 404
    assert Wensbeeld.objects.count() == 2


def test_removed_is_gone_for_all_and_the_sender_reads_why(client, client_of_another):
    client.post(SEND, {"text": "Onze meester Jan Jansen"})
    wensbeeld = Wensbeeld.objects.get()
    wensbeeld.publish()
    wensbeeld.remove(factories.coordinator(), "Er staat een naam in.")
    assert "Jan Jansen" not in client_of_another.get("/wensbeelden/").text
    page = client.get("/wensbeelden/").text
    assert "Niet in de galerij. Reden: Er staat een naam in." in page
    wensbeeld.restore(factories.coordinator())
    assert "Jan Jansen" in client_of_another.get("/wensbeelden/").text


def test_the_copied_address_of_a_removed_picture_is_gone(
    client, client_of_another, media, django_capture_on_commit_callbacks, status_of
):
    client.post(SEND, with_photo(text="Appels"))
    wensbeeld = Wensbeeld.objects.get()
    wensbeeld.publish()
    copied = (wensbeeld.picture.small, wensbeeld.picture.large)
    assert [status_of(address) for address in copied] == [200, 200]
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            wensbeeld.remove(factories.coordinator(), "Er staat een kind op.")
        assert [status_of(address) for address in copied] == [404, 404]
        assert files_in(media) == 3
    with django_capture_on_commit_callbacks(execute=True):
        wensbeeld.restore(factories.coordinator())
    shown = client_of_another.get(f"/wensbeelden/{wensbeeld.pk}/").text
    assert copied[1] in shown
    assert [status_of(address) for address in copied] == [200, 200]


def test_erasing_what_was_removed_takes_its_files(media, client, django_capture_on_commit_callbacks):
    client.post(SEND, with_photo(text="Appels"))
    wensbeeld, seen_before = Wensbeeld.objects.get(), Wensbeeld.objects.select_related("picture").get()
    with django_capture_on_commit_callbacks(execute=True):
        wensbeeld.remove(factories.coordinator(), "Er staat een kind op.")
        seen_before.erase()
    assert files_in(media) == 0


def test_gallery_shows_newest_first_and_pages(client):
    for number in range(30):
        factories.wensbeeld(text=f"Wens nummer {number:02}")
    first, second = client.get("/wensbeelden/").text, client.get("/wensbeelden/?pagina=2").text
    assert first.index("Wens nummer 29") < first.index("Wens nummer 28")
    assert first.count("<article") == 24
    assert second.count("<article") == 6
    assert "Wens nummer 05" in second
    assert "Pagina 1 van 2" in first
    assert 'rel="next"' in first and 'rel="prev"' in second
    for odd in ("0", "-1", "9" * 5000, "x"):
        assert client.get("/wensbeelden/", {"pagina": odd}).text.count("<article") in (24, 6)


def test_words_get_one_of_three_designs(client):
    for _ in range(3):
        factories.wensbeeld()
    page = client.get("/wensbeelden/").text
    assert all(page.count(f'class="wens {tint}"') == 1 for tint in ("water", "sun", "peach"))


def test_empty_gallery_invites(client):
    page = client.get("/wensbeelden/").text
    assert "Nog geen wensbeelden" in page
    assert f'href="{SEND}"' in page


def test_drawing_stands_above_the_gallery(client):
    drawing = Picture.objects.create(name="a" * 32, width=900, height=1600, alt="Een getekende reis", credit="Ans")
    Site.objects.update(drawing=drawing)
    page = client.get("/wensbeelden/").text
    assert f'srcset="{drawing.small} 360w, {drawing.large} 900w"' in page
    assert 'alt="Een getekende reis"' in page
    assert "Tekening: Ans" in page


def test_words_are_shown_as_words(client):
    factories.wensbeeld(text="<script>alert(1)</script> & co", name='"><img src=x>')
    page = client.get("/wensbeelden/").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; co" in page
    assert "<img src=x>" not in page


def test_a_changed_wensbeeld_shows_at_once(client):
    factories.wensbeeld(text="Eerst dit")
    client.get("/wensbeelden/")
    Wensbeeld.objects.update(text="Nu dat")
    assert "Nu dat" in client.get("/wensbeelden/").text


@pytest.mark.parametrize("rows", [1, 3])
def test_gallery_takes_three_queries(client, django_assert_num_queries, rows):
    motto = Motto.objects.create(text="samen leren leven")
    for _ in range(rows):
        factories.wensbeeld(role=factories.role(), motto=motto)
    for queries in (4, 3):  # the mottos once; the site, how many of each motto, the page of them
        with django_assert_num_queries(queries):
            client.get("/wensbeelden/", {"motto": motto.pk})


def test_form_takes_few_queries(client, django_assert_num_queries):
    factories.poll(wensbeeld_prompt="Stel: over vier jaar krijgen we een prijs. Wat zie je?")
    with django_assert_num_queries(3):  # the site, the prompt, the mottos
        page = client.get(SEND).text
    assert "Stel: over vier jaar krijgen we een prijs. Wat zie je?" in page
    with django_assert_num_queries(1):
        client.get(SEND)


def test_each_poll_asks_for_a_wensbeeld_in_its_own_words(client, django_assert_num_queries):
    factories.poll(wensbeeld_prompt="Wat zie je over vier jaar?")
    second = factories.poll(slug="plein", on_landing_page=False, wensbeeld_prompt="Hoe ziet jouw plein eruit?")
    nothing = factories.poll(slug="stil", on_landing_page=False)
    voted = client.post(f"/peilingen/{second.slug}/stem/", {"choice": second.choices.first().pk}, follow=True)
    assert f'href="{SEND}?peiling=plein"' in voted.text
    page = client.get(SEND, {"peiling": "plein"}).text
    assert "Hoe ziet jouw plein eruit?" in page and "Wat zie je over vier jaar?" not in page
    refused = client.post(f"{SEND}?peiling=plein", {"text": ""})
    assert refused.status_code == 422
    assert "Hoe ziet jouw plein eruit?" in refused.text
    for form in (page, refused.text):
        assert form.count(f'"{SEND}?peiling=plein"') == 2  # action and hx-post
    for asked in (nothing.slug, "geen-peiling", '"><b>', "", None):
        page = client.get(SEND, {"peiling": asked} if asked is not None else {}).text
        assert "Wat zie je over vier jaar?" in page and "<b>" not in page
    with django_assert_num_queries(1):  # the site
        client.get(SEND, {"peiling": "plein"})
