"""«Wat we hoorden» of a question, a café or a design cycle, now or as it was, and the sheet to read aloud."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

import plan.landing
from events.models import Cafe
from plan.models import Publication
from plan.reading import standing
from plan.reading.aloud import Sheet
from plan.reading.published import Page
from polls.models import DesignCycle
from posts.models import Question
from werkplaats import qr
from werkplaats.gaps import for_everyone
from werkplaats.site.context import site_of
from werkplaats.web.addresses import row_key
from werkplaats.web.requests import Request

MODELS: dict[str, Any] = {"question": Question, "cafe": Cafe, "cycle": DesignCycle}


@require_safe
def heard(request: Request, kind: str, slug: str = "") -> HttpResponse:
    """The last publication, or with `?versie=2` that one: its link stays good."""
    return answer(request, kind, slug, "plan/heard/page.html", page_context)


@require_safe
def sheet(request: Request, kind: str, slug: str = "") -> HttpResponse:
    """One A4 to read aloud."""
    return answer(request, kind, slug, "plan/heard/sheet.html", sheet_context)


@require_safe
def everything(request: Request) -> HttpResponse:
    """All there is, the newest in front."""
    return render(request, "plan/heard/everything.html", {"known": plan.landing.known(site_of(request))})


def answer(
    request: Request, kind: str, slug: str, template: str, make: Callable[[Publication], dict[str, Any]]
) -> HttpResponse:
    """The page of a publication: one query for its state beside that of the site, and the rest when it is made."""
    site, asked = site_of(request), request.GET.get("versie")
    number = row_key(asked) if asked is not None else None
    state = standing.find(kind, slug, number)
    if state is None:
        raise Http404
    if state.publication is None:
        return nothing_yet(request, kind, slug, state)
    publication = state.publication

    def context() -> dict[str, Any]:
        names = (f"harvest__{name}" for name in MODELS)
        row = Publication.objects.select_related(*names).get(pk=publication)
        return {"site": site, "kind": kind, "newest": state.newest, **make(row)}

    if request.user.is_authenticated:
        return render(request, template, context())
    version = (site.version, timezone.localdate(), state)
    return for_everyone(request, template, version, context, {}, about=f"{publication}")


def nothing_yet(request: Request, kind: str, slug: str, state: standing.State) -> HttpResponse:
    """Nothing was published of it: where there may be something else, that it is to come, or that there is no page."""
    if state.newest or kind not in MODELS:
        raise Http404  # a number that there is not; or what belongs to no question
    about = MODELS[kind].objects.get(pk=state.about)
    if kind == "cafe" and (elsewhere := where_a_cafe_belongs(request, about)):
        return redirect(elsewhere)
    return render(request, "plan/heard/nothing.html", {"about": about, "kind": kind, "site": site_of(request)})


def where_a_cafe_belongs(request: Request, cafe: Cafe) -> str:
    """What was said at a café about a question, or in a design cycle, stands on the page of that."""
    known = site_of(request).lists.heard
    if cafe.topic and ("question", cafe.topic_id) in known:
        return reverse("heard:question", args=[cafe.topic.slug])
    cycles = (cycle for cycle in cafe.cycles.public() if ("cycle", cycle.pk) in known)
    return next((reverse("heard:cycle", args=[cycle.slug]) for cycle in cycles), "")


def page_context(publication: Publication) -> dict[str, Any]:
    return {"page": Page(publication).with_voices(), **about_of(publication)}


def sheet_context(publication: Publication) -> dict[str, Any]:
    about = about_of(publication)
    link = f"{settings.SITE_URL}{about['address']}"
    return {"sheet": Sheet(Page(publication), about["words"] or about["title"], link), "qr": qr.svg(link), **about}


def about_of(publication: Publication) -> dict[str, Any]:
    """What it is about: its `title` and `words`, the `way` back, and the `address` of its page."""
    harvest = publication.harvest
    question: Any = harvest.question
    about: Any = question or harvest.cafe or harvest.cycle
    address = publication.get_absolute_url()
    title = question.title if question else about.title if harvest.cafe else str(harvest)
    words = question.text if question else harvest.cafe.question if harvest.cafe else ""
    opened = about is not None and (question is None or question.opened_at is not None)
    return {
        "title": title if about else "Wat bij geen vraag hoort",
        "words": words,
        "about": about,
        "way": about.get_absolute_url() if opened else "",
        "writes": f"{about.get_absolute_url()}#schrijf" if question and question.is_current else "",
        "address": address,
        "aloud": f"{address}voorlezen/",
    }
