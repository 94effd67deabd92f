"""A second factor is for the back office, and is set up by who reads the mailbox: not by who sits down at a session.

With one of their own somebody would prove to be the person whose session is open, and lock that person out.
"""

from functools import wraps
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.mfa.utils import is_mfa_enabled
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from werkplaats.accounts import changes
from werkplaats.accounts.again import is_fresh
from werkplaats.accounts.models import Letter
from werkplaats.people.models import User
from werkplaats.web.requests import View

WHY = "Je zet zo een tweede slot op je toegang."


def for_staff(view: View) -> View:
    """A decorator of pages that nobody else has; who is not logged in is led to the log-in."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not request.user.is_staff:
            raise Http404
        return view(request, *args, **kwargs)

    return shown


def adding(view: View) -> View:
    """As `for_staff`, of a page that adds one: the first asks a fresh code by mail, the next what is there already."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not is_mfa_enabled(request.user) and not is_fresh(request):
            return render(request, "avg/again.html", {"email": request.user.email, "next": request.path, "why": WHY})
        return view(request, *args, **kwargs)

    return for_staff(shown)


def tell(user: User, authenticator: Authenticator, **more: Any) -> None:
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:  # those come with the first
        changes.write(user.email, Letter.FACTOR)


def connect_signals() -> None:
    """Whose it is hears of it: who did not do it themselves cannot log in any more."""
    authenticator_added.connect(tell, dispatch_uid="tell_of_second_factor")
