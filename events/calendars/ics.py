"""The calendar file of one sign-up, and what every calendar file of ours shares.

METHOD is PUBLISH and not REQUEST: a request makes mail programs answer "accepted" or "declined" to an address that
nobody reads, while the place stays taken. People cancel by the link in the mail; the file then sent has
METHOD:CANCEL (RFC 5546, 4.1.3, cancelling a published event).
"""

import datetime
from email.message import MIMEPart
from email.policy import SMTP
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from icalendar import STATUS, Calendar, Event, vCalAddress

from events.places import Seat

NAME = "passend-onderwijscafe.ics"
# Around a café, for the changes of the clock: those of half a century take 10 KB.
HALF_YEAR = datetime.timedelta(days=183)


def attachment(registration) -> tuple[MIMEPart]:
    """The file as it goes with a mail, with its method in the content type as RFC 6047 asks."""
    made = calendar(registration)
    part = MIMEPart(policy=SMTP.clone(cte_type="7bit"))  # as `werkplaats.mail.headers`
    part.set_content(
        made.to_ical().decode(),
        subtype="calendar",
        charset="utf-8",
        disposition="attachment",
        filename=NAME,
        params={"method": made["METHOD"]},
    )
    return (part,)


def calendar(registration) -> Calendar:
    """The café as this person has it: certain, tentative while they wait for a place, or cancelled."""
    cafe = registration.cafe
    event = event_of(
        cafe,
        uid=f"cafe-{cafe.pk}-{registration.key}",
        sequence=sequence(registration),
        summary=cafe.title,
        description=description(registration),
        location=location(registration),
        status=status(registration),
        url=cafe.online_link if registration.seat == Seat.ONLINE else None,
    )
    made = empty("CANCEL" if status(registration) == STATUS.CANCELLED else "PUBLISH")
    made.add_component(event)
    made.add_missing_timezones(cafe.starts_at.date() - HALF_YEAR, cafe.starts_at.date() + HALF_YEAR)
    return made


def location(registration) -> str:
    """Where to go, or where to no more: the online link only for somebody who has a place online."""
    had = registration.seat or registration.wish or registration.gave_up_seat or registration.gave_up
    if had == Seat.ROOM:
        return registration.cafe.room
    return (registration.seat and registration.cafe.online_link) or "Online"


def sequence(registration) -> int:
    """Rises with each change of the sign-up and of the café, which has a row in the audit trail for each change."""
    return registration.version + registration.cafe.events.count()


def status(registration) -> STATUS:
    if not registration.is_coming or registration.cafe.called_off_at:
        return STATUS.CANCELLED
    return STATUS.CONFIRMED if registration.seat and registration.is_firm else STATUS.TENTATIVE


def description(registration) -> str:
    link = f"Bekijken, wijzigen of afmelden: {settings.SITE_URL}{registration.get_absolute_url()}"
    waiting = "" if registration.seat or not registration.is_coming else "Je staat op de wachtlijst.\n"
    return f"{waiting}{registration.cafe.question}\n\n{link}"


def empty(method: str) -> Calendar:
    """A calendar of ours to put events in."""
    made = Calendar()
    made.add("version", "2.0")
    made.add("prodid", "-//de digitale werkplaats//NL")
    made.add("method", method)
    return made


def event_of(cafe, *, uid: str, **fields) -> Event:
    """This café as an event; the host in its id keeps two sites apart in one calendar."""
    zone = ZoneInfo(settings.TIME_ZONE)
    return Event.new(
        uid=f"{uid}@{urlsplit(settings.SITE_URL).hostname}",
        start=cafe.starts_at.astimezone(zone),
        end=cafe.ends_at.astimezone(zone),
        # Required in a published event: the mail address of the site.
        organizer=vCalAddress.new(settings.DEFAULT_FROM_EMAIL, cn="De digitale werkplaats"),
        **fields,
    )
