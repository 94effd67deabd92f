"""Erasing oneself: the page that asks first, and the one that tells what was done."""

from collections import Counter
from typing import NamedTuple

from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import get_text_list
from django.views.decorators.http import require_http_methods

from werkplaats.avg import erasing
from werkplaats.avg.your_data import Asking, for_who_asks
from werkplaats.people import earlier
from werkplaats.privacy.models import ERASED
from werkplaats.privacy.person import Words
from werkplaats.web.requests import Request
from werkplaats.words import number

CHANGED = "Er is nog niets gewist: hier is intussen iemand anders, of er is iets veranderd. Lees het eerst."
NOBODY = (
    "Nu is er niets gewist, want je bent niet ingelogd. Log eerst in. Heb je net zelf alles gewist? Dan is het klaar."
)
CHOOSE = "Kies eerst wat er met je bijdragen gebeurt."
KINDS = {"posts": "bijdrage,bijdragen", "wensbeelden": "wensbeeld,wensbeelden", "ideas": "idee,ideeën"}
# What became of what was erased (`werkplaats.privacy.models.ERASED`), for who asked and for the staff.
BECAME = {
    "posts_gone": "weg. De plek en de antwoorden van anderen bleven",
    "posts_stay": "nog te lezen, zonder naam",
    "wensbeelden_gone": "weg",
    "wensbeelden_stay": "nog te zien, zonder naam",
    "ideas_gone": "weg",
    "ideas_stay": "nog te lezen, van niemand",
    "sign_ups": "weg. Een plaats die nog te geven was, is nu vrij",
    "thumbs_taken_back": "teruggenomen, omdat dat nog open was",
    "thumbs_unlinked": "van niemand meer. Ze tellen nog mee",
    "votes_taken_back": "teruggenomen, omdat de peiling nog open was",
    "votes_unlinked": "van niemand meer. Ze tellen nog mee",
    "stickers_taken_back": "teruggenomen, omdat de ronde nog open was",
    "stickers_unlinked": "van niemand meer. Ze tellen nog mee",
    "reports": "van niemand meer",
    "addresses_at_posts": "weg bij wat een ander onder dit adres typte",
    "letters": "weg",
    "jobs": "weg",
    "failed_mails": "weg",
    "told": "weg",
    "consulenten": "weg",
    "seats": "weg. Wat de tafel samen telde, telt nog mee",
    "accounts": "weg",
    "sessions": "uitgelogd",
    "audit": "zonder account",
    "wiped": "weg",
}


class Line(NamedTuple):
    what: str
    became: str


def done_lines(counts: dict[str, int]) -> list[Line]:
    return [Line(number(counts[key], words), BECAME[key]) for key, words in ERASED.items() if counts.get(key)]


def has_words(counts: Counter[str]) -> bool:
    """Whether there is something to choose about: what nobody can read now goes in any case."""
    return any(counts[f"{kind}_public"] for kind in KINDS)


def told_before(counts: Counter[str]) -> dict[str, object]:
    """The figures of the page that asks first: words that nobody can read now, and thumbs, votes and stickers."""
    hidden = [(counts[kind] - counts[f"{kind}_public"], words) for kind, words in KINDS.items()]
    return {
        "counts": counts,
        "has_words": has_words(counts),
        "hidden": get_text_list([number(count, words) for count, words in hidden if count], "en"),
        "hides_one": sum(count for count, _ in hidden) == 1,
        "gestures": counts["thumbs"] + counts["votes"] + counts["stickers"],
    }


def chosen(value: str | None, counts: Counter[str]) -> Words | None:
    """What they chose; without any words of theirs there is nothing to choose."""
    if not has_words(counts):
        return Words.GO
    return Words(value) if value in list(Words) else None


@require_http_methods(["GET", "HEAD", "POST"])
@for_who_asks
def wipe(request: Request, asking: Asking) -> HttpResponse:
    counts = erasing.counted(asking.person)
    words = chosen(request.POST.get("woorden"), counts)
    # The page of somebody may be pressed by nobody: after a log-out, or with a session that is over.
    if request.method == "POST" and not (asking.person and request.POST.get("van") == asking.mark(counts)):
        return ask(request, asking, counts, CHANGED if asking.person else NOBODY, status=409)
    if request.method != "POST" or words is None:
        problem = CHOOSE if request.method == "POST" else ""
        return ask(request, asking, counts, problem)
    try:
        row = erasing.erase(asking.person, words)
    except erasing.Refused as refused:
        return ask(request, asking, counts, str(refused), status=409)
    logout(request)  # the device forgets them too: see werkplaats.people.visitors
    return render(request, "avg/wiped.html", {"lines": done_lines(row.counts)})


def ask(request: Request, asking: Asking, counts: Counter[str], problem: str, status: int = 0) -> HttpResponse:
    context = {**told_before(counts), "asking": asking, "mark": asking.mark(counts), "problem": problem}
    # What was done here before the log-in is nobody's until they say so, and would stay.
    context["earlier"] = earlier.held(request) if asking.user else None
    return render(request, "avg/wipe.html", context, status=status or (422 if problem else 200))
