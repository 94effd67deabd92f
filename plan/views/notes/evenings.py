"""All evenings with notes, and beginning one."""

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from events.models import Cafe
from plan.actions import noting
from plan.lines.forms import MeetingForm
from plan.models import Harvest, Notes
from plan.reading import evenings as reading
from plan.views.rights import for_sorters
from werkplaats.web import only_post


@require_safe
@for_sorters
def evenings(request):
    return show(request, MeetingForm(initial={"held_on": timezone.localdate()}))


@for_sorters
@require_http_methods(["GET", "HEAD", "POST"])
def begin_cafe(request, pk):
    """The way from a café to its notes: to those that are there, else a button that begins them. Twice is once."""
    cafe = get_object_or_404(Cafe, pk=pk)
    if request.method == "POST":
        return redirect("plan:evening", noting.open_cafe(pk, request.user).pk)
    known = Notes.objects.filter(cafe=pk).first()
    return redirect("plan:evening", known.pk) if known else render(request, "plan/notes/begin.html", {"cafe": cafe})


@for_sorters
@only_post.only("plan:evenings")
def begin_meeting(request):
    form = MeetingForm(request.POST)
    if not form.is_valid():
        return show(request, form, status=422)
    harvest = Harvest.objects.of_subject(**form.subject)
    data = form.cleaned_data
    notes = noting.open_meeting(harvest.pk, data["meeting"], data["held_on"], request.user)
    return redirect("plan:evening", notes.pk)


def show(request, form, *, status=200):
    context = {"evenings": reading.evenings(), "cafes": reading.cafes_to_begin(), "form": form}
    return render(request, "plan/notes/evenings.html", context, status=status)
