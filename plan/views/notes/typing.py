"""The page on which the notes of an evening are typed, one line after another."""

import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from plan.actions import noting
from plan.lines.forms import WAYS, PlaceForm
from plan.lines.letters import letters_of
from plan.lines.sent import TooMuch, keys_in, lines_in
from plan.models import Note, Notes
from plan.reading import evenings as reading
from plan.views.rights import for_sorters
from werkplaats.models import Role, User
from werkplaats.web import only_post
from werkplaats.web.addresses import page_number, whole_number
from werkplaats.web.htmx import wants_fragment

LONG = "Dit is te veel om in één keer te typen. Plak het bij «Plak veel regels»: daar zie je eerst wat het wordt."


def find(pk: int) -> Notes:
    """Raises Http404."""
    try:
        return reading.evening(pk)
    except Notes.DoesNotExist as error:
        raise Http404 from error


@require_safe
@for_sorters
def evening(request, pk):
    return show(request, find(pk))


def show(request, notes: Notes, *, status=200, **more):
    """The whole page. `?foto=` is the place of the photo, `?ronde=` the round of stickers, `?bij=` what was added."""
    asked = request.GET
    roles = list(Role.objects.all())
    photos = list(notes.photos.select_related("picture"))
    paper, found = reading.paper(notes, asked.get("ronde", "")), reading.lines(notes)
    context = {
        "notes": notes,
        "day": reading.day_of(notes),
        "lines": found,
        "numbers": reading.numbers(notes),
        "others": reading.others(notes, request.user),
        "letters": list(letters_of(roles).items()),
        "roles": roles,
        "ways": WAYS[1:],
        "photos": photos,
        "photo": page_number(asked.get("foto"), max(1, len(photos))),
        "paper": paper,
        "hands": reading.hands(notes),
        "place": place_of(asked) or last_place(found, request.user),
        "key": uuid.uuid4(),
        "sticks": bool({"tafel", "rol", "namens"} & set(asked)),
        "added": page_number(asked.get("bij"), 9999) if "bij" in asked else 0,
        **more,
    }
    return render(request, "plan/notes/evening.html", context, status=status)


def place_of(asked) -> dict:
    """Table, role and way that hold for the next line, when the address says any; of what makes no sense nothing."""
    if not {"tafel", "rol", "namens"} & set(asked):
        return {}
    form = PlaceForm(asked)
    form.is_valid()
    return form.cleaned_data


def last_place(lines: list[Note], user: User) -> dict:
    """Where this person's last line was said: it holds for the next one."""
    last = next((line for line in reversed(lines) if line.by_id == user.pk), None)
    return {"tafel": last.table, "rol": last.role} if last else {}


@for_sorters
@require_http_methods(["GET", "HEAD", "POST"])
def lines(request, pk):
    """GET with `?na=`: what came after this version. POST: keeps lines, and answers the same, or leads back."""
    notes = find(pk)
    if request.method != "POST":
        return news(request, notes) if "na" in request.GET else redirect("plan:evening", pk)
    if request.POST.get("wie", str(request.user.pk)) != str(request.user.pk):
        return news(request, notes)  # another logged in meanwhile: the page says so, and keeps its lines
    try:
        sent, place = lines_in(request.POST, list(Role.objects.all()))
    except TooMuch:
        return refuse(request, notes, LONG)
    noting.write(pk, sent, request.user)
    photo = request.POST.get("foto", "")
    noting.sit_down(pk, request.user, whole_number(photo))
    if wants_fragment(request):
        notes.refresh_from_db(fields=["version"])
        return news(request, notes, kept=keys_in(request.POST))
    sticks = {"tafel": place.table, "rol": place.role_id, "namens": request.POST.get("namens")}
    sticks["foto"] = request.POST.get("plaats")
    query = urlencode({name: value for name, value in sticks.items() if value})
    return redirect(f"{reverse('plan:evening', args=[pk])}?{query}")


def news(request, notes: Notes, kept: list[str] | None = None) -> HttpResponse:
    """The lines that came or changed after the version that a page shows, which lines there are, and who types."""
    after = whole_number(request.POST.get("na") or request.GET.get("na", ""))
    context = {
        "notes": notes,
        "lines": reading.lines(notes, after),
        "numbers": reading.numbers(notes),
        "others": reading.others(notes, request.user),
        "kept": kept or [],
    }
    return render(request, "plan/notes/lines.html#news", context)


def refuse(request, notes: Notes, told: str) -> HttpResponse:
    if wants_fragment(request):
        return HttpResponse(told, status=422, content_type="text/plain; charset=utf-8")
    return show(request, notes, status=422, problem=told, typed=request.POST.get("regel", ""))


@for_sorters
@only_post.only("plan:evening", "pk")
def sit_down(request, pk):
    """Tells the others from which photo somebody types."""
    noting.sit_down(find(pk).pk, request.user, whole_number(request.POST.get("foto", "")))
    return HttpResponse(status=204)
