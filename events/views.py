"""The cafés, one café with its sign-up, and the page behind the link in the mail."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from events import ics, links
from events.forms import RegistrationForm
from events.models import Cafe, Registration
from events.places import Wish
from werkplaats import htmx, visitors
from werkplaats.context import site_of
from werkplaats.models import lists_of


@require_safe
def cafes(request):
    """All cafés: what is to come, then what has been."""
    found = list(Cafe.objects.public().with_counts())
    upcoming = [cafe for cafe in found if not cafe.is_past]
    past = [cafe for cafe in reversed(found) if cafe.is_past]
    return render(request, "events/cafes.html", {"upcoming": upcoming, "past": past})


@require_safe
def cafe(request, slug):
    cafe = find_cafe(slug)
    return render(request, "events/cafe.html", {"cafe": cafe, "form": form_of(request, cafe)})


@require_http_methods(["GET", "HEAD", "POST"])
def register(request, slug):
    """Signs up. The answer is the same whether or not the address was signed up already."""
    cafe = find_cafe(slug)
    if request.method != "POST":
        return redirect(f"{cafe.get_absolute_url()}#aanmelden")
    form = form_of(request, cafe, request.POST)
    if not form.is_valid():
        return show_form(request, cafe, form)
    visitor = visitors.writing(request)
    try:
        registration, is_new = cafe.register(visitor_id=visitor.pk, **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return show_form(request, cafe, form)
    standing = registration.standing
    if not is_new and registration.visitor_id != visitor.pk:
        # Somebody else's sign-up stays unknown: tell what would have come of it for a new address.
        standing = cafe.would_get(Wish(form.cleaned_data["wish"]))
    return redirect(links.outcome(cafe, standing, visitor.pk))


def show_form(request, cafe, form):
    return htmx.respond(request, "events/cafe.html", "signup", {"cafe": cafe, "form": form}, status=422)


@require_safe
def registered(request, slug):
    """What came of a sign-up, for who sent it; the link to change it goes by mail only."""
    cafe = find_cafe(slug)
    outcome = links.read_outcome(request.GET.get("u", ""), cafe, request.visitor_id)
    if outcome is None:
        return redirect(cafe)
    return htmx.respond(request, "events/registered.html", "outcome", {"cafe": cafe, "standing": outcome})


@cache_control(private=True, no_store=True)
@require_http_methods(["GET", "HEAD", "POST"])
def registration(request, slug, token):
    """One's own sign-up, by the link from the mail: GET shows, POST cancels."""
    registration = find_registration(slug, token)
    if registration is None:
        return render(request, "events/no_registration.html", status=404)
    if request.method == "POST":
        if not registration.cafe.has_begun:
            registration.cancel()
        return redirect(registration)
    context = {"registration": registration, "cafe": registration.cafe, "token": token}
    return render(request, "events/registration.html", context)


@cache_control(private=True, no_store=True)
@require_safe
def calendar(request, slug, token):
    registration = find_registration(slug, token)
    if registration is None:
        return render(request, "events/no_registration.html", status=404)
    return HttpResponse(
        ics.calendar(registration).to_ical(),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{ics.NAME}"'},
    )


def find_cafe(slug: str) -> Cafe:
    return get_object_or_404(Cafe.objects.public(), slug=slug)


def find_registration(slug: str, token: str) -> Registration | None:
    """What a link from a mail opens; None for any other link, whatever is wrong with it."""
    found = links.registration_id(slug, token)
    return found and Registration.objects.select_related("cafe").filter(pk=found, cafe__slug=slug).first()


def form_of(request, cafe: Cafe, data=None) -> RegistrationForm:
    return RegistrationForm(data, cafe=cafe, lists=lists_of(site_of(request)))
