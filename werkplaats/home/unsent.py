"""Gives back, after the log-in, what was sent to a page of the back office that is no form of the admin."""

from collections import Counter

from django.contrib import admin
from django.http import HttpResponse
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
    """What is kept for the place `voor`, to be sent with one press; to give it up is a press too.

    What decides about what was on a page is read and decided anew: of that only the words come back.
    """
    place = (request.POST or request.GET).get("voor", "")
    if not admin.site.has_permission(request):
        return unsent.log_in_first(request)
    sent = unsent.as_sent(unsent.read(request, place))
    if sent is None:
        return redirect("admin:index")
    if request.method == "POST":
        unsent.forget(request, place)
        return redirect(place if "terug" in request.POST else "admin:index")
    files = sent.pop(unsent.FILES, [])
    fields = [(name, value) for name, values in sent.lists() for value in values]
    context = {"fields": labelled(fields), "may_send": unsent.DECIDES not in sent, "place": place, "had_files": files}
    return render(request, "home/unsent.html", context)


def labelled(fields: list[tuple[str, str]]) -> list[tuple[str, str, str]]:
    """Each field with what its words are called, and with a number where there are more of that name."""
    found: list[tuple[str, str, str]] = []
    times: Counter[str] = Counter()
    for name, value in fields:
        label = LABELS.get(name.rpartition("-")[2], PLAIN)
        if " " in value:
            times[label] += 1
        number = f" ({times[label]})" if times[label] > 1 else ""
        found.append((name, value, f"{label}{number}"))
    return found
