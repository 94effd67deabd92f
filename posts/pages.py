"""What the pages of the conversation show: the questions, the writing box, the threads."""

from django.db.models import Exists, OuterRef
from django.http import Http404
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from posts import device, finding, strangers, threads
from posts.forms import WriteForm
from posts.models import Post, Question
from werkplaats import htmx
from werkplaats.cards import kept
from werkplaats.context import site_of
from werkplaats.models import Site


def announced(site: Site) -> list[Question]:
    """The opened and planned questions with their phases, as they are in this version of the site."""
    return kept(f"questions:{site.version}", lambda: list(Question.objects.announced()))


def current_question(site: Site) -> Question | None:
    return next((question for question in announced(site) if question.is_current), None)


def readable_question(site: Site, slug: str) -> Question:
    for question in announced(site):
        if question.slug == slug and question.opened_at:
            return question
    raise Http404


def is_known(request) -> bool:
    """Whether the address of who asks is known: log-in goes by a mailed code or link only."""
    return request.user.is_authenticated


def writing_box(request, site: Site, form: WriteForm | None = None) -> dict:
    """What the writing box needs: its fields, and the moment at which it was made.

    Empty fields are kept, because they are the same for all; not those of who is remembered on this device.
    """
    moment = strangers.moment_for(request)
    if form:
        return {"form": form, "fields": render_fields(form), "moment": moment}
    options = {"known": is_known(request), "meeting": request.GET.keys() & {"overleg", "namens"} != set()}
    remembered = device.remembered(request)
    if remembered:
        fields = render_fields(WriteForm(site=site, remembered=remembered, **options))
    else:
        key = "post-fields:{}:{known}:{meeting}".format(site.version, **options)
        fields = kept(key, lambda: render_fields(WriteForm(site=site, **options)))
    return {"fields": fields, "moment": moment}


def render_fields(form: WriteForm) -> SafeString:
    return mark_safe(render_to_string("posts/fields.html", {"form": form}))  # noqa: S308  our own template


def unanswered(question: Question, written: Post) -> Post | None:
    """A contribution of someone else that nobody has answered yet, for who has just written: the newest. One query."""
    if not question.is_current:
        return None
    theirs = Post.objects.readable().filter(question=question, parent=None).exclude(pk=written.root_id)
    theirs = theirs.exclude(visitor__isnull=False, visitor=written.visitor_id)
    answered = Post.objects.readable().filter(parent=OuterRef("pk"))
    return theirs.filter(~Exists(answered)).only("name", "text").order_by("-created_at", "-pk").first()


# What `arrived` needs to know of a post.
ARRIVED = (
    "root",
    "parent",
    "visitor",
    "published_at",
    "removed_at",
    "removal",
    "picture",
    "picture_shown_at",
)


def arrived(request, post: Post) -> dict:
    """What templates/posts/arrived.html tells a writer who comes from a form, as posts.writing.arrival says."""
    for what in ("geplaatst", "gewijzigd", "teruggezet"):
        if what in request.GET:
            offer = unanswered(post.question, post) if what == "geplaatst" else None
            return {"written": post, "what": what, "offer": offer}
    return {}


def texts_of(question: Question, site: Site) -> dict[str, SafeString]:
    """The question in its `balloon`, and what else there is to tell `about` it."""

    def make():
        opened = [other for other in announced(site) if other.opened_at]
        context = {
            "question": question,
            "glossary": site.lists.glossary,
            "whole": next((other for other in opened if other.pk == question.parent_id), None),
            "parts": [other for other in opened if other.parent_id == question.pk],
        }
        return {name: render_to_string(f"posts/head.html#{name}", context) for name in ("balloon", "about")}

    # The year is in the key because dates leave out the current one.
    return kept(f"question:{question.pk}:{site.version}:{timezone.localdate().year}", make)


def show_question(request, question: Question, *, form: WriteForm | None = None, status: int = 200, **extra):
    """The page of a question, or for htmx only its writing box; with `form` what was typed in it."""
    site = site_of(request)
    context = {"question": question, **writing_box(request, site, form), **extra}
    if not htmx.wants_fragment(request):
        context |= conversation(request, question, site)
        others = [other for other in announced(site) if other.opened_at and other.pk != question.pk]
        context |= {"texts": texts_of(question, site), "others": others}
    return htmx.respond(request, "posts/question.html", "box", context, status=status)


def conversation(request, question: Question, site: Site) -> dict:
    """The threads that are asked for, and the ways to ask for others."""
    now = finding.written(timezone.now())  # before reading: what comes in meanwhile is announced
    wanted = finding.read(request.GET, site)
    page = threads.page_of(question, request.visitor_id, request.GET.get("pagina"), wanted)
    return {
        "page": page,
        "threads": threads.draw(page.roots, site=site, question=question, visitor_id=request.visitor_id),
        "wanted": wanted,
        "asked": wanted.parameters(),
        "finding": finding.form(question, site, wanted) if page.total or wanted.filters else "",
        "previous": wanted.link(page=page.previous),
        "next": wanted.link(page=page.next),
        "now": now,
    }
