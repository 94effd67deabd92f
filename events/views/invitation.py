"""The printable invitation to a café, and the short addresses that are printed on it."""

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from events import around
from events.invitation.sheets import sheets
from events.models import Cafe
from werkplaats.people import staff
from werkplaats.site.context import site_of


@require_safe
def invitation(request, slug):
    """Coordinators see that of a concept too."""
    cafes = Cafe.objects.all() if staff.may(request, "events.view_cafe") else Cafe.objects.public()
    cafe = get_object_or_404(cafes, slug=slug)
    return render(request, "events/invitation.html", sheets(cafe, site_of(request).period))


@require_safe
def short(request, pk):
    """To the café, at its sign-up form; while it goes on, to where one takes part."""
    cafe = get_object_or_404(Cafe.objects.public(), pk=pk)
    at_form = "#aanmelden" if cafe.is_open else ""
    return redirect(around.way_in(cafe) or f"{cafe.get_absolute_url()}{at_form}")


@require_safe
def react(request, pk):
    """To where people talk on about it online."""
    return redirect(get_object_or_404(Cafe.objects.public().select_related("topic"), pk=pk).said_url)
