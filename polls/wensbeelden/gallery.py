"""One page of the gallery: the cards, and the mottos to choose from, each with its count."""

from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.http import QueryDict

from polls.wensbeelden.cards import Card, cards_of
from polls.wensbeelden.models import Wensbeeld
from werkplaats.kept import kept
from werkplaats.models import Motto, Site
from werkplaats.web.addresses import page_number
from werkplaats.web.places import AFTER, BEFORE, Key, Place, number_of

PER_PAGE = 24


@dataclass(frozen=True)
class Chip:
    """A way to narrow the gallery down to one motto or to one's own, or to widen it again."""

    text: str
    tint: str
    count: int
    link: str
    current: bool


class Gallery(NamedTuple):
    cards: list[Card]
    chips: list[Chip]
    motto: Motto | None
    own: bool  # only those that this visitor sent in
    page: int
    pages: int
    skipped: int
    shown: int

    def link(self, word: str, card: Card) -> str:
        place = Place(word, Key(0, card.created_at, card.pk))
        return _link(self.motto, own=self.own, **place.parameters)

    @property
    def previous(self) -> str:
        return self.link(BEFORE, self.cards[0]) if self.cards and self.skipped else ""

    @property
    def next(self) -> str:
        return self.link(AFTER, self.cards[-1]) if self.skipped + len(self.cards) < self.shown else ""

    @property
    def is_narrow(self) -> bool:
        return self.own or self.motto is not None


def mottos_of(site: Site) -> list[Motto]:
    """The mottos as they are in this version of the site."""
    return kept(site, "mottos", make=lambda: list(Motto.objects.all()))


def read(asked: QueryDict, site: Site, visitor_id) -> Gallery:
    """The gallery that the query string asks for, in two queries, and one more for a place; nonsense is ignored."""
    mottos = mottos_of(site)
    visible = Wensbeeld.objects.visible_to(visitor_id)
    counts, mine = _counts(visible, visitor_id)
    own = asked.get("van") == "jou" and mine > 0
    motto = next((each for each in mottos if not own and str(each.pk) == asked.get("motto")), None)
    wanted, count = visible, sum(counts.values())
    if own:
        wanted, count = visible.filter(visitor=visitor_id), mine
    elif motto:
        wanted, count = visible.filter(motto=motto), counts.get(motto.pk, 0)
    skipped = _skipped(wanted, asked)
    skipped = skipped if skipped < count else max(0, count - 1) // PER_PAGE * PER_PAGE
    page, pages = number_of(skipped, count, PER_PAGE)
    cards = cards_of(wanted[skipped : skipped + PER_PAGE], site)
    chips = [Chip("alle", "", sum(counts.values()), _link(None), not own and motto is None)]
    chips += [Chip(each.text, each.tint, counts.get(each.pk, 0), _link(each), each == motto) for each in mottos]
    if mine:
        chips.append(Chip("van jou", "", mine, _link(None, own=True), own))
    return Gallery(cards, chips if counts else [], motto, own, page, pages, skipped, count)


def _skipped(wanted, asked: QueryDict) -> int:
    """How many come before the page that is asked for, by a place or by its number."""
    if place := Place.asked(asked):
        _, at, pk = place.key
        last = Q(pk__gte=pk) if place.word == AFTER else Q(pk__gt=pk)
        before = wanted.filter(Q(created_at__gt=at) | Q(last, created_at=at)).count()
        return place.skipped(before, PER_PAGE)
    return (page_number(asked.get("pagina"), last=10**6) - 1) * PER_PAGE


def _counts(visible, visitor_id) -> tuple[dict[int | None, int], int]:
    """How many there are of each motto, and how many this visitor sent in: one query."""
    whose = Q(visitor=visitor_id) if visitor_id else Q(pk=None)
    counted = {"count": Count("pk"), "mine": Count("pk", filter=whose)}
    rows = list(visible.order_by().values_list("motto").annotate(**counted))
    return {motto: count for motto, count, _ in rows}, sum(mine for *_, mine in rows)


def _link(motto: Motto | None, *, own: bool = False, **parameters) -> str:
    narrowed = {"van": "jou"} if own else {"motto": motto.pk} if motto else {}
    return f"?{urlencode(narrowed | parameters)}"
