"""Who did it, for the audit trail: the user and the address of each request that may change a tracked row."""

from contextlib import ExitStack
from functools import cache
from typing import Any

import pghistory
from django.http import HttpResponse
from pghistory import config, middleware

from werkplaats.web.requests import Request, View


def leaves_no_history[V: View](view: V) -> V:
    """Marks a view that writes no tracked row: a thumb need not read who is logged in for the audit trail.

    Or that tells the trail by itself who did it, as the page of a helper does.
    """
    setattr(view, "leaves_no_history", True)  # noqa: B010, mypy knows no attributes of functions
    return view


@cache
def with_user_noted(kind: type[Request]) -> type[Any]:
    """The class of a request that tells the audit trail who logs in, beside what it was already."""
    return type(kind.__name__, (middleware.WSGIRequest, kind), {})


class HistoryMiddleware(middleware.HistoryMiddleware):
    """pghistory's own, asked only once the view is known."""

    def __call__(self, request: Request) -> HttpResponse:
        with ExitStack() as request.history:
            answer: HttpResponse = self.get_response(request)
        return answer

    def context_of(self, request: Request, kwargs: Any) -> dict[str, Any]:
        """With the pattern of an address that holds a token: who reads the trail must not open what it opens."""
        found: dict[str, Any] = self.get_context(request)
        if "token" in kwargs and request.resolver_match:
            found["url"] = f"/{request.resolver_match.route}"
        return found

    def process_view(self, request: Request, view: View, args: Any, kwargs: Any) -> None:
        if request.method in config.middleware_methods() and not hasattr(view, "leaves_no_history"):
            request.history.enter_context(pghistory.context(**self.context_of(request, kwargs)))
            # Sets the user anew when a view logs someone in.
            request.__class__ = with_user_noted(type(request))  # type: ignore[arg-type]  # mypy: a class has no hash
