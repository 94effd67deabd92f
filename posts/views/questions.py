"""The pages of questions, and how much is new on one."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from posts.models import Question
from posts.models.whose import Reader
from posts.reading import filters
from posts.reading.news import new_posts
from posts.reading.questions import readable_question
from posts.talk import TEMPLATE, show_current, show_question
from werkplaats.site.context import site_of
from werkplaats.web.addresses import moment


@require_safe
def current(request):
    return show_current(request)


@require_safe
def question(request, slug):
    """What has a page of its own, as a sentence of the plan, is read there, with what was asked of the list."""
    try:
        found = readable_question(site_of(request), slug)
    except Http404:
        page = Question.objects.filter(slug=slug).exclude(page="").values_list("page", flat=True).first()
        if page is None:
            raise
        asked = request.META["QUERY_STRING"]
        return redirect(f"{page}?{asked}" if asked else page)
    return show_question(request, found)


@require_safe
def news(request, slug):
    """How many posts others wrote since the moment `na`: the page asks again and again."""
    since = moment(request.GET.get("na"))
    found = new_posts(slug, since, Reader.of(request)) if since else 0
    if found is None:
        raise Http404
    link = f"{reverse('posts:question', args=[slug])}{filters.EVERYTHING.link(since=since)}" if since else ""
    return render(request, f"{TEMPLATE}#news", {"count": found, "link": link})
