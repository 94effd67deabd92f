"""Stored pictures, and the picture of a form that is being filled in: it is sent and shown as soon as it is chosen."""

from django import forms
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from werkplaats.people import visitors
from werkplaats.pictures import files
from werkplaats.pictures.fields import PictureField
from werkplaats.pictures.models import Picture
from werkplaats.web.requests import Request

RETRY_AFTER = 3  # seconds


@require_safe
def serve(request: HttpRequest, name: str) -> FileResponse:
    """A stored picture. Its content never changes: browsers may keep it for a year."""
    try:
        file = files.opened(name)
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(
        file,
        content_type="image/webp",
        headers={"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"},
    )


class UploadForm(forms.Form):
    picture = PictureField()


@require_POST
def keep(request: Request) -> HttpResponse:
    """Keeps a picture and answers with the part that shows it; 422 with what is wrong, 429 when it is too busy."""
    form, kept = UploadForm(request.POST, request.FILES), None
    if form.is_valid():
        kept = Picture.objects.keep(form.cleaned_data["picture"], visitors.writing(request))
    elif not form.has_error("picture", "busy"):
        return render(request, "pictures/picture.html#error", {"form": form}, status=422)
    if not kept:
        return HttpResponse(status=429, headers={"Retry-After": RETRY_AFTER})
    return render(request, "pictures/picture.html#kept", {"kept": kept})


@require_safe
def kept(request: Request, name: str) -> HttpResponse:
    """The part of the form with a kept picture, for its sender, whose draft knows its name; 404 for all others."""
    picture = Picture.objects.kept().sent_as(name, request.visitor_id)
    if not picture:
        raise Http404
    return render(request, "pictures/picture.html#kept", {"kept": picture})


@require_POST
def forget(request: Request, name: str) -> HttpResponse:
    """Takes a kept picture away; those of others and those in use stay."""
    Picture.objects.forget(name, request.visitor_id)
    return HttpResponse(status=204)
