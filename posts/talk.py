"""The conversation about a question with its writing box: on the page of posts, or on that of another app around it."""

import functools
from datetime import timedelta
from typing import Any, NamedTuple

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone

from posts.composing import looking
from posts.composing.box import language_of, writing_box
from posts.composing.looking import asks as asks_role
from posts.forms import TextForm, WriteForm
from posts.models import Language, Post, Question
from posts.models.whose import Reader
from posts.queue import OPEN_REPORT
from posts.reading import filters, roots, threads
from posts.reading.questions import announced, current_question, texts_of
from werkplaats.gaps import GappedPage, Part, for_everyone, gap
from werkplaats.models import Site
from werkplaats.site.context import site_of
from werkplaats.web import htmx

__all__ = ["Around", "address_of_current", "asks_role", "show_current", "show_question", "striking"]
TEMPLATE = "posts/question.html"
LATELY = timedelta(weeks=3)
OWN = "fields", "moment", "now", "via"  # of the page: besides the threads and the poll


class Around(NamedTuple):
    """What another app shows around the conversation: a template that extends `TEMPLATE`, and what stands in it."""

    template: str
    part: Part


NOTHING = Around(TEMPLATE, Part((), dict, {}))


def show_current(request, *, around: Around = NOTHING):
    """The question of now; or that there is none, with those that were."""
    site = site_of(request)
    if question := current_question(site):
        return show_question(request, question, around=around)
    others = [other for other in announced(site) if other.opened_at]
    return render(request, "posts/no_question.html", {"others": others})


def address_of_current(request) -> str:
    """Of the question of now; empty when there is none."""
    question = current_question(site_of(request))
    return question.get_absolute_url() if question else ""


def show_question(
    request,
    question: Question,
    *,
    around: Around = NOTHING,
    form: TextForm | WriteForm | None = None,
    status: int = 200,
    **extra: Any,
):
    """The page of a question, or its writing box alone for htmx. `form` holds what was typed.

    The question comes `with_translations`.
    """
    site = site_of(request)
    context = {"question": question, **writing_box(request, site, form, question=question), **extra}
    if htmx.wants_fragment(request):
        return htmx.respond(request, TEMPLATE, "box", context, status=status)
    context |= conversation(request, question, site)
    others = [] if question.page else announced(site)
    context["others"] = [other for other in others if other.opened_at and other.pk != question.pk]
    context["heard"] = site.lists.heard_url("question", question.pk, question.slug)
    context["texts"] = texts_of(question, site)
    context["heard"] = site.lists.heard_url("question", question.pk, question.slug)
    plain = form is None and not extra and context["wanted"] == filters.EVERYTHING and context["page"].number == 1
    if plain and not request.user.is_authenticated:
        return looking.once(request, kept_page(request, site, context, around))
    if around is NOTHING:
        return looking.once(request, htmx.respond(request, TEMPLATE, "box", context, status=status))
    page = GappedPage(around.template, context | around.part.make(), request).fill(around.part.gaps)
    return looking.once(request, htmx.vary(HttpResponse(page)))


def kept_page(request, site: Site, context: dict[str, Any], around: Around) -> HttpResponse:
    """The page for who is not logged in, with gaps for what is each reader's own."""
    question, page, threads = context["question"], context["page"], context["threads"]
    own: dict[str, Any] = {name: context[name] for name in OWN}
    own |= {f"thread{place}": thread for place, thread in enumerate(threads)}
    own["poll_here"] = functools.partial(render_to_string, f"{TEMPLATE}#poll", {"question": question}, request)
    gaps = {name: gap(name) for name in (*OWN, "poll_here")}
    context |= gaps | {"threads": [gap(f"thread{place}") for place in range(len(threads))], "site": site}
    # All else in the context goes with the version of the site, or is a piece of HTML.
    pieces = [*context["texts"].values(), *(each for each in context.values() if isinstance(each, str))]
    version = (site.version, timezone.localdate(), page.total, page.last, len(threads), around.part.key, *pieces)
    about = f"{question.pk} {language_of(request).value}"

    def make() -> dict[str, Any]:
        return context | around.part.make()

    return htmx.vary(for_everyone(request, around.template, version, make, {**own, **around.part.gaps}, about=about))


def conversation(request, question: Question, site: Site) -> dict:
    """The threads that are asked for, and the ways to ask for others."""
    now = filters.written(timezone.now())  # before reading: what comes in meanwhile is announced later
    wanted = filters.read(request.GET, site)
    reader = Reader.of(request)
    page = roots.page_of(question, reader, request.GET, wanted)
    return {
        "page": page,
        "threads": looking.put_in(request, threads.draw(page.roots, site=site, question=question, reader=reader)),
        "wanted": wanted,
        "asked": wanted.parameters() | (page.here.parameters if page.here else {}),
        "finding": filters.form(question, site, wanted) if page.total or wanted.filters else "",
        "previous": wanted.link(place=page.before) if page.before else "",
        "next": wanted.link(place=page.after) if page.after else "",
        "now": now,
    }


def striking(question: Question, *, chosen: Post | None = None) -> Post | None:
    """A public contribution to show elsewhere: the `chosen` one as long as everyone may read it, else the one of the
    last weeks with the most thumbs up, or the last one that there was. In Dutch, or with what it says in Dutch.

    None of which a report is open, for what is mailed cannot be called back. Thumbs down do not count. At most three
    queries.
    """
    readable = Post.objects.readable().exclude(OPEN_REPORT).select_related("role", "question")
    if found := chosen and readable.filter(pk=chosen.pk).first():
        return found
    in_dutch = Q(lang=Language.DUTCH) | Q(rendered_at__isnull=False, rendering_refused_at=None)
    said = readable.filter(in_dutch, question=question, parent=None)
    lately = said.filter(created_at__gte=timezone.now() - LATELY).order_by("-tally__rank", "-created_at", "-pk")
    return lately.first() or said.order_by("-created_at", "-pk").first()
