"""The same by cookie or log-in, from the page of one's own."""

from functools import partial

from django.urls import reverse
from django.views.decorators.cache import cache_control

from plan.models import OutcomesSeen
from plan.reading import told as reading
from plan.views.told import answers
from werkplaats.people.looking import look
from werkplaats.web import only_post


@only_post.only("mine")
@cache_control(private=True, no_store=True)
def answer(request):
    """Who presses read the page, which names the newest that it told of: that is not new to them any more."""
    read = partial(reading.of_reader, request.visitor_id, request.user.pk)
    taken = answers.take(request, read, reverse("mine"), action=reverse("told:own_answer"))
    if taken.status_code == answers.KEPT:
        look(request, OutcomesSeen.objects)
    return taken


@only_post.only("mine")
def seen(request):
    """Until the newest that the page told of. Nothing for who wrote nothing here."""
    return look(request, OutcomesSeen.objects)
