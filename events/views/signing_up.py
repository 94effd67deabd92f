"""Signing up for a café, and the page that tells what came of it."""

from dataclasses import replace

from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from events import gate, tokens
from events.calendars import links
from events.forms import RegistrationForm
from events.models import Cafe, Registration
from events.places import Seat, Wish
from events.views.cafes import find_cafe, form_of
from werkplaats.people import visitors
from werkplaats.web import htmx
from werkplaats.web.audit import leaves_no_history


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
            outcome = sign_up(request, form)
    except ValidationError as error:
        form.add_error(None, error)
        return show_form(request, form, status=gate.status_of(error, 422))
    return htmx.redirect(request, tokens.outcome_url(cafe, request.visitor_id, outcome))


def sign_up(request, form: RegistrationForm) -> tokens.Outcome:
    data = form.place()
    registration, is_new = visitors.write(request, lambda visitor_id: form.cafe.register(visitor_id=visitor_id, **data))
    if is_new or registration.visitor_id == request.visitor_id:
        return tokens.Outcome(registration.standing, registration.people, tokens.mark_of(registration.pk))
    # Somebody else's sign-up stays unknown: tell what would have come of it for a new address.
    standing = form.cafe.would_get(data["wish"], data["people"])
    return tokens.Outcome(standing, data["people"], tokens.mark_of_a_stranger())


def show_form(request, form: RegistrationForm, *, status: int):
    form.offer_what_helps()
    context = {"cafe": form.cafe, "form": form}
    return gate.asks_to_wait(htmx.respond(request, "events/cafe.html", "signup", context, status=status))


@leaves_no_history
@require_http_methods(["GET", "HEAD", "POST"])
def registered(request, slug):
    """What came of a sign-up, as it stands now, for the browser that sent it; the link to change it goes by mail only.

    Its one button takes a free place of the other kind. Once the café has begun or is called off, its own page says so.
    """
    cafe = find_cafe(request, slug)
    outcome = tokens.read_outcome(request.GET.get("u", ""), cafe, request.visitor_id)
    if outcome is None or not cafe.is_ahead:
        return redirect(cafe)
    own = own_sign_up(request, cafe, outcome)
    outcome = as_it_stands(outcome, own)
    if request.method != "POST":
        return show_outcome(request, cafe, outcome)
    try:
        with gate.cafes.through():
            outcome = take_also(cafe, outcome, own)
    except ValidationError as error:
        return show_outcome(request, cafe, outcome, error)
    return redirect(tokens.outcome_url(cafe, request.visitor_id, outcome))


def own_sign_up(request, cafe: Cafe, outcome: tokens.Outcome) -> Registration | None:
    """The sign-up that this came of; None when it is somebody else's, which stays unknown."""
    rows = cafe.registrations.filter(visitor_id=request.visitor_id)
    return next((each for each in rows if tokens.mark_of(each.pk) == outcome.mark), None)


def as_it_stands(outcome: tokens.Outcome, own: Registration | None) -> tokens.Outcome:
    return replace(outcome, standing=own.standing, people=own.people) if own else outcome


def take_also(cafe: Cafe, outcome: tokens.Outcome, own: Registration | None) -> tokens.Outcome:
    if own is None:
        return replace(outcome, standing=cafe.would_get(Wish.BOTH, outcome.people))
    if own.is_coming:
        own.take_also()
    return as_it_stands(outcome, own)


def show_outcome(request, cafe: Cafe, outcome: tokens.Outcome, error: ValidationError | None = None):
    standing, people = outcome.standing, outcome.people
    context = {
        "cafe": cafe,
        "standing": standing,
        "pair": people > 1,
        # The address is not confirmed yet, so the link to take part online comes by mail.
        "calendar_links": links.google_and_outlook(cafe, cafe.room if standing.seat == Seat.ROOM else "Online"),
        "other": cafe.instead(standing, people),
        "problem": " ".join(error.messages) if error else "",
    }
    status = gate.status_of(error, 409) if error else 200
    return gate.asks_to_wait(render(request, "events/registered.html", context, status=status))
