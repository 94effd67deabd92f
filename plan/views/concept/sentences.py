"""One sentence of the plan: what is behind it, what it was before, and what people say of it."""

from typing import Any

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from plan.reading.concept import ChapterShown, Concept, Shown
from plan.reading.moving import Moving
from plan.views.concept import drawing, pages
from posts import talk
from posts.models import Question
from werkplaats.gaps import Part
from werkplaats.kept import shared
from werkplaats.site.context import site_of

TEMPLATE = "plan/concept/sentence.html"


@require_safe
def sentence(request, number):
    """With the conversation about it. What was only added after the plan was adopted stands in its chapter alone."""
    chapter, _, last = number.partition(".")
    asked = {name: int(each) if _is_small(each) else 0 for name, each in {"chapter": chapter, "sentence": last}.items()}
    found, moves = pages.now(request, **asked)
    if number not in found.by_number:
        raise Http404
    part, row = found.by_number[number]
    if row.question is None:
        return redirect(f"{reverse('concept:chapter', args=[part.chapter.number])}#{row.place}")
    around = talk.Around(TEMPLATE, around_of(request, found, part, row, moves))
    return drawing.once(request, talk.show_question(request, question_of(request, row.question), around=around))


def _is_small(raw: str) -> bool:
    """Whether it is a number as chapters and sentences have them."""
    return raw.isascii() and raw.isdecimal() and len(raw) < 6


def question_of(request, question: Question) -> Question:
    """As the box asks it; kept per version of the site, as other questions are."""
    asked = Question.objects.with_translations().select_related("phase")
    site = site_of(request)
    return shared(f"question of the plan {question.pk}", site.version, lambda: asked.get(pk=question.pk))


def around_of(request, found: Concept, part: ChapterShown, row: Shown, moves: Moving) -> Part:
    rows = [each for each in part.rows if each.question]
    place = rows.index(row)

    def make() -> dict[str, Any]:
        each = drawing.gapped(row, moves.of(row.pk))
        before, after = rows[place - 1] if place else None, rows[place + 1] if place + 1 < len(rows) else None
        return {"concept": found, "part": part, "each": each, "row": row, "before": before, "after": after}

    own = {**drawing.fillings(request, [row], moves), **drawing.voice_gaps(site_of(request), [row])}
    return Part(moves.version, make, own)
