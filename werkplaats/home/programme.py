"""The page with all that happens: questions, cafés, milestones, sticker rounds, design cycles."""

import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

import events.landing
import plan.landing
from events.models import Cafe
from polls.models import DesignCycle, StickerRound
from posts.models import Question
from werkplaats.home import infographic, timeline
from werkplaats.kept import kept
from werkplaats.models import Site
from werkplaats.site.context import site_of
from werkplaats.web.requests import Request


@require_safe
def programme(request: Request) -> HttpResponse:
    site = site_of(request)
    cafes = events.landing.known(site)
    moment = timeline.moves_by_the_clock(cafes)
    # The day is asked after that of the key: what is kept may be of a later one, never of an earlier.
    parts = kept(site, "programme", *moment, make=lambda: programme_parts(site, timezone.localdate(), cafes))
    context = {**parts, "rounds": StickerRound.objects.announced()}  # moved from a phone: never kept
    return render(request, "home/programme.html", context)


def programme_parts(site: Site, today: datetime.date, cafes: list[Cafe]) -> dict[str, Any]:
    """The context of the programme page, in three queries; four once there is a concept of the plan."""
    questions = list(Question.objects.asked().select_related("phase"))
    told = plan.landing.known(site), plan.landing.chain(site)
    entries = timeline.line(today, questions, cafes, site.lists.milestones, *told)
    return {
        "line": infographic.draw(entries, today),
        "entries": entries,
        "phases": timeline.phases(questions, today),
        "cycles": list(DesignCycle.objects.public()),
    }
