"""Pages of the site as a whole: the landing page, the programme, and the texts about it."""

from django.core.cache import caches
from django.db.models import Exists, F, Func, OuterRef, Q, Subquery
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from events.front import front as cafes_front
from events.models import Cafe, Registration
from polls.front import front as polls_front
from polls.models import Ballot, DesignCycle, Scorer, StickerRound, Wensbeeld
from posts.front import front as questions_front
from posts.models import Post, Question
from werkplaats import programme as line_of_time
from werkplaats.cards import kept
from werkplaats.context import site_of
from werkplaats.models import Motto, Visitor, read_site

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
        **polls_front(request, site),
        **cafes_front(request, site),
    }
    today = timezone.localdate()
    context["parts"] = kept(
        f"home:{site.version}:{today}",
        lambda: still_parts(site, today, context["questions"], context["cafes"]),
    )
    return render(request, "werkplaats/home.html", context)


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
    entries = line_of_time.short(line_of_time.line(today, questions, cafes, lists.milestones))
    context = {
        "site": site,
        "glossary": lists.glossary,
        "mottos": Motto.objects.select_related("picture"),
        "entries": entries,
    }
    names = ("poster", "intro", "programme")
    return {name: render_to_string(f"werkplaats/home_parts.html#{name}", context) for name in names}


@require_safe
def programme(request) -> HttpResponse:
    """What happens when, drawn from questions, cafés and milestones; and what is being designed."""
    site, today = site_of(request), timezone.localdate()
    parts = kept(f"programme:{site.version}:{today}", lambda: programme_parts(site, today))
    context = {**parts, "rounds": StickerRound.objects.announced()}  # moved from a phone: never kept
    return render(request, "werkplaats/programme.html", context)


def programme_parts(site, today) -> dict:
    """The context of the programme page, in four queries."""
    questions = list(Question.objects.select_related("phase"))
    milestones = site.lists.milestones
    return {
        "entries": line_of_time.line(today, questions, Cafe.objects.public(), milestones),
        "phases": line_of_time.phases(questions, today),
        "cycles": list(DesignCycle.objects.public()),
    }


@require_safe
def about(request) -> HttpResponse:
    """What the werkplaats is for, with all words of the field explained."""
    glossary = site_of(request).lists.glossary
    return render(request, "werkplaats/about.html", {"text": request.site.about, "glossary": glossary})


@require_safe
def privacy(request) -> HttpResponse:
    return text_page(request, "Privacy", site_of(request).privacy)


@require_safe
def accessibility(request) -> HttpResponse:
    return text_page(request, "Toegankelijkheid", site_of(request).accessibility)


def text_page(request, title: str, text: str) -> HttpResponse:
    glossary = request.site.lists.glossary
    return render(request, "werkplaats/text.html", {"title": title, "text": text, "glossary": glossary})
