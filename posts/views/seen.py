"""Noting that somebody saw what others answered. A form of the page of one's own: opening that changes nothing."""

from posts.models import AnswersSeen
from werkplaats.people.looking import look
from werkplaats.web import only_post


@only_post.only("mine")
def seen(request):
    """Until the newest answer that the page told of. Nothing for who wrote nothing here."""
    return look(request, AnswersSeen.objects)
