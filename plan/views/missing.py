"""Who is missing, and recording that a body met."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from plan import missed
from plan.actions import consulting
from plan.actions.outcomes import Refused
from plan.models import Body, Harvest, Notes
from plan.reading import missing as reading
from plan.views import forms
from plan.views.rights import for_sorters
from posts.models import Question
from werkplaats.web import htmx, only_post
from werkplaats.web.addresses import row_key

PAGE = "plan/missing.html"
CHOOSE = "Kies een overleg en een dag die al is geweest."


@dataclass(frozen=True)
class About:
    """What is asked: a harvest («o7»), a café («c3») or all of it, and from and until which day."""

    harvests: list[Harvest]
    cafes: list[Notes]
    chosen: str
    first_day: date | None
    last_day: date | None

    @classmethod
    def of(cls, asked: Any) -> "About":
        harvests = list(Harvest.objects.named().order_by("-pk"))
        cafes = list(Notes.objects.exclude(cafe=None).select_related("cafe"))
        known = {f"o{harvest.pk}" for harvest in harvests} | {f"c{notes.cafe_id}" for notes in cafes}
        chosen = asked.get("over", "")
        return cls(harvests, cafes, chosen if chosen in known else "", _day(asked, "van"), _day(asked, "tot"))

    @property
    def harvest(self) -> Harvest | None:
        """The one that was chosen, or that of the café."""
        of_cafe = {f"c{notes.cafe_id}": notes.harvest_id for notes in self.cafes}.get(self.chosen)
        return next((each for each in self.harvests if each.pk == of_cafe or f"o{each.pk}" == self.chosen), None)

    @property
    def cafe(self) -> int | None:
        return int(self.chosen[1:]) if self.chosen.startswith("c") else None

    @property
    def scope(self) -> reading.Scope:
        harvest = self.harvest.pk if self.harvest else None
        return reading.Scope(harvest, self.cafe, self.first_day, self.last_day)

    @property
    def options(self) -> list[tuple[str, str]]:
        of_harvests = [(f"o{harvest.pk}", str(harvest)) for harvest in self.harvests]
        return of_harvests + [(f"c{notes.cafe_id}", f"Op het café: {notes.cafe}") for notes in self.cafes]

    @property
    def query(self) -> str:
        days = {"van": self.first_day, "tot": self.last_day}
        return urlencode({name: str(value) for name, value in {"over": self.chosen, **days}.items() if value})


def _day(asked: Any, name: str) -> date | None:
    try:
        return forms.day(asked.get(name, ""))
    except Refused:
        return None


@require_safe
@for_sorters
def missing(request):
    return _show(request)


@for_sorters
@only_post.only("plan:missing")
def record(request):
    """Records that a body met about a harvest. Twice is once."""
    harvest = get_object_or_404(Harvest, pk=row_key(request.POST.get("opbrengst")))
    body = Body.objects.filter(pk=row_key(request.POST.get("overleg"))).first()
    try:
        day = forms.day(request.POST.get("dag", ""))
    except Refused:
        day = None
    if body is None or day is None or day > timezone.localdate():
        return _show(request, status=422, problem=CHOOSE, typed=request.POST)
    consulting.record(harvest.pk, body.pk, day, request.user)
    return _back(request)


@for_sorters
@only_post.only("plan:missing")
def strike(request, pk):
    """Takes a record away. Twice is once."""
    consulting.strike(pk)
    return _back(request)


def _back(request):
    query = About.of(request.GET).query
    return HttpResponseRedirect(f"{reverse('plan:missing')}{'?' if query else ''}{query}#overleggen")


def _show(request, *, status: int = 200, **context):
    about = About.of(request.GET)
    found = reading.of(about.scope)
    gaps = missed.beside(request, about.harvest, found.gaps)
    of_kind = {kind: [each for each in gaps if each[0].kind == kind] for kind in ("role", "werkgebied", "body")}
    context |= {"about": about, "missing": found, "gaps": of_kind, "question": _question_of(about)}
    return htmx.respond(request, PAGE, "beside", context, status=status)


def _question_of(about: About) -> Question | None:
    """For which one can invite people now: the one that is asked about, if it is open; else that of now."""
    asked = about.harvest.question if about.harvest else None
    return asked if asked and asked.is_current and not asked.page else Question.objects.current()
