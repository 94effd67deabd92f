from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from posts.composing import device
from posts.forms import WriteForm
from posts.screening import strangers
from werkplaats.kept import kept
from werkplaats.site.models import Site


def is_known(request) -> bool:
    """Whether the address of who asks is known: log-in goes by a mailed code or link only."""
    return request.user.is_authenticated


def writing_box(request, site: Site, form: WriteForm | None = None) -> dict:
    """What the writing box needs: its fields, and the moment at which it was made.

    Empty fields are kept, because they are the same for all; not those of who is remembered on this device.
    """
    moment = strangers.moment_for(request)
    if form:
        return {"form": form, "fields": render_fields(form), "moment": moment}
    options = {"known": is_known(request), "meeting": request.GET.keys() & {"overleg", "namens"} != set()}
    remembered = device.remembered(request)
    if remembered:
        fields = render_fields(WriteForm(site=site, remembered=remembered, **options))
    else:
        fields = kept(
            site,
            "posts/fields.html",
            options,
            make=lambda: render_fields(WriteForm(site=site, **options)),
        )
    return {"fields": fields, "moment": moment}


def render_fields(form: WriteForm) -> SafeString:
    return mark_safe(render_to_string("posts/fields.html", {"form": form}))  # noqa: S308  our own template
