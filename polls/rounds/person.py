"""The person who places stickers: the owner of the browser, or somebody who took over their phone or tablet.

The number of the person stands in a signed cookie of its own, beside the visitor's, and takes no query. Person 1 is
the owner. Each next person gets a random number and not the next one: a visitor may be logged in on two tablets that
go round the room, and person 2 of one is not person 2 of the other.
"""

import secrets
from typing import NamedTuple
from uuid import UUID

from werkplaats.web.cookies import SignedCookie

HOURS = 12  # a meeting; the day after, the browser is its owner's again
COOKIE = SignedCookie("persoon", salt="polls.person", max_age=HOURS * 3600, of_person=True)
FIRST = 1
HIGHEST = 2**31 - 1  # what the column holds


class Person(NamedTuple):
    visitor_id: UUID | None
    number: int


def person_of(request) -> Person:
    """The person who places stickers in this browser now: person 1 unless a cookie for this visitor says otherwise."""
    visitor_id = request.visitor_id
    owner, number = COOKIE.read(request) or (None, FIRST)
    return Person(visitor_id, number if visitor_id and owner == visitor_id.hex else FIRST)


def is_handed_on(request) -> bool:
    """Whether somebody else than its owner holds this phone now."""
    return person_of(request).number != FIRST


def hand_over(response, visitor_id: UUID) -> None:
    """Makes the next person another one than all before."""
    number = FIRST + 1 + secrets.randbelow(HIGHEST - FIRST - 1)
    COOKIE.write(response, (visitor_id.hex, number))


def hand_back(response) -> None:
    """Makes the browser its owner's again."""
    COOKIE.delete(response)
