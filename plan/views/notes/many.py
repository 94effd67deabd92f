"""Many lines at once: pasted, or read from a file. Nothing is kept before it was seen."""

import json
from dataclasses import replace

from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from plan.actions import noting
from plan.lines.files.columns import guessed, text_of, width_of
from plan.lines.files.reading import rows_of
from plan.lines.files.refusing import SWOLLEN, Unreadable
from plan.lines.forms import MOST_CHARACTERS_OF_ROWS, ColumnsForm, FileForm, PasteForm, PlaceForm, rows_in
from plan.lines.letters import letters_of
from plan.lines.pasted import MOST_CHARACTERS, MOST_LINES, Pasted, lines_of, marked, same
from plan.lines.prefixes import Place
from plan.models import Notes
from plan.views.notes.typing import find
from plan.views.rights import for_sorters
from werkplaats.models import Role
from werkplaats.versions import mark_in, mark_of

NOTHING = "Er staat niets in dat een regel wordt."
MANY = f"Dit zijn meer dan {MOST_LINES} regels. Doe het in twee keer."
SHOWN = 8  # rows of a file from which somebody chooses columns


@for_sorters
@require_http_methods(["GET", "HEAD", "POST"])
def paste(request, pk):
    """Shows first what the lines become; the second button keeps them, as they were shown. Pressed twice is once."""
    notes = find(pk)
    if request.method != "POST":
        return show(request, notes, PasteForm(initial={"namens": request.GET.get("namens", "")}))
    form = PasteForm(request.POST)
    if not form.is_valid():
        return show(request, notes, form, status=422)
    lines = preview(notes, form)
    if form.errors:
        return show(request, notes, form, status=422)
    if "zet" not in request.POST or mark_in(request.POST) != mark_of_lines(lines):
        return show(request, notes, form, lines=lines)
    done = noting.write(pk, chosen(lines, form.cleaned_data), request.user)
    return redirect(f"{reverse('plan:evening', args=[pk])}?bij={done.new or 1}#typ")


def preview(notes: Notes, form: PasteForm) -> list[Pasted]:
    """The lines as they would be kept; adds an error to the form when there are none, or too many."""
    place = PlaceForm(form.data)
    place.is_valid()
    table, role = place.cleaned_data.get("tafel"), place.cleaned_data.get("rol")
    letters = letters_of(Role.objects.all())
    lines = lines_of(form.cleaned_data["text"], letters, Place(table, role and role.pk))
    if not lines or len(lines) > MOST_LINES:
        form.add_error("text", MANY if lines else NOTHING)
    said = {same(text): number for number, text in notes.lines.values_list("number", "text")}
    return marked(lines, said)


def mark_of_lines(lines: list[Pasted]) -> str:
    """The same when the button is pressed again: then the lines are there, and nothing else changed."""
    return mark_of(*(repr(replace(line, known=None)) for line in lines))


def chosen(lines: list[Pasted], data: dict) -> list[noting.Line]:
    """What is written of a preview; each line keeps its place in it, and so its key."""
    every = [(line, line.line(data["seed"], number, data["namens"])) for number, line in enumerate(lines)]
    match data["doubles"]:
        case "sla":
            return [sent for line, sent in every if not line.known]
        case "tel":
            return [sent.said_before(line.known) for line, sent in every]
        case _:
            return [sent for _, sent in every]


def show(request, notes: Notes, form: PasteForm, *, lines: list[Pasted] | None = None, told=(), status=200):
    lines = lines or []
    known = sum(bool(line.known) for line in lines)
    context = {
        "notes": notes,
        "form": form,
        "lines": lines,
        "known": known,
        "cut": sum(line.cut for line in lines),
        "mark": mark_of_lines(lines),
        "roles": {role.pk: role.name for role in Role.objects.all()},
        "doubles": (form["doubles"].value() or ("sla" if known == len(lines) else "erbij")),
        "unknown": told,
        "place": {name: form.data.get(name, request.GET.get(name, "")) for name in ("tafel", "rol")},
    }
    return render(request, "plan/notes/paste.html", context, status=status)


@for_sorters
@require_http_methods(["GET", "HEAD", "POST"])
def file(request, pk):
    """A file, then its columns, then the preview of `paste`. The rows travel in the page: no file is kept."""
    notes = find(pk)
    if request.method != "POST":
        return upload(request, notes, FileForm())
    if "rows" in request.POST:
        return columns(request, notes)
    form = FileForm(request.POST, request.FILES)
    try:
        rows = rows_of(form.cleaned_data["file"]) if form.is_valid() else []
        if len(json.dumps(rows)) > MOST_CHARACTERS_OF_ROWS:
            raise Unreadable(SWOLLEN)
    except Unreadable as refused:
        form.add_error("file", str(refused))
    if form.errors:
        return upload(request, notes, form, status=422)
    if width_of(rows) == 1:
        return from_file(request, notes, "\n".join(row[0] for row in rows), [])
    return choose(request, notes, ColumnsForm.of(rows, guessed(rows)), rows)


def columns(request, notes: Notes):
    rows = rows_in(request.POST["rows"])
    if not rows:
        return upload(request, notes, FileForm(), status=422)
    form = ColumnsForm(request.POST, rows=rows)
    if not form.is_valid():
        return choose(request, notes, form, rows, status=422)
    roles = list(Role.objects.all())
    text, unknown = text_of(rows, form.columns, letters_of(roles), roles)
    return from_file(request, notes, text, unknown)


def from_file(request, notes: Notes, text: str, unknown: list[str]):
    """The preview, with what stood in the file in the field: there it can still be changed."""
    form = PasteForm({"text": text, "seed": PasteForm().initial["seed"]})
    if len(text) > MOST_CHARACTERS or not form.is_valid():
        fresh = FileForm({"sent": "1"})
        fresh.errors["file"] = fresh.error_class([SWOLLEN if text else NOTHING])
        return upload(request, notes, fresh, status=422)
    lines = preview(notes, form)
    if form.errors:
        return show(request, notes, form, told=unknown, status=422)
    return show(request, notes, form, lines=lines, told=unknown)


def upload(request, notes: Notes, form: FileForm, *, status=200):
    return render(request, "plan/notes/file.html", {"notes": notes, "form": form}, status=status)


def choose(request, notes: Notes, form: ColumnsForm, rows, *, status=200):
    width = width_of(rows)
    shown = [[*row, *[""] * (width - len(row))] for row in rows[:SHOWN]]
    context = {"notes": notes, "form": form, "shown": shown, "rows": rows, "width": range(width)}
    return render(request, "plan/notes/columns.html", context, status=status)
