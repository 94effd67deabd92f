"""The landing page: a part of each app, around parts of the site itself; made once for all who see the same."""

import datetime
import functools
import uuid
from collections.abc import Hashable, Iterable
from typing import Any

from django.core.cache import caches
from django.db import connection
from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet, Subquery
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe
from psycopg.sql import Literal

import events.landing
import plan.landing
import polls.landing
import posts.landing
from events.models import Registration
from polls.models import Ballot, Scorer, Wensbeeld
from posts.models import Post, Question
from werkplaats import compiled
from werkplaats.database.planned import Planned
from werkplaats.gaps import GappedPage, for_everyone
from werkplaats.home import infographic, timeline
from werkplaats.kept import kept
from werkplaats.models import Motto, Site, Visitor
from werkplaats.site.current import site_at
from werkplaats.web.requests import Request

TEMPLATE = "home/landing.html"
PEOPLE_SHOWN_FROM = 10
PEOPLE_KEPT = 10  # seconds: counting them reads four tables


@require_safe
def home(request: Request) -> HttpResponse:
    """The landing page in two queries: all that moves, and the threads. The rest is kept until somebody changes it."""
    row = ask(request)
    site = request.site = site_at(row["version"])  # type: ignore[assignment]  # as `site_of` does
    people = row["people"] if row["people"] >= PEOPLE_SHOWN_FROM else None
    parts = [
        posts.landing.read(request, site),
        polls.landing.read(request, site, row),
        events.landing.read(site, row),
        plan.landing.read(row),
    ]
    moved = timeline.moves_by_the_clock(events.landing.known(site))

    def make() -> dict[str, Any]:
        context: dict[str, Any] = {"site": site, "people": people}
        for part in parts:
            context |= part.make()
        return context | {"parts": kept_parts(site, moved, context["questions"])}

    own = {name: fill for part in parts for name, fill in part.gaps.items()}
    if request.user.is_authenticated:
        return HttpResponse(GappedPage(TEMPLATE, make(), request).fill(own))
    version = (site.version, moved, people, *(part.key for part in parts))
    return for_everyone(request, TEMPLATE, version, make, own, about=posts.landing.language_of(request).value)


def ask(request: Request) -> dict[str, Any]:
    """All that moves on the page in one row. How many people take part is at most ten seconds old."""
    people = caches["cards"].get("people")
    found = run(moving(people is None), request.visitor_id)
    row = dict(zip(columns(people is None), found, strict=True))
    if people is None:
        caches["cards"].set("people", row["people"], PEOPLE_KEPT)
    return {"people": people, **row}


def run(statement: Planned, visitor_id: uuid.UUID | None) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        statement.ready(cursor)
        cursor.execute(statement.call, {"visitor": visitor_id})
        found: tuple[Any, ...] = cursor.fetchone()
    return found


@functools.cache
def columns(with_people: bool) -> dict[str, Any]:
    counted = {"people": Subquery(people_count())} if with_people else {}
    parts = events.landing.columns() | polls.landing.columns() | plan.landing.columns()
    return {"version": F("version"), **parts, **counted}


@functools.cache
def moving(with_people: bool) -> Planned:
    """The query for the row, which takes much longer to plan than to run."""
    rows = functools.partial(Site.objects.values_list, *columns(with_people).values())
    sql, constants = compiled.named_sql(rows)
    literals = {name: Literal(value).as_string() for name, value in constants.items()}
    return Planned(f"landing_page_{with_people:d}", sql % {**literals, "visitor": "%(visitor)s"}, {"visitor": "uuid"})


def people_count() -> QuerySet[Visitor, Any]:
    """A query of one number: the visitors with words or a wensbeeld online, who voted, placed stickers or surely come.

    A sign-up that nobody confirmed does not count: from the number one would read whether its address was new.
    """
    comes = Registration.objects.firm()
    spoke = Q()
    for rows in (Post.objects.readable(), Ballot.objects, Wensbeeld.objects.public(), Scorer.objects, comes):
        spoke |= Q(Exists(rows.filter(visitor=OuterRef("pk"))))
    # Not an aggregate, which would group, and give no row where nobody took part.
    return Visitor.objects.filter(spoke).values(people=Func(F("pk"), function="COUNT"))


def kept_parts(site: Site, moved: tuple[Hashable, ...], questions: Iterable[Question]) -> dict[str, SafeString]:
    """The parts of the page that only coordinators and the calendar change, as HTML."""
    # The day is asked after that of the key: what is kept may be of a later one, never of an earlier.
    make = functools.partial(still_parts, site, questions)
    return kept(site, "home/landing_parts.html", *moved, make=lambda: make(timezone.localdate()))


def still_parts(site: Site, questions: Iterable[Question], today: datetime.date) -> dict[str, SafeString]:
    lists, cafes = site.lists, events.landing.known(site)
    heard = plan.landing.known(site)
    entries = timeline.line(today, questions, cafes, lists.milestones, heard, plan.landing.chain(site))
    mottos = list(Motto.objects.select_related("picture"))
    pictures = [site.header, *(motto.picture for motto in mottos)]
    context = {
        "site": site,
        "glossary": lists.glossary,
        "mottos": mottos,
        "credits": ", ".join(dict.fromkeys(each.credit for each in pictures if each and each.credit)),
        "line": infographic.draw(entries, today),
        "heard": [page for page in heard if page.is_new],
        "reacts": plan.landing.reacts(site, today),
    }
    names = ("top", "heard", "programme", "why", "closing")
    return {name: render_to_string(f"home/landing_parts.html#{name}", context) for name in names}
