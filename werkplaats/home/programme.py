"""The page with all that happens: questions, cafés, milestones, sticker rounds, design cycles."""

import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from events.models import Cafe
from polls.models import DesignCycle, StickerRound
from posts.models import Question
from werkplaats.home import timeline
from werkplaats.kept import kept
from werkplaats.models import Site
from werkplaats.site.context import site_of
from werkplaats.web.requests import Request


@require_safe
def programme(request: Request) -> HttpResponse:
    site, today = site_of(request), timezone.localdate()
    parts = kept(site, "programme", today, make=lambda: programme_parts(site, today))
    context = {**parts, "rounds": StickerRound.objects.announced()}  # moved from a phone: never kept
    return render(request, "home/programme.html", context)


def programme_parts(site: Site, today: datetime.date) -> dict[str, Any]:
    """The context of the programme page, in four queries."""
    questions = list(Question.objects.select_related("phase"))
    milestones = site.lists.milestones
    return {
        "entries": timeline.line(today, questions, Cafe.objects.public(), milestones),
        "phases": timeline.phases(questions, today),
        "cycles": list(DesignCycle.objects.public()),
    }
