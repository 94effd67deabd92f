"""Addresses that only take what a form sends."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from werkplaats.web.requests import View


def only(page: str, *names: str) -> Callable[[View], View]:
    """A decorator of views: opening the address leads to the page with the form instead of to an empty 405.

    Without JavaScript a refused form stands under its own address, which people copy or open again. `page` is the
    name of a URL, `names` are the view's arguments that it takes as well.
    """

    def decorate(view: View) -> View:
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method == "POST":
                return view(request, *args, **kwargs)
            return redirect(page, *(kwargs[name] for name in names))

        return guarded

    return decorate
