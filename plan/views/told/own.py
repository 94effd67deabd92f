"""The same by cookie or log-in, from the page of one's own."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.views.decorators.cache import cache_control

from plan.models import OutcomesSeen
from plan.reading import told as reading
from plan.views.told import answers
from werkplaats.models import User
from werkplaats.people import visitors
from werkplaats.web import htmx, only_post


@only_post.only("mine")
@cache_control(private=True, no_store=True)
def answer(request):
    read = partial(reading.of_reader, request.visitor_id, request.user.pk)
    return answers.take(request, read, reverse("mine"), action=reverse("told:own_answer"))


@only_post.only("mine")
def seen(request):
    """Until the newest that the page told of. Nothing for who wrote nothing here."""
    until, known = moment(request.POST.get("tot", "")), request.visitor_id or request.user.is_authenticated
    if until and known:
        OutcomesSeen.objects.look(visitors.writing_as(request, User.objects.proven(request.user)), until)
    return HttpResponse(status=204) if htmx.wants_fragment(request) else redirect("mine")


def moment(written: str):
    """None for what is no moment with its zone."""
    try:
        found = parse_datetime(written)
    except ValueError:
        return None
    return found if found and found.tzinfo else None
