"""What somebody sent in a form while their log-in was over: kept until they are back, and for them alone.

It lies in the session, by the place that it was meant for: the new one that the browser gets, which the log-in takes
over. A form of the back office names whose it is (`field`), because all cookies may be gone. Who logs in as another on
that browser gets nothing, and it is dropped. Codes, confirmations and the bytes of files are never kept.
"""

import time
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.admin import ActionLocation
from django.contrib.auth.signals import user_logged_in
from django.contrib.auth.views import redirect_to_login
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import Resolver404, ResolverMatch, resolve, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from werkplaats.web import typed
from werkplaats.web.cookies import key_of

KEPT = "niet-bewaard"  # in the session
WHOSE = "_van"  # the field of a form that tells whose page it stood on
SIGNER = Signer(salt="werkplaats.unsent")
A_DAY = 24 * 3600  # seconds
MOST_PLACES, MOST_CHARACTERS = 5, 300_000  # of one session
PLACE, AGAIN = "voor", "_opnieuw"  # fields of the page that gives back: for which place, and whether it is sent again
SECRET = ("csrfmiddlewaretoken", WHOSE, PLACE, AGAIN, "code", "password", "credential")
# What may be sent again with one press: plain words of which nobody gets a mail, and that can be changed afterwards. Of
# all else the words come back alone: what was on the page is read and decided anew.
PLAIN_WORDS = frozenset(
    f"plan:{name}"
    for name in ("lines", "correct", "begin_meeting", "hear", "link", "reword", "add_sentence", "add_chapter")
)
# Fields of staff in which one word is a text too, and those in which many words are none of theirs.
TEXTS = typed.TEXTS | {"alt", "naam", "nieuwe_naam", "rendering", "subject", "titel", "waarom"}
SHOWN = frozenset(["stond"])
STILL_THERE = "Je was uitgelogd. Wat je typte is er nog: log in, dan staat het weer klaar."
NOTHING_DONE = "Je was uitgelogd. Er is niets bewaard of veranderd: log in, en doe het dan opnieuw."
SAVES = ("_save", "_continue", "_addanother")
FILES = "_bestanden"  # the names of the fields in which a file came, which has to be chosen again


def field(user: Any) -> SafeString:
    """The hidden field that tells whose page a form stands on."""
    key = key_of(user)
    return format_html('<input type="hidden" name="{}" value="{}">', WHOSE, SIGNER.sign(key)) if key else SafeString()


def whose(request: HttpRequest) -> str | None:
    """Whose page the form stood on that was sent; None when it does not say so, or not in our hand."""
    try:
        return str(SIGNER.unsign(request.POST.get(WHOSE, "")))
    except BadSignature:
        return None


def put(request: HttpRequest, place: str, fields: dict[str, Any], of: str | None = None) -> None:
    """Keeps these for a place; of a person, or of whoever comes there with this session. The oldest makes room."""
    kept = {name: each for name, each in request.session.get(KEPT, {}).items() if name != place}
    kept[place] = {"of": of, "at": time.time(), "fields": fields}
    while len(kept) > MOST_PLACES or (len(kept) > 1 and len(str(kept)) > MOST_CHARACTERS):
        del kept[next(iter(kept))]
    request.session[KEPT] = kept


def read(request: HttpRequest, place: str) -> dict[str, Any] | None:
    """What is kept for this place, for who is logged in now; None when there is nothing, or it is a day old."""
    found = request.session.get(KEPT, {}).get(place)
    if not found or found["at"] < time.time() - A_DAY or found["of"] not in (None, key_of(request.user)):
        return None
    fields: dict[str, Any] = found["fields"]
    return fields


def forget(request: HttpRequest, place: str) -> None:
    if place in request.session.get(KEPT, {}):
        request.session[KEPT] = {name: each for name, each in request.session[KEPT].items() if name != place}


# What a form sent.


def keep_form(request: HttpRequest) -> bool:
    """Keeps what was sent, when it says whose it is and there is something typed in it. Returns whether it did."""
    of = whose(request)
    sent = {name: values for name, values in request.POST.lists() if name not in SECRET}
    is_short = sum(len(value) for values in sent.values() for value in values) <= MOST_CHARACTERS
    if of is None or not is_short or not (saves_a_form(request) or has_words(sent)):
        return False
    if request.FILES:
        sent[FILES] = sorted(request.FILES)
    put(request, place_of(request), sent, of)
    return True


def has_words(sent: dict[str, list[Any]]) -> bool:
    return any(is_text(name, value) for name, values in sent.items() for value in values)


def is_text(name: str, value: str) -> bool:
    """Whether somebody typed this: words, or one word where that is a text. What a button says is none."""
    last = name.rpartition("-")[2]
    return not name.startswith("_") and last not in SHOWN and typed.is_text(last, value, TEXTS)


def place_of(request: HttpRequest) -> str:
    """The place that the form was meant for: its own, or that which the page names that gives it back."""
    place = request.POST.get(PLACE, "")
    return place if request.path == reverse("unsent") and at(place) else request.path


def at(place: str) -> ResolverMatch | None:
    """What stands at this place on our site; None when nothing does."""
    try:
        return None if place.startswith("//") else resolve(place)
    except Resolver404:
        return None


def may_send(place: str) -> bool:
    """Whether what was meant for this place may be sent again with one press."""
    match = at(place)
    return match is not None and match.view_name in PLAIN_WORDS


def saves_a_form(request: HttpRequest) -> bool:
    """Whether a form of the admin was sent to be saved: its own page offers it again. Not for its actions."""
    acts = request.POST.get(f"{ActionLocation.CHANGE_FORM.value}-action")
    return offers(request) and (any(name in request.POST for name in SAVES) or not acts)


def offers(request: HttpRequest) -> bool:
    match = request.resolver_match
    return bool(match and match.app_name == "admin" and (match.url_name or "").endswith(("_change", "_add")))


def form_of(request: HttpRequest) -> QueryDict | None:
    """What is kept of the form on this page, as it was sent."""
    return as_sent(read(request, request.path))


def as_sent(fields: dict[str, Any] | None) -> QueryDict | None:
    if fields is None:
        return None
    sent = QueryDict(mutable=True)
    for name, values in fields.items():
        sent.setlist(name, values)
    return sent


def way_back(request: HttpRequest, kept: bool) -> str:
    """Where who logs in goes on: to the form itself, or to the page that gives back what was typed."""
    if kept and not offers(request):
        return f"{reverse('unsent')}?{urlencode({PLACE: place_of(request)})}"
    return request.get_full_path()


def log_in_first(request: HttpRequest) -> HttpResponse:
    """To the log-in of the back office, and back; with what was sent kept for who sent it. The log-in says which."""
    kept = request.method == "POST" and keep_form(request)
    if request.method == "POST":
        messages.info(request, STILL_THERE if kept else NOTHING_DONE)
    return redirect_to_login(way_back(request, kept), reverse("admin:login"))


def on_again(request: HttpRequest) -> HttpResponse | None:
    """For a form of the back office whose token was old: where to go on with what was sent; None for other forms."""
    of, here = whose(request), key_of(request.user)
    if of is None or here not in (None, of) or not keep_form(request):
        return None
    return redirect(way_back(request, True)) if here else log_in_first(request)


def is_of_another(request: HttpRequest) -> bool:
    """Whether the form stood on the page of another than who is logged in now."""
    return key_of(request.user) is not None and whose(request) not in (None, key_of(request.user))


def _logged_in(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """What another typed is nobody's here any more."""
    kept = request.session.get(KEPT)
    if kept:
        request.session[KEPT] = {name: each for name, each in kept.items() if each["of"] == key_of(user)}


def connect_signals() -> None:
    user_logged_in.connect(_logged_in, dispatch_uid="web.unsent")
