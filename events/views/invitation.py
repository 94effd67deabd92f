from django.conf import settings
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from events.invitation.words import FRONT, dates_of, front_of, host, second_of, text_of, theme
from events.models.cafes import Cafe
from werkplaats import qr
from werkplaats.people import staff
from werkplaats.site.context import site_of
from werkplaats.site.models import Motto
from werkplaats.site.texts import as_html


@require_safe
def invitation(request, slug):
    cafe = find(request, slug)
    dates = dates_of(cafe)
    text = as_html(text_of(cafe, site_of(request).period, dates), heading=3)
    mottos = list(Motto.objects.select_related("picture")[:3]) if cafe.shows_mottos else []
    paths = [reverse(f"events:{name}", args=[cafe.pk]) for name in ("short", "react")]
    context = {
        "cafe": cafe,
        "invites": not (cafe.called_off_at or cafe.is_past),
        "theme": theme(cafe),
        "front_text": cafe.front_text or FRONT,
        "text": text,
        "mottos": mottos,
        "front": front_of(cafe, mottos),
        "host": host(),
        "codes": [(path.rstrip("/"), qr.svg(f"{settings.SITE_URL}{path}")) for path in paths],
    }
    context |= second_of(cafe, text, dates)
    return render(request, "events/invitation.html", context)


def find(request, slug: str) -> Cafe:
    """A concept is there for who makes it."""
    makes = staff.may(request, "events.view_cafe")
    return get_object_or_404(Cafe.objects.all() if makes else Cafe.objects.public(), slug=slug)


@require_safe
def short(request, pk):
    """The address on paper: the café, at its sign-up."""
    cafe = get_object_or_404(Cafe.objects.public(), pk=pk)
    return redirect(f"{cafe.get_absolute_url()}#aanmelden")


@require_safe
def react(request, pk):
    """The address on paper for who talks along online."""
    return redirect(get_object_or_404(Cafe.objects.public().select_related("topic"), pk=pk).said_url)
