"""Noting that somebody saw what others answered. A form of the page of one's own: opening that changes nothing."""

from django.http import HttpResponse
from django.shortcuts import redirect

from posts.models import AnswersSeen
from posts.reading import filters
from werkplaats.models import User
from werkplaats.people import visitors
from werkplaats.web import htmx, only_post


@only_post.only("mine")
def seen(request):
    """Until the newest answer that the page told of. Nothing for who wrote nothing here."""
    until, known = filters.moment(request.POST.get("tot")), request.visitor_id or request.user.is_authenticated
    if until and known:
        AnswersSeen.objects.look(visitors.writing_as(request, User.objects.proven(request.user)), until)
    return HttpResponse(status=204) if htmx.wants_fragment(request) else redirect("mine")
