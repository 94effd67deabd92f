"""What a reader asks of the list of a question: an order, filters, words to look for.

All of it stands in the address, so that it can be shared and works without JavaScript. What is unknown or malformed
is left out: a link that is cut off still shows a list. The SQL is for `threads.find_roots`.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import NamedTuple
from urllib.parse import urlencode

from django.template.loader import render_to_string
from django.utils.dateparse import parse_datetime
from django.utils.safestring import SafeString, mark_safe

from posts.models.posts import SEARCH_CONFIG
from posts.models.questions import Question
from posts.models.themes import Theme
from posts.models.thumb_kinds import Thumbs
from werkplaats.fields import clean_text
from werkplaats.kept import kept
from werkplaats.site.models import Site

NEWEST, MOST_THUMBS, UNANSWERED = "nieuwste", "duimpjes", "zonder-antwoord"
ORDERS = {NEWEST: "Nieuwste", MOST_THUMBS: "Meeste duimpjes", UNANSWERED: "Nog zonder antwoord"}
LONGEST = 200  # characters to look for

# As posts.models.contributions.SEARCHED and its index spell it.
_WORDS = f"""to_tsvector('{SEARCH_CONFIG}'::regconfig,
    COALESCE(hit.text, '') || ' ' || COALESCE(hit.name, '') || ' ' || COALESCE(hit.meeting, ''))"""
_READABLE_THREADS = """post.published_at IS NOT NULL AND post.id IN (SELECT hit.root_id FROM posts_post AS hit
    WHERE hit.question_id = post.question_id AND hit.published_at IS NOT NULL AND hit.removed_at IS NULL AND {})"""
CONDITIONS = {
    "role": "post.role_id = %(role)s",
    "werkgebied": "post.werkgebied_id = %(werkgebied)s",
    "theme": """EXISTS (
        SELECT FROM posts_posttheme AS given WHERE given.post_id = post.id AND given.theme_id = %(theme)s
    )""",
    "words": _READABLE_THREADS.format(f"{_WORDS} @@ websearch_to_tsquery('{SEARCH_CONFIG}', %(words)s)"),
    "since": _READABLE_THREADS.format("hit.published_at > %(since)s"),
}
NO_ANSWER = """post.published_at IS NOT NULL AND NOT EXISTS (SELECT FROM posts_post AS answer
    WHERE answer.root_id = post.id AND answer.parent_id IS NOT NULL
    AND answer.published_at IS NOT NULL AND answer.removed_at IS NULL)"""
# What is removed stands where its moment puts it: neither a pin nor thumbs that nobody sees lift it.
NEWEST_FIRST = "post.created_at DESC, post.id DESC"
PINNED_FIRST = f"CASE WHEN post.removed_at IS NULL THEN post.pinned_at END DESC NULLS LAST, {NEWEST_FIRST}"
THUMBS_FIRST = f"tally.rank DESC, {NEWEST_FIRST}"

# PostgreSQL reads a minus as "not", and refuses a row of them with an error: it stays where a word or phrase follows.
_LONE_MINUS = re.compile(r'(?<=\S)-|-(?!"?\w)')

PARAMETERS = {"order": "volgorde", "role": "rol", "werkgebied": "gebied", "theme": "thema", "words": "zoek"}
PARAMETERS |= {"since": "sinds"}


class Wanted(NamedTuple):
    """What is asked. The numbers are those of rows that exist; `since` is a moment."""

    order: str = NEWEST
    role: int | None = None
    werkgebied: int | None = None
    theme: int | None = None
    words: str = ""
    since: datetime | None = None

    @property
    def filters(self) -> bool:
        """Whether it leaves anything out."""
        return self[1:] != EVERYTHING[1:] or self.order == UNANSWERED

    def where(self) -> tuple[list[str], dict]:
        """Conditions on a root `post`, and what is in them."""
        given = {name: getattr(self, name) for name in CONDITIONS if getattr(self, name)}
        conditions = [CONDITIONS[name] for name in given]
        if self.words:
            given["words"] = _LONE_MINUS.sub(" ", self.words)
        if self.order == UNANSWERED:
            conditions.append(NO_ANSWER)
        if self.order == UNANSWERED or given.keys() & {"role", "werkgebied", "theme"}:
            conditions.append("post.removed_at IS NULL")
        return conditions, given

    @property
    def sorting(self) -> str:
        if self.order == MOST_THUMBS:
            return THUMBS_FIRST
        return NEWEST_FIRST if self.order == UNANSWERED or self.words or self.since else PINNED_FIRST

    def parameters(self, **changes) -> dict[str, str]:
        """The query string's parts, without what goes without saying."""
        asked = self._replace(**changes)
        said = {name: value for name, value in asked._asdict().items() if value != getattr(EVERYTHING, name)}
        return {PARAMETERS[name]: written(value) for name, value in said.items()}

    def link(self, *, page: int | None = None, **changes) -> str:
        """A query string, "?" included; another order or filter starts on the first page."""
        parts = self.parameters(**changes) | ({"pagina": str(page)} if page else {})
        return f"?{urlencode(parts)}" if parts else "?"


EVERYTHING = Wanted()


def written(value) -> str:
    """A moment in UTC, without the plus that a query string takes for a space."""
    return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}" if isinstance(value, datetime) else str(value)


def read(parameters: Mapping[str, str], site: Site) -> Wanted:
    """What a query string, or a form that carries it along, asks for."""
    if not parameters.keys() & set(PARAMETERS.values()):
        return EVERYTHING
    order = parameters.get(PARAMETERS["order"])
    lists = site.lists
    return Wanted(
        order if order in ORDERS else NEWEST,
        one_of(lists.roles, parameters.get(PARAMETERS["role"])),
        one_of(lists.werkgebieden, parameters.get(PARAMETERS["werkgebied"])),
        one_of(themes_of(site), parameters.get(PARAMETERS["theme"])),
        clean_text(parameters.get(PARAMETERS["words"], "")[:LONGEST], multiline=False),
        moment(parameters.get(PARAMETERS["since"])),
    )


def one_of(rows: Iterable, raw: str | None) -> int | None:
    """The number of a row that is there."""
    return next((row.pk for row in rows if str(row.pk) == raw), None)


def moment(raw: str | None) -> datetime | None:
    """A moment with its time zone, of this century; None for anything else."""
    try:
        found = parse_datetime((raw or "")[:40])
        return found if found and found.tzinfo and 2000 < found.year < 2100 else None
    except ValueError:
        return None


def themes_of(site: Site) -> list[Theme]:
    return kept(site, "themes", make=lambda: list(Theme.objects.all()))


def form(question: Question, site: Site, wanted: Wanted) -> SafeString:
    """The ways to go through the list. What asks nothing is the same for everyone, so it is kept."""
    if wanted == EVERYTHING:
        return kept(site, "posts/filters.html", question.pk, make=lambda: draw_form(question, site, wanted))
    return draw_form(question, site, wanted)


def draw_form(question: Question, site: Site, wanted: Wanted) -> SafeString:
    lists = site.lists
    choices = {
        "role": ("Rol", "Alle rollen", lists.roles, 2),
        "werkgebied": ("Werkgebied", "Alle werkgebieden", lists.werkgebieden, 2),
        "theme": ("Thema", "Alle thema's", themes_of(site), 1),
    }
    selects = [
        {
            "name": PARAMETERS[name],
            "label": label,
            "all": everything,
            "rows": rows,
            "chosen": getattr(wanted, name),
        }
        for name, (label, everything, rows, enough) in choices.items()
        if len(rows) >= enough
    ]
    orders = [
        {"label": label, "link": wanted.link(order=order), "current": order == wanted.order}
        for order, label in ORDERS.items()
        if order != MOST_THUMBS or question.thumbs != Thumbs.NONE
    ]
    context = {"question": question, "wanted": wanted, "orders": orders, "selects": selects}
    context["narrowed"] = any(select["chosen"] for select in selects)
    return mark_safe(render_to_string("posts/filters.html", context))  # noqa: S308  our own template
