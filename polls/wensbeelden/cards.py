"""The cards of wensbeelden, each made once and kept: no personal state, no CSRF token in them."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple, cast
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import JSONObject
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from polls.wensbeelden.models import Wensbeeld
from werkplaats import compiled
from werkplaats.kept import kept
from werkplaats.models import Site
from werkplaats.pictures import files
from werkplaats.site.models import Tint


class Card(NamedTuple):
    """What a card needs to know of a wensbeeld: the names are those of `values_list`, save the last."""

    pk: int
    created_at: datetime
    text: str
    name: str
    role__name: str | None
    motto__text: str | None
    motto__tint: str | None
    picture__name: str | None
    picture__width: int | None
    picture__height: int | None
    picture__alt: str | None
    visitor_id: UUID | None
    published_at: datetime | None
    removed_at: datetime | None
    removal_reason: str
    version: int
    site: Site

    @property
    def is_waiting(self) -> bool:
        return self.published_at is None and self.removed_at is None

    @property
    def tint(self) -> str:
        """One of three designs for words, always the same for the same wensbeeld."""
        return Tint.values[self.pk % len(Tint.values)]

    @property
    def html(self) -> SafeString:
        """The inside of the card, kept for all that shows in it."""
        template, shown = "polls/wensbeelden/card.html", self[: self._fields.index("visitor_id")]
        return kept(self.site, template, *shown, make=lambda: render_to_string(template, {"card": self}))

    @property
    def picture(self) -> files.Sources | None:
        """What shows the picture; None when there are only words."""
        row = self.picture__name, self.picture__width, self.picture__height, self.picture__alt
        return files.sources(*cast(tuple[str, int, int, str], row)) if self.picture__name else None

    @property
    def is_public(self) -> bool:
        return self.published_at is not None and self.removed_at is None

    @property
    def title(self) -> str:
        """What it is about, in words of the sender if there are any."""
        return self.text or self.picture__alt or ""


SHOWN = Card._fields[:-1]


def cards_of(wensbeelden: QuerySet[Wensbeeld], site: Site) -> list[Card]:
    """The cards of a queryset, in one query."""
    return [Card._make((*row, site)) for row in wensbeelden.values_list(*SHOWN)]


def newest() -> compiled.AnyQuerySet:
    """The four newest that are public, as JSON: for a query that asks for more. `of_json` makes cards of them."""
    return Wensbeeld.objects.public().values(row=JSONObject(**{name: name for name in SHOWN}))[:4]


def of_json(rows: Iterable[str], site: Site) -> list[Card]:
    found = [json.loads(row) for row in rows]
    for row in found:
        for name in ("created_at", "published_at"):
            row[name] = datetime.fromisoformat(row[name])
    return [Card(**row, site=site) for row in found]
