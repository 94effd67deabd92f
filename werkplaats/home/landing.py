"""The landing page: a part of each app, around parts of the site itself; made once for all who see the same."""

import datetime
import functools
from collections.abc import Callable, Hashable, Iterable
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet, Subquery
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

import events.landing
import polls.landing
import posts.landing
from events.models import Registration
from polls.models import Ballot, Scorer, Wensbeeld
from posts.models import Post, Question
from werkplaats import compiled
from werkplaats.gaps import GappedPage, gap
from werkplaats.home import infographic, timeline
from werkplaats.kept import kept, shared
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
    parts = [posts.landing.read(request, site), polls.landing.read(request, site, row), events.landing.read(site, row)]
    moved = timeline.moves_by_the_clock(events.landing.known(site))

    def make() -> dict[str, Any]:
        context: dict[str, Any] = {"site": site, "people": people}
        for part in parts:
            context |= part.make()
        return context | {"parts": kept_parts(site, moved, context["questions"])}

    own = {name: fill for part in parts for name, fill in part.gaps.items()}
    if request.user.is_authenticated:
        return HttpResponse(GappedPage(TEMPLATE, make(), request).fill(own))
    page = for_everyone(request, (site.version, moved, people, *(part.key for part in parts)), make)
    return HttpResponse(page.fill(own | {"csrf_token": lambda: get_token(request)}))


def for_everyone(request: Request, version: Hashable, make: Callable[[], dict[str, Any]]) -> GappedPage:
    """The page for who is not logged in, with gaps. No request and no person is at hand while it is drawn."""
    address = {"scheme": request.scheme, "get_host": request.get_host()}

    def draw() -> GappedPage:
        context = {"request": address, "demo": settings.DEMO, "csrf_token": gap("csrf_token")}
        return GappedPage(TEMPLATE, make() | context)

    return shared(TEMPLATE, (version, *address.values()), draw)


def ask(request: Request) -> dict[str, Any]:
    """All that moves on the page in one row. How many people take part is at most ten seconds old."""
    people = caches["cards"].get("people")
    names, (values,) = columns(people is None), compiled.rows(moving, people is None, visitor=request.visitor_id)
    row = dict(zip(names, values, strict=True))
    if people is None:
        caches["cards"].set("people", row["people"], PEOPLE_KEPT)
    return {"people": people, **row}


@functools.cache
def columns(with_people: bool) -> dict[str, Any]:
    counted = {"people": Subquery(people_count())} if with_people else {}
    return {"version": F("version"), **events.landing.columns(), **polls.landing.columns(), **counted}


def moving(with_people: bool) -> compiled.AnyQuerySet:
    return Site.objects.values_list(*columns(with_people).values())


def people_count() -> QuerySet[Visitor, Any]:
    """A query of one number: the visitors who wrote, voted, sent in a wensbeeld, placed stickers or surely come.

    A sign-up that nobody confirmed does not count: from the number one would read whether its address was new.
    """
    comes = Registration.objects.firm()
    spoke = Q()
    for rows in (Post.objects, Ballot.objects, Wensbeeld.objects, Scorer.objects, comes):
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
    entries = timeline.line(today, questions, cafes, lists.milestones)
    mottos = list(Motto.objects.select_related("picture"))
    pictures = [site.header, *(motto.picture for motto in mottos)]
    context = {
        "site": site,
        "glossary": lists.glossary,
        "mottos": mottos,
        "credits": ", ".join(dict.fromkeys(each.credit for each in pictures if each and each.credit)),
        "line": infographic.draw(entries, today),
    }
    names = ("top", "programme", "why", "closing")
    return {name: render_to_string(f"home/landing_parts.html#{name}", context) for name in names}
