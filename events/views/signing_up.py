"""Signing up for a café. Whoever signs up whichever address gets the same answer: the rest is told by mail."""

from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_safe

from events import gate
from events.forms import RegistrationForm
from events.models import Registration
from events.views.cafes import find_cafe, form_of
from werkplaats.invited import via
from werkplaats.invited.models import Act
from werkplaats.models import User
from werkplaats.people import visitors
from werkplaats.site.context import site_of
from werkplaats.web import htmx
from werkplaats.web.audit import leaves_no_history
from werkplaats.web.cookies import SignedCookie
from werkplaats.web.typed import typed_in

TOO_MANY = 429
OTHER_CAFE = "Er is intussen iets veranderd aan dit café. Kijk of het zo klopt, en druk dan nog een keer."
# Which café somebody signed up for in this browser just now, whatever came of it.
SIGNED_UP = SignedCookie("aangemeld", salt="events.signed_up", max_age=3600, of_person=True)


@leaves_no_history
@require_http_methods(["GET", "HEAD", "POST"])
def register(request, slug):
    """Signs up. Only who is logged in with the very address that they sign up sees at once what came of it."""
    cafe = find_cafe(request, slug)
    if request.method != "POST":
        return redirect(f"{cafe.get_absolute_url()}#aanmelden")
    form = form_of(request, cafe, request.POST)
    valid = form.is_valid()
    if request.POST.get("shown", cafe.asked_about) != cafe.asked_about:
        form.add_error(None, OTHER_CAFE)
        return show_form(request, form, status=409, asks_again=True)
    if not valid:
        return show_form(request, form, status=422)
    try:
        with gate.cafes.through(cafe):
            registration, is_own, is_new = sign_up(request, form)
    except ValidationError as error:
        return refuse(request, form, error)
    if is_new and via.typed(request):
        via.count(request, Act.SIGNED_UP)
    answer = htmx.redirect(request, registration.get_absolute_url() if is_own else registered_url(cafe))
    SIGNED_UP.write(answer, cafe.pk)
    return answer


def sign_up(request, form: RegistrationForm) -> tuple[Registration, bool, bool]:
    """The sign-up, whether who sent it proved that the address is theirs, and whether it is new."""
    data = form.place()
    person = User.objects.proven(request.user)
    firm = person is not None and person.email == data["email"]
    registration, is_new = visitors.write(
        request, lambda visitor_id: form.cafe.register(visitor_id=visitor_id, firm=firm, **data)
    )
    return registration, firm, is_new


def refuse(request, form: RegistrationForm, error: ValidationError):
    """The form again, with what was typed."""
    if getattr(error, "code", "") == "brake":
        form.add_error(None, group_of(request))
        return show_form(request, form, status=TOO_MANY)
    form.add_error(None, error)
    return show_form(request, form, status=gate.status_of(error, 422))


def group_of(request):
    """Whom to ask who signs up many, in a sentence."""
    address = site_of(request).contact_email
    where = format_html('<a href="mailto:{0}">{0}</a>', address) if address else "de organisatie"
    return format_html("Je meldde al meer mensen aan. Meld een groep aan bij {}.", where)


def registered_url(cafe) -> str:
    return f"{cafe.get_absolute_url()}aangemeld/"


def show_form(request, form: RegistrationForm, *, status: int, **context):
    form.offer_what_helps()
    context |= {"cafe": form.cafe, "form": form, "via": via.field(request)}
    context["typed"] = [] if form.cafe.is_open else typed_in(request)
    return gate.asks_to_wait(htmx.respond(request, "events/cafe.html", "signup", context, status=status))


@require_safe
def registered(request, slug):
    """What everyone reads who signed up: it knows nobody. Who did not just sign up here is led to the café."""
    cafe = find_cafe(request, slug)
    if SIGNED_UP.read(request) != cafe.pk or not cafe.is_ahead:
        return redirect(cafe)
    return render(request, "events/registered.html", {"cafe": cafe})
