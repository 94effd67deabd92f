"""The jobs about cafés: what happens by the clock, and the mails, which tell what is true when they are sent."""

from django.db.models import F
from django.utils import timezone
from procrastinate.contrib.django import app

from events import mails, moments, reminders
from events.models import Mailing, Registration, Snapshot
from werkplaats import mail


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="send_reminders")
def send_reminders(timestamp: int) -> None:
    reminders.remind(timezone.now())


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="look_after_holds")
def look_after_holds(timestamp: int) -> None:
    reminders.look_after_holds(timezone.now())


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="take_snapshot")
def take_snapshot(timestamp: int) -> None:
    Snapshot.objects.take()


@mail.task
def send_confirmation(context, *, registration_id: int, again: bool = False, by_hand: bool = False) -> None:
    """Tells about a place or a place in the queue, and asks who is not firm yet whether they come.

    `again` when the address was signed up already, `by_hand` when a coordinator had it sent once more. Nothing to
    somebody who has cancelled since, or once it is too late.
    """
    registration = mails.find(registration_id)
    if registration and registration.may_still_come:
        template = "confirmation" if registration.is_firm else "hold"
        mails.send(context, registration, template, again=again, by_hand=by_hand)


@mail.task
def send_term(context, *, registration_id: int) -> None:
    """Asks who holds a place that somebody needs whether they come, and until when; twice, as long as that is so.

    Of those that waited for the same mail server one goes.
    """
    registration, now = mails.find(registration_id), timezone.now()
    if registration and registration.holds_until and registration.holds_until > now:
        is_due = registration.term_mails < registration.term_mails_due
        if is_due and mails.send(context, registration, "term"):
            Registration.objects.filter(pk=registration_id).update(term_mails=F("term_mails") + 1)


@mail.task
def send_lapsed(context, *, registration_id: int, by_hand: bool = False) -> None:
    """Tells that the place went to the queue, `by_hand` of a coordinator; nothing to somebody who came back since."""
    registration = mails.find(registration_id)
    if registration and registration.may_still_come and not registration.is_firm and not registration.seat:
        mails.send(context, registration, "lapsed", by_hand=by_hand)


@mail.task
def send_change(context, *, registration_id: int) -> None:
    """Tells what the sign-up has become; nothing to somebody who has cancelled since, or once it is too late."""
    registration = mails.find(registration_id)
    if registration and registration.may_still_come:
        mails.send(context, registration, "confirmation", changed=True)


@mail.task
def send_promotion(context, *, registration_id: int) -> None:
    """Tells about the place that came free; nothing to somebody who has none any more."""
    registration = mails.find(registration_id)
    if registration and registration.seat and registration.may_still_come:
        mails.send(context, registration, "promotion")


@mail.task
def send_offer(context, *, registration_id: int) -> None:
    """Asks somebody who waits whether they want the free place, as long as there is one."""
    registration = mails.find(registration_id)
    if registration and registration.offers:
        mails.send(context, registration, "offer")


@mail.task
def send_cancellation(context, *, registration_id: int, by_former: bool = False) -> None:
    """Confirms a cancellation; nothing to somebody who has signed up again since.

    `by_former` when the owner of another address, which it had before, cancelled: nothing once it is too late.
    """
    registration = mails.find(registration_id)
    if registration and not registration.is_coming and (registration.cafe.is_ahead or not by_former):
        mails.send(context, registration, "cancellation", by_former=by_former)


@mail.task
def send_mailing(context, *, registration_id: int, mailing_id: int) -> None:
    """One of the mails to many; nothing to somebody who has cancelled since, or for whom it no longer holds."""
    registration = mails.find(registration_id)
    mailing = Mailing.objects.select_related("by").filter(pk=mailing_id).first()
    if registration and mailing and registration.is_coming and mails.still_true(mailing, registration):
        template = "reminder" if mailing.kind in (Mailing.Kind.WEEK, Mailing.Kind.DAY) else mailing.kind
        ahead = moments.ahead(registration.cafe.starts_at)
        mails.send(context, registration, template, mailing=mailing, ahead=ahead)


@mail.task
def send_test(context, *, mailing_id: int) -> None:
    """A coordinator's message to that coordinator alone, with an example in it; nothing once the account is gone."""
    mailing = Mailing.objects.select_related("cafe__topic", "by").get(pk=mailing_id)
    if mailing.by:
        data = mails.example_of(mailing, name=str(mailing.by))
        mailing.subject = f"Proef: {mailing.subject}"
        mail.send(context, template="events/mail/message", to=mailing.by.email, data=data)
