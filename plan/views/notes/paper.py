"""Stickers on paper: three numbers an idea, each kept as soon as it is typed."""

import re
from typing import NamedTuple

from django.shortcuts import redirect, render
from django.urls import reverse

from plan.models import Notes
from plan.reading import evenings as reading
from plan.views.notes.typing import find, show
from plan.views.rights import for_sorters
from polls.models import Colour, PaperCount
from polls.on_paper import MOST_ON_PAPER
from werkplaats.models import User
from werkplaats.web import only_post
from werkplaats.web.htmx import wants_fragment

NAME = re.compile(r"idee-[1-9]\d{0,17}-(green|blue|red)", re.ASCII)
COUNT = re.compile(r"\d{1,3}", re.ASCII)
COLOURS = {colour.css: colour for colour in Colour}
NO_NUMBER = f"Vul een getal in van 0 tot en met {MOST_ON_PAPER}, of laat het vak leeg."


class Problem(NamedTuple):
    """Why a number was not kept, and what stands there."""

    words: str
    there: str


GONE = "Dit idee hoort hier niet meer bij. Laad de pagina opnieuw."


@for_sorters
@only_post.only("plan:evening", "pk")
def count(request, pk):
    """Keeps the numbers that were sent, each with what stood there (`was-…`). 409 with what was not kept."""
    notes = find(pk)
    shown = reading.paper(notes, request.POST.get("ronde", ""))
    ideas = {row.idea.id: row.idea.text for row in shown.rows}
    names = [name for name in request.POST if NAME.fullmatch(name)]
    refused = {name: problem for name in names if (problem := put(request, name, ideas))}
    status, told = 409 if refused else 200, list(refused.values())
    if wants_fragment(request):
        return render(request, "plan/notes/paper.html#told", {"paper_problems": told}, status=status)
    if refused:
        typed = {name: request.POST[name] for name in refused}
        paper = reading.paper(notes, request.POST.get("ronde", ""), typed)
        return show(request, notes, status=status, paper_problems=told, paper=paper)
    return back(notes, request.POST.get("ronde", ""))


def put(request, name: str, ideas: dict[int, str]) -> Problem | None:
    """What is wrong with a number; None when it stands."""
    _, pk, css = name.split("-")
    idea, colour = int(pk), COLOURS[css]
    raw, was = request.POST[name].strip(), request.POST.get(f"was-{name}", "").strip()
    if idea not in ideas:
        return Problem(GONE, was)
    if not are_counts(raw, was):
        return Problem(f"«{ideas[idea]}», {colour.label}: {NO_NUMBER}", was)
    if raw == was:
        return None
    stands, row = PaperCount.objects.put(idea, colour, number(raw), number(was), request.user)
    return None if stands else told(ideas[idea], colour.label, getattr(row, colour.css), row.by)


def told(of: str, what: str, there: int | None, by: User | None) -> Problem:
    """What another counted meanwhile."""
    stands = f"Daar staat nu {there}" if there is not None else "Dat vak is nu leeg"
    words = f"«{of}»: {by or 'iemand'} veranderde {what} net. {stands}. Kijk wie er gelijk heeft."
    return Problem(words, "" if there is None else str(there))


def are_counts(*typed: str) -> bool:
    """Whether each is a number of so many figures as fit, or nothing."""
    return all(not each or COUNT.fullmatch(each) for each in typed)


def number(raw: str) -> int | None:
    return int(raw) if raw else None


def back(notes: Notes, slug: str):
    query = f"?ronde={slug}" if re.fullmatch(r"[\w-]{1,60}", slug, re.ASCII) else ""
    return redirect(f"{reverse('plan:evening', args=[notes.pk])}{query}#stickers")
