"""The questions that people may read, kept per version of the site."""

from django.http import Http404
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from posts.models import Question
from werkplaats.kept import kept
from werkplaats.models import Site


def announced(site: Site) -> list[Question]:
    """The questions that are opened or planned, with their phases."""
    return kept(site, "questions", make=lambda: list(Question.objects.announced()))


def current_question(site: Site) -> Question | None:
    return next((question for question in announced(site) if question.is_current), None)


def readable_question(site: Site, slug: str) -> Question:
    for question in announced(site):
        if question.slug == slug and question.opened_at:
            return question
    raise Http404


def texts_of(question: Question, site: Site) -> dict[str, SafeString]:
    """Two pieces of HTML: the question as `head` of its box, and more `about` it."""

    def make():
        opened = [other for other in announced(site) if other.opened_at]
        context = {
            "question": question,
            "glossary": site.lists.glossary,
            "whole": next((other for other in opened if other.pk == question.parent_id), None),
            "parts": [other for other in opened if other.parent_id == question.pk],
        }
        return {name: render_to_string(f"posts/question_head.html#{name}", context) for name in ("head", "about")}

    return kept(site, "posts/question_head.html", question.pk, make=make)
