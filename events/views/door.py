"""On the day, at the door, on a phone: ticking who came, by name or by the code on their page. For staff only."""

from urllib.parse import urlencode

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import reswap, retarget

from events import retention, tokens
from events.models import Cafe, Registration
from werkplaats.fields import clean_text
from werkplaats.people import staff
from werkplaats.privacy.models import Look, Looked
from werkplaats.web import htmx, only_post

LONGEST = 60  # characters of a name to look for
# Names on the page: of a hall that is larger, one looks for a name.
MOST, MOST_FOUND = 500, 50


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
    was = registration.seat
    mark(request, registration)
    asked = request.POST.get("q", "")
    if htmx.wants_fragment(request):
        registration.refresh_from_db()
        # Who waited and got a place stands in another list now.
        moved = registration.seat != was
        return show(request, cafe, asked, ticked=pk) if moved else show_one(request, registration, asked)
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
    """The list, or for htmx what changes of it: the first names of those that were asked."""
    asked = clean_text(asked[:LONGEST], multiline=False)
    coming = cafe.registrations.coming()
    found, counts = coming.called(asked), coming.at_the_door()
    people = list(found[: MOST_FOUND if asked else MOST])
    Look.note(request.user, Looked.SIGN_UPS, f"café {cafe.pk}, bij de deur", counts["rows"])
    context = {
        "cafe": cafe,
        "asked": asked,
        "people": people,
        "found": found.count() if asked else counts["rows"],
        "seated": [row for row in people if row.seat],
        "waiting": [row for row in people if not row.seat],
        "counts": counts,
        "ticked": ticked,
        "wiped": retention.told_of_counts(cafe),
    }
    answer = htmx.respond(request, "events/door.html", "list", context)
    return reswap(retarget(answer, "#lijst"), "outerHTML") if ticked else answer


def show_one(request, registration: Registration, asked: str):
    """Who was just ticked, and how many are there now: a hall has hundreds of others."""
    context = {
        "cafe": registration.cafe,
        "person": registration,
        "asked": asked,
        "ticked": registration.pk,
        "counts": registration.cafe.registrations.coming().at_the_door(),
    }
    return htmx.vary(render(request, "events/door.html#one", context))
