"""Pages leave compressed; what shows an address or a mailed token does not."""

import gzip
import re

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client

from tests.helpers import factories
from tests.helpers.browsers import as_visitor

# All of somebody's own, and the browsers that may see a part of it.
from tests.werkplaats.people.test_what_a_cookie_opens import EMAIL, SECRETS, browsers, own, paths, user  # noqa: F401
from werkplaats.web.compressing import SMALLEST, compressing

PAGE = "<p>Korte lijnen helpen. Kom gerust langs.</p>" * 400
GZIP = {"Accept-Encoding": "gzip, deflate, br"}
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="(\w+)"')


def answer(rf, response: HttpResponse, headers=GZIP, method: str = "get", cookie: str = ""):
    request = getattr(rf, method)("/", headers=headers)
    if cookie:
        request.COOKIES[cookie] = "x"
    return compressing(lambda request: response)(request)


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_page_leaves_compressed(rf, method):
    found = answer(rf, HttpResponse(PAGE, headers={"ETag": '"een"', "Vary": "Cookie"}), method=method)
    assert gzip.decompress(found.content).decode() == PAGE
    assert len(found.content) < len(PAGE) / 20
    assert found.headers["Content-Encoding"] == "gzip"
    assert found.headers["Content-Length"] == str(len(found.content))
    assert found.headers["ETag"] == 'W/"een"'  # the same page, not the same bytes
    assert found.headers["Vary"] == "Cookie, Accept-Encoding"


@pytest.mark.parametrize("accepts", ["", "identity", "br", "gzip;q=0", "gzip; q=0.0, br", "xgzip"])
def test_who_cannot_read_it_gets_it_plain_and_caches_know(rf, accepts):
    found = answer(rf, HttpResponse(PAGE), {"Accept-Encoding": accepts})
    assert found.content.decode() == PAGE
    assert "Content-Encoding" not in found.headers
    assert found.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("accepts", ["gzip", "br;q=1.0, gzip;q=0.5", "GZIP", "gzip;q=0.01"])
def test_who_can_gets_it_compressed(rf, accepts):
    assert answer(rf, HttpResponse(PAGE), {"Accept-Encoding": accepts}).headers["Content-Encoding"] == "gzip"


@pytest.mark.parametrize(
    ("response", "options"),
    [
        (lambda: HttpResponse("x" * (SMALLEST - 1)), {}),
        (lambda: HttpResponse(PAGE, content_type="image/webp"), {}),
        (lambda: HttpResponse(PAGE, content_type="text/calendar"), {}),
        (lambda: HttpResponse(PAGE, headers={"Content-Encoding": "br"}), {}),
        (lambda: HttpResponse(PAGE, headers={"Cache-Control": "private, no-store"}), {}),
        (lambda: HttpResponse(PAGE), {"method": "post"}),
        (lambda: HttpResponse(PAGE), {"cookie": "sessie"}),
    ],
    ids=["small", "picture", "calendar", "encoded", "not to be kept", "answers a form", "in a session"],
)
def test_what_is_left_alone(rf, response, options):
    before, found = response(), answer(rf, response(), **options)
    assert (found.content, found.headers) == (before.content, before.headers)


def test_a_stream_stays_a_stream(rf):
    found = answer(rf, StreamingHttpResponse(iter([PAGE.encode()])))
    assert found.streaming and "Content-Encoding" not in found.headers
    assert found.getvalue().decode() == PAGE


@pytest.mark.django_db
def test_pages_for_everyone_leave_compressed_each_with_a_token_of_its_own():
    factories.post(factories.question())
    known, tokens = as_visitor(Client(), factories.visitor()), set()
    for browser in (Client(), known):
        for path in ("/", "/", "/denk-praat-doe-mee/", "/denk-praat-doe-mee/", "/over/", "/nergens/"):
            found = browser.get(path, headers=GZIP)
            assert found.headers["Content-Encoding"] == "gzip", path
            tokens |= {*TOKEN.findall(gzip.decompress(found.content))}
    assert len(tokens) == 8  # two browsers, twice two pages with forms: no two answers hold the same


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["no cookie", "a cookie left behind", "a log-in", "a mailed link"])
def test_what_shows_an_address_or_a_token_leaves_as_it_is(browsers, paths, who):  # noqa: F811
    """Every address of the site, asked by everyone; and what is behind the links of mails."""
    secrets = [SECRETS[name] for name in ("address", "other address", "sign-up", "wishes")]
    tokens = [part for path in paths["mailed"] for part in path.split("/") if len(part) > 20]
    assert len(tokens) == 4
    compressed, told = 0, set()
    for path in paths["mailed" if who == "a mailed link" else "anywhere"]:
        found = browsers[who].get(path, headers=GZIP)
        if found.streaming or found.status_code >= 300:
            continue
        if found.headers.get("Content-Encoding") == "gzip":
            compressed += 1
            body = gzip.decompress(found.content).decode()
            assert not [secret for secret in [*secrets, *tokens] if secret in body], path
        else:
            told |= {secret for secret in [*secrets, *tokens] if secret.encode() in found.content}
    if who in ("no cookie", "a cookie left behind"):
        assert compressed > 20
    else:
        assert compressed == 0 and EMAIL in told
