"""The mails of a sign-up. Each tells what is true when it is sent, not when it was asked for."""

from events import ics, moments, telling
from events.keeping import CAFE_HEADER, forget_sign_ups
from events.models import Mailing, Registration
from events.places import Seat
from events.schedule import forget_wishes, send_reminders
from werkplaats import mail

# The worker looks for its jobs here.
__all__ = [
    "forget_sign_ups",
    "forget_wishes",
    "send_cancellation",
    "send_change",
    "send_confirmation",
    "send_mailing",
    "send_offer",
    "send_promotion",
    "send_reminders",
    "send_test",
]
NO_CALENDAR = (Mailing.Kind.THANKS, Mailing.Kind.MESSAGE)


def send(context, registration: Registration, template: str, **data) -> None:
    mail.send(
        context,
        template=f"events/mail/{template}",
        to=registration.email,
        data=telling.facts_of(registration) | data,
        headers={CAFE_HEADER: str(registration.cafe_id)},
        attachments=[] if template in NO_CALENDAR else [ics.attachment(registration)],
    )


def find(registration_id: int) -> Registration | None:
    found = Registration.objects.select_related("cafe__topic").exclude(email="")
    return found.filter(pk=registration_id).first()


@mail.task
def send_confirmation(context, *, registration_id: int) -> None:
    """Tells about a place or a place in the queue; nothing to who has cancelled since."""
    registration = find(registration_id)
    if registration and registration.is_coming:
        send(context, registration, "confirmation")


@mail.task
def send_change(context, *, registration_id: int) -> None:
    """Tells what the sign-up has become; nothing to who has cancelled since."""
    registration = find(registration_id)
    if registration and registration.is_coming:
        send(context, registration, "confirmation", changed=True)


@mail.task
def send_promotion(context, *, registration_id: int) -> None:
    """Tells that a place fell free; nothing to who has cancelled since."""
    registration = find(registration_id)
    if registration and registration.seat:
        send(context, registration, "promotion")


@mail.task
def send_offer(context, *, registration_id: int) -> None:
    """Asks who waits for a place that fell free, as long as it is."""
    registration = find(registration_id)
    if registration and registration.offers:
        send(context, registration, "offer")


@mail.task
def send_cancellation(context, *, registration_id: int) -> None:
    """Confirms a cancellation; nothing to who has signed up again since."""
    registration = find(registration_id)
    if registration and not registration.is_coming:
        send(context, registration, "cancellation")


@mail.task
def send_mailing(context, *, registration_id: int, mailing_id: int) -> None:
    """One of the mails to many; nothing to who has cancelled since, and no reminder of what was changed."""
    registration = find(registration_id)
    mailing = Mailing.objects.filter(pk=mailing_id).first()
    if registration and mailing and registration.is_coming and still_true(mailing, registration):
        template = "reminder" if mailing.kind in (Mailing.Kind.WEEK, Mailing.Kind.DAY) else mailing.kind
        ahead = moments.ahead(registration.cafe.starts_at)
        send(context, registration, template, mailing=mailing, ahead=ahead)


def still_true(mailing: Mailing, registration: Registration) -> bool:
    cafe = registration.cafe
    if mailing.kind in (Mailing.Kind.MESSAGE, Mailing.Kind.CALLED_OFF):
        return True
    if cafe.starts_at != mailing.starts_at or cafe.called_off_at:
        return False
    if mailing.kind == Mailing.Kind.THANKS:
        return registration.took_part
    return not cafe.is_past and (mailing.kind != Mailing.Kind.LINK or registration.seat == Seat.ONLINE)


@mail.task
def send_test(context, *, mailing_id: int) -> None:
    """A coordinator's message to the coordinator alone, with an example in it."""
    mailing = Mailing.objects.select_related("cafe__topic", "by").get(pk=mailing_id)
    data = telling.example_of(mailing, name=str(mailing.by))
    mailing.subject = f"Proef: {mailing.subject}"
    mail.send(context, template="events/mail/message", to=mailing.by.email, data=data)
