"""Noting that somebody looked at what is new to them: by a form on their page, as opening that changes nothing."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from werkplaats.people import visitors
from werkplaats.people.models import User
from werkplaats.web import htmx
from werkplaats.web.addresses import moment
from werkplaats.web.requests import Request


def look(request: Request, seen: Any) -> HttpResponse:
    """Until the newest that the page told of, in `tot`; `seen` is the manager of a model of `werkplaats.people.seen`.

    Nothing for who wrote nothing here.
    """
    until, known = moment(request.POST.get("tot")), request.visitor_id or request.user.is_authenticated
    if until and known:
        seen.look(visitors.writing_as(request, User.objects.proven(request.user)), until)
    return HttpResponse(status=204) if htmx.wants_fragment(request) else redirect("mine")
