"""«Zo was het niet bedoeld»: what writers meant, and the answers to that. No sentence changes by it."""

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from plan.actions import answering
from plan.actions.outcomes import Refused
from plan.models import Harvest, Stack, ToldVoice
from plan.reading import meant as reading
from plan.views import forms
from plan.views.rights import for_sorters
from werkplaats.web import only_post
from werkplaats.web.addresses import row_key

LONGEST = 1000


@require_safe
@for_sorters
def meant(request, pk):
    return _show(request, _harvest(pk))


@for_sorters
@only_post.only("plan:meant", "pk")
def reply(request, pk):
    """The press names the no, and the version of it that was read, or the reply that it corrects.

    It leads back to the stack that it came from.
    """
    harvest = _harvest(pk)
    about = row_key(request.POST.get("bedoeld"))
    try:
        row = ToldVoice.objects.filter(pk=about, publication__harvest=harvest).first()
        if row is None:
            raise Refused(answering.ERASED)
        text = forms.prose(request.POST, "antwoord", LONGEST)
        if was := forms.prose(request.POST, "stond", LONGEST):
            answering.correct(row.pk, was, text, request.user)
        else:
            answering.reply(row.pk, row_key(request.POST.get("gezien")), text, request.user)
    except Refused as refused:
        return _show(request, harvest, status=409, problem=str(refused), about=about, typed=request.POST)
    return HttpResponseRedirect(f"{_back_to(request, harvest)}#bedoeld-{row.pk}")


def _back_to(request, harvest: Harvest) -> str:
    stack = Stack.objects.lying().filter(harvest=harvest, pk=row_key(request.POST.get("stapel"))).first()
    return reverse("plan:stack", args=[harvest.pk, stack.pk]) if stack else reverse("plan:meant", args=[harvest.pk])


def _harvest(pk: int) -> Harvest:
    return get_object_or_404(Harvest.objects.named(), pk=pk)


def _show(request, harvest: Harvest, *, status: int = 200, **context):
    """`lost` is the reply that was typed to what is not on the page any more; then why stands on top."""
    found = reading.of_harvest(harvest)
    if "problem" in context and context["about"] not in {each.row.pk for each in found}:
        context["lost"] = context["typed"].get("antwoord", "")
    context |= {"harvest": harvest, "meant": found}
    return render(request, "plan/meant.html", context, status=status)
