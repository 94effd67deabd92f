"""What a reader asks of the list of a question: an order, filters, words to look for.

It is all in the address, so it can be shared and works without JavaScript. What is unknown or malformed is left out:
a link that was cut off still shows a list.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple
from urllib.parse import urlencode

from django.db.models import Model
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from posts.finding.asking import MOST_TYPED
from posts.models import Question, Theme
from posts.models.thumb_kinds import taken_by
from posts.reading.conditions import CONDITIONS, MOST_THUMBS, NEWEST, UNANSWERED
from werkplaats.fields import clean_text
from werkplaats.kept import kept
from werkplaats.models import Site
from werkplaats.web.addresses import moment
from werkplaats.web.places import Place

ORDERS = {NEWEST: "Nieuwste", MOST_THUMBS: "Meeste duimpjes", UNANSWERED: "Nog zonder antwoord"}

# What a query string calls them.
PARAMETERS = {
    "order": "volgorde",
    "role": "rol",
    "werkgebied": "gebied",
    "theme": "thema",
    "words": "zoek",
    "since": "sinds",
}


class Wanted(NamedTuple):
    """What is asked. Role, werkgebied and theme are keys of rows that exist."""

    order: str = NEWEST
    role: int | None = None
    werkgebied: int | None = None
    theme: int | None = None
    words: str = ""
    since: datetime | None = None
    present: bool = False  # no removed threads; no address asks for it

    @property
    def is_cut(self) -> bool:
        """Whether more was typed than is looked for."""
        return len(self.words) > MOST_TYPED

    @property
    def filters(self) -> bool:
        """Whether it leaves anything out."""
        return self[1:] != EVERYTHING[1:] or self.order == UNANSWERED

    @property
    def shape(self) -> tuple[str, tuple[str, ...]]:
        """The order, and which filters are used: what the query depends on. Words: see `posts.reading.searching`."""
        return self.order, tuple(name for name in CONDITIONS if getattr(self, name))

    def parameters(self, **changes) -> dict[str, str]:
        """The parts of a query string, without the defaults."""
        asked = self._replace(**changes)
        said = {name: value for name, value in asked._asdict().items() if value != getattr(EVERYTHING, name)}
        return {PARAMETERS[name]: written(value) for name, value in said.items()}

    def link(self, *, page: int | None = None, place: Place | None = None, **changes) -> str:
        """A query string, "?" included. A change starts on the first page."""
        parts = (
            self.parameters(**changes) | ({"pagina": str(page)} if page else {}) | (place.parameters if place else {})
        )
        return f"?{urlencode(parts)}" if parts else "?"


EVERYTHING = Wanted()
PRESENT = Wanted(present=True)


def written(value) -> str:
    """A value in an address. A moment is in UTC, without a plus, which would be read as a space."""
    return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}" if isinstance(value, datetime) else str(value)


def read(parameters: Mapping[str, str], site: Site) -> Wanted:
    """What is asked in a query string, or in a form that carries one along."""
    if not parameters.keys() & set(PARAMETERS.values()):
        return EVERYTHING
    order = parameters.get(PARAMETERS["order"])
    lists = site.lists
    return Wanted(
        order if order in ORDERS else NEWEST,
        one_of(lists.roles, parameters.get(PARAMETERS["role"])),
        one_of(lists.werkgebieden, parameters.get(PARAMETERS["werkgebied"])),
        one_of(themes_of(site), parameters.get(PARAMETERS["theme"])),
        clean_text(parameters.get(PARAMETERS["words"], "")[: 2 * MOST_TYPED], multiline=False),
        moment(parameters.get(PARAMETERS["since"])),
    )


def one_of(rows: Iterable, raw: str | None) -> int | None:
    """The key in `raw`, if one of the rows has it."""
    return next((row.pk for row in rows if str(row.pk) == raw), None)


def themes_of(site: Site) -> list[Theme]:
    return kept(site, "themes", make=lambda: list(Theme.objects.all()))


def form(question: Question, site: Site, wanted: Wanted) -> SafeString:
    """The form with the orders and filters. Without any chosen it is the same for everyone, so it is kept."""
    if wanted == EVERYTHING:
        return kept(site, "posts/filters.html", question.pk, make=lambda: draw_form(question, site, wanted))
    return draw_form(question, site, wanted)


def draw_form(question: Question, site: Site, wanted: Wanted) -> SafeString:
    orders = [
        {"label": label, "link": wanted.link(order=order), "current": order == wanted.order}
        for order, label in ORDERS.items()
        if order != MOST_THUMBS or taken_by(question.thumbs)
    ]
    selects = selects_of(site, wanted)
    context = {"question": question, "wanted": wanted, "orders": orders, "selects": selects}
    context["narrowed"] = any(select["chosen"] for select in selects)
    return mark_safe(render_to_string("posts/filters.html", context))  # noqa: S308  our own template


def selects_of(site: Site, wanted: Wanted) -> list[dict]:
    """The lists from which choosing makes a difference."""
    lists = site.lists
    offered: list[tuple[str, str, str, Sequence[Model], int]] = [
        ("role", "Rol", "Alle rollen", lists.roles, 2),
        ("werkgebied", "Werkgebied", "Alle werkgebieden", lists.werkgebieden, 2),
        ("theme", "Thema", "Alle thema's", themes_of(site), 1),
    ]
    return [
        {"name": PARAMETERS[name], "label": label, "all": every, "rows": rows, "chosen": getattr(wanted, name)}
        for name, label, every, rows, enough in offered
        if len(rows) >= enough
    ]
