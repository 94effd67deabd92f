"""Types of what views and middleware take and give; they are for annotations only."""

import uuid
from collections.abc import Callable
from contextlib import ExitStack

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django_htmx.middleware import HtmxDetails

type View = Callable[..., HttpResponseBase]
type GetResponse = Callable[[Request], HttpResponse]


class Request(HttpRequest):
    """Django's request with what the middleware of the settings puts on it."""

    htmx: HtmxDetails
    history: ExitStack
    visitor_id: uuid.UUID | None
    visitor_of: str | None  # the `User.key` of the user whose visitor it became
    visitor_changed: bool
    left: bool  # who used this device left it
    is_someone_else: bool  # than who used this device before
