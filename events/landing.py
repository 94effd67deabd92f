"""What the landing page shows of the cafés."""

from copy import copy
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from events import around
from events.models import Cafe, Snapshot
from events.models.counting import NOBODY
from events.models.snapshots import as_json
from werkplaats.gaps import Part
from werkplaats.kept import kept, shared
from werkplaats.models import Site


def columns() -> dict[str, Any]:
    """What the query of the landing page asks for `read`."""
    return {"snapshots": ArraySubquery(as_json())}


def read(site: Site, row: dict[str, Any]) -> Part:
    """The next café that people can come to as a card, and the last that was; no query when `known` keeps them."""
    cafes = known(site)
    told = Snapshot.objects.told(cafes, row["snapshots"])
    ahead = next((copy(cafe) for cafe in cafes if cafe.is_ahead), None)
    been = next((cafe for cafe in reversed(cafes) if cafe.is_past and not cafe.called_off_at), None)
    if ahead:
        ahead.told = told.get(ahead.pk, NOBODY)
    drawn = ahead and card(ahead, site)
    heard = been and shared(f"heard:{been.pk}", site.version, lambda: around.heard_at(been))
    return Part((drawn, been and been.pk), lambda: {"next_cafe": drawn, "last_cafe": been, "heard_at": heard}, {})


def next_open(site: Site) -> Cafe | None:
    """The next café that one can sign up for; no query when `known` keeps them. Nobody may change it."""
    return next((cafe for cafe in known(site) if cafe.is_open), None)


def known(site: Site) -> list[Cafe]:
    """All public cafés, kept until a coordinator changes one. Everyone gets the very same: nobody may change them."""
    return shared("cafes", site.version, lambda: list(Cafe.objects.public().select_related("topic")))


def card(cafe: Cafe, site: Site) -> SafeString:
    """The card of a café that people can still come to; all that shows in it is in its key."""
    template, shown = (
        "events/landing.html#next",
        # Sign-up that is not open may come, or be over: the hour alone changes the words.
        (cafe.pk, cafe.is_open, cafe.opens_later, [places.in_words for places in cafe.offers_told]),
    )
    return kept(site, template, *shown, make=lambda: render_to_string(template, {"cafe": cafe}))
