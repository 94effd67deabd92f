"""One line: corrected by the pencil, or struck after asking. In the page by htmx, else on a page of its own."""

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from plan.actions import noting
from plan.lines.forms import NoteForm
from plan.models import Note
from plan.views.rights import for_sorters
from werkplaats.web.addresses import whole_number
from werkplaats.web.htmx import respond, wants_fragment

CHANGED = "Iemand anders veranderde deze regel net. Nu staat er: «{}». Wat jij typte, staat hieronder nog."
STRUCK = "Iemand anders veranderde deze regel net. Lees haar eerst nog eens."


def find(pk: int, number: int) -> Note:
    """Raises Http404."""
    note = Note.objects.select_related("notes__cafe", "role").filter(notes=pk, number=number).first()
    if note is None:
        raise Http404
    return note


@require_safe
@for_sorters
def line(request, pk, number):
    """The line as it stands, for who changes nothing after all."""
    note = find(pk, number)
    if not wants_fragment(request):
        return redirect(place_of(note))
    return respond(request, "plan/notes/lines.html", "line", {"line": note})


@for_sorters
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request, pk, number):
    """Changes a line if it is as it was read: 409 with both when another changed it meanwhile."""
    note = find(pk, number)
    if request.method != "POST":
        return ask(request, note, NoteForm(instance=note, auto_id=f"regel-{number}-%s"))
    form = NoteForm(request.POST, instance=find(pk, number), auto_id=f"regel-{number}-%s")
    if not form.is_valid():
        return ask(request, note, form, status=422)
    seen = whole_number(request.POST.get("gezien", ""))
    values = {name: form.cleaned_data[name] for name in ("text", "table", "role", "times", "on_behalf")}
    if noting.correct(note.pk, seen, **values) or not changes(note, values):
        return stands(request, pk, number)
    return ask(request, find(pk, number), form, status=409, problem=CHANGED.format(find(pk, number).text))


def changes(note: Note, values: dict) -> bool:
    """Whether this is something else than what stands there: the same twice is once."""
    return any(getattr(note, name) != value for name, value in values.items())


@for_sorters
@require_http_methods(["GET", "HEAD", "POST"])
def strike(request, pk, number):
    """Asks first. A line that another changed meanwhile is read again: 409."""
    if request.method == "POST":
        note = Note.objects.filter(notes=pk, number=number).first()
        if note is None or noting.strike(note.pk, whole_number(request.POST.get("gezien", ""))):
            return gone(request, pk)
        return ask(request, find(pk, number), None, status=409, problem=STRUCK)
    return ask(request, find(pk, number), None)


def ask(request, note: Note, form, *, status=200, problem=""):
    context = {"line": note, "notes": note.notes, "form": form, "problem": problem}
    return respond(request, "plan/notes/line.html", "asking", context, status=status)


def stands(request, pk: int, number: int):
    note = find(pk, number)
    if wants_fragment(request):
        return respond(request, "plan/notes/lines.html", "line", {"line": note})
    return redirect(place_of(note))


def gone(request, pk: int):
    if wants_fragment(request):
        return respond(request, "plan/notes/lines.html", "nothing", {})
    return redirect("plan:evening", pk)


def place_of(note: Note) -> str:
    return f"{reverse('plan:evening', args=[note.notes_id])}#regel-{note.number}"
