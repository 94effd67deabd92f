"""The questions that people may read, kept per version of the site."""

import datetime

from django.http import Http404
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from posts.models import Language, Post, Question
from posts.models.languages import TRANSLATED
from posts.models.saying import under
from werkplaats import compiled
from werkplaats.kept import kept, shared
from werkplaats.models import Site


def announced(site: Site) -> list[Question]:
    """The questions that are opened or planned, with their phases. All get the very same: nobody may change them."""
    return shared("questions", site.version, lambda: compiled.objects(_announced))


def _announced() -> compiled.AnyQuerySet:
    return Question.objects.announced()


def current_question(site: Site) -> Question | None:
    return next((question for question in announced(site) if question.is_current), None)


def readable_question(site: Site, slug: str) -> Question:
    for question in announced(site):
        if question.slug == slug and question.opened_at:
            return question
    raise Http404


def question_of(post: Post, site: Site) -> Question:
    """With its translations: as it is kept, or of a sentence of the plan in a query of its own."""
    told = next((question for question in announced(site) if question.pk == post.question_id), None)
    return told or Question.objects.with_translations().get(pk=post.question_id)


def in_other_words(question: Question, site: Site, language: Language) -> dict[str, str]:
    """Pieces of HTML: beside its box the question `told` in easy words, or in this language, and `languages`; in the
    second step `readers`, who will read it. And for a box `under`, the mark of these very words.
    """
    names = ("told", "languages", "readers")

    def make():
        translation = question.translation_into(language)
        others = [each for each in TRANSLATED if each != language and question.translation_into(each)]
        way_back = [Language.DUTCH] if language != Language.DUTCH else []
        context = {"question": question, "language": language, "translation": translation, "others": way_back + others}
        pieces: dict[str, str] = {name: render_to_string(f"posts/languages.html#{name}", context) for name in names}
        return {**pieces, "under": under(question, translation=translation)}

    return kept(site, "posts/languages.html", question.pk, language.value, make=make)


# The question above its box, on its page or on the front page; more about it; where else to take part.
PIECES = ("head", "front", "about", "also_head", "also")


def texts_of(question: Question, site: Site) -> dict[str, SafeString]:
    """Pieces of HTML, by the names in PIECES."""
    # As it is kept: a view that writes reads only the row itself.
    told = next((each for each in announced(site) if each.pk == question.pk), None)
    cafe, poll = (next_cafe(told), open_poll(told)) if told else (None, None)

    def make():
        opened = [other for other in announced(site) if other.opened_at]
        context = {
            "question": question,
            "cafe": cafe,
            "poll": poll,
            "glossary": site.lists.glossary,
            "whole": next((other for other in opened if other.pk == question.parent_id), None),
            "parts": [other for other in opened if other.parent_id == question.pk],
        }
        return {name: render_to_string(f"posts/question_head.html#{name}", context) for name in PIECES}

    beside = (cafe and cafe["slug"], poll and poll["slug"])
    return kept(site, "posts/question_head.html", question.pk, *beside, make=make)


def next_cafe(question: Question) -> dict | None:
    """The first café that did not begin yet: its slug, and when it starts."""
    now = timezone.now()
    told = ({**row, "starts_at": _moment(row["starts_at"])} for row in question.cafe_rows)
    return next((row for row in told if row["starts_at"] > now), None)


def open_poll(question: Question) -> dict | None:
    """The poll of the landing page, unless it stands on this very page or is closed: its slug and question."""
    row, now = question.poll_row, timezone.now()
    if not row or row["slug"] == question.poll_slug:
        return None
    begun = row["opens_at"] is None or _moment(row["opens_at"]) <= now
    over = row["closes_at"] is not None and _moment(row["closes_at"]) <= now
    return row if begun and not over else None


def _moment(written: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(written)
