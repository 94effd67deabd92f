"""A mail to many as it will look, with an invented person in it: for who is about to send it."""

from dataclasses import dataclass

from django.core.mail import EmailMultiAlternatives

from events import tasks
from events.models import Mailing, Registration
from events.places import Seat
from werkplaats import mail

NAME = "Noor"
SEATS = {Mailing.Audience.ONLINE: Seat.ONLINE, Mailing.Audience.QUEUE: None}


@dataclass(frozen=True)
class Preview:
    """A mail and to how many addresses it goes."""

    subject: str
    text: str
    people: int


def example(mailing: Mailing, name: str = NAME) -> Registration:
    """Somebody for whom this mail is meant; not in the database."""
    cafe = mailing.cafe
    seat = SEATS.get(mailing.audience, cafe.kinds[0])
    return Registration(pk=0, cafe=cafe, name=name, seat=seat)


def message_of(mailing: Mailing, registration: Registration, *, to: str = "", reference: str = "voorbeeld"):
    """The mail to this person, with its subject, text and HTML."""
    data = tasks.facts_of(registration) | {"mailing": mailing}
    # The key in the link of an example opens nothing.
    data["link"] = data["cafe_link"]
    return mail.message(template=f"events/mail/{mailing.kind}", to=to, data=data, reference=reference)


def preview(mailing: Mailing, people: int) -> Preview:
    made: EmailMultiAlternatives = message_of(mailing, example(mailing))
    return Preview(made.subject, made.body, people)
