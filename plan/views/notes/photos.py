"""Photos of the flip-overs of an evening."""

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from plan.actions import photos as acting
from plan.models import Notes, NotesPhoto
from plan.views.notes.typing import find
from plan.views.rights import for_sorters
from werkplaats.pictures.fields import PictureField
from werkplaats.web import only_post

MOST_AT_ONCE = 20


@for_sorters
@require_http_methods(["GET", "HEAD", "POST"])
def photos(request, pk):
    """All photos, and adding some; each that is refused is told by the name of its file, the others are kept."""
    notes = find(pk)
    if request.method != "POST":
        return show(request, notes)
    uploads = request.FILES.getlist("picture")
    problems = [problem for upload in uploads[:MOST_AT_ONCE] if (problem := add(request, notes, upload))]
    if not uploads:
        problems = ["Kies een foto."]
    if len(uploads) > MOST_AT_ONCE:
        problems.append(f"Stuur er hooguit {MOST_AT_ONCE} tegelijk. De rest moet je nog eens kiezen.")
    if problems:
        return show(request, notes, problems=problems, status=422)
    if request.POST.get("naar") == "typen":
        return redirect("plan:evening", pk)
    return redirect("plan:photos", pk)


def add(request, notes: Notes, upload) -> str:
    """What is wrong with a photo, or nothing: then it is kept."""
    try:
        acting.add(notes.pk, PictureField().clean(upload), request.user)
    except ValidationError as error:
        return f"{upload.name}: {error.messages[0]}"
    return ""


def show(request, notes: Notes, *, problems=(), status=200):
    context = {"notes": notes, "photos": notes.photos.select_related("picture"), "problems": problems}
    return render(request, "plan/notes/photos.html", context, status=status)


@for_sorters
@only_post.only("plan:photos", "pk")
def turn(request, pk, photo):
    """A quarter further. `plaats` leads back to the same photo beside the lines."""
    acting.turn(get_object_or_404(NotesPhoto, notes=pk, pk=photo).pk)
    place = request.POST.get("plaats", "")
    if place.isdecimal() and place.isascii() and len(place) < 4:
        return redirect(f"{reverse('plan:evening', args=[pk])}?foto={place}")
    return redirect("plan:photos", pk)


@for_sorters
@require_http_methods(["GET", "HEAD", "POST"])
def take_away(request, pk, photo):
    """Asks first: the photo goes for good, its lines stay."""
    notes = find(pk)
    if request.method == "POST":
        acting.take_away(getattr(notes.photos.filter(pk=photo).first(), "pk", 0))
        return redirect("plan:photos", pk)
    found = get_object_or_404(notes.photos.select_related("picture"), pk=photo)
    return render(request, "plan/notes/photo_away.html", {"notes": notes, "photo": found})
