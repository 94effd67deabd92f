"""A fresh code, for what is more than reading along: seeing all that is kept of somebody, and erasing them."""

import time

from allauth.account.authentication import get_authentication_records
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST

from werkplaats.accounts import views

FRESH = 15 * 60  # seconds since the last code, app or key


def is_fresh(request: HttpRequest) -> bool:
    """Whether who is logged in here proved it just now."""
    moments = [record["at"] for record in get_authentication_records(request, request.user)]
    return bool(moments) and time.time() - max(moments) < FRESH


@require_POST
def again(request: HttpRequest) -> HttpResponseBase:
    """Ends the log-in and mails a code for the next one, as the page of the log-in does.

    The device is not cleared: it is the same person who comes back, to `next`.
    """
    if request.user.is_authenticated:
        request.session.flush()
        request.user = AnonymousUser()
    return views.login(request)
