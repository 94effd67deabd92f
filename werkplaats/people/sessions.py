"""How long a log-in lasts: two weeks after somebody was here last, or until the browser closes.

Staff choose at each log-in; visitors are remembered. A session is written when it is new and once a day from then on,
not at every request. Before a log-in is done its session holds the address that was typed and the code: an hour.
"""

import time

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.middleware import SessionMiddleware as Sessions
from django.http import HttpRequest, HttpResponse

from werkplaats.people.models import User

A_DAY = 24 * 3600
HALFWAY = 3600  # seconds for a log-in that is not done
KEY = "vernieuwd"  # in the session: when it was last made to last longer, in seconds


class SessionMiddleware(Sessions):
    """Django's own, that also renews the session of somebody who was looked up for this request."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        looked_up = isinstance(getattr(request, "_cached_user", None), User)
        if looked_up and SESSION_KEY in request.session and is_due(request.session):
            renew(request.session)
        elif request.session.modified and SESSION_KEY not in request.session and not request.session.is_empty():
            request.session.set_expiry(HALFWAY)
        return super().process_response(request, response)


def is_due(session: SessionBase) -> bool:
    """Whether it lasts longer when renewed, and was not today."""
    return not session.get_expire_at_browser_close() and session.get(KEY, 0) < time.time() - A_DAY


def renew(session: SessionBase) -> None:
    session[KEY] = int(time.time())


def _logged_in(sender: type[User], request: HttpRequest, **kwargs: object) -> None:
    request.session.set_expiry(None)
    renew(request.session)


def connect_signals() -> None:
    user_logged_in.connect(_logged_in, dispatch_uid="people.sessions")
