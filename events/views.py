"""The cafés, one café, and signing up for it."""

from copy import copy

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from events import gate, links
from events.forms import RegistrationForm
from events.models import Cafe
from werkplaats import htmx, visitors
from werkplaats.cards import shared
from werkplaats.context import site_of
from werkplaats.history import leaves_no_history


@require_safe
def cafes(request):
    """All cafés: what is to come, then what has been."""
    found = list(Cafe.objects.public().with_counts())
    upcoming = [cafe for cafe in found if not cafe.is_past]
    past = [cafe for cafe in reversed(found) if cafe.is_past]
    return render(request, "events/cafes.html", {"upcoming": upcoming, "past": past})


@require_safe
def cafe(request, slug):
    cafe = find_cafe(request, slug)
    form = form_of(request, cafe)
    form.offer_what_helps()
    context = {"cafe": cafe, "form": form, "cycles": cafe.cycles.public()}
    return render(request, "events/cafe.html", context)


@leaves_no_history
@require_http_methods(["GET", "HEAD", "POST"])
def register(request, slug):
    """Signs up. The answer is the same whether or not the address was signed up already."""
    cafe = find_cafe(request, slug)
    if request.method != "POST":
        return redirect(f"{cafe.get_absolute_url()}#aanmelden")
    form = form_of(request, cafe, request.POST)
    if not form.is_valid():
        return show_form(request, form, status=422)
    try:
        with gate.cafes.through():
            standing = sign_up(request, form)
    except ValidationError as error:
        form.add_error(None, error)
        return show_form(request, form, status=422)
    except gate.Busy:
        form.add_error(None, gate.BUSY)
        return show_form(request, form, status=503)
    return redirect(links.outcome(cafe, standing, request.visitor_id))


def sign_up(request, form: RegistrationForm):
    """What came of it."""
    data = form.place()
    registration, is_new = visitors.write(
        request, lambda visitor_id: form.cafe.register(visitor_id=visitor_id, **data)
    )
    if is_new or registration.visitor_id == request.visitor_id:
        return registration.standing
    # Somebody else's sign-up stays unknown: tell what would have come of it for a new address.
    return form.cafe.would_get(data["wish"], data["people"])


def show_form(request, form: RegistrationForm, *, status: int):
    form.offer_what_helps()
    context = {"cafe": form.cafe, "form": form}
    response = htmx.respond(request, "events/cafe.html", "signup", context, status=status)
    if status == 503:
        response.headers["Retry-After"] = str(gate.RETRY_AFTER)
    return response


@require_safe
def registered(request, slug):
    """What came of a sign-up, for who sent it; the link to change it goes by mail only."""
    cafe = find_cafe(request, slug)
    standing = links.read_outcome(request.GET.get("u", ""), cafe, request.visitor_id)
    if standing is None:
        return redirect(cafe)
    return htmx.respond(request, "events/registered.html", "outcome", {"cafe": cafe, "standing": standing})


def find_cafe(request, slug: str) -> Cafe:
    """The café, as coordinators left it: kept, and a copy for each request, which counts anew. Raises Http404."""
    public = Cafe.objects.public()
    return copy(
        shared(f"cafe:{slug}", site_of(request).version, lambda: get_object_or_404(public, slug=slug))
    )


def form_of(request, cafe: Cafe, data=None) -> RegistrationForm:
    return RegistrationForm(data, cafe=cafe, lists=site_of(request).lists)
