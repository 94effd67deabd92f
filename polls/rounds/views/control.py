"""A coordinator leads a sticker round from a phone: the stages, the groups, ideas that overlap or must go."""

from functools import partial

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from polls.rounds.exports import result_sheet
from polls.rounds.forms import HideForm, JoinForm
from polls.rounds.models.ideas import OTHER_WORDS, Idea
from polls.rounds.models.rounds import StickerRound
from polls.rounds.views.rounds import board_of
from werkplaats import qr
from werkplaats.people import staff
from werkplaats.people.models import User
from werkplaats.privacy.models import Look, Looked
from werkplaats.spreadsheets import download
from werkplaats.versions import seen_in
from werkplaats.web import htmx, only_post
from werkplaats.web.addresses import page_number

HIGHEST = 999_999_999  # of the ideas of all rounds
for_coordinators = staff.only("polls.change_stickerround")


@require_safe
@for_coordinators
def control(request, slug):
    return _show(request, slug)


@require_safe
@for_coordinators
def figures(request, slug):
    """How many people wrote and scored by now, for a page that stays open on the table.

    `?na=` is the newest idea that this page shows; it tells beside its list how many came after that.
    """
    board, newest = board_of(request, slug), page_number(request.GET.get("na"), HIGHEST)
    arrived = sum(idea.id > newest for idea in board.rows if idea.group_id)
    context = {"board": board, "newest": newest, "arrived": arrived, "fresh": True}
    return render(request, "polls/rounds/control.html#news", context)


@for_coordinators
@only_post.only("polls:control", "slug")
def stage(request, slug):
    """Opens a stage; pressed twice is once, and a page that was left open moves nothing that it does not show."""
    stage, seen = request.POST.get("stage", ""), request.POST.get("seen", "")
    return _act(request, slug, lambda round: round.move_to(stage, seen), "stap")


@for_coordinators
@only_post.only("polls:control", "slug")
def join_ideas(request, slug):
    board = board_of(request, slug)
    form = JoinForm(request.POST, ideas=board.ideas)
    if form.is_valid():
        try:
            chosen, text = form.cleaned_data["ideas"], form.cleaned_data["text"]
            Idea.objects.join(board.round, chosen, text, seen_in(request.POST))
            return _back(slug, "ideeen")
        except ValidationError as error:
            form.add_error("ideas", error)
    return _show(request, slug, form=form, status=422)


@for_coordinators
@only_post.only("polls:control", "slug")
def take_apart(request, slug, pk):
    return _act(request, slug, lambda round: _idea(round, pk).take_apart(request.user), "ideeen")


@for_coordinators
@only_post.only("polls:control", "slug")
def hide(request, slug, pk):
    form = HideForm(request.POST, idea=pk)
    if not form.is_valid():
        return _show(request, slug, refused=form, status=422)
    reason = form.cleaned_data["reason"]
    seen = seen_in(request.POST).get(pk, 0)
    act = partial(_hide, pk=pk, by=request.user, reason=reason, seen=seen)
    return _act(request, slug, act, "ideeen", typed=[reason])


def _hide(round: StickerRound, *, pk: int, by: User, reason: str, seen: int) -> None:
    idea = _idea(round, pk)
    if idea.removed_at and idea.removed_by_id != by.pk:
        raise ValidationError(
            "Iemand anders verborg dit idee net. De reden van wie eerst was, blijft staan.", code="changed"
        )
    idea.hide(by, reason, version=seen)


@for_coordinators
@only_post.only("polls:control", "slug")
def restore(request, slug, pk):
    return _act(request, slug, lambda round: _restore(_idea(round, pk), seen_in(request.POST)), "ideeen")


def _restore(idea: Idea, seen: dict[int, int]) -> None:
    if idea.removed_at and not idea.restore(seen.get(idea.pk, 0)) and idea.removed_at:
        raise ValidationError(OTHER_WORDS, code="changed")


@require_safe
@for_coordinators
def sheet(request, slug):
    """The result as a spreadsheet."""
    board = board_of(request, slug)
    Look.note(request.user, Looked.FILE, f"stickerronde {board.round.pk}", len(board.rows))
    return download(result_sheet(board), f"stickerronde-{slug}.xlsx")


def _idea(round: StickerRound, pk: int) -> Idea:
    return get_object_or_404(Idea, round=round, pk=pk)


def _act(request, slug: str, act, place: str, *, typed: list[str] | None = None):
    """Calls `act` with the round and goes back to `place` on the page, which also tells why it was refused.

    It gives back what was `typed` for it.
    """
    round = get_object_or_404(StickerRound, slug=slug)
    try:
        act(round)
    except ValidationError as error:
        return _show(request, slug, problem=error.messages[0], lost=typed or [], status=409)
    return _back(slug, place)


def _back(slug: str, place: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse('polls:control', args=[slug])}#{place}")


def _show(request, slug: str, *, form=None, refused=None, problem: str = "", lost=(), status: int = 200):
    """`form` is the joining that was refused, `refused` the hiding, `problem` anything else, with what was typed."""
    board = board_of(request, slug, with_hidden=True)
    typed = {refused.idea: refused} if refused else {}
    context = {
        "board": board,
        "ideas": [(idea, typed.get(idea.id) or HideForm(idea=idea.id)) for idea in board.ideas],
        "form": form or JoinForm(),
        "chosen": set(form.data.getlist("ideas")) if form else set(),
        "problem": problem,
        "typed": lost,
        "code": draw_code("polls:short", board.round.pk),
        "codes": [(group, draw_code("polls:group", slug, group.code)) for group in board.groups],
        "newest": board.newest,
    }
    return htmx.respond(request, "polls/rounds/control.html", "control", context, status=status)


def draw_code(name: str, *args) -> SafeString:
    """The QR code of the address with this name."""
    return qr.svg(settings.SITE_URL + reverse(name, args=args))
