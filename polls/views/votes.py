"""The page of a poll, and voting in it."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponseRedirect
from django.views.decorators.http import require_POST, require_safe

from polls.models import Poll
from polls.panel import Panel
from werkplaats import htmx, visitors
from werkplaats.fields import page_number
from werkplaats.history import leaves_no_history

GONE = "Deze keuze is er niet meer. Kies opnieuw."
MOST_VOTES = 30_000  # of one person in one poll: what the column holds


@require_safe
def poll(request, slug):
    poll = _poll(request, slug)
    return _respond(request, Panel(poll, again="opnieuw" in request.GET))


@leaves_no_history
@require_POST
def vote(request, slug):
    poll = _poll(request, slug)
    choice = poll.option(request.POST.get("choice"))
    if choice is None:
        return _respond(request, Panel(poll, again=True, problem="Kies een van de antwoorden."), status=422)
    try:
        poll.check_open()
        with transaction.atomic():
            poll.vote(visitors.writing(request), choice, page_number(request.POST.get("number"), MOST_VOTES))
    except (ValidationError, IntegrityError) as error:
        # The other one: a coordinator took this choice away while it was being made.
        problem = error.messages[0] if isinstance(error, ValidationError) else GONE
        return _respond(request, Panel(_poll(request, slug), again=True, problem=problem), status=409)
    if not htmx.wants_fragment(request):
        return HttpResponseRedirect(f"{poll.get_absolute_url()}#antwoord")
    return _respond(request, Panel(_poll(request, slug), fresh=True))


def _poll(request, slug: str) -> Poll:
    try:
        return Poll.objects.shown_to(request.visitor_id, slug)
    except Poll.DoesNotExist as error:
        raise Http404 from error


def _respond(request, panel: Panel, *, status: int = 200):
    return htmx.respond(request, "polls/poll.html", "panel", {"panel": panel}, status=status)
