"""The log tells where something broke, and not the token of whose page that was."""

import io
import logging

import pytest
from django.test import Client

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
