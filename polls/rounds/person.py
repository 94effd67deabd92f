"""Which person places stickers: a visitor, or the next one who takes their phone or tablet over.

The number of the person stands in a signed cookie of its own, beside the visitor's, and takes no query. Person 1 is
who the browser belongs to. A next person gets a number by chance, not the next in line: one visitor may be logged in
on two tablets that go round the room, and person 2 of one is not person 2 of the other.
"""

import secrets
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.core import signing

COOKIE = "__Host-persoon" if settings.HTTPS else "persoon"
HOURS = 12  # a meeting; the day after, the browser is its owner's again
FIRST = 1
HIGHEST = 2**31 - 1  # what the column holds
signer = signing.TimestampSigner(salt="polls.person")


class Person(NamedTuple):
    visitor_id: UUID | None
    number: int


def person_of(request) -> Person:
    """Who places stickers in this browser now. A cookie of another visitor, or not ours, is nobody's: person 1."""
    visitor_id = request.visitor_id
    if cookie := visitor_id and request.COOKIES.get(COOKIE):
        try:
            owner, _, number = signer.unsign(cookie, max_age=HOURS * 3600).partition("-")
            if owner == visitor_id.hex:
                return Person(visitor_id, int(number))
        except (signing.BadSignature, ValueError):
            pass
    return Person(visitor_id, FIRST)


def is_handed_on(request) -> bool:
    """Whether someone else holds this phone now than who it belongs to."""
    return person_of(request).number != FIRST


def hand_over(response, visitor_id: UUID) -> None:
    """Makes who comes next another person than all before."""
    number = FIRST + 1 + secrets.randbelow(HIGHEST - FIRST - 1)
    response.set_cookie(
        COOKIE,
        signer.sign(f"{visitor_id.hex}-{number}"),
        max_age=HOURS * 3600,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def hand_back(response) -> None:
    """Makes the browser its owner's again."""
    response.delete_cookie(COOKIE, samesite="Lax")
