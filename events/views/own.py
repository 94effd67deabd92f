"""One's own sign-up, opened by the link in the mail: seeing, changing and cancelling it, coming back, saying yes."""

from functools import wraps
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from events import around, gate, tokens
from events.calendars import ics, links
from events.forms import ChangeForm
from events.models import Registration
from events.models.confirmable import OTHER_WORDS, OldLink
from events.places import Seat
from werkplaats.models import User
from werkplaats.people import earlier
from werkplaats.site.context import site_of
from werkplaats.web import htmx
from werkplaats.web.addresses import whole_number
from werkplaats.web.audit import leaves_no_history
from werkplaats.web.typed import typed_in

# What the page says on top after a button was pressed, by the word in the address.
DONE = {
    "gewijzigd": "Je aanmelding is gewijzigd. Je krijgt er een mail over.",
    "zelfde": "Er is niets veranderd: zo was je al aangemeld.",
    "bewaard": "Bewaard.",
    "terug": "Je bent weer aangemeld.",
    "in-de-rij": "Je staat weer op de wachtlijst.",
    "ja": "De plaats is voor jou. Je krijgt er een mail over.",
    "te-laat": "Een ander zei net iets eerder ja. Je staat nog op de wachtlijst.",
    "niet-meer": "Dat kan niet meer.",
    "vast": "Dank je wel: je aanmelding is vast.",
}

# What the form asks besides the place.
WORDS = ("name", "role_id", "werkgebied_id", "wishes", "question")


def by_link(view):
    """Hands the view the registration that the link opens; all other links get the same answer."""

    @wraps(view)
    @cache_control(private=True, no_store=True)
    def opened(request, slug, token):
        registration = find_registration(slug, token)
        if registration is None:
            return gone(request)
        if registration.is_blocked:  # type: ignore[attr-defined]  # annotated just now
            context = {"cafe": registration.cafe, "typed": typed_in(request)}
            return render(request, "events/blocked.html", context, status=403)
        registration.mailed_to = registration.email
        if "version" in request.POST:
            registration.shown = whole_number(request.POST["version"])
        try:
            return view(request, registration)
        except (OldLink, Registration.DoesNotExist):  # erased since it was found
            return gone(request)

    return opened


def gone(request):
    """There is no such sign-up, any more or ever; what was typed to change it goes back."""
    return render(request, "events/no_registration.html", {"typed": typed_in(request)}, status=404)


def find_registration(slug: str, token: str) -> Registration | None:
    """The sign-up that a link from a mail opens; None for any other link, whatever is wrong with it.

    `is_blocked` says that the person of its address was deactivated: no link writes for them any more.
    """
    found = tokens.key_in(slug, token)
    rows = Registration.objects.telling_access().select_related("cafe__topic", "role", "werkgebied")
    row = rows.filter(key=found, cafe__slug=slug).first() if found else None
    return row if row and tokens.opens(token, row) else None


def pressed(verb):
    """A view for a button: `verb(request, registration)` acts and returns a word of DONE; then comes the page again."""

    @leaves_no_history
    @require_http_methods(["GET", "HEAD", "POST"])
    @by_link
    @wraps(verb)
    def view(request, registration):
        if request.method != "POST":
            return redirect(registration)
        try:
            with gate.cafes.through(registration.cafe):
                done = verb(request, registration)
        except ValidationError as error:
            problem, status = " ".join(error.messages), gate.status_of(error, 409)
            return show(request, registration, problem=problem, status=status)
        if registration.is_firm:
            # Who pressed had the mail, so the address is theirs. Nobody is logged in by it.
            User.objects.confirmed(registration.email)
        return redirect(page_after(registration, done))

    return view


def page_after(registration, done: str) -> str:
    """The page with what was done on top, also after a form further down.

    The words hold for this version only: going back in the browser after a next change shows nothing out of date.
    """
    return f"{registration.get_absolute_url()}?{done}={registration.version}#mijn-aanmelding"


@require_safe
@by_link
def registration(request, registration):
    version = str(registration.version)
    done = next((words for word, words in DONE.items() if request.GET.get(word) == version), "")
    return show(request, registration, done=done)


@pressed
def cancel(request, registration):
    if registration.cafe.has_begun:
        return "niet-meer"
    registration.cancel()
    return "afgemeld"


@pressed
def confirm(request, registration):
    """«Ik kom»"""
    cafe = registration.cafe
    # Once it has begun nobody gets a place by a mailed link any more.
    if not registration.is_coming or cafe.is_past or cafe.called_off_at or cafe.has_begun and not registration.seat:
        return "niet-meer"
    registration.confirm()
    return "vast" if registration.is_firm else "niet-meer"


@pressed
def come_back(request, registration):
    registration.come_back()
    return "terug" if registration.seat else "in-de-rij"


@pressed
def accept(request, registration):
    """The first who says yes has the place; saying it twice does no harm."""
    seat = request.POST.get("seat")
    if seat not in Seat:
        return "niet-meer"
    if registration.accept(seat):
        return "ja"
    cafe = registration.cafe
    if registration.is_coming and not registration.is_firm and cafe.is_ahead:
        raise ValidationError(OTHER_WORDS, code="shown")
    if seat == registration.seat and not cafe.called_off_at:
        return "ja"
    return "te-laat" if cafe.is_ahead and seat in registration.waits_for else "niet-meer"


@pressed
def also(request, registration):
    """Takes a free place of the other kind, for somebody who waits for one kind."""
    return "gewijzigd" if registration.take_also() else "zelfde"


@leaves_no_history
@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def change(request, registration):
    if request.method != "POST":
        return redirect(registration)
    lists = site_of(request).lists
    form = ChangeForm(request.POST, registration=registration, lists=lists)
    if not form.is_valid():
        return show(request, registration, form=form, status=422)
    before = registration.standing, registration.people, registration.is_firm
    try:
        with gate.cafes.through(registration.cafe):
            changed = registration.change(**form.place(), firm=True)
    except ValidationError as error:
        if getattr(error, "code", "") in ("shown", "closed", "often"):  # the form is not there any more
            fresh = ChangeForm(registration=registration, lists=lists, typed=still_typed(form))
            return show(request, registration, form=fresh, problem=error.message, status=409)
        if registration.is_firm:
            User.objects.confirmed(registration.email)
        form.add_error(None, error)
        return show(request, registration, form=form, status=gate.status_of(error, 422))
    User.objects.confirmed(registration.email)
    moved = (registration.standing, registration.people, registration.is_firm) != before
    return redirect(page_after(registration, "gewijzigd" if moved else "bewaard" if changed else "zelfde"))


def still_typed(form: ChangeForm) -> dict:
    """The words that were typed into an old page, also wrong ones: they stay in the form. The place is that of now."""
    words = {name: form.cleaned_data.get(name, form[name].value()) for name in WORDS if name in form.fields}
    return {name: value for name, value in words.items() if value}


def show(request, registration, *, form: ChangeForm | None = None, status: int = 200, **context):
    """The page; for htmx all that changes on it.

    A page that showed something else than it is now hears that first: what is wrong with the form is about a sign-up
    that was not on it, and with the new version in it the next press would say yes to that.
    """
    if status in (422, 503) and not registration.was_shown:
        typed = still_typed(form) if form else {}
        form = ChangeForm(registration=registration, lists=site_of(request).lists, typed=typed)
        context["problem"], status = OTHER_WORDS, 409
    cafe = registration.cafe
    form = form or ChangeForm(registration=registration, lists=site_of(request).lists)
    form.offer_what_helps()
    context |= {
        "typed": [] if registration.may_change else typed_in(request),
        "registration": registration,
        "cafe": cafe,
        "form": form,
        "token": tokens.token(registration),
        "way_in": around.way_in(cafe),
        "calendar_links": links.google_and_outlook(cafe, ics.location(registration)),
    }
    return gate.asks_to_wait(htmx.respond(request, "events/registration.html", "own", context, status=status))


@require_safe
@by_link
def calendar(request, registration):
    return HttpResponse(
        ics.calendar(registration).to_ical(),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{ics.NAME}"'},
    )


@require_safe
@cache_control(private=True, no_store=True)
def mine(request):
    """All sign-ups under a confirmed address, which was mailed these links too."""
    person = User.objects.proven(request.user)
    if person is None:
        login = reverse("account_login")
        return redirect(f"{login}?{urlencode({'next': request.path})}")
    rows = Registration.objects.filter(email=person.email).select_related("cafe")
    found = sorted(rows, key=lambda row: row.cafe.starts_at)
    context = {
        "upcoming": [row for row in found if not row.cafe.is_past],
        "past": [row for row in reversed(found) if row.cafe.is_past],
        "person": person,
        "earlier": earlier.held(request),
    }
    return render(request, "events/mine.html", context)
