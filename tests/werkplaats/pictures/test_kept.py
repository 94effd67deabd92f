"""A picture that arrives before its form is right: shown, kept for a while, used once, and never left behind."""

import threading
from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import timedelta
from itertools import islice
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from polls.wensbeelden.models import Wensbeeld
from tests.helpers import factories
from tests.helpers.browsers import browser_of
from tests.werkplaats.pictures.test_pipeline import TOO_MANY_PIXELS, exif, quarters, saved
from werkplaats import tasks
from werkplaats.people.models import Visitor
from werkplaats.pictures import files, pipeline
from werkplaats.pictures.models import Picture
from werkplaats.site.models import Site

pytestmark = pytest.mark.django_db
KEEP, SEND = "/foto/", "/wensbeelden/insturen/"
PROCESSED = files.Processed({1600: b"large", 640: b"small"}, 1600, 900, b"shared")
WORDS = {"text": "Appels", "alt": "Een boom", "no_children": "on"}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """How many files there are."""
    settings.MEDIA_ROOT = tmp_path
    return lambda: len(list(tmp_path.iterdir()))


def test_a_heic_is_shown_and_then_sent_by_its_name(client, media, tmp_path):
    heic = saved(quarters(), "HEIF", exif=exif().tobytes())
    answer = client.post(KEEP, {"picture": SimpleUploadedFile("IMG_1.HEIC", heic)})
    kept = Picture.objects.kept().get()
    assert kept.visitor == Visitor.objects.get()
    assert f'<img src="{kept.small}" width="400" height="200"' in answer.text
    assert f'<input type="hidden" name="kept" value="{kept.name}">' in answer.text
    assert "<html" not in answer.text
    for file in tmp_path.iterdir():
        content = file.read_bytes()
        ours = (
            content[:2] == b"\xff\xd8" if file.suffix == ".jpg" else (content[:4], content[8:12]) == (b"RIFF", b"WEBP")
        )
        assert ours and b"Geheim" not in content
    first = client.post(SEND, {**WORDS, "kept": kept.name})
    second = client.post(SEND, {**WORDS, "kept": kept.name})  # without `key`, as no page sends it
    assert (first.status_code, second.status_code) == (302, 422)
    used = Wensbeeld.objects.get().picture
    assert (used, used.alt, used.kept_since) == (kept, "Een boom", None)
    assert media() == 3


@pytest.mark.parametrize("path", [KEEP, SEND])
def test_who_is_erased_at_that_moment_chooses_the_picture_again(client, media, monkeypatch, path):
    gone = factories.visitor()
    Visitor.objects.filter(pk=gone.pk).delete()
    monkeypatch.setattr("werkplaats.people.visitors.writing", lambda request: gone)
    picture = SimpleUploadedFile("IMG_1.HEIC", saved(quarters(), "HEIF"))
    answer = client.post(path, {"picture": picture, "text": "", "alt": "Een boom"})
    assert answer.status_code == 422
    assert "We hebben je foto of tekening niet meer. Kies hem opnieuw." in answer.text
    assert media() == 0


def test_sent_twice_is_one_wensbeeld(client):
    visitor = factories.visitor()
    kept = Picture.objects.keep(PROCESSED, visitor)
    sent = {**WORDS, "kept": kept.name, "key": "0b5a41a3-6a77-4f7f-9f0e-3d1b7a4c1f00"}
    first, second = (browser_of(visitor).post(SEND, sent) for _ in range(2))
    assert first.url == second.url
    assert Wensbeeld.objects.count() == 1
    other = browser_of(visitor).post(SEND, {**sent, "text": "Peren"})
    assert (other.status_code, Wensbeeld.objects.count()) == (422, 1)
    assert "We hebben je foto of tekening niet meer. Kies hem opnieuw." in other.text
    assert "Peren" in other.text


@pytest.mark.parametrize("name", ["", "0" * 32, "x" * 5000, "../../etc/passwd", "a\x00b"])
def test_a_name_that_is_not_theirs_is_no_picture(client, media, name):
    theirs = Picture.objects.keep(PROCESSED, factories.visitor())
    answer = browser_of(factories.visitor()).post(SEND, {**WORDS, "kept": name or theirs.name})
    assert (answer.status_code, Wensbeeld.objects.exists()) == (422, False)
    for browser in (client, browser_of(factories.visitor())):
        browser.post(f"/foto/{theirs.name}/weg/")
    assert Picture.objects.kept().get() == theirs
    assert media() == 3


def test_taken_away_is_gone(client, media, django_capture_on_commit_callbacks):
    visitor = factories.visitor()
    browser = browser_of(visitor)
    with django_capture_on_commit_callbacks(execute=True):
        kept = Picture.objects.keep(PROCESSED, visitor)
        assert browser.post(f"/foto/{kept.name}/weg/").status_code == 204
        assert browser.post(f"/foto/{kept.name}/weg/").status_code == 204
    assert (Picture.objects.count(), media()) == (0, 0)
    with django_capture_on_commit_callbacks(execute=True):  # without JavaScript: a tick in the form
        kept = Picture.objects.keep(PROCESSED, visitor)
        browser.post(SEND, {"text": "Appels", "kept": kept.name, "take_away": "on"})
    assert Wensbeeld.objects.get().picture is None
    assert (Picture.objects.count(), media()) == (0, 0)


def test_what_is_used_stays(media):
    visitor = factories.visitor()
    kept = Picture.objects.keep(PROCESSED, visitor)
    browser_of(visitor).post(SEND, {**WORDS, "kept": kept.name})
    browser_of(visitor).post(f"/foto/{kept.name}/weg/")
    Picture.objects.update(created_at=kept.created_at - timedelta(days=9))
    tasks.forget_kept_pictures(0)
    assert Wensbeeld.objects.get().picture == kept
    with pytest.raises(ValidationError):
        Picture.objects.use(kept, "Nog eens")
    assert media() == 3


def test_a_picture_of_a_pupil_is_gone_at_once(media, django_capture_on_commit_callbacks):
    visitor, pupil = factories.visitor(), factories.role("leerling", is_pupil=True)
    with django_capture_on_commit_callbacks(execute=True):
        kept = Picture.objects.keep(PROCESSED, visitor)
        sent = {**WORDS, "kept": kept.name, "role": pupil.pk}
        answer = browser_of(visitor).post(SEND, sent)
    assert "Als leerling stuur je alleen woorden" in answer.text
    assert 'name="kept"' not in answer.text
    assert (Picture.objects.count(), media()) == (0, 0)


def test_a_kept_picture_is_shown_again_to_who_sent_it_and_to_nobody_else(client):
    visitor = factories.visitor()
    kept = Picture.objects.keep(PROCESSED, visitor)
    own, address = browser_of(visitor), f"{KEEP}{kept.name}/"
    assert f'<input type="hidden" name="kept" value="{kept.name}">' in own.get(address).text
    for other, where in (
        (client, address),
        (browser_of(factories.visitor()), address),
        (own, f"{KEEP}{'0' * 32}/"),
        (own, f"{KEEP}%27%3E/"),
        (own, f"{KEEP}{'x' * 5000}/"),
    ):
        assert other.get(where).status_code == 404
    assert own.post(address).status_code == 405
    assert own.post(SEND, {**WORDS, "kept": kept.name}).status_code == 302
    assert own.get(address).status_code == 404  # it is used


def test_forms_that_never_came_leave_nothing(media, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        old, young = (Picture.objects.keep(PROCESSED, factories.visitor()) for _ in range(2))
        Picture.objects.filter(pk=old.pk).update(kept_since=old.kept_since - timedelta(hours=25))
        tasks.forget_kept_pictures(0)
    assert (Picture.objects.get(), media()) == (young, 3)


BAD = {
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "geen foto die we kennen"),
    "cut": (saved(quarters())[:700], "beschadigd"),
    "empty": (b"", "Dit bestand is leeg"),
    "big": (b"\xff\xd8\xff" + bytes(pipeline.MAX_BYTES), "Kies er een van hooguit 10 MB"),
    "bomb": (TOO_MANY_PIXELS["PNG"], "meer dan 50 megapixel"),
}


@pytest.mark.parametrize("kind", BAD)
def test_what_is_no_picture_is_refused_with_the_reason(client, media, kind):
    content, message = BAD[kind]
    answer = client.post(KEEP, {"picture": SimpleUploadedFile("foto.jpg", content, "image/jpeg")})
    assert answer.status_code == 422
    assert message in answer.text
    assert (Picture.objects.count(), Visitor.objects.count(), media()) == (0, 0, 0)
    assert "Kies een foto." in client.post(KEEP, {}).text


def test_a_full_store_refuses_nobody_and_first_takes_what_visitors_keep_besides_their_newest(media, monkeypatch):
    monkeypatch.setattr("werkplaats.pictures.models.MOST_KEPT", 3)
    greedy, patient = factories.visitor(), factories.visitor()
    first = Picture.objects.keep(PROCESSED, patient)
    third = [Picture.objects.keep(PROCESSED, greedy) for _ in range(2)][1]
    new = Picture.objects.keep(PROCESSED, factories.visitor())
    assert set(Picture.objects.kept()) == {first, third, new}
    newer = Picture.objects.keep(PROCESSED, factories.visitor())
    assert set(Picture.objects.kept()) == {third, new, newer}


@pytest.mark.django_db(transaction=True)
def test_of_one_visitor_the_newest_few_are_kept_however_many_come_at_once(media):
    visitor = factories.visitor()

    def keep(_):
        try:
            return Picture.objects.keep(PROCESSED, visitor).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        made = sorted(pool.map(keep, range(24)))
    assert sorted(Picture.objects.kept().values_list("pk", flat=True)) == made[-3:]
    assert media() == 9


def test_only_forms_send_pictures(client):
    assert client.get(KEEP).status_code == 405
    assert client.get(f"/foto/{'0' * 32}/weg/").status_code == 405
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(KEEP, {"picture": SimpleUploadedFile("foto.jpg", b"x")}).status_code == 403


@pytest.fixture
def decoder(monkeypatch):
    """A decoder that goes on when the test says so; it tells how many wait for it."""
    going, waiting = threading.Event(), threading.Semaphore(0)

    def process(upload):
        waiting.release()
        assert going.wait(60)
        return PROCESSED

    monkeypatch.setattr("werkplaats.pictures.fields.process", process)
    yield SimpleNamespace(go=going.set, waiting=waiting)
    going.set()


TOGETHER = 10


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("bounded", [True, False], ids=["bounded", "without the bound"])
def test_pictures_leave_threads_for_others(client, media, monkeypatch, decoder, bounded):
    """Also those that come with a form: who finds it busy hears so at once. Without the bound, everyone waits."""
    question = factories.question()
    role = factories.role("ouder")
    Site.objects.get_or_create(pk=1)
    held = pipeline.MOST_AT_ONCE if bounded else TOGETHER
    monkeypatch.setattr("werkplaats.pictures.fields.places", threading.BoundedSemaphore(held))

    def send(number):
        try:
            photo = SimpleUploadedFile("foto.jpg", b"x")
            where = SEND if number % 2 else f"/vragen/{question.slug}/bijdragen/"
            words = {**WORDS, "text": f"Elk kind gezien {number}", "name": "Joke", "role": role.pk}
            return number, Client().post(where, {**words, "picture": photo})
        finally:
            connection.close()

    with ThreadPoolExecutor(TOGETHER) as pool:
        sent = [pool.submit(send, number) for number in range(TOGETHER)]
        for _ in range(held):
            assert decoder.waiting.acquire(timeout=60)
        answered = list(islice(as_completed(sent, timeout=60), TOGETHER - held))
        still = [each for each in sent if not each.done()]
        assert len(still) == held
        uploaded = client.post(KEEP, {"picture": SimpleUploadedFile("foto.jpg", b"x")}) if bounded else None
        decoder.go()
    for number, answer in (each.result() for each in answered):
        assert answer.status_code == 422
        assert "Het is nu druk. Wat je schreef staat er nog: kies je foto zo nog eens." in answer.text
        assert f"Elk kind gezien {number}" in answer.text
    assert [each.result()[1].status_code for each in still] == [302] * held
    if bounded:
        assert (uploaded.status_code, uploaded.headers["Retry-After"]) == (429, "3")
        assert client.post(KEEP, {"picture": SimpleUploadedFile("foto.jpg", b"x")}).status_code == 200
