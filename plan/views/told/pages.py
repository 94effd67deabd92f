"""The page behind the link in a letter. Opening it changes nothing, also when a program opens everything in a mail."""

from functools import partial, wraps
from typing import Any

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from plan import tokens
from plan.actions import answering
from plan.reading import told as reading
from plan.reading.told import OwnVoice
from plan.views.told import answers
from werkplaats.mutes.links import switches_url
from werkplaats.mutes.models import Kind
from werkplaats.web import only_post


def by_link(view):
    """Hands the view what the link was mailed about; all links that open nothing get the same kind answer."""

    @wraps(view)
    @cache_control(private=True, no_store=True)
    def opened(request, token):
        told = tokens.read(token)
        if told is None:
            return render(request, "plan/told/old_link.html", {"lost": request.POST.get("bedoelde")}, status=404)
        return view(request, told, token)

    return opened


@require_safe
@by_link
def page(request, told, token):
    return answers.show(request, reading.of_told(told), **parts_of(told, token))


@only_post.only("told:page", "token")
@by_link
def answer(request, told, token):
    """Who presses read the page: what stands on it is not new to them any more."""
    back, read = reverse("told:page", args=[token]), partial(of_link, token)
    taken = answers.take(request, read, back, **parts_of(told, token))
    if taken.status_code == answers.KEPT:
        answering.have_seen(told, read())
    return taken


def of_link(token: str) -> list[OwnVoice]:
    """Asked anew at each moment of a press: whose access ended meanwhile opens nothing any more."""
    told = tokens.read(token)
    return reading.of_told(told) if told else []


def parts_of(told, token: str) -> dict[str, Any]:
    return {"action": reverse("told:answer", args=[token]), "stop_url": switches_url(told.user, Kind.TOLD)}
