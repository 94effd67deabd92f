"""Placing stickers, idea by idea, and handing the phone on to the next person."""

import re
from functools import partial

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import push_url

from polls.rounds.desk import Desk
from polls.rounds.models.rounds import Colour, Stage, StickerRound
from polls.rounds.person import Person, hand_back, hand_over, is_handed_on, person_of
from werkplaats.people import viewing, visitors
from werkplaats.site.context import site_of
from werkplaats.versions import mark_in, seen_in
from werkplaats.web import htmx, only_post
from werkplaats.web.addresses import IdConverter, page_number
from werkplaats.web.audit import leaves_no_history

REFUSED = {
    Stage.IDEAS: "Je sticker is niet geplakt: de groepen schrijven weer ideeën op.",
    Stage.STICKERS: "Je sticker is niet geplakt: dit idee is er niet meer.",
    Stage.RESULT: "Deze sticker kwam te laat en telt niet mee: het plakken was al gesloten.",
}
OTHER_SCALE = "Je sticker is niet geplakt: wat de kleuren betekenen is net veranderd. Lees opnieuw, en plak dan."
CHANGED = "Je sticker is niet geplakt: de woorden van dit idee zijn net veranderd. Lees het opnieuw, en plak dan."
NO_STICKER = "Je sticker is niet geplakt. Kies groen, blauw of rood."
MOST_IDEAS = 10_000
# Read by hand, not with a form: the button says it in two words, and a room presses it all at once.
COLOURS = {str(colour.value): colour.value for colour in Colour}
# Without JavaScript, Back would bring up a sheet without the sticker that was placed on it.
not_kept = cache_control(private=True, no_store=True)
DESK = "tafel"  # where the small line about the role stands
IDEA = re.compile(IdConverter.regex)


@require_safe
@not_kept
def desk(request, slug):
    """One idea with its three buttons: the one asked for, else the first without a sticker."""
    number = page_number(request.GET["idee"], MOST_IDEAS) if "idee" in request.GET else None
    return show(request, Desk.at(scores_of(request, slug), number, fresh=htmx.wants_fragment(request)))


@leaves_no_history
@only_post.only("polls:desk", "slug")
def place(request, slug):
    """Gives a sticker, and shows the next idea."""
    idea, colour = request.POST.get("idea", ""), COLOURS.get(request.POST.get("colour"))
    if not colour or not IDEA.fullmatch(idea):
        return show(request, Desk.at(scores_of(request, slug), None, problem=NO_STICKER), status=422)
    scores = stick(request, slug, int(idea), colour)
    now = scores.board.idea(idea)
    if not scores.placed and scores.board.round.stage == Stage.STICKERS and now:
        same = seen_in(request.POST).get(now.id, now.version) == now.version
        problem = OTHER_SCALE if same else CHANGED
        return show(request, Desk.at(scores, now.number, problem=problem, fresh=True), status=409)
    if not scores.placed:
        problem = REFUSED[scores.board.round.stage]
        return show(request, Desk.at(scores, None, problem=problem, fresh=True), status=409)
    asks = scores.unknown and viewing.is_due(request)
    if htmx.wants_fragment(request):
        return show(request, following(scores, int(idea)), asks=asks)
    response = HttpResponseRedirect(reverse("polls:next_idea", args=[slug, idea]))
    return viewing.lead(response, DESK) if asks else response


def stick(request, slug: str, idea: int, colour: int):
    """Places the sticker, and returns all scores of the person with this phone. Raises Http404."""
    number, version = person_of(request).number, seen_in(request.POST).get(idea)
    seen = version, mark_in(request.POST)
    try:
        return visitors.tap(
            request, lambda known: StickerRound.objects.place(slug, Person(known, number), idea, colour, *seen)
        )
    except StickerRound.DoesNotExist as error:
        raise Http404 from error


def scores_of(request, slug: str):
    """The scores of the person with this phone. Raises Http404."""
    try:
        return StickerRound.objects.scores(slug, person_of(request))
    except StickerRound.DoesNotExist as error:
        raise Http404 from error


@require_safe
def next_idea(request, slug, pk):
    """Without JavaScript: on to the idea after this one."""
    return redirect(following(scores_of(request, slug), pk).address)


def following(scores, pk: int) -> Desk:
    """The desk after a sticker on this idea: the next idea, or the summary after the last."""
    idea = next((idea for idea in scores.board.rows if idea.id == pk), None)
    at = idea and (idea.wording or idea)  # it may have been joined while it lay on the desk
    return Desk.at(scores, at.number + 1 if at else None, fresh=True)


@require_safe
@not_kept
def own_stickers(request, slug):
    """The summary: all ideas with the stickers of this person."""
    return show(request, Desk(scores_of(request, slug), None))


@require_http_methods(["GET", "HEAD", "POST"])
def next_person(request, slug):
    """A page between two people who share a phone; its button starts the next one."""
    board = scores_of(request, slug).board
    if request.method != "POST":
        context = {"board": board, "handed_on": is_handed_on(request)}
        return render(request, "polls/rounds/next_person.html", context)
    response = redirect("polls:desk", slug)
    hand_over(response, visitors.writing(request).pk)
    return response


@only_post.only("polls:desk", "slug")
def first_person(request, slug):
    """Back to the owner of the phone, with their own stickers."""
    response = redirect("polls:own_stickers", slug)
    hand_back(response)
    return response


def show(request, desk: Desk, *, status: int = 200, asks: bool = False):
    """The desk. `asks`: with the small line about the role, as on the page to which a press without htmx led."""
    context = {"desk": desk, "board": desk.board, "scores": desk.scores}
    if asks:
        context["asks"] = viewing.awaited(desk.address, DESK)
    elif asks := viewing.led(request) == DESK and not is_handed_on(request):
        context["asks"] = viewing.line(request, site_of(request).lists.roles, desk.address, DESK)
    context["handed_on"] = partial(is_handed_on, request)  # the answer to a sticker has no need of it
    response = htmx.respond(request, "polls/rounds/scoring.html", "desk", context, status=status)
    if htmx.wants_fragment(request) and desk.is_open:
        push_url(response, desk.address)
    return viewing.asked(response) if asks else response
