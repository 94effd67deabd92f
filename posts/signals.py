"""Logging in with a mailed code proves an address as well as the link in the mail does."""

from allauth.account.authentication import get_authentication_records
from django.contrib.auth.signals import user_logged_in

from posts.actions.confirming import ASK_AGAIN, ASKED_FOR, Changed, confirm
from posts.composing import device
from werkplaats.accounts.views import TYPED
from werkplaats.models import User


def logged_in(sender, request, user, **kwargs) -> None:
    """Publishes the post for which this very log-in was begun, as it was shown then; if it changed, it is asked again.

    Who logs in otherwise may never have seen it: that, and all else under the address, is for its owner to claim.
    """
    pk, version, begun, under = request.session.pop(ASKED_FOR, (None, 0, 0, 0))
    typed = request.session.get(TYPED) or 0
    if pk and begun and begun > typed and came_by_code(request, user, since=begun) and User.objects.proven(user):
        try:
            confirm(user.email, {pk: version}, {pk: under})
        except Changed:
            request.session[ASK_AGAIN] = True
    device.know(request, user)


def came_by_code(request, user: User, *, since: float) -> bool:
    """Whether a code was typed for this log-in, and not a link pressed or a passkey used while one was on its way."""
    records = get_authentication_records(request, user)
    return any(record["method"] == "code" and record["at"] >= since for record in records)


def connect_signals() -> None:
    user_logged_in.connect(logged_in, dispatch_uid="posts.confirming")
