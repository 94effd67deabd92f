"""Unconfirmed sign-ups that hold a seat: they get a term once somebody firm needs it, and make way if that is still so.

Who waits unconfirmed needs nobody's seat before they say «Ik kom»: they could not get it, and a mail to others would
tell that their address was new here (docs/decisions/one-lock-for-scarce-places.md).

All of it happens under the café's lock, whenever places are handed out, and every few minutes by itself.
"""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Case, DateTimeField, Q, QuerySet, Value, When
from django.utils import timezone

from events import moments
from events.models import mail_jobs
from events.places import Seat

if TYPE_CHECKING:
    from events.models.cafes import Cafe
    from events.models.registrations import Registration

type Holds = "list[Registration]"

MOST_TERM_MAILS = 2  # one when a term begins, one halfway


# A term that ends where the last day begins ends as it said, also when the worker looks a little later.
LOOKS_LATE = timedelta(hours=1)


def lapse(cafe: "Cafe") -> Holds:
    """Ends the holds whose term is over, asks a second time halfway, and returns those that go on.

    It ends only what somebody firm gets at once; for nobody the term itself ends. It starts anew as long as its mail
    did not leave, and goes on for a while after the second mail, if that was late. On the last day before the café
    there are no terms: no hold ends, and none is returned.
    """
    now, last_day = timezone.now(), moments.last_day_from(cafe.starts_at)
    if not any(cafe.places(seat).unsure for seat in Seat):
        return []
    holds = list(cafe.registrations.holds())
    for each in holds:
        # The café was moved nearer, or no worker looked in time.
        if each.holds_until and (each.holds_until > last_day or now >= last_day + LOOKS_LATE):
            each.end_term()
    if not cafe.is_ahead:
        return []
    due = [each for each in holds if each.holds_until and (each.nudge_at or each.holds_until) <= now]
    needed = needed_of(cafe, holds) if due else []
    over = []
    for each in due:
        if each not in needed:
            each.end_term()
        elif not each.knows_of_term:
            start_anew(cafe, each, now)
        elif each.nudge_at:
            ask_again(cafe, each, now)
        else:
            over.append(each)
    # Of two that a pair needs, one waits for the other: else somebody who comes alone took the first seat.
    make_way = needed_of(cafe, over) if over else []
    for each in make_way:
        each.make_way()
    if needed:
        cafe.recount()
    return [each for each in holds if each.seat] if is_time_for_terms(cafe, now) else []


def give_terms(cafe: "Cafe", holds: Holds) -> None:
    """Asks those whose seat somebody needs whether they come, and until when; nobody is asked that twice."""
    if all(each.holds_until for each in holds):
        return
    asked = [each for each in needed_of(cafe, holds) if each.holds_until is None]
    if asked:
        begin_terms(cafe, asked, timezone.now())


def begin_terms(cafe: "Cafe", holds: Holds, now: datetime) -> bool:
    """Gives them a term and mails those who had no two mails about one yet; returns whether a term still fits.

    Who had the first mail is not asked halfway: the second leaves at once.
    """
    term = moments.term(now, cafe.starts_at, timedelta(hours=cafe.hold_hours))
    if term is None:
        return False
    rows = cafe.registrations.filter(pk__in=[each.pk for each in holds])
    halfway = Case(When(term_mails=0, then=Value(term.halfway_at)), default=None, output_field=DateTimeField())
    rows.update(holds_until=term.ends_at, nudge_at=halfway)
    mail_jobs.leave("events.tasks.send_term", [each for each in holds if each.term_mails < MOST_TERM_MAILS])
    return True


def start_anew(cafe: "Cafe", hold: "Registration", now: datetime) -> None:
    """Gives another term to somebody whose mail did not leave, and leaves one more mail: the first may be lost."""
    if not begin_terms(cafe, [hold], now):
        hold.end_term()


def ask_again(cafe: "Cafe", hold: "Registration", now: datetime) -> None:
    """Asks a second time; when that comes too late to answer, the term goes on, or ends where the last day begins."""
    if moments.hours_of_the_day(now, hold.holds_until) < moments.TO_ANSWER:  # type: ignore[arg-type]  # it has a term
        hold.holds_until = moments.after_hours_of_the_day(now, moments.TO_ANSWER)
    if hold.holds_until > moments.last_day_from(cafe.starts_at):  # type: ignore[operator]
        hold.end_term()
    else:
        hold.ask_again()


def needed_of(cafe: "Cafe", holds: Holds) -> Holds:
    """As many of these as must end for those who are firm, wait and do not fit into what is free.

    First who has a term already, the soonest over first; then the newest, so that who came first keeps a seat longest.
    """
    never = datetime.max.replace(tzinfo=UTC)
    newest = sorted(holds, key=lambda each: (each.created_at, each.pk), reverse=True)
    left = sorted(newest, key=lambda each: each.holds_until or never)
    free: dict[str, int] = {seat: cafe.places(seat).free for seat in Seat}
    needed, helped = [], set()
    for seat in Seat:
        held = [each for each in left if each.seat == seat]
        for person in cafe.registrations.queued_for(seat):
            out_of_reach = free[seat] + sum(each.people for each in held) < person.people
            if person.pk in helped or out_of_reach:
                continue
            helped.add(person.pk)
            while free[seat] < person.people:
                needed.append(held.pop(0))
                free[seat] += needed[-1].people
            free[seat] -= person.people
            if person.seat:
                free[person.seat] += person.people
    return needed


def is_time_for_terms(cafe: "Cafe", now: datetime) -> bool:
    return cafe.is_ahead and now < moments.last_day_from(cafe.starts_at)


def to_look_after(
    cafes: QuerySet["Cafe"], holds: QuerySet["Registration"], passed: QuerySet["Registration"], now: datetime
) -> QuerySet["Cafe"]:
    """Of these cafés those with a hold that may get a term, be asked again or end, or with a place to offer again."""
    rows = Q(pk__in=holds.order_by().values("cafe")) | Q(pk__in=passed.order_by().values("cafe"))
    return cafes.filter(rows, called_off_at=None, starts_at__gt=now)
