"""All cafés, and one café with its sign-up form."""

from copy import copy

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from events import around
from events.forms import RegistrationForm
from events.models import Cafe, Snapshot
from werkplaats.invited import via
from werkplaats.kept import shared
from werkplaats.people import staff
from werkplaats.site.context import site_of


@require_safe
def cafes(request):
    """All cafés: those to come, then those that have been."""
    found = list(Cafe.objects.public().select_related("snapshot"))
    Snapshot.objects.tell_joined(found)
    upcoming = [cafe for cafe in found if not cafe.is_past]
    past = [cafe for cafe in reversed(found) if cafe.is_past]
    return render(request, "events/cafes.html", {"upcoming": upcoming, "past": past})


@require_safe
def cafe(request, slug):
    cafe = find_cafe(request, slug)
    if page := around.page_of(cafe, site_of(request)):
        return in_the_room(request, cafe, page)
    form = form_of(request, cafe)
    form.offer_what_helps()
    exact = staff.may(request, "events.view_registration")
    cycles = list(cafe.cycles.public())
    heard = heard_of(request, cafe, cycles) if cafe.is_past else ""
    context = {"cafe": cafe, "form": form, "cycles": cycles, "exact": exact, "heard": heard}
    context["via"] = via.field(request)
    return render(request, "events/cafe.html", context)


def in_the_room(request, cafe: Cafe, page: around.Page):
    """While it goes on, and afterwards: then what was heard and what comes of it leads, once that is published."""
    cycles = list(cafe.cycles.public())
    heard = heard_of(request, cafe, cycles) if cafe.is_past else ""
    return render(request, page.template, {**page.context, "cafe": cafe, "cycles": cycles, "heard": heard})


def heard_of(request, cafe: Cafe, cycles) -> str:
    """Where it stands what was heard there: with its question or a design cycle, or of the café alone; or empty."""
    lists = site_of(request).lists
    pages = [("question", cafe.topic_id, cafe.topic.slug)] if cafe.topic else []
    pages += [("cafe", cafe.pk, cafe.slug), *(("cycle", cycle.pk, cycle.slug) for cycle in cycles)]
    return next(filter(None, (lists.heard_url(*page) for page in pages)), "")


def find_cafe(request, slug: str) -> Cafe:
    """The café as coordinators left it: kept, and copied for each request. Raises Http404."""
    public = Cafe.objects.public().select_related("topic")
    return copy(shared(f"cafe:{slug}", site_of(request).version, lambda: get_object_or_404(public, slug=slug)))


def form_of(request, cafe: Cafe, data=None) -> RegistrationForm:
    return RegistrationForm(data, cafe=cafe, lists=site_of(request).lists)
