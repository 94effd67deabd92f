"""What the landing page shows of the cafés."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from events.models import Cafe, Snapshot
from werkplaats.kept import kept
from werkplaats.models import Site


def read(request, site: Site) -> dict:
    """All public cafés, the next one that people can come to as a card, and the last that was: one query."""
    fresh: list[Cafe] = []
    cafes = known(site, fresh)
    if cafes is fresh:
        Snapshot.objects.tell_joined(cafes)
    else:
        Snapshot.objects.tell(cafes)
    ahead = next((cafe for cafe in cafes if cafe.is_ahead), None)
    been = next((cafe for cafe in reversed(cafes) if cafe.is_past and not cafe.called_off_at), None)
    return {"cafes": cafes, "next_cafe": ahead and card(ahead, site), "last_cafe": been}


def known(site: Site, fresh: list[Cafe] | None = None) -> list[Cafe]:
    """All public cafés, kept until a coordinator changes one; `fresh`, filled, when they were not kept yet."""
    found: list[Cafe] = [] if fresh is None else fresh

    def make() -> list[Cafe]:
        found.extend(Cafe.objects.public().select_related("snapshot", "topic"))
        return found

    return kept(site, "cafes", make=make)


def card(cafe: Cafe, site: Site) -> SafeString:
    """The card of a café that people can still come to; all that shows in it is in its key."""
    template, shown = (
        "events/landing.html#next",
        # Sign-up that is not open may come, or be over: the hour alone changes the words.
        (cafe.pk, cafe.is_open, cafe.opens_later, [places.in_words for places in cafe.offers_told]),
    )
    return kept(site, template, *shown, make=lambda: render_to_string(template, {"cafe": cafe}))
