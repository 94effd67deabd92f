"""When an answer is a fragment: htmx asks, and has a place for it."""

import pytest
from django.http import HttpResponse
from django_htmx.middleware import HtmxMiddleware

from werkplaats.web import htmx

PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}
FULL = {"HX-Request": "true", "HX-Request-Type": "full"}  # what goes back in the history, or has no target


@pytest.fixture
def asked(rf):
    """A function that gives a request with these headers, as views get it."""

    def ask(headers):
        request = rf.get("/", headers=headers)
        HtmxMiddleware(lambda request: HttpResponse())(request)
        return request

    return ask


@pytest.mark.parametrize(
    ("headers", "fragment"), [(PARTIAL, True), (FULL, False), ({}, False), ({"HX-Request": "1"}, False)]
)
def test_a_fragment_is_for_htmx_with_a_place_for_it(asked, headers, fragment):
    request = asked(headers)
    assert htmx.wants_fragment(request) == fragment
    answer = htmx.redirect(request, "/over/")
    assert answer.status_code == (200 if fragment else 302)
    assert answer.headers["HX-Redirect" if fragment else "Location"] == "/over/"


@pytest.mark.django_db
def test_page_and_fragment_share_an_address_and_say_so(client):
    page = client.get("/over/")
    assert "HX-Request" not in page.headers.get("Vary", "")
    for headers in (PARTIAL, FULL, {}):
        answer = client.get("/wensbeelden/insturen/", headers=headers)
        assert ("<html" in answer.text) == (headers != PARTIAL)
        assert {"HX-Request", "HX-Request-Type"} <= set(answer.headers["Vary"].split(", "))


def test_htmx_is_told_of_trouble_before_any_other_middleware(client, settings):
    settings.ALLOWED_HOSTS = ["werkplaats.example"]
    answer = client.get("/", headers=PARTIAL)
    assert answer.status_code == 400
    assert answer.headers["HX-Retarget"] == "#inhoud"
