"""The writing box: its fields, kept where they are the same for everyone."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from posts.composing import device
from posts.forms import WriteForm
from werkplaats.kept import kept
from werkplaats.models import Site
from werkplaats.web import programs


def is_known(request) -> bool:
    """Whether we know the writer's address: logging in takes a mailed code or link."""
    return request.user.is_authenticated


def writing_box(request, site: Site, form: WriteForm | None = None) -> dict:
    """The context of a writing box: its fields, and the signed moment at which it was made.

    Empty fields are the same for everyone, so they are kept; not so what this device remembers.
    """
    moment = programs.moment_for(request)
    if form:
        return {"form": form, "fields": render_fields(form), "moment": moment}
    options = {"known": is_known(request), "meeting": request.GET.keys() & {"overleg", "namens"} != set()}
    remembered = device.remembered(request)
    if remembered:
        fields = render_fields(WriteForm(site=site, remembered=remembered, **options))
    else:
        fields = kept(site, "posts/fields.html", options, make=lambda: render_fields(WriteForm(site=site, **options)))
    return {"fields": fields, "moment": moment}


def render_fields(form: WriteForm) -> SafeString:
    return mark_safe(render_to_string("posts/fields.html", {"form": form}))  # noqa: S308  our own template
