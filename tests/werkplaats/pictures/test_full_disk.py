"""A full disk: a sentence, the text kept and no half file, whichever way a picture comes; taking away still works."""

import io
import shutil
from collections import namedtuple

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from polls.wensbeelden.models import Wensbeeld
from posts.models.posts import Post
from tests.helpers import factories
from tests.helpers.browsers import browser_of
from werkplaats.pictures.models import Picture
from werkplaats.site.models import Site
from werkplaats.web import programs

pytestmark = pytest.mark.django_db
FULL = "onze schijf is vol"
Usage = namedtuple("Usage", "total used free")


@pytest.fixture(autouse=True)
def media(settings, tmp_path, monkeypatch):
    """A folder for pictures without room; the result lists what is in it."""
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: Usage(10**6, 10**6 - 1000, 1000))
    return lambda: list(tmp_path.iterdir())


def photo() -> SimpleUploadedFile:
    image = io.BytesIO()
    Image.new("RGB", (900, 600), "teal").save(image, "PNG")
    return SimpleUploadedFile("foto.png", image.getvalue())


def test_a_picture_that_is_sent_before_its_form(media):
    answer = browser_of(factories.visitor()).post("/foto/", {"picture": photo()})
    assert (answer.status_code, media(), Picture.objects.count()) == (507, [], 0)
    assert FULL in answer.text and "<html" not in answer.text


def test_a_wensbeeld(media):
    sent = {"text": "Appels voor iedereen", "alt": "Een boom", "no_children": "on", "picture": photo()}
    browser = browser_of(factories.visitor())
    answer = browser.post("/wensbeelden/insturen/", sent)
    assert (answer.status_code, media(), Wensbeeld.objects.count()) == (507, [], 0)
    assert FULL in answer.text and "Appels voor iedereen" in answer.text
    without = {name: value for name, value in sent.items() if name == "text"}
    assert browser.post("/wensbeelden/insturen/", without).status_code == 302


def test_a_contribution(media):
    Site.objects.get_or_create(pk=1)
    question, role = factories.question(), factories.role()
    sent = {"text": "Rust in de klas", "name": "Noor", "role": role.pk, "moment": programs.moment(ago=10)}
    sent |= {"alt": "Een boom", "no_children": "on", "picture": photo()}
    answer = browser_of(factories.visitor()).post(f"{question.get_absolute_url()}bijdragen/", sent)
    assert (answer.status_code, media(), Post.objects.count()) == (507, [], 0)
    assert FULL in answer.text and "Rust in de klas" in answer.text


def test_a_picture_of_a_coordinator(client, coordinator, media):
    url = "/beheer/werkplaats/motto/add/"
    sent = {
        "text": "rust en ruimte",
        "artwork": "motto-circles",
        "artwork_alt": "Bellen",
        "tint": "water",
        "position": 1,
    }
    sent |= {"picture_upload": photo(), "picture_alt": "Een plein", "picture_focus_x": 50, "picture_focus_y": 50}
    answer = client.post(url, sent)
    assert (answer.status_code, media()) == (200, [])
    assert FULL in answer.text and "rust en ruimte" in answer.text


def test_taking_away_needs_no_room(media):
    picture = Picture.objects.create(name="a" * 32, width=640, height=480)
    sent = factories.wensbeeld(picture=picture)
    post = factories.post()
    by = factories.coordinator()
    sent.remove(by, "Een kind.")
    post.remove(by, "Een kind.")
    assert not Wensbeeld.objects.public().exists()
