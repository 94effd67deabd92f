"""Logging in and out, and the question about what was written on this browser before.

The pages are allauth's, with what it cannot know of this site: a device that others use too.
"""

from typing import cast
from urllib.parse import urlencode

from allauth.account import views as account
from allauth.account.adapter import get_adapter
from allauth.account.internal.stagekit import LOGIN_SESSION_KEY, get_pending_stage
from allauth.account.utils import get_login_redirect_url
from allauth.mfa.base import views as mfa
from django.contrib import auth, messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from werkplaats.accounts.forms import RememberForm
from werkplaats.people import earlier as before
from werkplaats.people.models import User
from werkplaats.web.requests import Request, View

TYPED = "getypt"  # in the session: which log-in under way began with an address that was typed here
EXPIRED = "Inloggen duurde te lang: je code werkt niet meer. Vul je adres in, dan mailen we je een nieuwe."
WORDS = "woorden"  # in the session: which log-in under way proves the address of what was written, and those words


def login(request: HttpRequest) -> HttpResponseBase:
    """Who asks for a code while one is under way gets a new one, and a session without a proven address proves one:
    nobody is sent round in a circle.
    """
    if request.user.is_authenticated and User.objects.proven(request.user):
        return redirect(get_login_redirect_url(request))
    if request.method == "POST" and request.user.is_authenticated:
        request.session.flush()
        request.user = AnonymousUser()
    answer: HttpResponseBase = account.request_login_code(request)
    if request.method == "POST" and answer.status_code == 302:
        request.session[TYPED] = under_way(request)
    return answer


def confirm_code(request: HttpRequest) -> HttpResponseBase:
    """Shows the address only to who typed it: a code for a contribution goes to what its writer filled in."""
    typed = under_way(request) == request.session.get(TYPED)
    answer = telling_when_expired(request, account.confirm_login_code)
    context = getattr(answer, "context_data", None)
    if not typed and context is not None:
        context |= {"email": "", "words": words_of(request)}
    return answer


def telling_when_expired(request: HttpRequest, view: View) -> HttpResponseBase:
    """What the view of a step answers. When the log-in was over, who is led back to the first step hears why, and goes
    on to where they wanted to go. Not who opens the page of a step without ever having begun.
    """
    begun, told = under_way(request), len(messages.get_messages(request))
    answer = view(request)
    if answer.headers.get("Location") not in (reverse("account_login"), reverse("account_request_login_code")):
        return answer
    if (begun or request.method == "POST") and len(messages.get_messages(request)) == told:
        messages.error(request, EXPIRED)
    onward = request.POST.get("next") or request.GET.get("next")
    return redirect(f"{reverse('account_login')}?{urlencode({'next': onward})}") if onward else answer


def words_of(request: HttpRequest) -> str:
    """What the code of the log-in under way will put online; empty for any other log-in."""
    begun, words = request.session.get(WORDS, (None, ""))
    return str(words) if begun == under_way(request) else ""


def under_way(request: HttpRequest) -> float | None:
    """Which log-in this is: the moment at which it began."""
    begun: float | None = request.session.get(LOGIN_SESSION_KEY, {}).get("initiated_at")
    return begun


def second_factor(request: HttpRequest) -> HttpResponseBase:
    """Asks staff here whether the log-in may outlive the browser: by now they are known to be staff."""
    answer = telling_when_expired(request, mfa.authenticate)
    stage = getattr(request, "_login_stage", None)
    if stage and stage.login.user.is_staff and (context := getattr(answer, "context_data", None)):
        sent = request.POST or None
        context["remember"] = {each: RememberForm(sent, auto_id=f"{each}-%s") for each in ("code", "key")}
    return answer


def logout(request: HttpRequest) -> HttpResponseBase:
    """Leaves the device clean for the next one. Who is halfway into logging in only stops that."""
    if request.method != "POST" or get_pending_stage(request):
        answer: HttpResponseBase = account.logout(request)
        return answer
    return leave(request)


def leave(request: HttpRequest) -> HttpResponse:
    """Logs out. The page is an answer to the button, so that no link can clear what somebody is typing."""
    auth.logout(request)
    return render(request, "account/left.html")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def earlier(request: Request) -> HttpResponse:
    """«Was jij dat?» Yes counts for what was on the page: if that changed meanwhile, it is shown and asked again."""
    user = cast(User, request.user)  # login_required saw to it
    url = request.POST.get("next") or request.GET.get("next") or ""
    onward = url if get_adapter().is_safe_url(url) else resolve_url("home")
    answer = request.POST.get("antwoord")
    if answer == "nee":
        before.refuse(request)
    elif answer == "ja" and before.take(request, user, request.POST.get("gezien", "")):
        return redirect(onward)
    if not (held := before.held(request)):
        return redirect(onward)
    context = {"held": held, "next": onward, "changed": answer == "ja"}
    return render(request, "account/earlier.html", context, status=409 if context["changed"] else 200)
