"""The mails of a sign-up. Each tells what is true when it is sent, not when it was asked for."""

from django.utils import timezone
from procrastinate.contrib.django import app

from events import mails, moments
from events.mails import find, send, still_true
from events.models.mailings import Mailing
from events.reminders import remind
from events.retention import forget, forget_old_wishes
from werkplaats import mail


@app.periodic(cron="27 4 * * *")
@app.task(queueing_lock="forget_sign_ups")
def forget_sign_ups(timestamp: int) -> None:
    forget(timezone.now())


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="send_reminders")
def send_reminders(timestamp: int) -> None:
    remind(timezone.now())


@app.periodic(cron="7 4 * * *")
@app.task(queueing_lock="forget_wishes")
def forget_wishes(timestamp: int) -> None:
    forget_old_wishes(timezone.now())


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


@mail.task
def send_test(context, *, mailing_id: int) -> None:
    """A coordinator's message to the coordinator alone, with an example in it."""
    mailing = Mailing.objects.select_related("cafe__topic", "by").get(pk=mailing_id)
    data = mails.example_of(mailing, name=str(mailing.by))
    mailing.subject = f"Proef: {mailing.subject}"
    mail.send(context, template="events/mail/message", to=mailing.by.email, data=data)
