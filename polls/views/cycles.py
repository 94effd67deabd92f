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
    context = {
        "cycle": found,
        "questions": found.questions.readable(),
        "cafes": found.cafes.public(),
        "result": yield_of(StickerRound.objects.boards_of_cycle(found.pk)),
    }
    return render(request, "polls/cycle.html", context)
