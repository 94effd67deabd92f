"""The mails of a sign-up. Each tells what is true when it is sent, not when it was asked for."""

from django.conf import settings

from events import ics
from events.models import Registration
from werkplaats import mail


def send(context, registration: Registration, template: str) -> None:
    data = {
        "registration": registration,
        "cafe": registration.cafe,
        "link": f"{settings.SITE_URL}{registration.get_absolute_url()}",
        "cafe_link": f"{settings.SITE_URL}{registration.cafe.get_absolute_url()}",
    }
    mail.send(
        context,
        template=f"events/mail/{template}",
        to=registration.email,
        data=data,
        attachments=[ics.attachment(registration)],
    )


def find(registration_id: int) -> Registration | None:
    return Registration.objects.select_related("cafe").filter(pk=registration_id).exclude(email="").first()


@mail.task
def send_confirmation(context, *, registration_id: int) -> None:
    """Tells about a place or a place in the queue; nothing to who has cancelled since."""
    registration = find(registration_id)
    if registration and registration.is_coming:
        send(context, registration, "confirmation")


@mail.task
def send_promotion(context, *, registration_id: int) -> None:
    """Tells that a place fell free; nothing to who has cancelled since."""
    registration = find(registration_id)
    if registration and registration.seat:
        send(context, registration, "promotion")


@mail.task
def send_cancellation(context, *, registration_id: int) -> None:
    """Confirms a cancellation; nothing to who has signed up again since."""
    registration = find(registration_id)
    if registration and not registration.is_coming:
        send(context, registration, "cancellation")
