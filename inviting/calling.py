"""What the list of gerichte acties shows: the text of an invitation, whether a gap filled, what came of a line."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from inviting.models import Call, CallState, What
from inviting.models.calls import GAP
from plan import missed
from plan.missed import Gap
from plan.models import Harvest
from posts.models import Question
from werkplaats.invited.mailto import fits, mailto
from werkplaats.models import Role
from werkplaats.web.requests import Request
from werkplaats.words import day

SHOWN = 5
# Coordinators name bodies and roles; what is in the name tells which text fits.
NAMED = (
    ("opr", What.OPR),
    ("ondersteuningsplanraad", What.OPR),
    ("deelnemersraad", What.COUNCIL),
    ("toezicht", What.SUPERVISORS),
    ("bestu", What.BOARD),
    ("gemeente", What.MUNICIPALITY),
    ("ketenpartner", What.PARTNER),
    ("jeugdhulp", What.PARTNER),
    ("zorg", What.PARTNER),
)
ROLES = (
    ("leerkracht", What.TEAM),
    ("leraar", What.TEAM),
    ("leraren", What.TEAM),
    ("docent", What.TEAM),
    ("intern begeleider", What.TEAM),
    ("directeur", What.SCHOOL),
    ("schoolleider", What.SCHOOL),
)


class Invitation(NamedTuple):
    """`mailto` opens the text in one's own mail program, if it `fits`."""

    link: str
    text: str
    mailto: str
    fits: bool


def link_of(call: Call) -> str:
    return f"{settings.SITE_URL}{call.link.path()}"


def invitation(call: Call, question: Question | None) -> Invitation:
    """The text that fits the kind of line, after a line for a personal word."""
    link = link_of(call)
    about = {"call": call, "question": question, "what": What, "link": link}
    text = render_to_string("inviting/call.txt", about).strip()
    address = mailto(question.text if question else "Denk je mee over passend onderwijs?", text)
    return Invitation(link, text, address, fits(address))


def what_fits(gap: Gap) -> What:
    """The kind of line for who is missing."""
    name = gap.name.lower()
    if gap.kind == "role" and Role.objects.filter(pk=gap.pk, is_pupil=True).exists():
        return What.CLASS
    known = {"body": NAMED, "role": NAMED + ROLES}.get(gap.kind, ())
    otherwise = What.MEETING if gap.kind == "body" else What.GROUP
    return next((what for part, what in known if part in name), otherwise)


def name_of(gap: Gap) -> str:
    return f"Mensen uit {gap.name}" if gap.kind == "werkgebied" else gap.name[:1].upper() + gap.name[1:]


def open_for(harvest: Harvest | None, gaps: Iterable[Gap]) -> dict[Gap, Call]:
    """The open line of each of these gaps that has one. One query."""
    gaps = list(gaps)
    wanted = Q()
    for kind in GAP:
        wanted |= Q(**{f"{kind}__in": [gap.pk for gap in gaps if gap.kind == kind]})
    calls = list(Call.objects.open().filter(wanted, harvest=harvest))
    return {gap: call for gap in gaps for call in calls if getattr(call, f"{gap.kind}_id") == gap.pk}


def tell_filled(calls: Iterable[Call]) -> None:
    """Puts at each line `filled`: whether who was missing when it was made was heard by now.

    Three queries a harvest.
    """
    calls = [call for call in calls if call.is_for_gap]
    for harvest in {call.harvest for call in calls}:
        missing = {(gap.kind, gap.pk) for gap in missed.gaps(harvest)}
        for call in calls:
            if call.harvest == harvest:
                own = {(kind, pk) for kind in GAP if (pk := getattr(call, f"{kind}_id"))}
                call.filled = not own & missing  # type: ignore[attr-defined]


def due() -> list[dict[str, Any]]:
    """For «Vandaag»: who is to be asked today, or was on a day before. One query."""
    today = timezone.localdate()
    calls = list(Call.objects.due())
    if not calls:
        return []
    items = [
        {"text": call.name, "url": reverse("inviting:call", args=[call.pk]), "meta": _when(call, today)}
        for call in calls[:SHOWN]
    ]
    url = f"{reverse('admin:inviting_call_changelist')}?state__exact={CallState.NOT_YET.value}"
    return [{"title": "Wie vraag je vandaag?", "count": len(calls), "url": url, "items": items}]


def _when(call: Call, today: date) -> str:
    if not call.on:
        return ""
    if call.on > today:  # it could not be asked to a café, and there is time until then
        return f"uiterlijk {day(call.on)}: kon niet op het café"
    return "vandaag" if call.on == today else f"op {day(call.on)}"


def of_gap(kind: str, pk: int, gaps: Iterable[Gap]) -> Gap | None:
    """The gap that a form names, if somebody is still missing there."""
    return next((gap for gap in gaps if (gap.kind, gap.pk) == (kind, pk)), None)


def beside(request: Request, harvest: Harvest | None, gaps: Sequence[Gap]) -> dict[Gap, SafeString]:
    """At each gap a button that makes a line, or the way to the line that is there. One query."""
    if not request.user.has_perm("inviting.add_call"):
        return {}
    calls = open_for(harvest, gaps)
    return {gap: draw_gap(request, harvest, gap, calls.get(gap)) for gap in gaps}


def draw_gap(request: Request, harvest: Harvest | None, gap: Gap, call: Call | None) -> SafeString:
    return render_to_string("inviting/gap.html", {"gap": gap, "harvest": harvest, "call": call}, request)
