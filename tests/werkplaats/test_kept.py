"""What is kept of pages: made once per version of the site, per year, and per thing that shows in it."""

import datetime
from types import SimpleNamespace

import pytest
from django.utils import timezone

from tests.helpers import kept as process
from werkplaats.kept import kept

SITE = SimpleNamespace(version=1)


@pytest.fixture(autouse=True)
def made():
    """What was made so far."""
    process.forget()
    return []


def test_a_piece_is_made_once_and_everyone_gets_a_copy(made):
    first = kept(SITE, "lijst", 7, make=lambda: made.append("een") or ["een"])
    second = kept(SITE, "lijst", 7, make=lambda: made.append("twee") or ["twee"])
    assert first == second == made == ["een"]
    assert first is not second


@pytest.mark.parametrize(
    ("site", "name", "versions"),
    [
        (SimpleNamespace(version=2), "lijst", (7,)),
        (SITE, "kaart", (7,)),
        (SITE, "lijst", (8,)),
        (SITE, "lijst", ("7",)),
        (SITE, "lijst", (7, None)),
    ],
)
def test_what_differs_makes_another_piece(site, name, versions):
    kept(SITE, "lijst", 7, make=lambda: "een")
    assert kept(site, name, *versions, make=lambda: "twee") == "twee"


def test_a_new_year_makes_another_piece(monkeypatch):
    kept(SITE, "lijst", make=lambda: "maandag 19 oktober")
    monkeypatch.setattr(timezone, "localdate", lambda: datetime.date(2100, 1, 1))
    assert kept(SITE, "lijst", make=lambda: "maandag 19 oktober 2026") == "maandag 19 oktober 2026"
