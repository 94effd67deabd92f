"""Pictures in the back office: what was chosen comes through an error, and words belong to a picture."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.helpers import factories
from tests.helpers.shown_form import shown_again, shown_form
from tests.werkplaats.backoffice.rows import change_page
from werkplaats.models import Motto, Picture, Site
from werkplaats.pictures.models import LOST

pytestmark = pytest.mark.django_db


def photo(colour: str = "green") -> SimpleUploadedFile:
    file = BytesIO()
    Image.new("RGB", (800, 600), colour).save(file, "JPEG")
    return SimpleUploadedFile("foto.jpg", file.getvalue(), "image/jpeg")


FIELDS = [
    *(pytest.param(Site, name, "intro", id=f"site {name}") for name in ("header", "logo", "drawing")),
    pytest.param(Motto, "picture", "text", id="motto"),
]


@pytest.fixture
def page_of():
    rows = {
        Site: lambda: Site.objects.load(),
        Motto: lambda: Motto.objects.create(text="samen leren", artwork="motto-bubbles", artwork_alt="Bellen"),
    }
    return lambda model: change_page(rows[model]())


@pytest.mark.parametrize(("model", "name", "text"), FIELDS)
def test_a_picture_without_words_is_kept_until_they_are_there(client, coordinator, page_of, model, name, text):
    url = page_of(model)
    answer = client.post(url, shown_form(client, url) | {f"{name}_upload": photo()})
    assert answer.status_code == 200 and "Schrijf wat er te zien is" in answer.text
    kept = Picture.objects.get()
    assert f'name="{name}_upload_kept" value="{kept.name}"' in answer.text and kept.small in answer.text
    assert client.post(url, shown_again(answer) | {f"{name}_alt": "Een windmolen"}).status_code == 302
    kept.refresh_from_db()
    assert getattr(model.objects.get(), name) == kept
    assert (kept.alt, kept.shown, kept.kept_since) == ("Een windmolen", True, None)


@pytest.mark.parametrize(("model", "name", "text"), FIELDS)
def test_words_without_a_picture_are_refused(client, coordinator, page_of, model, name, text):
    url = page_of(model)
    answer = client.post(url, shown_form(client, url) | {f"{name}_alt": "Een windmolen"})
    assert answer.status_code == 200 and "Er is geen foto waar dit bij hoort." in answer.text
    assert shown_again(answer)[f"{name}_alt"] == ["Een windmolen"]


def test_it_comes_through_an_error_in_another_field_and_through_the_page_in_between(client, coordinator):
    motto = Motto.objects.create(text="samen leren", artwork="motto-bubbles", artwork_alt="Bellen")
    factories.wensbeeld(motto=motto)
    url = change_page(motto)
    chosen = {"picture_upload": photo(), "picture_alt": "Een windmolen"}
    answer = client.post(url, shown_form(client, url) | chosen | {"text": ""})
    asked = client.post(url, shown_again(answer) | {"text": "samen leven"})
    assert "Kies die daarna nog een keer" not in asked.text
    names = re.findall(r'<textarea name="([^"]+)" hidden>\s*(.*?)</textarea>', asked.text, re.DOTALL)
    seen = re.search(r'name="_seen" value="(\w+)"', asked.text)[1]
    assert client.post(url, dict(names) | {"_same": "1", "_seen": seen}).status_code == 302
    motto.refresh_from_db()
    assert (motto.text, motto.picture.alt) == ("samen leven", "Een windmolen")


def test_chosen_together_with_another_name_it_is_kept_for_the_answer(client, coordinator):
    motto = Motto.objects.create(text="samen leren", artwork="motto-bubbles", artwork_alt="Bellen")
    factories.wensbeeld(motto=motto)
    url = change_page(motto)
    sent = {"picture_upload": photo(), "picture_alt": "Een windmolen", "text": "samen leven"}
    asked = client.post(url, shown_form(client, url) | sent)
    names = dict(re.findall(r'<textarea name="([^"]+)" hidden>\s*(.*?)</textarea>', asked.text, re.DOTALL))
    assert names["picture_upload_kept"] == Picture.objects.get().name
    seen = re.search(r'name="_seen" value="(\w+)"', asked.text)[1]
    assert client.post(url, names | {"_same": "1", "_seen": seen}).status_code == 302
    motto.refresh_from_db()
    assert motto.picture.alt == "Een windmolen"


def test_a_kept_one_that_is_gone_or_of_another_is_not_taken(client, coordinator, page_of):
    url = page_of(Site)
    theirs = Picture.objects.create(name="b" * 32, width=4, height=3, visitor=factories.visitor())
    for name in (theirs.name, "c" * 32, "../x"):
        answer = client.post(url, shown_form(client, url) | {"header_upload_kept": name, "header_alt": "Iets"})
        assert answer.status_code == 200 and LOST in answer.text
    assert Site.objects.load().header is None


def test_words_of_a_picture_that_is_there_are_not_emptied(client, coordinator, page_of):
    url = page_of(Site)
    client.post(url, shown_form(client, url) | {"header_upload": photo(), "header_alt": "Een plein"})
    answer = client.post(url, shown_form(client, url) | {"header_alt": ""})
    assert "Schrijf wat er te zien is" in answer.text
    assert Site.objects.load().header.alt == "Een plein"
    assert 'alt="De foto die er nu staat: Een plein"' in client.get(url).text


def test_two_who_chose_a_picture(client, coordinator, page_of):
    url = page_of(Site)
    mine = shown_form(client, url)
    client.post(url, shown_form(client, url) | {"header_upload": photo(), "header_alt": "Een plein"})
    first = Site.objects.load().header
    answer = client.post(url, mine | {"header_upload": photo("blue"), "header_alt": "Een boom"})
    assert answer.status_code == 200 and "Iemand anders veranderde deze foto ook." in answer.text
    assert Site.objects.load().header == first
    assert client.post(url, shown_again(answer)).status_code == 302
    assert Site.objects.load().header.alt == "Een boom"
