"""What goes by itself around a café: two reminders, the link to take part online, thanks, and the end of holds."""

import contextlib
from datetime import datetime, timedelta

from django.db import IntegrityError, OperationalError, transaction
from django.db.models import QuerySet

from events import moments
from events.models import Cafe, Mailing, Registration, holds
from events.places import Seat

Kind = Mailing.Kind
# After a worker was down for so long, the mail is no longer of use.
TOO_LATE = {Kind.WEEK: timedelta(days=2), Kind.DAY: timedelta(hours=12), Kind.THANKS: timedelta(days=3)}
FARTHEST = timedelta(days=9)


def remind(now: datetime) -> list[Mailing]:
    """Sends each mail that is due, once: its row says that it went. Returns those rows."""
    near = Cafe.objects.public().filter(called_off_at=None, starts_at__lt=now + FARTHEST, ends_at__gt=now - FARTHEST)
    done = set(Mailing.objects.filter(cafe__in=near).values_list("cafe", "kind", "starts_at", "moves"))
    sent = []
    for cafe in near:
        moves = cafe.moves
        for kind in Mailing.REMINDERS:
            if (cafe.pk, kind, cafe.starts_at, moves) not in done and is_due(kind, cafe, now):
                # Another worker was first, or something else holds the café: it has its turn next time.
                with contextlib.suppress(IntegrityError, OperationalError), transaction.atomic():
                    sent += send(kind, cafe)
    return sent


def send(kind: Mailing.Kind, cafe: Cafe) -> list[Mailing]:
    """Under the café's lock: nothing when it was called off or moved since it was read."""
    now = cafe.locked()
    if now.called_off_at or now.starts_at != cafe.starts_at:
        return []
    return [now.mail_to(kind, whom(kind, now))]


def is_due(kind: Mailing.Kind, cafe: Cafe, now: datetime) -> bool:
    moment = moment_of(kind, cafe)
    end = cafe.starts_at if kind == Kind.LINK else moment + TOO_LATE[kind]
    return moment <= now < end


def moment_of(kind: Mailing.Kind, cafe: Cafe) -> datetime:
    """When this mail about a café may go."""
    return {
        Kind.WEEK: lambda: moments.days_from(cafe.starts_at, -7),
        Kind.DAY: lambda: moments.days_from(cafe.starts_at, -1),
        Kind.LINK: lambda: moments.reaches(cafe.starts_at, moments.LINK),
        Kind.THANKS: lambda: moments.days_from(cafe.ends_at, 1, moments.MORNING),
    }[kind]()


def whom(kind: Mailing.Kind, cafe: Cafe) -> QuerySet[Registration]:
    """Those who get this mail: the link is for those with a place online, the thanks for those who took part."""
    coming = cafe.registrations.coming()
    if kind == Kind.LINK:
        return coming.filter(seat=Seat.ONLINE)
    if kind == Kind.THANKS:
        return coming.exclude(came_at=None, seat=None).exclude(came_at=None, confirmed_at=None)
    return coming


def look_after_holds(now: datetime) -> int:
    """Gives unconfirmed sign-ups a term where somebody needs their place, asks them again, and ends what is over.

    And offers a place that is still free to who had an offer shortly before.
    Returns at how many cafés it looked. One that is held by something else has its turn next time.
    """
    rows = Registration.objects
    cafes = list(holds.to_look_after(Cafe.objects.public(), rows.holds(), rows.passed(), now))
    for cafe in cafes:
        with contextlib.suppress(OperationalError), transaction.atomic():
            cafe.locked().let_in()
    return len(cafes)
