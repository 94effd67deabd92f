"""Reporting a post: asking a moderator to look at it."""

from functools import partial

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from posts.actions import reporting
from posts.models import Post, Removal, Report
from werkplaats.moderation.views import report_page

THEN = "Melden meer mensen deze bijdrage? Dan kan die van de site gaan tot een moderator keek."


@require_http_methods(["GET", "HEAD", "POST"])
def report(request, pk):
    """Asks a moderator to look at a post."""
    post = get_object_or_404(reportable(request.visitor_id), pk=pk)
    file = partial(reporting.report, post)
    has_picture = bool(post.picture_id and post.picture_shown_at)
    quote = "posts/answer.html#quote" if post.is_public else ""
    said = [post.text, post.name, post.meeting, post.picture.alt if has_picture else ""]
    texts = {"one": "een bijdrage", "it": "de bijdrage", "then": THEN, "quote": quote, "post": post}
    ways = {"back": post.place, "place": f"antwoord-{pk}"}
    return report_page(request, post, file, picture=has_picture, said="\n".join(said), **texts, **ways)


def reportable(visitor_id) -> QuerySet:
    """What people can read; and what this visitor reported as it is now and waits: they are still thanked for it.

    Of what waits nothing else is shown, so not what its writer made of it since.
    """
    of_these_words = Report.objects.by(visitor_id).filter(post=OuterRef("pk"), version=OuterRef("version"))
    mine = Q(Exists(of_these_words), removal=Removal.HELD)
    readable = Q(pk__in=Post.objects.readable().order_by().values("pk"))
    return Post.objects.filter(readable | mine).select_related("role", "picture")
