"""Hands on paper: a number for each choice of the café's poll, kept as soon as it is typed."""

import re

from django.shortcuts import redirect, render
from django.urls import reverse

from plan.reading import evenings as reading
from plan.reading.evenings import Hands
from plan.views.notes.paper import NO_NUMBER, Problem, are_counts, number, told
from plan.views.notes.typing import find, show
from plan.views.rights import for_sorters
from polls.models import Choice, HandsOnPaper
from werkplaats.web import only_post
from werkplaats.web.htmx import wants_fragment

NAME = re.compile(r"keuze-([1-9]\d{0,17})", re.ASCII)
GONE = "Deze keuze hoort hier niet meer bij. Laad de pagina opnieuw."
TOO_EARLY = "De zaal zag de uitslag nog niet, en het café is nog niet voorbij. Typ de handen daarna."


@for_sorters
@only_post.only("plan:evening", "pk")
def count(request, pk):
    """Keeps the numbers that were sent, each with what stood there (`was-…`). 409 with what was not kept."""
    notes = find(pk)
    of_choice = {row.choice.pk: (hands, row.choice) for hands in reading.hands(notes) for row in hands.rows}
    names = [name for name in request.POST if NAME.fullmatch(name)]
    refused = {name: problem for name in names if (problem := put(request, name, of_choice))}
    status = 409 if refused else 200
    if wants_fragment(request):
        return render(request, "plan/notes/hands.html#told", {"hands_problems": refused}, status=status)
    if refused:
        typed = {name: request.POST[name] for name in refused}
        return show(request, notes, status=status, hands_problems=refused, hands=reading.hands(notes, typed))
    return redirect(f"{reverse('plan:evening', args=[pk])}#handen")


def put(request, name: str, of_choice: dict[int, tuple[Hands, Choice]]) -> Problem | None:
    """What is wrong with a number; None when it stands."""
    raw, was = request.POST[name].strip(), request.POST.get(f"was-{name}", "").strip()
    hands, choice = of_choice.get(int(name.removeprefix("keuze-")), (None, None))
    if hands is None or choice is None:
        return Problem(GONE, was)
    if not are_counts(raw, was):
        return Problem(f"«{choice}»: {NO_NUMBER}", was)
    if raw == was:
        return None
    if not hands.may_type:
        return Problem(TOO_EARLY, was)
    try:
        stands, row = HandsOnPaper.objects.put(choice.pk, number(raw), number(was), request.user)
    except Choice.DoesNotExist:
        return Problem(GONE, was)
    return None if stands else told(choice.text, "het", row.people, row.by)
