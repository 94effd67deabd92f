"""The mails about a sign-up: sending one, and what it would say as an example to those who are about to send it."""

from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from events import around
from events.calendars import ics, links
from events.models import Cafe, Mailing, Registration
from events.places import Seat
from werkplaats import mail
from werkplaats.models import User

CAFE_HEADER = "X-Cafe"  # in every mail about a sign-up, so that the demo's folder can be emptied of them
NO_CALENDAR = (Mailing.Kind.THANKS, Mailing.Kind.MESSAGE, "hold", "term", "lapsed")
# In examples, the name and the place of somebody in the audience.
NAME = "Noor"
OWN = dict.fromkeys(["confirmed_at", "named_at"], timezone.now())
SEATS: dict[str, Seat | None] = {Mailing.Audience.ONLINE: Seat.ONLINE, Mailing.Audience.QUEUE: None}


# What anybody can have sent to an address, who types it and another one that waits for its place. Not the two about its
# term, which have a limit of their own: without these no hold ends, and a mailbox holds only so many places.
BY_TYPING = ("hold", "lapsed")


@dataclass(frozen=True)
class Preview:
    """A mail, and to how many addresses it goes."""

    subject: str
    text: str
    people: int


def find(registration_id: int) -> Registration | None:
    """The sign-up to mail about; None when it is gone or gave no address, or when that is shut out."""
    return Registration.objects.reachable().select_related("cafe__topic").filter(pk=registration_id).first()


def send(context, registration: Registration, template: str, *, by_hand: bool = False, **data) -> bool:
    """Sends one mail from a job, with the calendar file where that belongs; returns whether it left.

    An answer to what a coordinator wrote goes to that coordinator. `by_hand` when one had this mail sent: it does not
    count among those that anybody causes. What somebody firm is told always leaves, also when strangers had many mails
    sent to their mailbox.
    """
    by_typing = (template in BY_TYPING or bool(data.get("again"))) and not by_hand
    headers = {CAFE_HEADER: str(registration.cafe_id)}
    mailing = data.get("mailing")
    if mailing and mailing.kind == Mailing.Kind.MESSAGE and mailing.by:
        headers["Reply-To"] = mailing.by.email
    return mail.send(
        context,
        template=f"events/mail/{template}",
        to=registration.email,
        data=facts_of(registration) | data,
        about=f"cafe-{registration.cafe_id}",
        by_typing=by_typing,
        own_limit="mail_term" if template == "term" else "",
        always=registration.is_firm and not by_typing,
        headers=headers,
        attachments=[] if template in NO_CALENDAR else [ics.attachment(registration)],
    )


def still_true(mailing: Mailing, registration: Registration) -> bool:
    """Whether what the mailing says still holds for this person, now that its turn has come."""
    cafe = registration.cafe
    if mailing.kind in (Mailing.Kind.MESSAGE, Mailing.Kind.CALLED_OFF):
        return True
    if cafe.starts_at != mailing.starts_at or cafe.called_off_at:
        return False
    if mailing.kind in Mailing.REMINDERS and mailing.moves != cafe.moves:
        return False
    if mailing.kind == Mailing.Kind.THANKS:
        return registration.was_there
    if mailing.kind == Mailing.Kind.LINK:  # people may come in later
        return not cafe.is_past and registration.seat == Seat.ONLINE
    return not (cafe.is_past if mailing.kind == Mailing.Kind.MOVED else cafe.has_begun)


def preview(mailing: Mailing, people: int) -> Preview:
    return _made_of(str(mailing.kind), example_of(mailing), people)


def preview_of_cancelling(cafe: Cafe, people: int, *, by: User) -> Preview:
    facts = facts_of(Registration(pk=0, cafe=cafe, name=NAME, cancelled_by=by, **OWN))
    return _made_of("cancellation", facts | {"link": facts["cafe_link"]}, people)


def _made_of(template: str, data: dict, people: int) -> Preview:
    made = mail.message(template=f"events/mail/{template}", to="", data=data, reference="voorbeeld")
    return Preview(str(made.subject), str(made.body), people)


def example_of(mailing: Mailing, name: str = NAME) -> dict:
    """What this mail tells somebody in its audience, who is not in the database."""
    cafe = mailing.cafe
    seat = SEATS.get(mailing.audience, cafe.kinds[0])
    facts = facts_of(Registration(pk=0, cafe=cafe, name=name, seat=seat, **OWN))
    # The key in the link of an example opens nothing.
    return facts | {"mailing": mailing, "link": facts["cafe_link"]}


def facts_of(registration: Registration) -> dict:
    """What every mail about a sign-up can tell."""
    cafe = registration.cafe
    return {
        "registration": registration,
        "cafe": cafe,
        "link": f"{settings.SITE_URL}{registration.get_absolute_url()}",
        "cafe_link": f"{settings.SITE_URL}{cafe.get_absolute_url()}",
        "said_link": f"{settings.SITE_URL}{around.heard_at(cafe)}",
        "calendar_links": links.google_and_outlook(cafe, ics.location(registration)),
    }
