"""What the landing page shows of the cafés."""

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from events.models import Cafe, Registration
from events.models.counting import COUNTS, NOBODY
from werkplaats import compiled
from werkplaats.kept import kept
from werkplaats.models import Site

NEXT = 3


def read(request, site: Site) -> dict:
    """All public cafés with their counts, and cards of the first ones that people can still come to: one query."""
    fresh: list[Cafe] = []

    def make() -> list[Cafe]:
        fresh.extend(Cafe.objects.public().with_counts())
        return fresh

    cafes = kept(site, "cafes", make=make)
    if cafes is not fresh:
        counts = counts_of_all()
        for cafe in cafes:
            cafe.counts = counts.get(cafe.pk, NOBODY)
    upcoming = [cafe for cafe in cafes if cafe.is_ahead][:NEXT]
    return {"cafes": cafes, "next_cafes": [card(cafe, site) for cafe in upcoming]}


def card(cafe: Cafe, site: Site) -> SafeString:
    """The card of a café that people can still come to; all that shows in it is in its key."""
    template, shown = "events/cafes.html#card", (cafe.pk, cafe.is_open, sorted(cafe.counts.items()))
    return kept(site, template, *shown, make=lambda: render_to_string(template, {"cafe": cafe}))


def counts_of_all() -> dict[int, dict[str, int]]:
    """Per café that anyone signed up for: how many have a place and how many wait, of each kind."""
    return {pk: dict(zip(COUNTS, counts, strict=True)) for pk, *counts in compiled.rows(counted)}


def counted() -> QuerySet:
    return Registration.objects.order_by().values("cafe").annotate(**COUNTS).values_list("cafe", *COUNTS)
