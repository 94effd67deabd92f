"""Who did it, for the audit trail: the user and the address of each request that may change a tracked row."""

from contextlib import ExitStack

import pghistory
from pghistory import config, middleware


def leaves_no_history(view):
    """Marks a view that writes no tracked row: a thumb need not read who is logged in for the audit trail."""
    view.leaves_no_history = True
    return view


class HistoryMiddleware(middleware.HistoryMiddleware):
    """pghistory's own, asked only once the view is known."""

    def __call__(self, request):
        with ExitStack() as request.history:
            return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.method in config.middleware_methods() and not hasattr(view, "leaves_no_history"):
            request.history.enter_context(pghistory.context(**self.get_context(request)))
            # Sets the user anew when a view logs someone in.
            request.__class__ = middleware.WSGIRequest
