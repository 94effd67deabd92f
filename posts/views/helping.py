"""The page that the mail to a helper opens: what waits, with a button to show it and the reasons to refuse it.

The link is the proof: it opens this page alone, and what is decided is decided by its helper. Opening it changes
nothing, so a scanner of mails may.
"""

from collections.abc import Callable
from functools import wraps

from django.core.paginator import Page, Paginator
from django.db.models import Case, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from posts.actions import helping
from posts.actions.helping import Outcome, Seen
from posts.queue import MOST_URGENT_FIRST, why_it_waits
from werkplaats.models import HelperLink
from werkplaats.moderation.forms import RemovalForm
from werkplaats.moderation.reasons import REMOVAL_REASONS
from werkplaats.versions import seen_in, states_in
from werkplaats.web.addresses import page_number, whole_number
from werkplaats.web.audit import leaves_no_history

A_PAGE = 20
ALONE = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}
SAID: dict[str, tuple[str, str]] = {
    Outcome.SHOWN: ("success", "Dank je! De bijdrage staat nu online."),
    Outcome.STAYS: ("success", "Dank je! De bijdrage blijft staan."),
    Outcome.REFUSED: (
        "success",
        "Dank je! Niemand ziet de bijdrage nu. Heeft de schrijver een bevestigd adres? Dan mailen we de reden.",
    ),
    Outcome.APART: (
        "success",
        "Dank je! De bijdrage is voorgoed uit het zicht. De schrijver leest waarom, en waar er hulp is.",
    ),
    Outcome.SETTLED: ("info", "Over die bijdrage is al besloten. Je hoeft er niets meer mee te doen."),
    Outcome.CHANGED: (
        "warning",
        "De bijdrage of de vraag is intussen veranderd, of er is iets gemeld. Er is niets besloten: lees nog eens.",
    ),
}


def alone(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The address opens the page: nothing keeps it, nobody is told of it, no search engine lists it."""

    @wraps(view)
    def guarded(request: HttpRequest, token: str) -> HttpResponse:
        response = view(request, token)
        for name, value in ALONE.items():
            response.headers[name] = value
        return response

    return guarded


# `helping.decide` tells who did it; without a Referer Django would refuse the form.
@leaves_no_history
@csrf_exempt
@alone
@require_http_methods(["GET", "HEAD", "POST"])
def help_out(request, token):
    link = HelperLink.objects.find(token)
    if link is None or not link.is_alive:
        done = bool(link and link.helps and link.done_at)
        context = {"done": done, "typed": typed_by_hand(request)}
        return render(request, "posts/helping/gone.html", context, status=200 if done else 410)
    return decided(request, link) if request.method == "POST" else show(request, link)


def decided(request, link: HelperLink) -> HttpResponse:
    """Carries out a press on a button, and leads back to the top of the page, where what came of it stands."""
    pk, reason = whole_number(request.POST.get("bijdrage", "")), ""
    about_child = request.POST.get("besluit") == "kind"
    if request.POST.get("besluit") not in ("tonen", "kind"):
        form = RemovalForm(request.POST)
        if not form.is_valid():
            return show(request, link, form=form, about=pk, status=422)
        reason = form.cleaned_data["whole"]
    seen = Seen(seen_in(request.POST).get(pk, 0), states_in(request.POST).get(pk, 0))
    outcome = helping.decide(pk, link.user, seen, reason, about_child=about_child)
    if outcome in (Outcome.SETTLED, Outcome.CHANGED) and typed_by_hand(request):
        return show(request, link, came=outcome, about=pk, status=409)
    place = f"&bijdrage={pk}#bijdrage-{pk}" if outcome == Outcome.CHANGED else ""
    return redirect(f"{request.path}?gedaan={outcome}{place}")


def typed_by_hand(request) -> list[str]:
    """A reason in own words, which a button that does nothing any more gives back."""
    return [words] if (words := request.POST.get("words", "").strip()) else []


def show(
    request, link: HelperLink, *, form: RemovalForm | None = None, came: str = "", about: int = 0, status: int = 200
):
    """The page; with what is wrong with a reason about the post `about`, or why what was typed about it was no use."""
    said = came or (request.GET.get("gedaan", "") if not form else "")
    changed = (about or whole_number(request.GET.get("bijdrage", ""))) if said == Outcome.CHANGED else 0
    page = page_of(request, first=about or changed)
    context = {
        "helper": link.user.name,
        "page": page,
        "rest": max(0, page.paginator.count - page.end_index()),
        "items": [(post, helping.seen_of(post), why_it_waits(post), helping.stays(post)) for post in page],
        "reasons": REMOVAL_REASONS,
        "said": SAID.get(said),
        "typed": typed_by_hand(request) if came else [],
        "changed": changed,
        "form": form,
        "about": about,
    }
    return render(request, "posts/helping/page.html", context, status=status)


def page_of(request, *, first: int) -> Page:
    """One of the pages of what waits; the post that something is to be said about stands on top, wherever it was."""
    on_top = Case(When(pk=first, then=0), default=1)
    pages = Paginator(helping.listed().order_by(on_top, *MOST_URGENT_FIRST), A_PAGE)
    return pages.page(page_number(request.GET.get("pagina"), pages.num_pages))
