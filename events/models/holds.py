"""Unconfirmed sign-ups that hold a seat: they get a term once somebody needs it, and then make way.

All of it happens under the café's lock, whenever places are handed out, and every few minutes by itself.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils import timezone

from events import moments
from events.models import mail_jobs
from events.places import Seat

if TYPE_CHECKING:
    from events.models.cafes import Cafe
    from events.models.registrations import Registration

type Holds = "list[Registration]"


def lapse(cafe: "Cafe") -> Holds:
    """Ends the holds whose term is over, asks a second time halfway, and returns those that go on.

    On the last day before the café none ends, and none is returned.
    """
    now = timezone.now()
    if not is_time_for_terms(cafe, now) or not any(cafe.places(seat).unsure for seat in Seat):
        return []
    holds = list(cafe.registrations.holds())
    going_on = [each for each in holds if each.holds_until is None or each.holds_until > now]
    for each in holds:
        if each not in going_on:
            each.make_way()
        elif each.nudge_at and each.nudge_at <= now:
            each.nudge_at = None
            each.save(update_fields=["nudge_at"])
            mail_jobs.leave("events.tasks.send_term", [each])
    if len(going_on) < len(holds):
        cafe.recount()
    return going_on


def give_terms(cafe: "Cafe", holds: Holds) -> None:
    """Asks who holds a seat that somebody needs whether they come, and until when; nobody is asked that twice.

    Somebody needs one who waits, confirmed or not, and would not fit into what is free.
    """
    without = [each for each in holds if each.holds_until is None]
    needed = {seat for seat in Seat if any(each.seat == seat for each in without) and is_needed(cafe, seat)}
    term = moments.term(timezone.now(), cafe.starts_at, timedelta(hours=cafe.hold_hours)) if needed else None
    if term is None:
        return
    asked = [each for each in without if each.seat in needed]
    rows = cafe.registrations.filter(pk__in=[each.pk for each in asked])
    rows.update(holds_until=term.ends_at, nudge_at=term.halfway_at)
    mail_jobs.leave("events.tasks.send_term", asked)


def is_needed(cafe: "Cafe", seat: str) -> bool:
    waiting = cafe.registrations.asking_for(seat)
    return waiting.filter(people__gt=cafe.places(seat).free).exists()


def is_time_for_terms(cafe: "Cafe", now: datetime) -> bool:
    return cafe.is_ahead and now < moments.last_day_from(cafe.starts_at)


def to_look_after(cafes: QuerySet["Cafe"], holds: QuerySet["Registration"], now: datetime) -> QuerySet["Cafe"]:
    """Of these cafés those with a hold that may get a term, be asked again or end; one query, by the index of holds."""
    return cafes.filter(called_off_at=None, starts_at__gt=now, pk__in=holds.order_by().values("cafe"))
