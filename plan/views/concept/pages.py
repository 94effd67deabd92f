"""The plan as everyone reads it: a page for each chapter, made once and filled for who asks."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from plan.reading.concept import ChapterShown, Concept, concept
from plan.reading.moving import Moving, moving
from plan.views.concept import drawing
from werkplaats.gaps import GappedPage, for_everyone
from werkplaats.models import Site
from werkplaats.site.context import site_of

TEMPLATE = "plan/concept/plan.html"
EMPTY = "plan/concept/empty.html"


@require_safe
def plan(request):
    """The first chapter; before anything is public, a page that says so."""
    found, moves = now(request, chapter=1)
    if not found.parts:
        return render(request, EMPTY)
    if found.parts[0].chapter.number != 1:
        found, moves = now(request, chapter=found.parts[0].chapter.number)
    return show(request, found, found.parts[0], moves)


@require_safe
def chapter(request, number):
    found, moves = now(request, chapter=min(number, 2**31 - 1))
    part = next((part for part in found.parts if part.chapter.number == number), None)
    if part is None:
        raise Http404
    if part == found.parts[0]:
        return redirect(request.get_full_path().replace(request.path, reverse("concept:plan"), 1))
    return show(request, found, part, moves)


def now(request, **which: int | None) -> tuple[Concept, Moving]:
    """The plan, and what moves in the part of it that is asked for: one query, unless the plan changed."""
    site = site_of(request)
    moves = moving(request.visitor_id, request.user.pk, **which)
    return concept(site, moves.version), moves


def show(request, found: Concept, part: ChapterShown, moves: Moving) -> HttpResponse:
    site, place = site_of(request), found.parts.index(part)

    def make() -> dict[str, Any]:
        rows = [drawing.gapped(row, moves.of(row.pk)) for row in part.rows]
        beside = {"previous": found.parts[place - 1] if place else None, "next": _after(found, place)}
        return {
            "site": site,
            "concept": found,
            "part": part,
            "rows": rows,
            "takes_reactions": any(row.open for row in rows),
            "heard": heard_of(site, found),
            **beside,
        }

    own = {**drawing.fillings(request, part.rows, moves), **drawing.voice_gaps(site, part.rows)}
    if request.user.is_authenticated:
        return drawing.once(request, HttpResponse(GappedPage(TEMPLATE, make(), request).fill(own)))
    version = (site.version, timezone.localdate(), moves.version)
    about = str(part.chapter.pk)
    return drawing.once(request, for_everyone(request, TEMPLATE, version, make, own, about=about))


def heard_of(site: Site, found: Concept) -> str:
    """Where it stands what was heard of the reactions to the plan; empty until that is public."""
    return site.lists.heard_url("question", found.question.pk, found.question.slug) if found.question else ""


def _after(found: Concept, place: int) -> ChapterShown | None:
    return found.parts[place + 1] if place + 1 < len(found.parts) else None
