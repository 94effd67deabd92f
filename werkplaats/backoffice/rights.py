"""Pages of the back office that are no page of Django's admin: who may open them."""

from collections.abc import Callable
from functools import wraps

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from werkplaats.web import unsent
from werkplaats.web.htmx import wants_fragment
from werkplaats.web.requests import Request, View

LOGGED_OUT = "backoffice/logged_out.html"


def with_right(right: str) -> Callable[[View], View]:
    """A decorator of views, for staff with this right, such as `plan.sort_voices`; no cache keeps what they see.

    Who is not logged in goes to the log-in of the back office, and comes back here, to what they sent. htmx gets 401
    with a sentence instead: what was typed or chosen stays on the page. Raises PermissionDenied for staff without the
    right.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: Request, *args: object, **kwargs: object) -> HttpResponseBase:
            if not admin.site.has_permission(request):
                if wants_fragment(request):
                    return render(request, LOGGED_OUT, {"next": request.path}, status=401)
                return unsent.log_in_first(request)
            if not request.user.has_perm(right):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return never_cache(guarded)

    return guard
