"""A consulent's page to invite from, by the link in a mail or by a log-in. Opening it changes nothing."""

from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from inviting import reading, tokens
from inviting.actions import mondays
from inviting.models import Consulent, Monday
from inviting.reaching import without_addresses
from posts.models import Question
from werkplaats import qr
from werkplaats.fields import NameField
from werkplaats.invited.models import Kind
from werkplaats.models import User
from werkplaats.web.audit import leaves_no_history

own_page = cache_control(private=True, no_store=True)
methods = require_http_methods(["GET", "HEAD", "POST"])
SAID = {
    "ja": "Fijn! Je krijgt de mail op {weekday}.",
    "uit": "De mail is uit. Uitnodigen kan hier altijd.",
    "mist": "Dank je wel. De coördinator kijkt ernaar.",
}


class SuggestionForm(forms.Form):
    """Which group is missed. Nothing by which one reaches a person fits in it."""

    name = NameField(
        label="Welke groep of welk overleg missen we nog?",
        max_length=120,
        validators=[without_addresses],
        help_text="Geen namen van mensen. Het gaat zonder jouw naam naar de coördinator.",
        error_messages={"required": "Schrijf welke groep of welk overleg."},
    )


@own_page
@methods
def mine(request):
    """Of who is logged in."""
    consulent = Consulent.objects.of(request.user) if User.objects.proven(request.user) else None
    if consulent:
        return answer(request, consulent)
    if request.user.is_authenticated:
        raise Http404
    return redirect(f"{reverse('account_login')}?{urlencode({'next': request.path})}")


@own_page
@methods
def mailed(request, token):
    """By the key in a mail, which opens this page alone, also while somebody else is logged in here."""
    consulent = tokens.read(token)
    if consulent is None:
        return render(request, "inviting/gone.html", status=404)
    if request.method == "POST" and request.POST.get("doe") == "ja":
        consulent.user.prove()  # who opened it reads the mail of that address
    return answer(request, consulent, token)


def answer(request, consulent: Consulent, token: str = "") -> HttpResponse:
    """The page; or what was pressed on it, which leads back to it. Twice is once."""
    if request.method != "POST":
        return show(request, consulent, token)
    said = request.POST.get("doe", "")
    if said == "ja":
        consulent.agree()
    elif said == "uit":
        consulent.stop()
    return redirect(f"{address(token)}?gezegd={said}" if said in SAID else address(token))


@own_page
@methods
@leaves_no_history  # nobody reads back who said so
def suggest(request, token=""):
    """Whom they miss. Opened by itself it leads to the page that it is sent from."""
    consulent = tokens.read(token) if token else Consulent.objects.of(request.user)
    if consulent is None:
        raise Http404
    if request.method != "POST":
        return redirect(address(token))
    form = SuggestionForm(request.POST)
    if not form.is_valid():
        return show(request, consulent, token, form=form, status=422)
    mondays.suggest(form.cleaned_data["name"])
    return redirect(f"{address(token)}?gezegd=mist#missen")


def address(token: str) -> str:
    return reverse("inviting:mailed", args=[token]) if token else reverse("inviting:mine")


def show(request, consulent: Consulent, token: str, form: SuggestionForm | None = None, status: int = 200):
    monday, question = Monday.objects.load(), Question.objects.current()
    kind = Kind.asked(request.GET.get("soort"))
    is_off, gets_mail = consulent.is_off, consulent.gets_mail
    # An address says only what is so: it may be an old one.
    so = {"ja": gets_mail, "uit": is_off, "mist": True}
    asked = request.GET.get("gezegd", "")
    said = SAID[asked] if so.get(asked) else ""
    context = {
        "consulent": consulent,
        "monday": monday,
        "question": question,
        "kinds": [(each, name, each == kind) for each, name in reading.FOR_WHOM.items()],
        "text": question and reading.text_of(consulent, kind, question, monday),
        "link": settings.SITE_URL + consulent.link.path(kind),
        "qr": qr.svg(settings.SITE_URL + consulent.link.path(kind)),
        "missed": question and reading.whom_we_miss(question),
        "brought": reading.this_month(),
        "gets_mail": gets_mail,
        "is_off": is_off,
        "form": form or SuggestionForm(),
        "address": address(token),
        "suggest": reverse("inviting:suggest_mailed", args=[token]) if token else reverse("inviting:suggest"),
        "said": said.format(weekday=monday.get_weekday_display()),
        "thanks": asked == "mist",
    }
    return render(request, "inviting/own.html", context, status=status)
