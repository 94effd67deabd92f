"""A café that goes on, or has been, in a room with a screen: events knows of no room, whoever does says so here."""

from typing import Any, NamedTuple, Protocol

from events.models import Cafe
from werkplaats.site.models import Site


class Page(NamedTuple):
    """What the page of a café is meanwhile: a template with its context, which gets `cafe` too."""

    template: str
    context: dict[str, Any]


class Room(Protocol):
    def page_of(self, cafe: Cafe, site: Site) -> Page | None:
        """The page while it goes on and afterwards; None of a café without a room, or before it."""

    def way_in(self, cafe: Cafe) -> str:
        """Where somebody takes part while it goes on, who scans the invitation; empty before and afterwards."""

    def is_on(self, cafe: Cafe) -> bool:
        """Whether people take part in it at this moment."""

    def keeps(self, cafe: Cafe) -> bool:
        """Whether what it heard stands on its page."""


ROOMS: list[Room] = []  # an app says what it has when it is ready


def page_of(cafe: Cafe, site: Site) -> Page | None:
    """Asks nothing of a café that has not begun, or was called off."""
    goes = cafe.has_begun and not cafe.called_off_at
    return next((page for room in ROOMS if goes and (page := room.page_of(cafe, site))), None)


def way_in(cafe: Cafe) -> str:
    """Asks nothing of a café that has not begun, or was called off. One that runs late is on after its end."""
    goes = cafe.has_begun and not cafe.called_off_at
    return next((address for room in ROOMS if goes and (address := room.way_in(cafe))), "")


def is_on(cafe: Cafe) -> bool:
    return any(room.is_on(cafe) for room in ROOMS)


def heard_at(cafe: Cafe) -> str:
    """Where who was there reads what was said: on the café's page, or at its question."""
    return cafe.get_absolute_url() if any(room.keeps(cafe) for room in ROOMS) else cafe.said_url
