"""The landing page: a part of each app, around parts of the site itself that are kept."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.core.cache import caches
from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet, Subquery
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

import events.landing
import polls.landing
import posts.landing
from events.models import Cafe, Registration
from polls.models import Ballot, Scorer, Wensbeeld
from posts.models import Post, Question
from werkplaats.home import infographic, timeline
from werkplaats.kept import kept
from werkplaats.models import Motto, Site, Visitor
from werkplaats.site.context import site_of
from werkplaats.site.current import read_site
from werkplaats.web.requests import Request

PEOPLE_SHOWN_FROM = 10
PEOPLE_KEPT = 10  # seconds: counting them reads four tables


@require_safe
def home(request: Request) -> HttpResponse:
    """The landing page: at most eight queries, of which three are kept until a coordinator changes something."""
    site, people = site_and_people(request)
    context = {
        "people": people if people >= PEOPLE_SHOWN_FROM else None,
        **posts.landing.read(request, site),
        **polls.landing.read(request, site),
        **events.landing.read(request, site),
    }
    context["parts"] = kept(
        site,
        "home/landing_parts.html",
        *timeline.moves_by_the_clock(context["cafes"]),
        # The day is asked after that of the key: what is kept may be of a later one, never of an earlier.
        make=lambda: still_parts(site, timezone.localdate(), context["questions"], context["cafes"]),
    )
    return render(request, "home/landing.html", context)


def site_and_people(request: Request) -> tuple[Site, int]:
    """The site, and how many people take part; that count is at most ten seconds old."""
    people = caches["cards"].get("people")
    if people is not None:
        return site_of(request), people
    site = read_site(people=Subquery(people_count()))
    request.site = site  # type: ignore[assignment]  # where `site_of` looks; the stubs think of Django's sites app
    people = site.people  # type: ignore[attr-defined]  # annotated just now
    caches["cards"].set("people", people, PEOPLE_KEPT)
    return site, people


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


def still_parts(
    site: Site, today: datetime.date, questions: Iterable[Question], cafes: Iterable[Cafe]
) -> dict[str, SafeString]:
    """The parts of the landing page that only coordinators and the calendar change, as HTML."""
    lists = site.lists
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
