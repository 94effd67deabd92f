"""The desk of one harvest: one voice at a time, the stacks under it, and the steps."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from plan.actions import laying, stacks, undoing
from plan.actions.outcomes import Outcome, Refused
from plan.models import Choice, Destination, Fragment, Harvest
from plan.models.presence import keep
from plan.reading import desk as reading
from plan.reading.listing import ORDERS, Wanted
from plan.reading.voices import KIND_NAMES
from plan.views import forms
from plan.views.rights import for_sorters
from plan.views.tiles import tiles_of
from posts.models import Theme, ThemeMerge
from werkplaats.models import Role, Werkgebied
from werkplaats.web import htmx, only_post
from werkplaats.web.addresses import row_key

PAGE, FORM = "plan/desk.html", "stem"


@require_safe
@for_sorters
def desk(request, pk):
    shown = reading.desk(_harvest(pk), request.user, _wanted(request), row_key(request.GET.get("stem")))
    return _answer(request, shown)


@for_sorters
@only_post.only("plan:desk", "pk")
def step(request, pk):
    """Does what was asked with the voice on the desk and what was ticked; then the next voice lies there."""
    harvest, wanted = _harvest(pk), _wanted(request)
    try:
        outcome = STEPS.get(request.POST.get("doe", ""), _lay)(harvest, request.POST, request.user)
    except Refused as refused:
        return _refused(request, harvest, wanted, str(refused))
    except ValidationError as error:
        return _refused(request, harvest, wanted, " ".join(error.messages))
    harvest.version = outcome.version  # what is read from here on is at least as new: the own step is no news
    return _done(request, harvest, wanted, outcome)


@require_safe
@for_sorters
def news(request, pk):
    """What others did since the page was drawn; 204 when nothing. What is being read does not move."""
    harvest, wanted = _harvest(pk), _wanted(request)
    shown = reading.overview(harvest, request.user, wanted)
    if shown.state == request.GET.get("stand"):
        return HttpResponse(status=204)
    mark = request.GET.get("gezien", "")
    context = {"desk": shown, "harvest": harvest, "mark": mark, "changed": _changed(harvest, mark)}
    context["tiles"] = tiles_of(shown, FORM, takes=bool(mark))
    return render(request, f"{PAGE}#news", context)


@require_POST
@for_sorters
def reads(request, pk):
    """Keeps which voice this person has before them, for who sorts along."""
    keep(_harvest(pk), request.user, row_key(request.POST.get("leest")) or None)
    return HttpResponse(status=204)


@require_safe
@for_sorters
def filters(request, pk):
    """The form to choose which voices the list shows, and in which order."""
    context = {
        "harvest": _harvest(pk),
        "wanted": _wanted(request),
        "orders": ORDERS.items(),
        "kinds": KIND_NAMES.items(),
        "roles": Role.objects.all(),
        "areas": Werkgebied.objects.all(),
        "themes": Theme.objects.all(),
        "cafes": [notes.cafe for notes in _harvest(pk).notes.exclude(cafe=None).select_related("cafe")],
    }
    return htmx.respond(request, "plan/filters.html", "form", context)


def _wanted(request) -> Wanted:
    """Which voices the list shows; of a theme that went up in another since the page was drawn, those of that one."""
    wanted = Wanted.of(request.GET)
    if not wanted.thema:
        return wanted
    return replace(wanted, thema=ThemeMerge.objects.in_force().get(wanted.thema, wanted.thema))


def _changed(harvest: Harvest, mark: str) -> str:
    """Whether a voice is not any more as the page shows it: "gone" or "other"; empty when it is."""
    seen = forms.voices_in([mark])
    now = {row.pk: (row.version, row.source_version) for row in harvest.fragments.filter(pk__in=seen, live=True)}
    if now == seen:
        return ""
    return "other" if now else "gone"


def _harvest(pk: int) -> Harvest:
    if harvest := reading.harvest_at(pk):
        return harvest
    raise Http404


def _lay(harvest: Harvest, post: Any, user: Any) -> Outcome:
    return laying.lay(harvest.pk, row_key(post.get("stapel")), forms.asked(post), user, **_more(post))


def _make(harvest: Harvest, post: Any, user: Any) -> Outcome:
    name = forms.line(post, "thema" if post.get("thema") else "naam", 28)
    return stacks.make(harvest.pk, name, user, forms.asked(post), **_more(post))


def _settle(harvest: Harvest, post: Any, user: Any) -> Outcome:
    return laying.settle(harvest.pk, forms.asked(post), user, also=bool(post.get("erbij")), **forms.choice_in(post))


def _still_right(harvest: Harvest, post: Any, user: Any) -> Outcome:
    """The words of a voice that was answered by itself changed, and were read again: the answer stays."""
    voice, seen = next(iter(forms.asked(post).items()))
    card = Destination.objects.filter(harvest=harvest, fragment=voice, stack=None).first()
    if card is None:
        raise Refused("Deze stem heeft geen eigen antwoord meer.")
    words = seen.source_version
    return laying.quote(harvest.pk, card.pk, card.version, user, source_version=words, is_quote=False)


def _undo(harvest: Harvest, post: Any, user: Any) -> Outcome:
    return undoing.undo(harvest.pk, user, row_key(post.get("stap")) or None)


def _nothing(harvest: Harvest, post: Any, user: Any) -> Outcome:
    """Enter in a field, without JavaScript: in the name of a new stack it makes that."""
    if post.get("naam", "").strip():
        return _make(harvest, post, user)
    raise Refused("Kies een stapel, of wat je anders met deze stem doet.")


STEPS: dict[str, Callable[[Harvest, Any, Any], Outcome]] = {
    "leg": _lay,
    "niets": _nothing,
    "nieuw": _make,
    "los": _settle,
    "klopt": _still_right,
    "ongedaan": _undo,
}


def _more(post: Any) -> dict[str, Any]:
    """Whether it may lie on another stack besides, and the marked words of the voice on the desk."""
    more: dict[str, Any] = {"also": bool(post.get("erbij"))}
    voice = next(iter(forms.voices_in([post.get("stem", "")])), None)
    if voice and post.get("citaat", "").strip():
        row = Fragment.objects.with_words().filter(pk=voice, live=True).first()
        if row and (marked := forms.quote_of(row.text, post["citaat"])):
            more["quotes"] = {voice: marked}
    return more


def _done(request, harvest: Harvest, wanted: Wanted, outcome: Outcome):
    """The next voice; the same one when it was lost, when it goes on another stack too, and when a step was undone."""
    main = next(iter(forms.voices_in([request.POST.get("stem", "")])), 0)
    lost = {each.pk: each for each in outcome.lost}
    undone = request.POST.get("doe") == "ongedaan"
    stays = main in lost or bool(request.POST.get("blijf"))
    here = next(iter(outcome.done), main) if undone else main
    where = {"pk": here} if stays or undone else {"behind": main}
    shown = reading.desk(harvest, request.user, wanted, **where)
    if shown.voice:
        keep(harvest, request.user, shown.voice.pk, shown.present)
    said = f"{outcome.act.told(request.user)}." if outcome.act else ""
    context: dict[str, Any] = {
        "said": said,
        "first": lost.get(main),
        "also_lost": [each for pk, each in lost.items() if pk != main],
    }
    context["wanted_stack"] = next((each for each in shown.stacks if str(each.pk) == request.POST.get("stapel")), None)
    return _answer(request, shown, status=409 if lost else 200, **context)


def _refused(request, harvest: Harvest, wanted: Wanted, problem: str):
    """The same voice, what was typed, and why not."""
    main = next(iter(forms.voices_in([request.POST.get("stem", "")])), 0)
    shown = reading.desk(harvest, request.user, wanted, main)
    return _answer(
        request, shown, status=409, problem=problem, typed=request.POST, typed_choice=forms.typed_choice(request.POST)
    )


def _answer(request, shown: reading.Desk, *, status: int = 200, **context):
    """The page, or for htmx the desk on it. Without JavaScript what was done leads to the next page."""
    fragment = htmx.wants_fragment(request)
    if request.method == "POST" and status == 200 and not fragment:
        return HttpResponseRedirect(_address(shown))
    mark = shown.voice.mark if shown.voice else ""
    context |= {"desk": shown, "harvest": shown.harvest, "mark": mark, "choices": Choice, "themes": _themes(shown)}
    context["tiles"] = tiles_of(shown, FORM, takes=bool(mark))
    response = htmx.respond(request, PAGE, "bench", context, status=status)
    if fragment:
        response["HX-Replace-Url"] = _address(shown)
    return response


def _address(shown: reading.Desk) -> str:
    voice = urlencode({"stem": shown.voice.pk}) if shown.voice else ""
    return f"{shown.harvest.get_absolute_url()}?{'&'.join(filter(None, [voice, shown.wanted.query]))}"


def _themes(shown: reading.Desk) -> list[Theme]:
    """To begin with when there is no stack yet."""
    return list(Theme.objects.all()[:10]) if not shown.stacks and shown.voice else []
