"""A sticker round: where it stands, and joining a group."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from polls.rounds.forms import CodeForm
from polls.rounds.models.rounds import StickerRound, normalise_code
from polls.rounds.person import person_of
from werkplaats.people import staff, visitors
from werkplaats.web import only_post

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


def _show_round(request, board, form, *, status=200):
    context = {"board": board, "form": form, "leads": staff.may(request, "polls.change_stickerround")}
    return render(request, "polls/rounds/round.html", context, status=status)
