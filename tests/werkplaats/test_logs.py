"""The log tells where something broke, and not the token of whose page that was."""

import io
import logging
import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver

from plan.views.told import pages

pytestmark = pytest.mark.django_db


def test_a_page_that_breaks_is_logged_without_its_token(monkeypatch):
    def breaks(token):
        raise ValueError("it broke")

    console = next(each for each in logging.getLogger("django").handlers if each.name == "console")
    monkeypatch.setattr(console, "stream", io.StringIO())
    monkeypatch.setattr(pages.tokens, "read", breaks)
    assert Client(raise_request_exception=False).post("/jouw-inbreng/KANARIE/antwoord/").status_code == 500
    logged = console.stream.getvalue()
    assert "Internal Server Error: /jouw-inbreng/…/antwoord/" in logged and "it broke" in logged
    assert "KANARIE" not in logged


def routes(resolver=None, before: str = "") -> list[str]:
    """Every address of the site, as it is written in its `urls.py`."""
    found = []
    for each in (resolver or get_resolver()).url_patterns:
        route = before + str(each.pattern)
        found += routes(each, route) if isinstance(each, URLResolver) else [route]
    return found


def test_the_log_of_the_proxy_holds_no_token_and_nobody_whom_the_staff_looks_for():
    proxy = (Path(__file__).resolve().parents[2] / "deploy" / "nginx.conf").read_text()
    kept_out = [re.compile(rule) for rule in re.findall(r"^    ~(\S+) 0;$", proxy, re.MULTILINE)]
    with_token = [route for route in routes() if "token>" in route]
    assert len(with_token) >= 10
    for route in with_token:
        address = "/" + re.sub(r"<\w+:\w+>", "x", route)
        assert any(rule.match(address) for rule in kept_out), address
    for address in ("/cafes/x/bij-de-deur/?q=Fatima", "/beheer/events/registration/?q=fatima%40example.org"):
        assert any(rule.match(address) for rule in kept_out), address
    for address in ("/", "/cafes/x/", "/cafes/x/bij-de-deur/", "/jouw-inbreng/", "/bijdragen/3/", "/zoek/?q=rust"):
        assert not any(rule.match(address) for rule in kept_out), address
