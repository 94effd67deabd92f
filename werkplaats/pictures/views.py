"""Stored pictures, and the picture of a form that is being filled in: it is sent and shown as soon as it is chosen."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpResponse, HttpResponseNotFound
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_POST, require_safe

from werkplaats.people import visitors
from werkplaats.pictures import files
from werkplaats.pictures.fields import PictureField
from werkplaats.pictures.forms import sends_too_many, status_of
from werkplaats.pictures.models import Picture
from werkplaats.pictures.showing import is_theirs
from werkplaats.web.audit import leaves_no_history
from werkplaats.web.requests import Request

RETRY_AFTER = 3  # seconds
SHARED = "public, max-age=600"  # seconds: what is taken away may still be seen for so long
ALONE = "private, no-store"
NOT_HERE = "Deze afbeelding is er niet, of niet meer."
TOO_MANY = "Je stuurde vandaag al veel foto's. Verstuur je tekst nu zonder foto, of probeer het morgen opnieuw."


@leaves_no_history
@require_safe
def serve(request: Request, name: str) -> HttpResponseBase:
    """A stored picture: to everyone once it is shown, until then to its sender and to staff; 404 for all others.

    One query for a picture that is shown. Its content never changes, but it may be taken away: whoever keeps it asks
    again after ten minutes.
    """
    picture = Picture.objects.by_file(name)
    if picture is None or not (picture.shown or is_theirs(picture, request.visitor_id, request)):
        return HttpResponseNotFound(
            NOT_HERE, content_type="text/plain; charset=utf-8", headers={"Cache-Control": ALONE}
        )
    etag = f'"{name}"' if picture.shown else None
    answer = get_conditional_response(request, etag=etag) or stored(name)
    answer.headers["Cache-Control"] = SHARED if etag else ALONE
    if etag:
        answer.headers["ETag"] = etag
    return answer


def stored(name: str) -> HttpResponseBase:
    """The bytes of a file, or where nginx finds them (settings.MEDIA_ACCEL). Http404 when they are gone."""
    headers = {"X-Content-Type-Options": "nosniff"}
    if settings.MEDIA_ACCEL:
        headers["X-Accel-Redirect"] = f"{settings.MEDIA_ACCEL}{name}"
        return HttpResponse(content_type=files.kind_of(name), headers=headers)
    try:
        return FileResponse(files.opened(name), content_type=files.kind_of(name), headers=headers)
    except FileNotFoundError as error:
        raise Http404 from error


class UploadForm(forms.Form):
    picture = PictureField()


@require_POST
def keep(request: Request) -> HttpResponse:
    """Keeps a picture and answers with the part that shows it.

    422 with what is wrong with it, also when this visitor sends too many; 429 when it is too busy, 507 without room.
    """
    form = UploadForm(request.POST, request.FILES)
    kept = keep_of(request, form) if form.is_valid() else None
    if form.has_error("picture", "busy"):
        return HttpResponse(status=429, headers={"Retry-After": RETRY_AFTER})
    if form.errors:
        return render(request, "pictures/picture.html#error", {"form": form}, status=status_of(form))
    return render(request, "pictures/picture.html#kept", {"kept": kept})


def keep_of(request: Request, form: UploadForm) -> Picture | None:
    """The picture, kept; None with an error in the form when it cannot be."""
    visitor = visitors.writing(request)
    if sends_too_many(visitor):
        form.add_error("picture", TOO_MANY)
        return None
    try:
        return Picture.objects.keep(form.cleaned_data["picture"], visitor)
    except ValidationError as lost:
        form.add_error("picture", lost)
        return None


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
