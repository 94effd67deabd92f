"""Headers on every answer: pages, errors, media, static files, the admin."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

from tests.helpers import factories
from werkplaats.pictures.models import Picture

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.werkplaats.urls")]
PICTURE = "0" * 32 + "-640.webp"
PATHS = [
    ("/", 200),
    ("/healthz", 200),
    ("/readyz", 200),
    ("/robots.txt", 200),
    ("/accounts/login/", 200),
    ("/beheer/", 302),
    ("/nergens/", 404),
    ("/?q=%00", 400),
    ("/kapot/", 500),
    ("/traag/", 503),
    (f"/media/{PICTURE}", 200),
    ("/static/proef.css", 200),
]


@pytest.fixture
def client(settings, db):
    default_storage.delete(PICTURE)
    default_storage.save(PICTURE, ContentFile(b"RIFF"))
    Picture.objects.create(name="0" * 32, width=640, height=480, shown=True)
    (settings.STATIC_ROOT / "proef.css").write_text("p {}")
    yield Client(raise_request_exception=False)
    default_storage.delete(PICTURE)
    (settings.STATIC_ROOT / "proef.css").unlink()


def strict(headers) -> None:
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "nonce" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Cache-Control"]


@pytest.mark.parametrize(("path", "status"), PATHS)
def test_strict_headers_on_every_answer(client, path, status):
    answer = client.get(path)
    answer.close()  # a file stays open otherwise
    assert answer.status_code == status
    strict(answer.headers)


def test_strict_headers_in_the_admin(client, settings):
    settings.DEMO = True
    client.force_login(factories.coordinator())
    answer = client.get("/beheer/")
    assert answer.status_code == 200
    strict(answer.headers)


def test_https_brings_hsts_and_secure_cookies(settings):
    settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = True, 31536000
    client = Client()
    assert client.get("/").headers["Location"] == "https://testserver/"
    assert client.get("/healthz").status_code == 200  # asked from inside the machine
    assert "max-age=31536000" in client.get("/healthz", secure=True).headers["Strict-Transport-Security"]
