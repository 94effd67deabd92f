"""The writing box: its fields, kept where they are the same for everyone."""

from typing import Any

from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from posts.composing import device
from posts.forms import SenderForm, TextForm, WriteForm
from posts.models import Language, Post, Question
from posts.models.languages import ASKED, asked
from posts.models.saying import answers_somebody, told_by, under
from posts.reading.questions import in_other_words
from werkplaats.invited import via
from werkplaats.kept import kept
from werkplaats.models import Site
from werkplaats.site.context import site_of
from werkplaats.versions import mark_in
from werkplaats.web import programs

OTHER_QUESTION = "De vraag is intussen veranderd: «{}»{} Klopt je tekst nog? Druk dan nog een keer."
OTHER_SENTENCE = "De zin is intussen veranderd: «{}» Klopt je tekst nog? Druk dan nog een keer."
OTHER_WORDS = (
    "Waar je op antwoordt, is intussen veranderd. Er staat nu: «{}»{} Klopt je tekst nog? Druk dan nog een keer."
)
IN_DUTCH = " In het Nederlands: «{}»"
LONGEST = 2000  # characters of an address that are read: a query of a thousand names would be refused


def is_known(request) -> bool:
    """Whether we know the writer's address: logging in takes a mailed code or link."""
    return request.user.is_authenticated


def box_form(request, **options: Any) -> TextForm | WriteForm:
    """The form of the box, with what was sent, if anything: the text alone, or all for who is known here.

    A page that was open for days, or a program, may send all of it as well.
    """
    options |= {"meeting": wants_meeting(request), "language": language_of(request)}
    site = site_of(request)
    writer = device.writer(request, site)
    if request.method == "POST":
        if "role" not in request.POST:
            return TextForm(request.POST, **options)
        sent: tuple = (request.POST, request.FILES)
        return WriteForm(*sent, **options, **sender_options(request, site, writer))
    return WriteForm(**options, **sender_options(request, site, writer)) if writer else TextForm(**options)


def sender_form(request, *sent, meeting: bool = False) -> SenderForm:
    """The form of the second step."""
    site, meeting = site_of(request), meeting or wants_meeting(request)
    return SenderForm(*sent, meeting=meeting, **sender_options(request, site, device.writer(request, site)))


def sender_options(request, site: Site, writer: dict) -> dict[str, Any]:
    return {"site": site, "visitor_id": request.visitor_id, "known": is_known(request), "remembered": writer}


def wants_meeting(request) -> bool:
    """Whether the link is that of the talk card: for a meeting."""
    return bool(request.GET.keys() & {"overleg", "namens"})


def language_of(request) -> Language:
    """In which language the page asks: by its address, by its form, or by that of the page around the box."""
    return asked(request.POST.get(ASKED) or request.GET.get(ASKED) or asked_around(request))


def asked_around(request) -> str | None:
    """What the address of the page says in which htmx opens a box for an answer."""
    _, _, query = (request.headers.get("HX-Current-URL") or "").partition("#")[0].partition("?")
    return QueryDict(query).get(ASKED) if len(query) < LONGEST else None


def writing_box(
    request, site: Site, form: TextForm | WriteForm | None = None, *, question: Question | None = None
) -> dict:
    """The context of a writing box: its fields, and the signed moment at which it was made.

    Empty fields are the same for everyone, so they are kept; not so those of who is known here. With a `question`, what
    it is in other words and in other languages, too: `told` above the field, and `languages` below; and `under`.
    """
    box = {"moment": programs.moment_for(request), "via": via.field(request)}
    if question:
        box |= in_other_words(question, site, language_of(request))
    if form:
        return {**box, "form": form, "fields": render_fields(form)}
    options: dict[str, Any] = {"meeting": wants_meeting(request), "language": language_of(request)}
    if writer := device.writer(request, site):
        return {**box, "fields": render_fields(WriteForm(**options, **sender_options(request, site, writer)))}
    fields = kept(site, "posts/fields.html", options, make=lambda: render_fields(TextForm(**options)))
    return {**box, "fields": fields}


def asks_otherwise(
    request, form: TextForm | SenderForm, language: Language, question: Question, parent: Post | None = None
) -> bool:
    """Whether the page asked something else than it would by now; then the form says so, with what is asked now."""
    if otherwise := asked_otherwise(request, language, question, parent):
        form.add_error(None, otherwise)
    return bool(otherwise)


def asked_otherwise(request, language: Language, question: Question, parent: Post | None = None) -> SafeString | str:
    """What is asked now, if the page asked something else; else empty.

    Without a parent that can be read, the question came `with_translations`.
    """
    shown = mark_in(request.POST)
    translation = None if answers_somebody(parent) else question.translation_into(language)
    if shown in (None, under(question, parent, translation)):
        return ""
    return asked_now(language, question, parent, translation)


def asked_now(language: Language, question: Question, parent: Post | None, translation: dict | None) -> SafeString:
    if parent and answers_somebody(parent):
        in_dutch = format_html(IN_DUTCH, parent.shown_rendering) if parent.shown_rendering else ""
        return format_html(OTHER_WORDS, parent.text, in_dutch)
    if question.page:
        return format_html(OTHER_SENTENCE, question.words)
    lang = language if translation else Language.DUTCH
    words = [(lang.value, each) for each in told_by(question, translation) if each]
    return format_html(OTHER_QUESTION, question.words, format_html_join("", ' <bdi lang="{}">«{}»</bdi>', words))


def render_fields(form: TextForm | SenderForm) -> SafeString:
    return mark_safe(render_to_string(form.drawn_by, {"form": form}))  # noqa: S308  our own template
