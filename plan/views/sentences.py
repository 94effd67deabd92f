"""The sentences of the plan: writing them, seeing what they lean on, and making them public."""

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from plan.actions import concept, writing
from plan.actions.outcomes import Refused
from plan.models import Chapter, Origin, PlanStep, Sentence
from plan.reading import changes
from plan.reading import sentences as reading
from plan.views import forms
from plan.views.rights import for_sorters
from werkplaats.versions import MARK, mark_in
from werkplaats.web import only_post
from werkplaats.web.addresses import row_key


@require_safe
@for_sorters
def sentences(request):
    return _show(request)


@for_sorters
@only_post.only("plan:sentences")
def add_chapter(request):
    try:
        writing.add_chapter(forms.line(request.POST, "titel", 120))
    except Refused as refused:
        return _show(request, status=409, problem=str(refused), typed=request.POST)
    return _back()


@for_sorters
@only_post.only("plan:sentences")
def add_sentence(request):
    try:
        chapter, text = row_key(request.POST.get("hoofdstuk")), forms.prose(request.POST, "tekst", 800)
        origin = Origin.LAW if request.POST.get("wet") else Origin.VOICES
        sentence = writing.add_sentence(_chapter(chapter), text, request.user, origin=origin)
    except Refused as refused:
        return _show(request, status=409, problem=str(refused), typed=request.POST)
    return _back(f"#zin-{sentence.pk}")


@require_safe
@for_sorters
def sentence(request, pk):
    return _one(request, _sentence(pk))


@for_sorters
@only_post.only("plan:sentence", "pk")
def reword(request, pk):
    """Another wording; when somebody wrote one meanwhile both are shown."""
    found = _sentence(pk)
    try:
        text, why = forms.prose(request.POST, "tekst", 800), forms.line(request.POST, "waarom", 200)
        seen, day = row_key(request.POST.get("gezien")), forms.day(request.POST.get("besluit_op", ""))
        reworded = writing.reword(pk, text, seen, request.user, why=why, decided_on=day)
    except Refused as refused:
        return _one(request, found, status=409, problem=str(refused), typed=request.POST)
    if reworded.lost:
        return _one(request, found, status=409, newest=reworded.newest, typed=request.POST)
    return _back(f"#zin-{pk}")


@for_sorters
@only_post.only("plan:sentence", "pk")
def withdraw(request, pk):
    found = _sentence(pk)
    try:
        writing.withdraw(pk)
    except Refused as refused:
        return _one(request, found, status=409, problem=str(refused))
    return _back()


@require_http_methods(["GET", "HEAD", "POST"])
@for_sorters
def make_public(request):
    """What everyone would read from now on, and the button under it."""
    problem = ""
    if request.method == "POST":
        try:
            count = concept.publish(mark_in(request.POST) or "")
            return HttpResponseRedirect(f"{reverse('concept:plan')}" if count else reverse("plan:sentences"))
        except Refused as refused:
            problem = str(refused)
    context = {"changes": changes.read(), "problem": problem, "field": MARK}
    return render(request, "plan/make_public.html", context, status=409 if problem else 200)


def _chapter(pk: int) -> int:
    if not Chapter.objects.filter(pk=pk).exists():
        raise Refused("Kies het hoofdstuk.")
    return pk


def _sentence(pk: int) -> Sentence:
    return get_object_or_404(Sentence.objects.standing().with_newest(), pk=pk)


def _one(request, found: Sentence, *, status: int = 200, **context):
    wordings = reading.wordings(found)
    newest, is_public = wordings[0], any(each.published_at for each in wordings)
    kept = {"why": newest.why, "decided_on": newest.decided_on} if not newest.published_at else {}
    context |= {"sentence": found, "wordings": wordings, "is_public": is_public, "kept": kept}
    context["is_adopted"] = PlanStep.objects.is_adopted()
    return render(request, "plan/sentence.html", context, status=status)


def _show(request, *, status: int = 200, **context):
    context |= {"parts": reading.plan(), "is_adopted": PlanStep.objects.is_adopted()}
    return render(request, "plan/sentences.html", context, status=status)


def _back(place: str = "") -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("plan:sentences") + place)
