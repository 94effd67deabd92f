"""The page of a question: its text, the writing box and the threads."""

import functools
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from posts.composing import looking
from posts.composing.box import language_of, writing_box
from posts.forms import TextForm, WriteForm
from posts.models import Question
from posts.models.whose import Reader
from posts.reading import filters, roots, threads
from posts.reading.news import new_posts
from posts.reading.questions import announced, current_question, readable_question, texts_of
from werkplaats.gaps import for_everyone, gap
from werkplaats.models import Site
from werkplaats.site.context import site_of
from werkplaats.web import htmx

TEMPLATE = "posts/question.html"
OWN = "fields", "moment", "now"  # of the page: besides the threads and the poll


def show_question(request, question: Question, *, form: TextForm | WriteForm | None = None, status: int = 200, **extra):
    """The page of a question, or its writing box alone for htmx. `form` holds what was typed."""
    site = site_of(request)
    context = {"question": question, **writing_box(request, site, form, question=question), **extra}
    if htmx.wants_fragment(request):
        return htmx.respond(request, TEMPLATE, "box", context, status=status)
    context |= conversation(request, question, site)
    others = [other for other in announced(site) if other.opened_at and other.pk != question.pk]
    heard = site.lists.heard_url("question", question.pk, question.slug)
    context |= {"texts": texts_of(question, site), "others": others, "heard": heard}
    plain = form is None and not extra and context["wanted"] == filters.EVERYTHING and context["page"].number == 1
    if plain and not request.user.is_authenticated:
        return looking.once(request, kept_page(request, site, context))
    return looking.once(request, htmx.respond(request, TEMPLATE, "box", context, status=status))


def kept_page(request, site: Site, context: dict[str, Any]) -> HttpResponse:
    """The page for who is not logged in, with gaps for what is each reader's own."""
    question, page, threads = context["question"], context["page"], context["threads"]
    own: dict[str, Any] = {name: context[name] for name in OWN}
    own |= {f"thread{place}": thread for place, thread in enumerate(threads)}
    own["poll_here"] = functools.partial(render_to_string, f"{TEMPLATE}#poll", {"question": question}, request)
    gaps = {name: gap(name) for name in (*OWN, "poll_here")}
    context |= gaps | {"threads": [gap(f"thread{place}") for place in range(len(threads))], "site": site}
    # All else in the context goes with the version of the site, or is a piece of HTML.
    pieces = [*context["texts"].values(), *(each for each in context.values() if isinstance(each, str))]
    version = (site.version, timezone.localdate(), page.total, page.last, len(threads), *pieces)
    about = f"{question.pk} {language_of(request).value}"
    return htmx.vary(for_everyone(request, TEMPLATE, version, lambda: context, own, about=about))


def conversation(request, question: Question, site: Site) -> dict:
    """The threads that are asked for, and the ways to ask for others."""
    now = filters.written(timezone.now())  # before reading: what comes in meanwhile is announced later
    wanted = filters.read(request.GET, site)
    reader = Reader.of(request)
    page = roots.page_of(question, reader, request.GET.get("pagina"), wanted)
    return {
        "page": page,
        "threads": looking.put_in(request, threads.draw(page.roots, site=site, question=question, reader=reader)),
        "wanted": wanted,
        "asked": wanted.parameters(),
        "finding": filters.form(question, site, wanted) if page.total or wanted.filters else "",
        "previous": wanted.link(page=page.previous),
        "next": wanted.link(page=page.next),
        "now": now,
    }


@require_safe
def current(request):
    site = site_of(request)
    if question := current_question(site):
        return show_question(request, question)
    others = [other for other in announced(site) if other.opened_at]
    return render(request, "posts/no_question.html", {"others": others})


@require_safe
def question(request, slug):
    return show_question(request, readable_question(site_of(request), slug))


@require_safe
def news(request, slug):
    """How many posts others wrote since the moment `na`: the page asks again and again."""
    since = filters.moment(request.GET.get("na"))
    found = new_posts(slug, since, Reader.of(request)) if since else 0
    if found is None:
        raise Http404
    link = f"{reverse('posts:question', args=[slug])}{filters.EVERYTHING.link(since=since)}" if since else ""
    return render(request, "posts/question.html#news", {"count": found, "link": link})
