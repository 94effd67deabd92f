"""Gives back, after the log-in, what was sent to a page of the back office that is no form of the admin."""

from collections import Counter

from django.contrib import admin
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from werkplaats.web import unsent
from werkplaats.web.requests import Request

PLAIN = "Wat je schreef"
LABELS = {
    "text": "Tekst",
    "tekst": "Tekst",
    "woorden": "Wat er is getypt",
    "regel": "Wat er is getypt",
    "hoorden": "Wat we hoorden",
    "subject": "Onderwerp",
    "name": "Naam",
    "naam": "Naam",
    "nieuwe_naam": "Naam",
    "titel": "Titel",
    "waarom": "Waarom",
    "bedoeld": "Wat er is bedoeld",
    "antwoord": "Antwoord",
    "overleg": "Overleg",
    "alt": "Wat zie je?",
    "rendering": "In het Nederlands",
    "reason": "Reden",
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsent_form(request: Request) -> HttpResponse:
    """What is kept for the place `voor`: plain words are sent with one press, of all else the words come back.

    To give it up is a press too. It is sent once: whoever comes back reads that nothing is left.
    """
    place = (request.POST or request.GET).get(unsent.PLACE, "")
    if not admin.site.has_permission(request):
        return unsent.log_in_first(request)
    sent = unsent.as_sent(unsent.read(request, place)) if unsent.at(place) else None
    if request.method != "POST":
        return show(request, sent, place)
    if unsent.AGAIN in request.POST:
        return send(request, sent, place)
    unsent.forget(request, place)
    return redirect(place if sent and "terug" in request.POST else "admin:index")


def send(request: Request, kept: QueryDict | None, place: str) -> HttpResponse:
    """Has the browser send it to its place. What was sent from here before is shown, and not sent another time."""
    if kept is None or not unsent.may_send(place):
        return show(request, request.POST.copy(), place, was_sent=kept is None)
    unsent.forget(request, place)
    return redirect(place, preserve_request=True)


def show(request: Request, sent: QueryDict | None, place: str, *, was_sent: bool = False) -> HttpResponse:
    fields = sent or QueryDict(mutable=True)
    files = fields.pop(unsent.FILES, [])
    context = {
        "fields": labelled([(name, value) for name, values in fields.lists() for value in values]),
        "may_send": unsent.may_send(place) and not was_sent,
        "place": place if unsent.at(place) else "",
        "had_files": files,
        "is_left": sent is not None and not was_sent,
    }
    return render(request, "home/unsent.html", context)


def labelled(fields: list[tuple[str, str]]) -> list[tuple[str, str, str]]:
    """Each text with what it is called, and with a number where there are more of that name; "" for what is no text."""
    found: list[tuple[str, str, str]] = []
    times: Counter[str] = Counter()
    for name, value in fields:
        label = LABELS.get(name.rpartition("-")[2], PLAIN) if unsent.is_text(name, value) else ""
        times[label] += 1
        number = f" ({times[label]})" if label and times[label] > 1 else ""
        found.append((name, value, f"{label}{number}"))
    return found
