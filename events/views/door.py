"""On the day, at the door, on a phone: ticking who came, by name or by the code on their page. For staff only."""

import unicodedata
from urllib.parse import urlencode

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from events import retention, tokens
from events.models import Cafe, Registration
from werkplaats.fields import clean_text
from werkplaats.people import staff
from werkplaats.privacy.models import Look, Looked
from werkplaats.web import htmx, only_post

LONGEST = 60  # characters of a name to look for


def for_staff(view):
    """Lets in staff who may change sign-ups; what they see stays in no cache."""
    return cache_control(private=True, no_store=True)(staff.only("events.change_registration")(view))


@require_safe
@for_staff
def door(request, slug):
    return show(request, get_object_or_404(Cafe, slug=slug), request.GET.get("q", ""))


@for_staff
@only_post.only("events:door", "slug")
def tick(request, slug, pk):
    """Ticks that somebody came, or takes the tick away; twice is once."""
    cafe = get_object_or_404(Cafe, slug=slug)
    registration = get_object_or_404(cafe.registrations.coming(), pk=pk)
    mark(request, registration)
    asked = request.POST.get("q", "")
    if htmx.wants_fragment(request):
        return show(request, cafe, asked, ticked=pk)
    query = f"?{urlencode({'q': asked})}" if asked else ""
    return redirect(f"{reverse('events:door', args=[slug])}{query}#mens-{pk}")


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def check_in(request, slug, token):
    """The person whose code this is, with a button: looking at the page ticks nothing."""
    rows = Registration.objects.select_related("cafe")
    registration = get_object_or_404(rows, key=tokens.entry_key(slug, token), cafe__slug=slug)
    if request.method == "POST":
        if registration.is_coming:
            mark(request, registration)
        return redirect(request.path)
    Look.note(request.user, Looked.SIGN_UPS, f"aanmelding {registration.pk}, bij de deur", 1)
    return render(request, "events/check_in.html", {"registration": registration, "cafe": registration.cafe})


def mark(request, registration: Registration) -> None:
    """Does what the button says, if it is one of ours."""
    by = {"ja": request.user, "nee": None}
    if request.POST.get("came") in by:
        registration.check_in(by=by[request.POST["came"]])


def show(request, cafe: Cafe, asked: str, *, ticked: int | None = None):
    """The list, or for htmx what changes of it."""
    asked = clean_text(asked[:LONGEST], multiline=False)
    coming = sorted(cafe.registrations.coming(), key=lambda row: (plain(row.name), row.pk))
    people = [row for row in coming if plain(asked) in plain(row.name)]
    Look.note(request.user, Looked.SIGN_UPS, f"café {cafe.pk}, bij de deur", len(coming))
    context = {
        "cafe": cafe,
        "asked": asked,
        "people": people,
        "seated": [row for row in people if row.seat],
        "waiting": [row for row in people if not row.seat],
        "expected": sum(row.people for row in coming if row.seat),
        "came": sum(row.people for row in coming if row.seat and row.came_at),
        "besides": sum(row.people for row in coming if not row.seat and row.came_at),
        "ticked": ticked,
        "wiped": retention.told_of_counts(cafe),
    }
    return htmx.respond(request, "events/door.html", "list", context)


def plain(name: str) -> str:
    """Without capitals and accents, which nobody types in a hurry."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
