"""Logging in with a mailed code proves an address as well as the link in the mail does."""

from django.contrib.auth.signals import user_logged_in

from posts.actions.confirming import ASK_AGAIN, ASKED_FOR, Changed, confirm
from werkplaats.models import User


def logged_in(sender, request, user, **kwargs) -> None:
    """Publishes the post for which this browser asked a code, as it was shown then; if it changed, it is asked again.

    All else that waits under the address is for its owner to claim.
    """
    asked_for = request.session.pop(ASKED_FOR, None)
    if asked_for and user.is_active and User.objects.proven(user):
        pk, version = asked_for
        try:
            confirm(user.email, {pk: version})
        except Changed:
            request.session[ASK_AGAIN] = True


def connect_signals() -> None:
    user_logged_in.connect(logged_in, dispatch_uid="posts.confirming")
