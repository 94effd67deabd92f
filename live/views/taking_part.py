"""What a phone in the room sends. Each works as a plain form, and sent twice it is once."""

from functools import wraps

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from live.actions import counting, joining, saying
from live.forms import HandsForm, SayForm, SeatForm
from live.models import Kind, LiveCafe, Scene, Seat
from live.models.cafes import COUNTS
from live.views.finding import in_room
from live.views.phones import label_of, lead_out, scene_of, seat_of, show
from polls.models import Stage
from polls.rounds.person import Person, hand_back, hand_over, person_of
from posts import room
from posts.models import Thumb
from posts.models.thumb_kinds import wished
from werkplaats.models import Visitor
from werkplaats.people import visitors
from werkplaats.versions import mark_in, seen_in
from werkplaats.web import htmx, only_post
from werkplaats.web.audit import leaves_no_history
from werkplaats.web.requests import View

NOT_NOW = "Dit kan nu niet meer: de zaal is verder gegaan."
ELSEWHERE = (
    "Deze telefoon hoort nu bij {}. Er is nog niets verstuurd. Klopt dat, druk dan nog eens. Anders kies je bovenaan je"
    " plek."
)
NO_WORDS_NOW = "Bij deze vraag kan niemand meer schrijven. Kopieer je tekst, dan raak je niets kwijt."
TOO_MUCH = "Jullie schrijven snel! Wacht een paar minuten en druk dan nog eens: je tekst blijft staan."
GONE = "Deze keuze is er niet meer. Kies opnieuw."
OTHER_WORDS = "De woorden zijn net veranderd. Lees ze opnieuw, en kies dan."
NO_STICKER = "Je sticker is niet geplakt. Kies groen, blauw of rood."
ROUND_OVER = "Je sticker is niet geplakt: deze ronde is al afgelopen. Dit is de uitslag."
NO_STICKERS_NOW = "Je sticker is niet geplakt: in deze ronde kan nu niemand plakken."
OTHER_IDEA = "Je sticker is niet geplakt: dit is net veranderd. Lees het opnieuw, en plak dan."
COLOURS = {"1": 1, "2": 2, "3": 3}


def from_seat(view: View) -> View:
    """A decorator of views that take what a form sends, and get the room and the seat of this browser.

    A form names its seat, and so who lost it in between (cookies that were wiped) gets it back. Who has another one by
    now (another tab, a log-in) reads so first: hands and words of one table are none of another.
    """

    @only_post.only("live:phone", "code")
    @in_room
    @wraps(view)
    def guarded(request, live, **kwargs):
        seat = seat_of(request, live) or sit_again(request, live)
        if seat is None:
            return no_seat(request, live)
        if request.POST.get("plek", seat.key) != seat.key:
            return sits_elsewhere(request, live, seat, scene_of(live, kwargs["scene"]) if "scene" in kwargs else None)
        try:
            return view(request, live, seat, **kwargs)
        except IntegrityError:  # the visitor was erased, or merged with another, in between
            seat = sit_again(request, live)
            return view(request, live, seat, **kwargs) if seat else no_seat(request, live)

    return guarded


def no_seat(request, live: LiveCafe) -> HttpResponse:
    """Where to sit; or, when nobody is led in any more, to what was heard."""
    return htmx.redirect(request, live.get_absolute_url()) if live.goes_on else lead_out(request, live)


def sit_again(request, live: LiveCafe) -> Seat | None:
    form = SeatForm(request.POST, live=live)
    if not live.goes_on or not form.is_valid():
        return None
    return visitors.write(request, lambda visitor_id: joining.sit(live, Visitor(pk=visitor_id), **form.seat))


@from_seat
def say(request, live, seat, scene):
    """Words to the question of a scene, until the last hour: also of one that was before, for who is still writing."""
    if not live.takes_words:
        return lead_out(request, live)
    form, about = SayForm(request.POST, label=label_of(seat)), scene_of(live, scene)
    if about is None or not about.question_id:
        raise Http404
    status = 422
    if about.its_question.closed_at:
        form.add_error("text", NO_WORDS_NOW)
        status = 409
    if form.is_valid():
        try:
            saying.say(about, seat, Visitor(pk=seat.visitor_id), form.cleaned_data["text"])
        except room.TooMuch:
            form.add_error("text", TOO_MUCH)
            status = 429
    if form.errors:
        return show(request, live, seat, form=form, write=about, status=status)
    if not htmx.wants_fragment(request):
        return HttpResponseRedirect(f"{live.get_absolute_url()}?verstuurd={about.pk}")
    response = show(request, live, seat, sent=about, is_fresh=True)
    response.headers["X-Geplaatst"] = "1"  # drafts.js drops the draft
    return response


@leaves_no_history
@from_seat
def count(request, live, seat, scene):
    """The hands of a table. The last count of a table is the one, from whichever of its phones."""
    about = asked_now(live, scene, Kind.POLL)
    if about is None or not seat.is_table:
        return moved(request, live, seat)
    poll = about.its_poll
    form = HandsForm(request.POST, poll=poll, choices=list(poll.choices.all()), counted={})
    try:
        if form.is_valid():
            counting.count_hands(about, seat, form.hands, mark_in(request.POST))
    except ValidationError as error:
        if Scene.objects.filter(pk=scene, revealed_at__isnull=False).exists():
            return moved(request, live, seat)
        form.add_error(None, error)
    if form.errors:
        status = 409 if form.has_error(NON_FIELD_ERRORS, "words") else 422
        return show(request, live, seat, again=True, hands_form=form, status=status)
    return went_well(request, live, seat)


@leaves_no_history
@from_seat
def vote(request, live, seat, scene):
    """The vote of somebody who sits at no table."""
    about = asked_now(live, scene, Kind.POLL)
    if about is None or seat.is_table:
        return moved(request, live, seat)
    choice, _, words = request.POST.get("choice", "").partition(".")
    if not about.its_poll.choices.filter(pk=choice if choice.isdecimal() and len(choice) < 10 else 0).exists():
        return show(request, live, seat, problem=GONE, status=422)
    try:
        counting.vote(about, seat, int(choice), words or None)
    except ValidationError as error:
        return show(request, live, seat, problem=error.messages[0], status=409)
    return went_well(request, live, seat)


@leaves_no_history
@from_seat
def thumb(request, live, seat, voice, wish):
    """A thumb for what stands large on the screen. Of a table it is one."""
    shown = get_object_or_404(live.voices.shown().select_related("post"), pk=voice, post__isnull=False)
    try:
        value = wished(wish)
    except KeyError:
        raise Http404 from None
    seen = seen_in(request.POST).get(shown.post_id)
    counted = Thumb.objects.wish(shown.post_id, seat.visitor_id, value, seen)
    if counted is None:
        return moved(request, live, seat)
    if not counted.same:
        return show(request, live, seat, problem=OTHER_WORDS, status=409)
    live.tell(COUNTS)
    return went_well(request, live, seat)


@leaves_no_history
@from_seat
def stick(request, live, seat, scene):
    """A sticker of the person who holds the phone now, on one idea; then the next idea."""
    about = asked_now(live, scene, Kind.STICKERS)
    if about is None:
        return moved(request, live, seat)
    if about.was_over:
        return show(request, live, seat, problem=ROUND_OVER, status=409)
    colour, raw = COLOURS.get(request.POST.get("colour", "")), request.POST.get("idea", "")
    idea = int(raw) if raw.isascii() and raw.isdecimal() and len(raw) < 10 else 0
    if not colour or not about.its_round.ideas.filter(pk=idea).exists():
        return show(request, live, seat, problem=NO_STICKER, status=422)
    person = Person(seat.visitor_id, person_of(request).number)
    seen = seen_in(request.POST).get(idea), mark_in(request.POST)
    try:
        scores = counting.place(about, seat, person, idea, colour, *seen)
    except ValidationError:
        return moved(request, live, seat)
    if scores and not scores.placed:
        return show(request, live, seat, problem=why_not_placed(scores.board.round.stage), status=409)
    number = request.POST.get("number", "")
    following = int(number) + 1 if number.isascii() and number.isdecimal() and len(number) < 5 else None
    if not htmx.wants_fragment(request):
        return HttpResponseRedirect(live.get_absolute_url() + (f"?idee={following}" if following else ""))
    return show(request, live, seat, idea=following, is_fresh=True)


def why_not_placed(stage: str) -> str:
    """Why a sticker was not placed in a round that is at this stage by now."""
    return {Stage.RESULT: ROUND_OVER, Stage.IDEAS: NO_STICKERS_NOW}.get(Stage(stage), OTHER_IDEA)


@leaves_no_history
@from_seat
def next_person(request, live, seat):
    """The phone goes on to who sits beside, who starts anew and sees nothing of who was before."""
    response = redirect(live)
    hand_over(response, seat.visitor_id)
    return response


@leaves_no_history
@from_seat
def all_ready(request, live, seat):
    """Nobody else at this phone: it is its owner's again."""
    response = redirect(f"{live.get_absolute_url()}?klaar")
    hand_back(response)
    return response


@from_seat
def take_away(request, live, seat, voice):
    """Takes away what this browser sent."""
    own = get_object_or_404(seat.voices.select_related("post"), pk=voice)
    if own.post is None:
        own.delete()
    else:
        room.withdraw(own.post, request.visitor_id, request.user)
    return redirect(reverse("live:earlier", args=[live.shown_code.lower()]))


def asked_now(live: LiveCafe, pk: int, kind: Kind) -> Scene | None:
    """This scene, when it is on and what it asks can be answered still."""
    scene = live.scene
    if scene is None or scene.pk != pk or scene.kind != kind or scene.is_revealed or live.begun_at is None:
        return None
    return scene_of(live, pk)


def sits_elsewhere(request, live: LiveCafe, seat: Seat, about: Scene | None) -> HttpResponse:
    """The page as it is for the seat of now, with what was filled in."""
    problem = ELSEWHERE.format(seat.called)
    if about and about.question_id:
        form = SayForm(request.POST, label=label_of(seat))
        return show(request, live, seat, form=form, write=about, problem=problem, status=409)
    hands = None
    if about and about.kind == Kind.POLL and seat.is_table:
        poll = about.its_poll
        hands = HandsForm(request.POST, poll=poll, choices=list(poll.choices.all()), counted={})
    return show(request, live, seat, again=True, hands_form=hands, problem=problem, status=409)


def moved(request, live: LiveCafe, seat: Seat) -> HttpResponse:
    """The room went on, or the result was shown: what there is now, and that what was sent counts no more."""
    return show(request, live, seat, problem=NOT_NOW, status=409)


def went_well(request, live: LiveCafe, seat: Seat) -> HttpResponse:
    if not htmx.wants_fragment(request):
        return redirect(live)
    return show(request, live, seat, is_fresh=True)
