"""The phones of who is there: the code, the seat, what is on now, and what there was before."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from events.models import Registration
from live.actions import joining
from live.forms import HandsForm, SayForm, SeatForm
from live.models import LiveCafe, Scene, Seat, SeatKind
from live.models.cafes import CODE_LENGTH, normalise_code
from live.models.seats import PutOut
from live.reading import phones
from live.reading.state import task_of
from live.views.finding import TOO_OFTEN, UNKNOWN, TooOften, ask_code, in_room, room_of
from polls.rounds.person import Person, person_of
from werkplaats.models import Visitor
from werkplaats.people import visitors
from werkplaats.web import htmx, typed

NO_CODE = "Vul de vier letters in die op het scherm staan."


@require_http_methods(["GET", "HEAD", "POST"])
def join(request):
    """Where people type the code."""
    if request.method != "POST":
        return ask_code(request)
    code = normalise_code(request.POST.get("code", ""))
    if len(code) != CODE_LENGTH or not code.isascii() or not code.isalnum():
        return ask_code(request, request.POST.get("code", ""), UNKNOWN if code else NO_CODE, status=422)
    try:
        return redirect(room_of(request, code))
    except TooOften:
        return ask_code(request, code, TOO_OFTEN, status=429)
    except Http404:
        if over := LiveCafe.objects.over(code):
            return redirect("live:phone", over.code.lower())
        return ask_code(request, code, UNKNOWN, status=422)


@require_safe
@never_cache
@in_room
def phone(request, live):
    """What is on now, with the one thing to do; without a seat where to sit.

    From the thanks on a new phone is led to what was heard, and after the last hour one with a seat too.
    """
    seat = seat_of(request, live)
    if not (live.takes_words if seat else live.goes_on):
        return redirect(live.cafe)
    if seat is None:
        return ask_seat(request, live, SeatForm(live=live), kind=kind_in(request))
    if "nieuw" in request.GET and phones.before(live):
        return show_earlier(request, live, seat, is_new=True)
    return show(request, live, seat, **wishes_of(request, live))


@require_safe
def in_small_letters(request, **place):
    """What a scanned code leads to, to where it stands."""
    return redirect(request.path.lower().rstrip("/") + "/")


@require_safe
@never_cache
@in_room
def table(request, live, table):
    """From the sheet of a table: only how many they are is asked."""
    seat = seat_of(request, live)
    if seat and seat.table == table or not live.goes_on:
        return redirect(live)
    return ask_seat(request, live, SeatForm(live=live), table=table if table <= live.tables else None)


@require_http_methods(["GET", "HEAD", "POST"])
@in_room
def seat(request, live):
    """Takes a seat, or another one, as long as people are led in."""
    if not live.goes_on:
        return redirect(live)
    if request.method != "POST":
        now = seat_of(request, live)
        table = now.table if now else None
        return ask_seat(request, live, SeatForm(live=live), table=table, now=now, kind=kind_in(request))
    form = SeatForm(request.POST, live=live)
    if not form.is_valid():
        return ask_seat(request, live, form, status=422)
    is_new = seat_of(request, live) is None
    visitors.write(request, lambda visitor_id: joining.sit(live, Visitor(pk=visitor_id), **form.seat))
    return redirect(f"{live.get_absolute_url()}?nieuw" if is_new else live.get_absolute_url())


@require_safe
@never_cache
@in_room
def earlier(request, live):
    """What there was before: own words, of this browser alone, and what everyone may read."""
    seat = seat_of(request, live)
    return show_earlier(request, live, seat) if seat else redirect(live)


def seat_of(request, live: LiveCafe) -> Seat | None:
    """The seat of this browser. Raises PutOut."""
    if request.visitor_id is None:
        return None
    seat = Seat.objects.filter(live=live, visitor=request.visitor_id).first()
    if seat and seat.put_out_at:
        raise PutOut(seat)
    return seat


def wishes_of(request, live: LiveCafe) -> dict:
    """What an address asks for: to write to a scene, what was sent to it, to count again, an idea."""
    wishes: dict = {"again": "tel" in request.GET, "is_done": "klaar" in request.GET}
    for name, word in (("write", "schrijf"), ("sent", "verstuurd")):
        if number := number_in(request.GET.get(word, "")):
            wishes[name] = scene_of(live, number)
    wishes["idea"] = number_in(request.GET.get("idee", ""))
    return wishes


def number_in(raw: str) -> int | None:
    """A number in an address; None without one."""
    return int(raw) if raw.isascii() and raw.isdecimal() and len(raw) < 10 else None


def lead_out(request, live: LiveCafe) -> HttpResponse:
    """To what was heard; but who typed something reads that it was not sent, and can copy it."""
    lost = typed.typed_in(request)
    if not lost:
        return htmx.redirect(request, live.cafe.get_absolute_url())
    context = {"live": live, "over": live, "typed": lost, "code": code_of(live), "mark": task_of(phones.look_of(live))}
    page = "live/lost.html#now" if htmx.wants_fragment(request) else "live/over.html"
    return render(request, page, context, status=410)


def show(
    request, live: LiveCafe, seat: Seat, *, status=200, form=None, hands_form=None, problem="", is_fresh=False, **wishes
):
    """The page of a phone, or for htmx what is on now. `is_fresh`: a press just put it there."""
    now = phones.phone_of(live, seat, Person(seat.visitor_id, person_of(request).number), **wishes)
    if now.task == "count" and now.poll and not hands_form:
        hands_form = HandsForm(poll=now.poll, choices=now.poll.options, counted=now.hands.counts if now.hands else {})
    context = {"live": live, "look": now.look, "phone": now, "seat": seat, "scene": now.scene, "code": code_of(live)}
    context |= {"form": form or SayForm(label=label_of(seat)), "hands_form": hands_form, "problem": problem}
    context |= {"is_fresh": is_fresh, "placed": "verstuurd" in request.GET, "count": now.earlier}
    context |= {"stand": timezone.now(), "meeting": meeting_of(request, live, seat)}
    return htmx.respond(request, "live/phone.html", "now", context, status=status)


def code_of(live: LiveCafe) -> str:
    """As it stands in addresses."""
    return live.shown_code.lower()


def label_of(seat: Seat) -> str:
    return "Jullie antwoord" if seat.is_table else "Jouw antwoord"


def show_earlier(request, live: LiveCafe, seat: Seat, *, is_new: bool = False) -> HttpResponse:
    context = {"live": live, "look": phones.look_of(live), "seat": seat, "is_new": is_new, "code": code_of(live)}
    earlier = phones.earlier_of(live)
    context |= {"own": phones.own_voices(seat, live), "earlier": earlier, "count": len(earlier), "is_earlier": True}
    context["meeting"] = meeting_of(request, live, seat)
    return render(request, "live/phone_earlier.html", context)


def meeting_of(request, live: LiveCafe, seat: Seat) -> str:
    """The link to picture and sound, of who sits online and is logged in with the address that has a place online.

    Everyone else has it in their mail only: a code is in print, and a cookie must not tell which address signed up.
    """
    asks = seat.kind == SeatKind.ONLINE and live.goes_on
    is_theirs = asks and Registration.objects.online_of(request.user).filter(cafe=live.cafe_id).exists()
    return live.cafe.online_link if is_theirs else ""


def kind_in(request) -> str:
    """The seat that a link is for: `?waar=online` of the café's page."""
    asked = request.GET.get("waar", "")
    return asked if asked in (SeatKind.ALONE, SeatKind.ONLINE) else ""


def ask_seat(request, live, form, *, table: int | None = None, now: Seat | None = None, kind: str = "", status=200):
    chosen = str(form["plek"].value() or kind or table or (now.kind if now else ""))
    people = form["people"].value() or (now.people if now and now.is_table else 4)
    context = {"live": live, "form": form, "chosen": chosen, "people": people, "now": now, "kinds": SeatKind}
    context |= {
        "code": code_of(live),
        "tables": form.tables,
        "of_sheet": table if table and not now and not form.is_bound else None,
    }
    return render(request, "live/phone_seat.html", context, status=status)


def scene_of(live: LiveCafe, pk: int) -> Scene | None:
    """A scene of this room that is on, or was before; not one that was passed over, whose question nobody heard."""
    if live.scene is None or live.begun_at is None:
        return None
    were_on = live.scenes.filter(started_at__isnull=False).select_related("question", "poll", "round")
    found = were_on.filter(pk=pk).first()
    if found:
        found.live = live
    return found
