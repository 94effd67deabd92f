"""One stack of the desk, opened: its cards, what was heard, what is done with it."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from plan.actions import laying, publishing, stacks, undoing, writing
from plan.actions.outcomes import Outcome, Refused
from plan.models import Chapter, Choice, Destination, Harvest, Sentence, Stack
from plan.reading import desk as reading
from plan.reading import meant, receivers
from plan.reading.listing import Wanted
from plan.reading.stack import cards_of, sentences_of, speakers, stack_at, without_quote
from plan.views import forms
from plan.views.rights import for_sorters
from plan.views.tiles import tiles_of
from werkplaats.web import htmx, only_post
from werkplaats.web.addresses import page_number, row_key

PAGE = "plan/stack.html"
MOST_PAGES = 9_999


@require_safe
@for_sorters
def stack(request, pk, stack_pk):
    found = _stack(pk, stack_pk)
    if found.joined_into:
        return HttpResponseRedirect(_address(found.joined_into))
    return _show(request, found)


@for_sorters
@only_post.only("plan:stack", "pk", "stack_pk")
def step(request, pk, stack_pk):
    """Does what was asked with the stack, or with the cards that were ticked."""
    open = _stack(pk, stack_pk)
    try:
        outcome = STEPS.get(_what(request.POST), _nothing)(open, request.POST, request.user)
    except Refused as refused:
        return _refused(request, open, str(refused))
    except ValidationError as error:
        return _refused(request, open, " ".join(error.messages))
    return _done(request, open, outcome)


@for_sorters
@only_post.only("plan:stack", "pk", "stack_pk")
def hear(request, pk, stack_pk):
    """Saves the sentence of what was heard, while it is typed; tells both when another wrote it otherwise."""
    open = get_object_or_404(Stack, pk=stack_pk, harvest=pk)
    context = {"harvest": open.harvest, "stack": open, "typed": request.POST}
    status = 200
    try:
        outcome = stacks.hear(pk, stack_pk, forms.line(request.POST, "hoorden", 200), _seen(request.POST), request.user)
        context["lost"] = next(iter(outcome.lost), None)
        context["saved"] = not outcome.lost
    except Refused as refused:
        context["problem"] = str(refused)
    if context.get("lost") or context.get("problem"):
        status = 409
    open.refresh_from_db()
    if htmx.wants_fragment(request):
        return render(request, f"{PAGE}#heard_state", context, status=status)
    return _back(open) if status == 200 else _show(request, open, status=status, **context)


@require_safe
@for_sorters
def mails(request, pk, stack_pk):
    """How many people get a letter: asked once the stack is there, since that takes as long as a page."""
    open = get_object_or_404(Stack.objects.lying(), pk=stack_pk, harvest=pk)
    context = {"harvest": open.harvest, "stack": open, "mails": receivers.mails_about(open)}
    return htmx.respond(request, "plan/stack_mails.html", "told", context)


@require_safe
@for_sorters
def sentence(request, pk, stack_pk):
    """The page to let a sentence of the plan lean on this stack: one that stands, or a new one."""
    open = get_object_or_404(Stack.objects.lying(), pk=stack_pk, harvest=pk)
    return _sentence_form(request, open)


@for_sorters
@only_post.only("plan:stack_sentence", "pk", "stack_pk")
def link(request, pk, stack_pk):
    open = get_object_or_404(Stack.objects.lying(), pk=stack_pk, harvest=pk)
    try:
        pk_of_sentence = row_key(request.POST.get("zin")) or _write(request)
        writing.link(pk_of_sentence, request.user, stack_id=open.pk)
    except Refused as refused:
        return _sentence_form(request, open, status=409, problem=str(refused), typed=request.POST)
    return _back(open)


@for_sorters
@only_post.only("plan:stack", "pk", "stack_pk")
def unlink(request, pk, stack_pk):
    open = get_object_or_404(Stack, pk=stack_pk, harvest=pk)
    if source := getattr(open, "source", None):
        writing.unlink(row_key(request.POST.get("zin")), source.pk)
    return _back(open)


@require_safe
@for_sorters
def finish(request, pk):
    """What is done and what is not, of a whole harvest."""
    harvest = get_object_or_404(Harvest.objects.named(), pk=pk)
    shown = reading.overview(harvest, request.user, Wanted())
    context = {"harvest": harvest, "desk": shown, "without_quote": without_quote(shown.stacks)}
    context["is_public"] = harvest.publications.exists()
    context["way"] = publishing.in_the_way(harvest)
    return render(request, "plan/finish.html", context)


def _stack(harvest: int, pk: int) -> Stack:
    if found := stack_at(harvest, pk):
        return found
    raise Http404


def _what(post: Any) -> str:
    """A press names itself: on a card, on a place, or by `doe`."""
    return next((name for name in ("citaat", "klopt", "stapel") if post.get(name)), post.get("doe", ""))


def _seen(post: Any) -> int:
    return row_key(post.get("gezien"))


def _cards(post: Any) -> dict[int, int]:
    """Those that were ticked. Raises Refused without any."""
    found = forms.cards_in(post.getlist("kaart"))
    if not found:
        raise Refused("Kies eerst een kaart.")
    return found


def _nothing(open: Stack, post: Any, user: Any) -> Outcome:
    raise Refused("Kies wat je wilt doen.")


def _move(open: Stack, post: Any, user: Any) -> Outcome:
    return laying.move(open.harvest_id, row_key(post["stapel"]), _cards(post), user)


def _take_off(open: Stack, post: Any, user: Any) -> Outcome:
    return laying.take_off(open.harvest_id, _cards(post), user)


def _quote(open: Stack, post: Any, user: Any) -> Outcome:
    """The press says which card in which version, of which words, and whether it becomes a quote (1) or is none (0)."""
    parts = [row_key(part) for part in post["citaat"].split(".")]
    if len(parts) != 4:
        return _nothing(open, post, user)
    card, seen, words, on = parts
    return laying.quote(open.harvest_id, card, seen, user, source_version=words, is_quote=bool(on))


def _still_right(open: Stack, post: Any, user: Any) -> Outcome:
    """The words changed and were read again. What was marked in the words before them is no quote any more."""
    parts = [row_key(part) for part in post["klopt"].split(".")]
    if len(parts) != 3:
        return _nothing(open, post, user)
    card, seen, words = parts
    whole = Destination.objects.filter(pk=card, is_quote=True, quote_from=None).exists()
    return laying.quote(open.harvest_id, card, seen, user, source_version=words, is_quote=whole)


def _rename(open: Stack, post: Any, user: Any) -> Outcome:
    return stacks.rename(open.harvest_id, open.pk, forms.line(post, "naam", 28), _seen(post), user)


def _choose(open: Stack, post: Any, user: Any) -> Outcome:
    return stacks.choose(open.harvest_id, open.pk, _seen(post), user, **forms.choice_in(post))


def _decide(open: Stack, post: Any, user: Any) -> Outcome:
    (card, seen), *_ = _cards(post).items()
    return laying.decide(open.harvest_id, card, seen, user, **forms.choice_in(post))


def _join(open: Stack, post: Any, user: Any) -> Outcome:
    others = forms.cards_in([post.get("met", "")])
    if not others:
        raise Refused("Kies een stapel om mee samen te voegen.")
    (into, version), *_ = others.items()
    return stacks.join(open.harvest_id, open.pk, into, {open.pk: _seen(post), into: version}, user)


def _split(open: Stack, post: Any, user: Any) -> Outcome:
    return stacks.split(open.harvest_id, open.pk, _cards(post), forms.line(post, "nieuwe_naam", 28), user)


def _undo(open: Stack, post: Any, user: Any) -> Outcome:
    return undoing.undo(open.harvest_id, user, row_key(post.get("stap")) or None)


STEPS: dict[str, Callable[[Stack, Any, Any], Outcome]] = {
    "stapel": _move,
    "haalaf": _take_off,
    "citaat": _quote,
    "klopt": _still_right,
    "naam": _rename,
    "keuze": _choose,
    "eigen": _decide,
    "voegsamen": _join,
    "uitelkaar": _split,
    "ongedaan": _undo,
}


def _refused(request, open: Stack, problem: str):
    """The stack as it is, what was typed, and why not."""
    return _show(request, open, status=409, problem=problem, **_typed(request.POST))


def _typed(post: Any) -> dict[str, Any]:
    return {"typed": post, "typed_choice": forms.typed_choice(post)}


def _done(request, open: Stack, outcome: Outcome):
    """The stack as it is now, or the one that it was joined into, or the desk when it is there no more."""
    now = stack_at(open.harvest_id, open.pk)
    if now is None:
        return htmx.redirect(request, open.harvest.get_absolute_url())
    now = now.joined_into or now
    if not outcome.lost and (now.pk != open.pk or not htmx.wants_fragment(request)):
        return htmx.redirect(request, _address(now, _page(request) if now.pk == open.pk else 1))
    said = f"{outcome.act.told(request.user)}." if outcome.act else ""
    typed = _typed(request.POST) if outcome.lost else {}
    return _show(request, now, status=409 if outcome.lost else 200, said=said, lost=outcome.lost, **typed)


def _back(open: Stack) -> HttpResponseRedirect:
    return HttpResponseRedirect(_address(open))


def _address(open: Stack, page: int = 1) -> str:
    """Where a stack is read; `page` is that of its cards."""
    path = reverse("plan:stack", args=[open.harvest_id, open.pk])
    return path if page == 1 else f"{path}?bladzijde={page}"


def _page(request) -> int:
    return page_number(request.GET.get("bladzijde"), MOST_PAGES)


def _write(request) -> int:
    chapter = Chapter.objects.filter(pk=row_key(request.POST.get("hoofdstuk"))).first()
    if chapter is None:
        raise Refused("Kies een zin, of schrijf een nieuwe en kies het hoofdstuk.")
    return writing.add_sentence(chapter.pk, forms.prose(request.POST, "tekst", 800), request.user).pk


def _sentence_form(request, open: Stack, *, status: int = 200, **context):
    context |= {"harvest": open.harvest, "stack": open, "chapters": Chapter.objects.all()}
    context["sentences"] = Sentence.objects.standing().with_newest()
    return render(request, "plan/stack_sentence.html", context, status=status)


def _show(request, open: Stack, *, status: int = 200, **context):
    harvest = open.harvest
    shown = reading.overview(harvest, request.user, Wanted())
    heard = speakers(open)
    page = heard.page(_page(request))
    context |= {
        "harvest": harvest,
        "desk": shown,
        "open": open,
        "stack": open,
        "page": page,
        "cards": cards_of(open, page),
        "opened": row_key(request.GET.get("kaart")),
        "speakers": heard,
        "sentences": sentences_of(open),
        "choices": Choice,
        "tiles": tiles_of(shown, "kaarten", takes=True, opened=open),
        "meant": meant.of_stack(open),
    }
    return htmx.respond(request, PAGE, "bench", context, status=status)
