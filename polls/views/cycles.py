"""A design cycle: where it stands, what each step yielded, and who is still to be heard."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from polls.models import DesignCycle, StickerRound
from polls.yields import yield_of


@require_safe
def cycle(request, slug):
    found = DesignCycle.objects.public().whole().filter(slug=slug).first()
    if found is None:
        raise Http404
    boards = StickerRound.objects.boards_of_cycle(found.pk)
    context = {
        "cycle": found,
        "rounds": [board.round for board in boards if board.round.is_announced],
        "questions": found.questions.readable(),
        "cafes": found.cafes.public(),
        "result": yield_of(boards),
    }
    return render(request, "polls/cycle.html", context)
