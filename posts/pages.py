"""What the pages of the conversation show: the questions, the writing box, the threads."""

from django.http import Http404
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from posts import threads
from posts.forms import WriteForm
from posts.models import Question
from werkplaats import htmx
from werkplaats.cards import kept
from werkplaats.context import site_of
from werkplaats.models import Site, lists_of


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
    """What templates/posts/box.html needs. The empty fields are the same for everyone, so they are kept."""
    if form:
        return {"form": form, "fields": render_fields(form)}
    known = is_known(request)
    fields = kept(
        f"post-fields:{site.version}:{known}", lambda: render_fields(WriteForm(site=site, known=known))
    )
    return {"fields": fields}


def render_fields(form: WriteForm) -> SafeString:
    return mark_safe(render_to_string("posts/fields.html", {"form": form}))  # noqa: S308  our own template


def texts_of(question: Question, site: Site) -> dict[str, SafeString]:
    """The question in its `balloon`, and what else there is to tell `about` it."""

    def make():
        context = {"question": question, "glossary": lists_of(site).glossary}
        return {name: render_to_string(f"posts/head.html#{name}", context) for name in ("balloon", "about")}

    return kept(f"question:{question.pk}:{site.version}", make)


def show_question(request, question: Question, *, form: WriteForm | None = None, status: int = 200, **extra):
    """The page of a question, or for htmx only its writing box; with `form` what was typed in it."""
    site = site_of(request)
    context = {"question": question, **writing_box(request, site, form), **extra}
    if not htmx.wants_fragment(request):
        page = threads.page_of(question, request.visitor_id, request.GET.get("pagina"))
        drawn = threads.draw(page.roots, site=site, question=question, visitor_id=request.visitor_id)
        others = [other for other in announced(site) if other.opened_at and other.pk != question.pk]
        context |= {"texts": texts_of(question, site), "page": page, "threads": drawn, "others": others}
    return htmx.respond(request, "posts/question.html", "box", context, status=status)
