"""A sticker round: where it stands, joining a group, and writing ideas in it."""

from hashlib import sha256

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from polls.rounds.forms import CodeForm, IdeaForm
from polls.rounds.models.ideas import Idea
from polls.rounds.models.rounds import Group, StickerRound, normalise_code
from polls.rounds.person import person_of
from werkplaats.people import staff, visitors
from werkplaats.web import htmx, only_post

UNKNOWN_CODE = "Deze code kennen we niet. Kijk nog eens goed: het zijn vijf letters."


def board_of(request, slug: str, **wishes):
    """The round as this person sees it; raises Http404."""
    try:
        return StickerRound.objects.board(slug, person_of(request), **wishes)
    except StickerRound.DoesNotExist as error:
        raise Http404 from error


@require_safe
def round(request, slug):
    """Where the round stands, with the one thing to do now; in the end its result."""
    return _show_round(request, board_of(request, slug), CodeForm())


@require_safe
def short(request, pk):
    """The address that people type."""
    return redirect(get_object_or_404(StickerRound, pk=pk))


@require_safe
def stage_news(request, slug):
    """For a page that waits at a stage: nothing while the round is there, else where to go now. One query."""
    stage = StickerRound.objects.filter(slug=slug).values_list("stage", flat=True).first()
    if stage is None:
        raise Http404
    context = {"slug": slug, "stage": stage if stage != request.GET.get("stap") else ""}
    return render(request, "polls/rounds/round_parts.html#moved", context)


@only_post.only("polls:round", "slug")
def join(request, slug):
    board, form = board_of(request, slug), CodeForm(request.POST)
    if form.is_valid():
        code = normalise_code(form.cleaned_data["code"])
        if board.group(code):
            group = board.round.join(visitors.writing(request), code)
            return redirect("polls:group", slug, group.code)
        form.add_error("code", UNKNOWN_CODE)
    return _show_round(request, board, form, status=422)


@require_safe
def group(request, slug, code):
    """The list of one group. A GET, also of the QR code, changes nothing: who writes, takes part."""
    if code != normalise_code(code):
        return redirect("polls:group", slug, normalise_code(code)) if normalise_code(code) else _no_group()
    return _show_group(request, _whole(request, slug), code, IdeaForm())


@require_safe
def ideas(request, slug, code):
    """The list alone, for the phones at the table: nothing when it is still as they have it.

    A page that was opened during another stage has no form: it is led to one.
    """
    context = {**_group_context(_whole(request, slug), code), "formless": "zonder-formulier" in request.GET}
    if request.GET.get("stand") == context["version"]:
        return HttpResponse(status=204)
    return htmx.respond(request, "polls/rounds/group.html", "list", context)


@only_post.only("polls:group", "slug", "code")
def write(request, slug, code):
    board, form = _whole(request, slug), IdeaForm(request.POST)
    group = get_object_or_404(Group, round=board.round, code=code)
    status = 422
    if form.is_valid():
        try:
            visitor = visitors.writing(request)
            Idea.objects.write(group, visitor, form.cleaned_data["text"], form.idea_key)
            if not htmx.wants_fragment(request):
                return HttpResponseRedirect(f"{group.get_absolute_url()}?nieuw=1#lijst")
            response = _show_group(request, _whole(request, slug), code, IdeaForm(), written=True)
            response.headers["X-Geplaatst"] = "1"  # site.js drops the draft
            return response
        except ValidationError as error:
            form.add_error("text", error)
            status = 409
    return _show_group(request, board, code, form, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request, slug, pk):
    """Saying one's own idea better."""
    idea = get_object_or_404(_own(request, slug), pk=pk)
    form = IdeaForm(request.POST if request.method == "POST" else None, initial={"text": idea.text})
    status = 200
    if form.is_valid():
        try:
            idea.reword(form.cleaned_data["text"])
            return HttpResponseRedirect(f"{idea.group.get_absolute_url()}#idee-{idea.pk}")
        except ValidationError as error:
            form.add_error("text", error)
            status = 409
    elif form.is_bound:
        status = 422
    return render(request, "polls/rounds/idea.html", {"idea": idea, "form": form}, status=status)


@only_post.only("polls:idea", "slug", "pk")
def withdraw(request, slug, pk):
    """Taking one's own idea back."""
    idea = get_object_or_404(_own(request, slug), pk=pk)
    address = idea.group.get_absolute_url()
    try:
        idea.withdraw()
    except ValidationError as error:
        form = IdeaForm(initial={"text": idea.text})
        context = {"idea": idea, "form": form, "problem": error.messages[0]}
        return render(request, "polls/rounds/idea.html", context, status=409)
    return HttpResponseRedirect(f"{address}#lijst")


def _show_round(request, board, form, *, status=200):
    context = {"board": board, "form": form, "leads": staff.may(request, "polls.change_stickerround")}
    return render(request, "polls/rounds/round.html", context, status=status)


def _own(request, slug):
    return (
        Idea.objects.own_of(request.visitor_id)
        .filter(round__slug=slug)
        .select_related("round", "group__round")
    )


def _no_group():
    raise Http404


def _whole(request, slug: str):
    """With what was hidden: who wrote it reads why."""
    return board_of(request, slug, with_hidden=True)


def _group_context(board, code: str) -> dict:
    shown = board.group(code) or _no_group()
    removed = [idea for idea in board.hidden if idea.mine and idea.group is shown]
    rows = [*shown.ideas, *removed]
    seen = [(idea.id, idea.text, idea.reason, idea.mine and idea.is_changeable) for idea in rows]
    version = sha256(repr([board.round.stage, seen]).encode()).hexdigest()[:12]
    return {"board": board, "group": shown, "removed": removed, "version": version}


def _show_group(request, board, code, form, *, written=False, status=200):
    context = {**_group_context(board, code), "form": form, "written": written or "nieuw" in request.GET}
    context["here"] = reverse("polls:group", args=[board.round.slug, code])
    return htmx.respond(request, "polls/rounds/group.html", "table", context, status=status)
