"""The whole plan on one page, to read and to print; as a Word file; and what it became in the end."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from plan.exports import concept as word_file
from plan.models import Plan
from plan.models.exports import Kind
from plan.reading.concept import Concept, concept
from plan.views.concept import drawing
from plan.views.concept.pages import heard_of
from werkplaats.gaps import GappedPage, for_everyone
from werkplaats.kept import shared
from werkplaats.site.context import site_of

WHOLE, YEAR = "plan/concept/whole.html", "plan/concept/year.html"


def now(request) -> Concept:
    return concept(site_of(request), version())


def version() -> int:
    return Plan.objects.values_list("version", flat=True).first() or 0


@require_safe
def whole(request):
    """All sentences with their sources, as they are printed."""
    found = now(request)
    return shown(request, WHOLE, found, {}) if found.parts else redirect("concept:plan")


@require_safe
def year(request):
    """What the plan became, made from everybody's words: from when it is adopted."""
    found = now(request)
    return shown(request, YEAR, found, {"is_there": bool(found.parts) and found.is_adopted})


def shown(request, template: str, found: Concept, more: dict[str, Any]) -> HttpResponse:
    site = site_of(request)
    rows = [row for part in found.parts for row in part.rows]

    def make() -> dict[str, Any]:
        return {"site": site, "concept": found, "glossary": site.lists.glossary, "heard": heard_of(site, found), **more}

    own = drawing.voice_gaps(site, rows)
    if request.user.is_authenticated:
        return HttpResponse(GappedPage(template, make(), request).fill(own))
    return for_everyone(request, template, (site.version, timezone.localdate(), found.plan.version), make, own)


@require_safe
def word(request):
    """The same as a Word file, made once for all who ask. It holds no words of anybody: those can be taken away."""
    found, site = now(request), site_of(request)
    if not found.parts:
        raise Http404
    address = f"{request.scheme}://{request.get_host()}"
    key = (site.version, found.plan.version, timezone.localdate(), address)
    content = shared("the plan as a Word file", key, lambda: word_file.made(found, site, address))
    answer = HttpResponse(content, content_type=Kind.DOCUMENT.content_type)
    answer["Content-Disposition"] = 'attachment; filename="het-plan.docx"'
    return answer
