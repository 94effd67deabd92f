"""Pages for staff outside the back office: for everyone else they do not exist."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from werkplaats.web.requests import View


def may(request: HttpRequest, permission: str) -> bool:
    """Whether this is staff with this permission and the second factor that the back office asks for."""
    return admin.site.has_permission(request) and request.user.has_perm(permission)


def only(permission: str) -> Callable[[View], View]:
    """A decorator of views: for everyone without the permission the page does not exist."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not may(request, permission):
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return decorate
