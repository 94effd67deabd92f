"""Who sees a picture when: its sender and staff while it waits, everyone once it is shown, nobody when it is gone."""

import html
import io
import re
import time
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from polls.wensbeelden.models import Wensbeeld
from posts import tokens
from posts.models.posts import Post
from tests.helpers import factories
from tests.helpers.browsers import browser_of
from werkplaats.pictures import files
from werkplaats.pictures.models import Picture
from werkplaats.pictures.showing import with_key
from werkplaats.site.models import Motto, Site

pytestmark = pytest.mark.django_db
WAITS, SHOWN, GONE = (200, "private, no-store"), (200, "public, max-age=600"), (404, "private, no-store")


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def picture(transactional_db):
    """A picture with its files, that nothing uses yet."""
    with transaction.atomic():
        stored = files.store(files.Processed({1600: b"large", 640: b"small"}, 1600, 900, b"shared"))
        return Picture.objects.create(**stored._asdict(), alt="Een boom")


def asked(browser: Client, picture: Picture, **headers) -> tuple[int, str]:
    answer = browser.get(picture.small, headers=headers)
    answer.getvalue()  # a file is closed once it is read
    return answer.status_code, answer.headers["Cache-Control"]


def of_a_post(picture: Picture) -> SimpleNamespace:
    """Words that are public at once, under a picture that waits."""
    post = factories.post(picture=picture, visitor=factories.visitor())
    by = factories.coordinator()
    return SimpleNamespace(
        visitor=post.visitor, show=lambda: post.publish(by, vetted=True), hide=lambda: post.remove(by, "Een kind.")
    )


def of_a_wensbeeld(picture: Picture) -> SimpleNamespace:
    sent = factories.wensbeeld(picture=picture, visitor=factories.visitor(), published=False)
    by = factories.coordinator()
    return SimpleNamespace(
        visitor=sent.visitor, show=lambda: sent.publish(by), hide=lambda: sent.remove(by, "Een kind.")
    )


@pytest.mark.parametrize("used", [of_a_post, of_a_wensbeeld])
def test_a_picture_that_waits_is_seen_by_its_sender_and_staff_and_one_that_is_removed_by_staff_alone(
    used, picture, client, coordinator
):
    it = used(picture)
    theirs, others, strangers = browser_of(it.visitor), browser_of(factories.visitor()), Client()

    def everyone() -> list:
        return [asked(each, picture) for each in (theirs, client, others, strangers)]

    assert everyone() == [WAITS, WAITS, GONE, GONE]
    it.show()
    assert everyone() == [SHOWN] * 4
    answer = strangers.get(picture.small)
    answer.getvalue()
    etag = answer.headers["ETag"]
    assert asked(others, picture, if_none_match=etag) == (304, SHOWN[1])
    it.hide()
    assert everyone() == [GONE, WAITS, GONE, GONE]
    key = with_key(picture.small)  # as a page that its sender still has open has it
    assert theirs.get(key).status_code == 404
    # What a browser kept is asked about again after ten minutes, and is not true any more.
    assert asked(others, picture, if_none_match=etag) == GONE


def test_its_writer_sees_it_in_another_browser_once_logged_in(picture, client):
    writer = factories.user()
    factories.post(picture=picture, author=writer, visitor=factories.visitor())
    assert asked(client, picture) == GONE
    client.force_login(writer)
    assert asked(client, picture) == WAITS


def test_staff_without_a_second_factor_see_no_more_than_others(picture, client, settings):
    settings.DEMO = False
    factories.post(picture=picture)
    client.force_login(factories.coordinator())
    assert asked(client, picture) == GONE


def test_a_picture_of_a_form_that_is_not_sent_is_seen_by_its_sender_alone(client, coordinator):
    visitor = factories.visitor()
    image = io.BytesIO()
    Image.new("RGB", (900, 600), "teal").save(image, "PNG")
    photo = SimpleUploadedFile("foto.png", image.getvalue())
    theirs = browser_of(visitor)
    assert theirs.post("/foto/", {"picture": photo}).status_code == 200
    kept = Picture.objects.get()
    assert asked(theirs, kept) == WAITS
    assert [asked(each, kept) for each in (client, browser_of(factories.visitor()), Client())] == [GONE] * 3


def test_another_picture_in_its_place_and_a_row_that_goes_hide_the_old_one(picture):
    post = factories.post(picture=picture)
    post.publish(factories.coordinator(), vetted=True)
    assert Picture.objects.get().shown
    Post.objects.filter(pk=post.pk).update(picture=None)
    assert not Picture.objects.get().shown
    Post.objects.filter(pk=post.pk).update(picture=picture)
    assert Picture.objects.get().shown
    Post.objects.filter(pk=post.pk).delete()
    assert not Picture.objects.get().shown


def test_a_held_post_hides_its_picture_and_shows_it_again(picture):
    post = factories.post(picture=picture)
    by = factories.coordinator()
    post.publish(by, vetted=True)
    post.remove(by, "Een kind.")
    assert not Picture.objects.get().shown
    post.restore(by)
    assert Picture.objects.get().shown


def test_a_picture_that_a_coordinator_chose_is_shown_at_once(picture):
    Picture.objects.update(shown=True)
    motto = Motto.objects.create(text="rust", artwork="motto-circles", artwork_alt="Bellen", picture=picture)
    assert asked(Client(), motto.picture) == SHOWN


def test_a_shown_picture_takes_one_query_and_no_session(picture, django_assert_num_queries):
    Site.objects.get_or_create(pk=1)
    post = factories.post(picture=picture)
    post.publish(factories.coordinator(), vetted=True)
    browser = browser_of(factories.visitor())
    browser.force_login(factories.user())
    with django_assert_num_queries(1):
        assert asked(browser, picture) == SHOWN


def test_nginx_sends_the_bytes_where_it_can(picture, settings):
    settings.MEDIA_ACCEL = "/bytes/"
    Picture.objects.update(shown=True)
    answer = Client().get(picture.large)
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["X-Accel-Redirect"] == f"/bytes/{picture.name}-1600.webp"
    assert answer.headers["Content-Type"] == "image/webp"
    assert answer.headers["Cache-Control"] == SHOWN[1]
    Picture.objects.update(shown=False)
    assert "X-Accel-Redirect" not in Client().get(picture.large).headers


def test_the_bytes_come_with_the_right_kind(picture):
    Picture.objects.update(shown=True)
    answer = Client().get(picture.small)
    assert answer.getvalue() == b"small"
    assert answer.headers["Content-Type"] == "image/webp"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert Client().post(picture.small).status_code == 405
    shared = Client().get(picture.sources.shared)
    assert (shared.getvalue(), shared.headers["Content-Type"]) == (b"shared", "image/jpeg")
    Picture.objects.update(shown=False)
    assert Client().get(picture.sources.shared).status_code == 404


def test_a_file_that_is_lost_is_not_found(picture):
    Picture.objects.update(shown=True)
    default_storage.delete(picture.small.removeprefix("/media/"))
    assert Client().get(picture.small).status_code == 404


@pytest.mark.parametrize(
    "name",
    [
        "1" * 32 + "-640.webp",
        "secret.txt",
        "../secret.txt",
        "0" * 32 + "-641.webp",
        "0" * 32 + "-640.webp%0a",
        "0" * 32 + "-640.jpg",
    ],
)
def test_nothing_else_is_served(name, tmp_path):
    for other in ("secret.txt", f"{'0' * 32}-641.webp", f"{'0' * 32}-640.webp\n", f"{'1' * 32}-640.webp"):
        (tmp_path / other).touch()
    assert Client().get(f"/media/{name}").status_code == 404


def test_a_visitor_who_sends_many_pictures_hears_so_and_keeps_the_words(client, monkeypatch, settings):
    settings.WRITE_RATE_LIMITS = {**settings.WRITE_RATE_LIMITS, "keep_picture": [(2, timedelta(days=1))]}
    monkeypatch.setattr(
        "werkplaats.pictures.fields.process",
        lambda upload: files.Processed({1600: b"large", 640: b"small"}, 1600, 900, b"shared"),
    )
    browser = browser_of(factories.visitor())

    def photo():
        return SimpleUploadedFile("foto.jpg", b"x")

    assert [browser.post("/foto/", {"picture": photo()}).status_code for _ in range(3)] == [200, 200, 422]
    assert "Je stuurde vandaag al veel foto" in browser.post("/foto/", {"picture": photo()}).text
    answer = browser.post("/wensbeelden/insturen/", {"text": "", "alt": "Een boom", "picture": photo()})
    assert answer.status_code == 422 and "Een boom" in answer.text
    assert "Kies je foto of tekening opnieuw" in answer.text
    # One picture that comes with its form is always taken.
    sent = {"text": "Appels", "alt": "Een boom", "no_children": "on", "picture": photo()}
    assert browser.post("/wensbeelden/insturen/", sent).status_code == 302
    assert Wensbeeld.objects.get().picture


def test_whoever_reads_the_page_that_asks_sees_the_picture_there_for_an_hour(picture, client, monkeypatch):
    post = factories.post(
        published=False, picture=picture, visitor=factories.visitor(), email="vera@example.org", asked_at=timezone.now()
    )
    page = client.get(reverse("posts:confirm", args=[tokens.make(post)])).text
    address = html.unescape(re.search(rf'src="({picture.small}\?[^"]+)"', page)[1])
    answer = Client().get(address)
    assert (answer.status_code, answer.getvalue()) == (200, b"small")
    assert asked(Client(), picture) == GONE
    other = address.replace("-640.", "-1600.")
    assert Client().get(other).status_code == 404
    later = time.time() + 3601
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    assert Client().get(address).status_code == 404
