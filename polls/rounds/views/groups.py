"""The list of one group: reading it, writing ideas on it, and changing or withdrawing one's own."""

from typing import NamedTuple

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from polls.rounds.forms import IdeaForm
from polls.rounds.models.ideas import Doubt, Idea
from polls.rounds.models.rounds import Group, StickerRound, normalise_code
from polls.rounds.views.rounds import board_of
from werkplaats.people import staff, visitors
from werkplaats.people.models import User
from werkplaats.people.owning import asks_log_in
from werkplaats.versions import mark_in, named, seen_in
from werkplaats.web import htmx, only_post, programs
from werkplaats.web.addresses import whole_number

KEPT = "polls.idea"  # in the session: an idea, and the words that its writer typed before they were logged in
OTHER_QUESTION = "De vraag is intussen veranderd: «{}» Klopt jullie idee nog? Zet het dan op de lijst."
LONGEST = 2000  # characters: more than the form takes, so that it says what is too long
ON_LIST, WAITS = "1", "wacht"  # in the address after writing an idea
STATUS: dict[str | None, int] = {"often": 429, "waits": 503}  # of what was refused; else 409


@require_safe
def group(request, slug, code):
    """The list of one group. A GET changes nothing, that of the QR code neither: people take part by writing."""
    if code != normalise_code(code):
        return redirect("polls:group", slug, normalise_code(code)) if normalise_code(code) else _no_group()
    return _show_group(request, _whole(request, slug), code, IdeaForm())


@require_safe
def ideas(request, slug, code):
    """The list alone, for the phones at the table; 204 when it is still as they have it: then it is one indexed read.

    A page that was opened during another stage has no form, and gets a link to one.
    """
    shown = whole_number(request.GET.get("stand", ""))
    if shown and StickerRound.objects.filter(slug=slug, version=shown).exists():
        return HttpResponse(status=204)
    context = {**_group_context(_whole(request, slug), code), "formless": "zonder-formulier" in request.GET}
    return htmx.respond(request, "polls/rounds/group.html", "list", context)


@only_post.only("polls:group", "slug", "code")
def write(request, slug, code):
    """Puts an idea on the list, or shows why not beside the words that were typed."""
    board, form, status = _whole(request, slug), IdeaForm(request.POST), 422
    group = get_object_or_404(Group, round=board.round, code=code)
    if mark_in(request.POST) not in (None, board.round.asked):
        form.add_error("text", OTHER_QUESTION.format(board.round.question))
        status = 409
    if form.is_valid():
        text, more = form.cleaned_data["text"], _checks(request, form)
        try:
            Idea.objects.write(group, visitors.writing(request), text, form.idea_key, **more)
            return _written(request, slug, group, WAITS if more["doubt"] else ON_LIST)
        except ValidationError as error:
            form.add_error("text", error)
            status = STATUS.get(error.code, 409)
    return _show_group(request, board, code, form, status=status)


def _checks(request, form: IdeaForm) -> dict:
    """What `Idea` has to know of who wrote this: why a coordinator looks first, and whether they lead the round."""
    lead = staff.may(request, "polls.change_stickerround")
    doubt = ""
    if programs.looks_hurried(request):
        doubt = Doubt.HURRIED.value
    elif programs.has_link(form.cleaned_data["text"]) and not User.objects.proven(request.user):
        doubt = Doubt.LINKS.value
    return {"doubt": "" if lead else doubt, "lead": lead}


def _written(request, slug: str, group: Group, written: str) -> HttpResponse:
    if not htmx.wants_fragment(request):
        return HttpResponseRedirect(f"{group.get_absolute_url()}?nieuw={written}#lijst")
    response = _show_group(request, _whole(request, slug), group.code, IdeaForm(), written=written)
    response.headers["X-Geplaatst"] = "1"  # drafts.js drops the draft
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def change(request, slug, pk):
    """Changes the words of one's own idea."""
    idea = get_object_or_404(_own(request, slug), pk=pk)
    if asks_log_in(request, idea.visitor):
        _keep(request, idea)
        return redirect_to_login(request.path)
    typed = _typed(request, idea)
    form = IdeaForm(request.POST if request.method == "POST" else None, initial={"text": typed.text})
    if not form.is_valid():
        return _show_idea(request, idea, form, typed, status=422 if form.is_bound else 200)
    try:
        words = form.cleaned_data["text"]
        idea.reword_by(visitors.writing(request), words, version=typed.seen, **_checks(request, form))
    except ValidationError as error:
        form.add_error("text", error)
        return _show_idea(request, idea, form, typed, status=STATUS.get(error.code, 409))
    request.session.pop(KEPT, None)
    return HttpResponseRedirect(f"{idea.group.get_absolute_url()}#idee-{idea.pk}")


class Typed(NamedTuple):
    """What stands in the form of an idea: the words, the version that their page showed, and whether they were kept."""

    text: str
    seen: int
    kept: bool = False


def _keep(request, idea: Idea) -> None:
    """The session of its writer may have ended while they typed."""
    if request.method == "POST":
        seen = seen_in(request.POST).get(idea.pk, 0)
        request.session[KEPT] = (idea.pk, request.POST.get("text", "")[:LONGEST], seen)


def _typed(request, idea: Idea) -> Typed:
    if request.method == "POST":
        return Typed(idea.text, seen_in(request.POST).get(idea.pk, 0))
    about, text, seen = request.session.get(KEPT, (None, "", 0))
    if about == idea.pk and text != idea.text and "nu" not in request.GET:
        return Typed(text, seen, kept=True)
    return Typed(idea.text, idea.version)


def _show_idea(request, idea: Idea, form: IdeaForm, typed: Typed | None = None, *, status: int, **context):
    changed = typed and (typed.kept or form.is_bound) and typed.seen != idea.version
    context |= {"idea": idea, "form": form, "kept": typed and typed.kept, "changed": changed}
    context |= {"moment": programs.moment_for(request), "seen": named([idea])}
    return render(request, "polls/rounds/idea.html", context, status=status)


@only_post.only("polls:idea", "slug", "pk")
def withdraw(request, slug, pk):
    """Takes one's own idea back."""
    idea = get_object_or_404(_own(request, slug), pk=pk)
    if asks_log_in(request, idea.visitor):
        return redirect_to_login(reverse("polls:idea", args=[slug, pk]))
    address = idea.group.get_absolute_url()
    try:
        idea.withdraw()
    except ValidationError as error:
        form = IdeaForm(initial={"text": idea.text})
        return _show_idea(request, idea, form, status=409, problem=error.messages[0])
    return HttpResponseRedirect(f"{address}#lijst")


def _own(request, slug):
    own = Idea.objects.own_of(visitors.stayed_behind(request)).filter(round__slug=slug)
    return own.select_related("round", "group__round", "visitor")


def _no_group():
    raise Http404


def _whole(request, slug: str):
    """With the hidden ideas: their writers read why."""
    return board_of(request, slug, with_hidden=True)


def _group_context(board, code: str) -> dict:
    shown = board.group(code) or _no_group()
    removed = [idea for idea in board.hidden if idea.mine and idea.group is shown]
    return {"board": board, "group": shown, "removed": removed, "version": board.round.version}


def _show_group(request, board, code, form, *, written="", status=200):
    context = {**_group_context(board, code), "form": form, "moment": programs.moment_for(request)}
    context |= {"written": written or request.GET.get("nieuw", ""), "waits": WAITS}
    return htmx.respond(request, "polls/rounds/group.html", "table", context, status=status)
