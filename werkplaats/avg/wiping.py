"""Erasing oneself: the page that asks first, and the one that tells what was done."""

from collections import Counter
from typing import NamedTuple

from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import get_text_list
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from werkplaats.avg import erasing
from werkplaats.avg.your_data import Asking, ask_code
from werkplaats.people import earlier
from werkplaats.privacy.person import Words
from werkplaats.web.requests import Request
from werkplaats.words import number

SOMEBODY_ELSE = "Er is nog niets gewist: hier is intussen iemand anders. Dit gaat over wie er nu is. Lees het eerst."
CHOOSE = "Kies eerst wat er met je bijdragen gebeurt."
KINDS = {"posts": "bijdrage,bijdragen", "wensbeelden": "wensbeeld,wensbeelden", "ideas": "idee,ideeën"}
# What was done, in the order in which it is told: a count, what it is of, and what became of it.
DONE = (
    ("posts_gone", "bijdrage,bijdragen", "weg. De plek en de antwoorden van anderen bleven"),
    ("posts_stay", "bijdrage,bijdragen", "nog te lezen, zonder jouw naam"),
    ("wensbeelden_gone", "wensbeeld,wensbeelden", "weg"),
    ("wensbeelden_stay", "wensbeeld,wensbeelden", "nog te zien, zonder jouw naam"),
    ("ideas_gone", "idee,ideeën", "weg"),
    ("ideas_stay", "idee,ideeën", "nog te lezen, van niemand"),
    ("sign_ups", "aanmelding,aanmeldingen", "weg. Was je plaats nog vrij te geven, dan is die nu vrij"),
    ("thumbs_taken_back", "duimpje,duimpjes", "teruggenomen, omdat dat nog open was"),
    ("thumbs_unlinked", "duimpje,duimpjes", "losgemaakt van jou. Ze tellen nog mee"),
    ("votes_taken_back", "stem,stemmen", "teruggenomen, omdat de peiling nog open was"),
    ("votes_unlinked", "stem,stemmen", "losgemaakt van jou. Ze tellen nog mee"),
    ("stickers_taken_back", "sticker,stickers", "teruggenomen, omdat de ronde nog open was"),
    ("stickers_unlinked", "sticker,stickers", "losgemaakt van jou. Ze tellen nog mee"),
    ("reports", "melding,meldingen", "losgemaakt van jou"),
    ("addresses_at_posts", "keer je e-mailadres,keer je e-mailadres", "weg bij wat een ander onder jouw adres typte"),
    ("letters", "mail die klaarstond,mails die klaarstonden", "weg"),
    ("jobs", "taak die wachtte,taken die wachtten", "weg"),
    ("failed_mails", "mail die niet aankwam,mails die niet aankwamen", "weg"),
    ("told", "bericht over je inbreng,berichten over je inbreng", "weg"),
    ("accounts", "account,accounts", "weg"),
    ("sessions", "apparaat waarop je was ingelogd,apparaten waarop je was ingelogd", "uitgelogd"),
    ("audit", "regel in het logboek,regels in het logboek", "zonder jou"),
    ("wiped", "regel van de staf,regels van de staf", "weg"),
)


class Line(NamedTuple):
    what: str
    became: str


def done_lines(counts: dict[str, int]) -> list[Line]:
    return [Line(number(counts[key], words), became) for key, words, became in DONE if counts.get(key)]


def has_words(counts: Counter[str]) -> bool:
    """Whether there is something to choose about."""
    return bool(counts["posts"] or counts["wensbeelden"] or counts["ideas"])


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
@cache_control(private=True, no_store=True)
def wipe(request: Request) -> HttpResponse:
    asking = Asking.of(request)
    if asking.user and asking.stale:
        return ask_code(request, asking.user, request.path)
    counts = erasing.counted(asking.person)
    words = chosen(request.POST.get("woorden"), counts)
    if request.method == "POST" and asking.person and request.POST.get("van") != asking.mark:
        return ask(request, asking, counts, SOMEBODY_ELSE, status=409)
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
    context = {**told_before(counts), "asking": asking, "problem": problem}
    # What was done here before the log-in is nobody's until they say so, and would stay.
    context["earlier"] = earlier.held(request) if asking.user else None
    return render(request, "avg/wipe.html", context, status=status or (422 if problem else 200))
