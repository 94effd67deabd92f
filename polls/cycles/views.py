"""A design cycle: where it stands, what each step yielded, and who is still to be heard."""

from django.http import Http404
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from polls.cycles.harvest import harvest_of
from polls.cycles.models import DesignCycle
from polls.rounds.models.rounds import StickerRound
from werkplaats.people import staff
from werkplaats.site.context import site_of


@require_safe
def cycle(request, slug):
    found = DesignCycle.objects.whole().filter(slug=slug).first()
    if not (found and (found.published_at or staff.may(request, "polls.change_designcycle"))):
        raise Http404  # only coordinators see a concept
    boards = StickerRound.objects.boards_of_cycle(found.pk)
    context = {
        "cycle": found,
        "rounds": [board.round for board in boards if board.round.is_announced],
        "questions": found.questions.readable(),
        "cafes": found.cafes.public(),
        "harvest": harvest_of(boards),
        "heard": site_of(request).lists.heard_url("cycle", found.pk, found.slug),
    }
    response = render(request, "polls/cycles/cycle.html", context)
    if not found.published_at:
        patch_cache_control(response, private=True, no_store=True)
    return response
