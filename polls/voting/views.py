"""The page of a poll, and voting in it."""

import re

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import Http404, HttpResponseRedirect
from django.views.decorators.http import require_safe

from polls.voting.models import Poll
from polls.voting.panel import Panel
from werkplaats.invited import via
from werkplaats.invited.models import Act
from werkplaats.people import visitors
from werkplaats.versions import A_MARK
from werkplaats.web import htmx, only_post
from werkplaats.web.addresses import IdConverter, page_number
from werkplaats.web.audit import leaves_no_history

GONE = "Deze keuze is er niet meer. Kies opnieuw."
NOT_COUNTED = "Deze stem is niet geteld: je stemde intussen al «{}». Wil je iets anders? Kies dan opnieuw."
CHOICE = re.compile(rf"({IdConverter.regex})(?:\.({A_MARK.pattern}))?")  # a choice, with the mark of its words
MOST_VOTES = 30_000  # of one person in one poll: what the column holds


@require_safe
def poll(request, slug):
    again = "opnieuw" in request.GET
    # In place it is "Toch niet" that asks for the answer: its link goes, so the focus moves to what it brings.
    fresh = htmx.wants_fragment(request) and not again
    return _respond(request, Panel.asked(request, _poll(request, slug), again=again, fresh=fresh))


@leaves_no_history
@only_post.only("polls:poll", "slug")
def vote(request, slug):
    pressed = CHOICE.fullmatch(request.POST.get("choice", ""))
    number = page_number(request.POST.get("number"), MOST_VOTES)
    choice, words = (int(pressed[1]), pressed[2]) if pressed else (0, None)
    try:
        poll = visitors.tap(request, lambda visitor_id: Poll.objects.vote(slug, visitor_id, choice, number, words))
    except Poll.DoesNotExist as error:
        raise Http404 from error
    except (ValidationError, IntegrityError) as error:
        return _refuse(request, slug, error)
    if poll.own and poll.own.pk != choice:  # another tab was first
        problem = NOT_COUNTED.format(poll.own)
        return _respond(request, Panel.asked(request, poll, again=True, problem=problem), status=409)
    if poll.is_first_vote and via.typed(request):
        via.count(request, Act.VOTED)
    panel = Panel.asked(request, poll, fresh=True)
    if not htmx.wants_fragment(request):
        return HttpResponseRedirect(f"{panel.address}#antwoord")
    return _respond(request, panel)


def _refuse(request, slug: str, error: ValidationError | IntegrityError):
    """The other one: a coordinator took this choice away while it was being made."""
    problem, code = (error.messages[0], error.code) if isinstance(error, ValidationError) else (GONE, "")
    panel = Panel.asked(request, _poll(request, slug), again=True, problem=problem)
    return _respond(request, panel, status=422 if code == "choice" else 409)


def _poll(request, slug: str) -> Poll:
    try:
        return Poll.objects.shown_to(request.visitor_id, slug)
    except Poll.DoesNotExist as error:
        raise Http404 from error


def _respond(request, panel: Panel, *, status: int = 200):
    return htmx.respond(request, "polls/voting/poll.html", "panel", {"panel": panel}, status=status)
