"""What the gallery shows: a page of cards, and the mottos to choose from with how many there are of each."""

from typing import NamedTuple
from urllib.parse import urlencode

from django.db.models import Count
from django.http import QueryDict

from polls.cards import Card, cards_of
from polls.models import Wensbeeld
from werkplaats.cards import kept
from werkplaats.fields import page_number
from werkplaats.models import Motto, Site

PER_PAGE = 24


class Chip(NamedTuple):
    """A way to narrow the gallery down to one motto, or to widen it again."""

    text: str
    tint: str
    count: int
    link: str
    current: bool


class Gallery(NamedTuple):
    cards: list[Card]
    chips: list[Chip]
    motto: Motto | None
    page: int
    pages: int

    def link(self, page: int) -> str:
        return _link(self.motto, pagina=page)

    @property
    def previous(self) -> str:
        return self.link(self.page - 1) if self.page > 1 else ""

    @property
    def next(self) -> str:
        return self.link(self.page + 1) if self.page < self.pages else ""


def mottos_of(site: Site) -> list[Motto]:
    """The mottos as they are in this version of the site."""
    return kept(f"mottos:{site.version}", lambda: list(Motto.objects.all()))


def read(asked: QueryDict, site: Site, visitor_id) -> Gallery:
    """The gallery as the query string asks for it, in two queries; what makes no sense in there is not heard."""
    mottos = mottos_of(site)
    motto = next((motto for motto in mottos if str(motto.pk) == asked.get("motto")), None)
    visible = Wensbeeld.objects.visible_to(visitor_id)
    counts = dict(visible.order_by().values_list("motto").annotate(Count("pk")))
    wanted = visible.filter(motto=motto) if motto else visible
    count = counts.get(motto.pk, 0) if motto else sum(counts.values())
    pages = max(1, -(-count // PER_PAGE))
    page = page_number(asked.get("pagina"), pages)
    cards = cards_of(wanted[(page - 1) * PER_PAGE : page * PER_PAGE])
    chips = [Chip("alle", "", sum(counts.values()), _link(None), motto is None)]
    chips += [
        Chip(each.text, each.tint, counts.get(each.pk, 0), _link(each), each == motto) for each in mottos
    ]
    return Gallery(cards, chips if sum(counts.values()) else [], motto, page, pages)


def _link(motto: Motto | None, **parameters) -> str:
    return f"?{urlencode(({'motto': motto.pk} if motto else {}) | parameters)}"
