"""Pages of the site as a whole: the landing page, the programme, and the texts about it."""

from django.core.cache import caches
from django.db.models import Exists, F, Func, OuterRef, Q, Subquery
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from events.landing import read as read_cafes
from events.models.registrations import Registration
from polls.landing import read as read_polls
from polls.rounds.models.stickers import Scorer
from polls.voting.models import Ballot
from polls.wensbeelden.models import Wensbeeld
from posts.landing import front as questions_front
from posts.models.posts import Post
from werkplaats.home import timeline
from werkplaats.kept import kept
from werkplaats.people.models import Visitor
from werkplaats.site.context import site_of
from werkplaats.site.current import read_site
from werkplaats.site.models import Motto

PEOPLE_SHOWN_FROM = 10
PEOPLE_KEPT = 10  # seconds: counting them reads four tables


@require_safe
def home(request) -> HttpResponse:
    """The landing page: at most eight queries, of which three are kept until a coordinator changes something."""
    people = read_site_and_people(request)
    site = request.site
    context = {
        "people": people if people >= PEOPLE_SHOWN_FROM else None,
        **questions_front(request, site),
        **read_polls(request, site),
        **read_cafes(request, site),
    }
    today = timezone.localdate()
    context["parts"] = kept(
        site,
        "home/landing_parts.html",
        today,
        make=lambda: still_parts(site, today, context["questions"], context["cafes"]),
    )
    return render(request, "home/landing.html", context)


def read_site_and_people(request) -> int:
    """Sets `request.site` and returns how many people take part, the count at most ten seconds old."""
    people = caches["cards"].get("people")
    if people is None:
        request.site = read_site(people=Subquery(people_count()))
        people = request.site.people
        caches["cards"].set("people", people, PEOPLE_KEPT)
    else:
        site_of(request)
    return people


def people_count():
    """A query of one number: the visitors who wrote, voted, sent in a wensbeeld, placed stickers or signed up."""
    spoke = Q()
    for model in (Post, Ballot, Wensbeeld, Scorer, Registration):
        spoke |= Exists(model.objects.filter(visitor=OuterRef("pk")))
    # Not an aggregate, which would group, and give no row where nobody took part.
    return Visitor.objects.filter(spoke).values(people=Func(F("pk"), function="COUNT"))


def still_parts(site, today, questions, cafes) -> dict[str, str]:
    """The parts of the landing page that only coordinators and the calendar change, as HTML."""
    lists = site.lists
    entries = timeline.short(timeline.line(today, questions, cafes, lists.milestones))
    context = {
        "site": site,
        "glossary": lists.glossary,
        "mottos": Motto.objects.select_related("picture"),
        "entries": entries,
    }
    names = ("poster", "intro", "programme")
    return {name: render_to_string(f"home/landing_parts.html#{name}", context) for name in names}
